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
function importersOf(
  file: string,
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const importers = new Set([file]);
  for (const importer of importers) {
    for (const [candidate, imported] of imports) {
      if (imported.includes(importer)) importers.add(candidate);
    }
  }
  return importers;
}

/** The files that some of them lead to by their imports, themselves included. */
function reachableFrom(
  files: readonly string[],
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set(files);
  for (const file of reached) {
    for (const imported of imports.get(file) ?? []) reached.add(imported);
  }
  return reached;
}

/** Which files a variant is made of: several faces seen as one, and whether it shares what it can. */
interface Variant {
  readonly faces: readonly string[];
  readonly sharing: boolean;
}

/** Writes the files of a variant: copies that import each other and share all other files. */
function writeCopies(
  folder: string,
  copied: ReadonlySet<string>,
  file: string,
  text: string,
): void {
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
}

/** The faces of a variant, as modules. */
async function importPatched(
  variant: Variant,
  file: string,
  text: string,
): Promise<readonly object[]> {
  imports ??= importsOf();
  const reached = reachableFrom(variant.faces, imports);
  const anew = importersOf(file, imports);
  const copied = new Set([...reached].filter((name) => !variant.sharing || anew.has(name)));
  if (!variant.faces.some((face) => copied.has(face))) {
    throw new Error(`${variant.faces.join(", ")} do not depend on ${file}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "ringfence-mutant-"));
  try {
    writeCopies(folder, copied, file, text);
    const faces = variant.faces.map((face) =>
      import(pathToFileURL(join(copied.has(face) ? folder : ROOT, face)).href)
    );
    return await Promise.all(faces);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** On one line, with runs of white space folded. */
function folded(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** The variants imported so far: many proofs reject the same one. */
const imported = new Map<string, Promise<readonly object[]>>();

/**
 * Mutants of a face.
 *
 * @param faces The files that are imported from the patched copy, such as `src/linear/mod.ts`; what
 * several of them export is one face.
 * @param sharing Whether files that the patch does not reach are the original ones. Without it every
 * function of the variant is one that has never run.
 */
export function sourceMutants<S>(
  faces: string | readonly string[],
  sharing = true,
): MutantMaker<S> {
  const variant = { faces: typeof faces === "string" ? [faces] : faces, sharing };
  function make(file: string, from: string, to: string): Mutant<S> {
    return {
      name: `${file}: ${folded(from)} → ${folded(to) || "(nothing)"}`,
      implementation: async () => {
        const key = JSON.stringify([variant, file, from, to]);
        const modules = imported.get(key) ??
          importPatched(variant, file, patched(file, from, to));
        imported.set(key, modules);
        // An object of its own, so that no proof meets what another one did to it.
        return Object.assign({}, ...await modules);
      },
    };
  }
  return Object.assign(make, {
    equivalent: (file: string, from: string, to: string, reason: string): Mutant<S> => ({
      ...make(file, from, to),
      equivalent: reason,
    }),
  });
}
