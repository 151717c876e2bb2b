/**
 * Wrong variants of the source: a piece of one file is replaced, and the face is imported anew from
 * the patched copy. What a proof rejects this way is the code that ships, not a stand-in for it.
 */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Mutant } from "../../src/proof/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Makes mutants of one face. */
export interface MutantMaker<S> {
  /** A variant that the proof must reject: `from`, which occurs once in the file, becomes `to`. */
  (file: string, from: string, to: string): Mutant<S>;
  /** A variant that nothing can tell from the original, and why. */
  equivalent(file: string, from: string, to: string, reason: string): Mutant<S>;
}

/** The text with its only occurrence of `from` replaced. */
function patched(file: string, from: string, to: string): string {
  const text = readFileSync(join(ROOT, file), "utf8");
  const pieces = text.split(from);
  if (pieces.length !== 2) {
    throw new Error(`${file} holds ${pieces.length - 1} times, not once: ${from}`);
  }
  return pieces.join(to);
}

async function importPatched<S>(face: string, file: string, text: string): Promise<S> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-mutant-"));
  try {
    cpSync(join(ROOT, "src"), join(folder, "src"), { recursive: true });
    writeFileSync(join(folder, file), text);
    return await import(pathToFileURL(join(folder, face)).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** On one line, with runs of white space folded. */
function folded(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/**
 * Mutants of a face.
 *
 * @param face The file that is imported from the patched copy, such as `src/linear/mod.ts`.
 */
export function sourceMutants<S>(face: string): MutantMaker<S> {
  function make(file: string, from: string, to: string): Mutant<S> {
    return {
      name: `${file}: ${folded(from)} → ${folded(to) || "(nothing)"}`,
      implementation: () => importPatched<S>(face, file, patched(file, from, to)),
    };
  }
  return Object.assign(make, {
    equivalent: (file: string, from: string, to: string, reason: string): Mutant<S> => ({
      ...make(file, from, to),
      equivalent: reason,
    }),
  });
}
