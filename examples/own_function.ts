/**
 * A proof about a pure function of one's own: completely for small numbers, at random for large ones,
 * with wrong variants that it must reject. It prints its row of a ledger.
 *
 * Run it: `deno run examples/own_function.ts`
 */

import { deepStrictEqual as assertEquals } from "node:assert";
import { biased, defineProof, domain, proofTable, runProofs, sampled } from "@ringfence/core/proof";
import type { Reach } from "@ringfence/core/proof";

/** The greatest whole number whose square is not above `n`, for 0 to 2^53 - 1: Newton's way. */
function squareRoot(n: number): number {
  let root = Math.ceil(n / 2);
  while (root > 1) {
    const next = Math.floor((root + Math.floor(n / root)) / 2);
    if (next >= root) break;
    root = next;
  }
  return root;
}

/** The claim, on exact integers: it says what a root is, and not how to find one. */
function isRoot(n: number, reach: Reach, root: (n: number) => number): string | undefined {
  const [given, found] = [BigInt(n), BigInt(root(n))];
  reach(found * found === given ? "square" : "between");
  return found * found <= given && given < (found + 1n) ** 2n ? undefined : `${n} gives ${found}`;
}

const about = {
  claim: "the root's square is not above the number, and that of the next one is",
  subject: ["squareRoot"],
  spec: "our handbook, 4",
  reaches: ["square", "between"],
  implementation: squareRoot,
  check: isRoot,
};

/** Squares, and the numbers before them: random numbers hardly ever are either. */
const nearSquares = biased.index(94_906_265).filter((root) => root <= 94_906_265).map((root) =>
  Math.max(0, root * root - root % 2)
);

const proofs = [
  defineProof({
    ...about,
    id: "root/of_small_numbers",
    strength: "bounded",
    domain: domain.range(0, 20_000), // all of them
    mutants: [
      { name: "stops after a step", implementation: () => (n) => Math.ceil(n / 2) },
      { name: "rounds", implementation: () => (n) => Math.round(Math.sqrt(n)) },
    ],
  }),
  defineProof({
    ...about,
    id: "root/of_large_numbers",
    strength: "sampled",
    domain: sampled(nearSquares, { runs: 2_000, describe: "squares below 2^53 and neighbours" }),
    // Right for all small numbers: where it is wrong, a float has no room for what is behind the point.
    mutants: [{ name: "floats", implementation: () => (n) => Math.floor(Math.sqrt(n)) }],
  }),
];

async function main(): Promise<void> {
  const reports = await runProofs(proofs);
  assertEquals(reports.flatMap(({ failures }) => failures), []);
  console.log(proofTable(reports));
}

/** Settled when all is shown. */
export const done: Promise<void> = main();
