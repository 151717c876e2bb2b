/** The rooms of `src/`, their files, and the files of the proofs that judge them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTree, type SourceFile } from "../house/tree.ts";

/** How the files of each room's proofs begin. */
const PROOFS: Readonly<Record<string, readonly string[]>> = {
  int: ["int", "wide"],
  linear: ["linear"],
  paged: ["paged"],
  arena: ["arena"],
  pvm: ["pvm"],
  recompiler: ["recompiler"],
  kernel: ["kernel"],
  cli: ["cli"],
  proof: ["proof"],
};

/**
 * The file through which the proofs of a room get what they are about, where the room is a part of
 * the judge as well: only what that file imports has faults.
 */
export const SUBJECTS: Readonly<Record<string, string>> = { proof: "proofs/_kit/toolkit.ts" };

/** The rooms that can be measured. */
export const ROOMS: readonly string[] = Object.keys(PROOFS);

/** The room that a file of `src/` belongs to. */
export function roomOf(path: string): string {
  if (path.startsWith("src/pvm/recompiler/")) return "recompiler";
  return path.split("/")[1] ?? "";
}

/** The files of a room; faces that only pass names on have nothing to change. */
export function filesOf(root: string, room: string): SourceFile[] {
  return readTree(root, "src").filter(({ path }) => path.endsWith(".ts") && roomOf(path) === room);
}

/** A file of proofs. */
export interface ProofFile extends SourceFile {
  /** Whether it is the room's own; else a mutant of it patches a file of the room. */
  readonly own: boolean;
}

/**
 * The files of the proofs of a room, and those of others that patch its files. Static proofs are no
 * judges: they read the sources, in which there is no fault.
 */
export function proofFilesOf(root: string, room: string): ProofFile[] {
  const folder = join(root, "proofs");
  const starts = PROOFS[room] ?? [];
  const names = readdirSync(folder).filter((name) =>
    name.endsWith(".test.ts") && !name.startsWith("static")
  );
  return names.sort().flatMap((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    const own = starts.some((start) => path.startsWith(`${start}_`) || path === `${start}.test.ts`);
    const named = text.match(/src\/[\w/]+\.ts/g) ?? [];
    // What every proof imports is no reason to run them all.
    const others = SUBJECTS[room] === undefined && named.some((file) => roomOf(file) === room);
    return own || others ? [{ path, text, own }] : [];
  });
}
