/** Faults that nothing can tell from the source, each with the reason: a list for each room. */

import { ARENA } from "./equivalent/arena.ts";
import { CLI } from "./equivalent/cli.ts";
import { INT } from "./equivalent/int.ts";
import { KERNEL } from "./equivalent/kernel.ts";
import { LINEAR } from "./equivalent/linear.ts";
import { PAGED } from "./equivalent/paged.ts";
import { PROOF } from "./equivalent/proof.ts";
import { PVM } from "./equivalent/pvm.ts";
import { RECOMPILER } from "./equivalent/recompiler.ts";
import type { Fault } from "./operators.ts";

/** A fault by what it changes, and why that makes no difference. */
export interface Equivalent {
  readonly path: string;
  /** The line of the source, without the white space around it. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** All that are listed. */
export const EQUIVALENT: readonly Equivalent[] = [
  ...[...INT, ...LINEAR, ...PAGED, ...ARENA, ...PVM],
  ...[...RECOMPILER, ...KERNEL, ...CLI, ...PROOF],
];

/** What a fault and its entry have in common. */
function keyOf({ path, text, from, to }: Pick<Equivalent, "path" | "text" | "from" | "to">) {
  return JSON.stringify([path, text, from, to]);
}

const reasons = new Map(EQUIVALENT.map((known) => [keyOf(known), known.reason]));

/** Why nothing can tell a fault from the source, should it be a listed one. */
export function reasonOf(fault: Fault): string | undefined {
  return reasons.get(keyOf(fault));
}

/** Entries of the list that are no fault of the source any more. */
export function staleEntries(faults: readonly Fault[]): readonly Equivalent[] {
  const there = new Set(faults.map(keyOf));
  return EQUIVALENT.filter((known) => !there.has(keyOf(known)));
}
