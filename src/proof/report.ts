/**
 * What a run of a proof found: plain data, as it goes into the ledger.
 *
 * @module
 */

import type { Strength } from "./record.ts";

/** An input for which the claim does not hold. */
export interface Counterexample {
  /** How it fails. */
  readonly message: string;
  /** The input, shrunk, as runnable code. */
  readonly code: string;
}

/** What became of one mutant. */
export interface MutantReport {
  /** What is wrong with the variant. */
  readonly name: string;
  /** Whether the proof rejected it. */
  readonly killed: boolean;
  /** Why it is expected to pass, for a variant that nothing can tell from the original. */
  readonly equivalent?: string;
}

/** The row of one proof. */
export interface ProofReport {
  /** The proof's id. */
  readonly id: string;
  /** What is claimed. */
  readonly claim: string;
  /** The public names that it is about. */
  readonly subject: readonly string[];
  /** The section of the specification. */
  readonly spec: string;
  /** How strongly it is shown. */
  readonly strength: Strength;
  /** The inputs, in words. */
  readonly domain: string;
  /** The size of the domain, or the number of samples asked for. */
  readonly size: number;
  /** How many inputs were checked. */
  readonly cases: number;
  /** How often each outcome occurred. */
  readonly reached: Readonly<Record<string, number>>;
  /** What became of each mutant. */
  readonly mutants: readonly MutantReport[];
  /** Whether the proof had to find a counterexample. */
  readonly canary: boolean;
  /** Why the proof does not stand; empty when it does. */
  readonly failures: readonly string[];
  /** The input that failed, if one did. */
  readonly counterexample?: Counterexample;
  /** How long it took, in milliseconds. Not part of the ledger. */
  readonly elapsedMs: number;
}
