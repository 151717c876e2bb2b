/**
 * Proving a function of one's own for all inputs: the middle between two indices, once right and once
 * with the famous fault of a sum of 32 bits that overflows.
 *
 * Run with `deno run --allow-all examples/symbolic_midpoint.ts`.
 */

import { deepStrictEqual as assertEquals } from "node:assert";
import { atMost, int, symbolicProof, within } from "@ringfence/core/symbolic";

/** The index in the middle, rounded down. */
export function midpoint(low: number, high: number): number {
  return low + Math.floor((high - low) / 2);
}

/** The same with a sum that is cut to 32 bits. */
export function wrongMidpoint(low: number, high: number): number {
  return ((low + high) | 0) >> 1;
}

for (const [real, expected] of [[midpoint, "proved"], [wrongMidpoint, "refuted"]] as const) {
  const outcome = await symbolicProof({
    file: import.meta.url,
    function: real.name,
    inputs: { low: int(32), high: int(32) },
    assume: ({ low, high }) => atMost(low, high),
    claim: ({ low, high }, result) => within(result.value.integer, low, high),
    playback: { real },
  });
  assertEquals(outcome.kind, expected);
  console.log(real.name, outcome);
}
