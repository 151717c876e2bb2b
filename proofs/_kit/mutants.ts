/**
 * Wrong variants of the source: a piece of one file is replaced, and the face is imported anew from
 * the patched copy. What a proof rejects this way is the code that ships, not a stand-in for it.
 */

import { linked } from "./linker.ts";
import {
  importersOf,
  reachableFrom,
  type SourceGraph,
  sourceGraph,
  textOf,
} from "./source_graph.ts";
import type { Mutant } from "../../src/proof/mod.ts";

/** Makes mutants of one face. */
export interface MutantMaker<S> {
  /** A variant that the proof must reject: `from`, which occurs once in the file, becomes `to`. */
  (file: string, from: string, to: string): Mutant<S>;
  /** A variant that nothing can tell from the original, and why. */
  equivalent(file: string, from: string, to: string, reason: string): Mutant<S>;
}

/** The text with its only occurrence of `from` replaced. */
function patched(file: string, from: string, to: string): string {
  const pieces = textOf(file).split(from);
  if (pieces.length !== 2) {
    throw new Error(`${file} holds ${pieces.length - 1} times, not once: ${from}`);
  }
  return pieces.join(to);
}

/** What a variant is made of: several faces seen as one, and whether it shares what it can. */
interface Variant {
  readonly faces: readonly string[];
  readonly sharing: boolean;
}

/** What imports what, found once. */
let graph: SourceGraph | undefined;

/** What the faces of a variant export. */
async function linkPatched(
  { faces, sharing }: Variant,
  file: string,
  text: string,
): Promise<readonly object[]> {
  graph ??= sourceGraph();
  const importers = importersOf(file, graph);
  const anew = new Set(
    [...reachableFrom(faces, graph)].filter((name) => !sharing || importers.has(name)),
  );
  if (!faces.some((face) => anew.has(face))) {
    throw new Error(`${faces.join(", ")} do not depend on ${file}`);
  }
  return await linked(faces, anew, { [file]: text });
}

/** On one line, with runs of white space folded. */
function folded(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

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
      implementation: async () =>
        Object.assign({}, ...await linkPatched(variant, file, patched(file, from, to))),
    };
  }
  return Object.assign(make, {
    equivalent: (file: string, from: string, to: string, reason: string): Mutant<S> => ({
      ...make(file, from, to),
      equivalent: reason,
    }),
  });
}
