/** Registers proofs with the test runner at hand, unless they are only being collected. */

import { type Proof, registerProofs } from "../../src/proof/mod.ts";

/** Set by the proof runner, which collects the lists of all files and runs them itself. */
const COLLECTING = Symbol.for("ringfence.collecting");

/** Tells `register` to stay quiet, because the lists are being collected. */
export function collectOnly(): void {
  Object.defineProperty(globalThis, COLLECTING, { value: true });
}

/** Makes each proof a test of `deno test`. */
export function register(proofs: readonly Proof[]): void {
  if (COLLECTING in globalThis) return;
  registerProofs(proofs, Deno.test);
}
