/**
 * Proofs as tests of the runner at hand.
 *
 * @module
 */

import { type Proof, readProofs } from "./proof.ts";
import { DEFAULT_SEED, type RunOptions } from "./run.ts";
import { explain } from "./suite.ts";

/** How `Deno.test`, `bun:test` and `node:test` alike take a test. */
export type TestFunction = (name: string, body: () => Promise<void>) => unknown;

/**
 * Registers each proof as a test of a runner: `Deno.test`, or `test` of `bun:test` or `node:test`.
 *
 * The bodies reject when a proof does not stand, because that is how these runners learn of a
 * failure; this function itself returns, also when `test` throws.
 *
 * @param proofs The proofs. What is no proof is registered as one that fails.
 * @param test The runner's function.
 * @param options How to run them.
 * @returns How many tests the runner took: fewer than there are proofs means that `test` threw.
 *
 * @example Under Deno
 * ```ts ignore
 * import { registerProofs } from "@ringfence/core/proof";
 * import { proofs } from "./my_proofs.ts";
 *
 * registerProofs(proofs, Deno.test);
 * ```
 */
export function registerProofs(
  proofs: readonly Proof[],
  test: TestFunction,
  options: RunOptions = {},
): number {
  let taken = 0;
  for (const proof of readProofs(proofs)) {
    try {
      test(`${proof.id} — ${proof.claim}`, async () => {
        const report = await proof.run(options);
        if (report.failures.length > 0) {
          return Promise.reject(new Error(explain(report, options.seed ?? DEFAULT_SEED)));
        }
      });
      taken++;
    } catch {
      // The count tells.
    }
  }
  return taken;
}
