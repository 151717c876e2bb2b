/**
 * Wrong variants of the source: a piece of one file is replaced, and the face is imported anew from
 * the patched copy. What a proof rejects this way is the code that ships, not a stand-in for it.
 */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

/** A relative import, up to its closing quote. */
const IMPORT = /(?<=\bfrom ")\.[^"]+(?=")/g;

/** The file that a relative import of another one means, both from the root. */
function resolved(from: string, specifier: string): string {
  return join(dirname(from), specifier).replaceAll("\\", "/");
}

/** What each file of `src/` imports, found once. */
let imports: ReadonlyMap<string, readonly string[]> | undefined;

function importsOf(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const name of readdirSync(join(ROOT, "src"), { encoding: "utf8", recursive: true })) {
    if (!/\.[jt]s$/.test(name)) continue;
    const file = join("src", name).replaceAll("\\", "/");
    const text = readFileSync(join(ROOT, file), "utf8");
    found.set(file, Array.from(text.matchAll(IMPORT), ([specifier]) => resolved(file, specifier)));
  }
  return found;
}

/** The files that must be imported anew for a patch of one of them to be seen: its importers. */
function importersOf(file: string): ReadonlySet<string> {
  imports ??= importsOf();
  const importers = new Set([file]);
  for (const importer of importers) {
    for (const [candidate, imported] of imports) {
      if (imported.includes(importer)) importers.add(candidate);
    }
  }
  return importers;
}

/** Imports a face from copies of the files that a patch reaches; they share all the others. */
async function importPatched<S>(face: string, file: string, text: string): Promise<S> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-mutant-"));
  const copied = importersOf(file);
  try {
    for (const name of copied) {
      const source = name === file ? text : readFileSync(join(ROOT, name), "utf8");
      const target = join(folder, name);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(
        target,
        source.replaceAll(IMPORT, (specifier) => {
          const meant = resolved(name, specifier);
          return copied.has(meant) ? specifier : pathToFileURL(join(ROOT, meant)).href;
        }),
      );
    }
    if (!copied.has(face)) throw new Error(`${face} does not depend on ${file}`);
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
