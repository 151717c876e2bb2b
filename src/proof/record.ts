/**
 * The proof record: what is claimed, of what, how strongly, over which inputs, and which wrong
 * variants it rejects.
 *
 * @module
 */

import type { Domain } from "./domain.ts";

/**
 * How strongly a claim is shown.
 *
 * - `exhaustive`: for every input of the claim.
 * - `bounded`: for every input of a small instance, whose size is a parameter.
 * - `symbolic`: for all inputs, by a solver.
 * - `sampled`: for random inputs, with a seed and a count.
 */
export type Strength = "exhaustive" | "bounded" | "symbolic" | "sampled";

/**
 * What fast-check calls an `Arbitrary<T>`: every one of them fits. Named by what it shows, so that
 * this package's types stand on their own.
 */
export interface InputSource<T> {
  /** Draws a value. */
  generate(random: never, bias: number | undefined): { readonly value: T };
  /** Whether it can shrink values that it did not draw. */
  canShrinkWithoutContext(value: unknown): boolean;
}

/** Random inputs for a `sampled` proof; made by {@link sampled}. */
export interface Sampling<T> {
  /** The inputs in words, as the ledger shows them. */
  readonly describe: string;
  /** How many are drawn at the normal effort. */
  readonly runs: number;
  /** Where they are drawn from; it also shrinks what fails. */
  readonly arbitrary: InputSource<T>;
  /** Inputs to try before any random one, such as past counterexamples. */
  readonly examples: readonly T[];
}

/** A wrong variant of the implementation, which the proof has to reject. */
export interface Mutant<S> {
  /** What is wrong with it. */
  readonly name: string;
  /** Makes it. */
  implementation(): S | Promise<S>;
  /** For a variant that nothing can tell from the original: why. It must then pass. */
  readonly equivalent?: string;
}

/** Reports that an outcome occurred. A name that the record does not list fails the proof. */
export type Reach = (outcome: string) => void;

/** A claim about an implementation `S`, with a check for one input `T`. */
export interface ProofRecord<T, S> {
  /** Path-like and stable: `room/property_in_snake_case`. */
  readonly id: string;
  /** One sentence in the present tense. */
  readonly claim: string;
  /**
   * The public names it is about: `Class.method`, `group.operation`, `function`. When the
   * implementation is a module or another object of functions, each must really be called.
   */
  readonly subject: readonly string[];
  /** The section of the specification that the claim comes from. */
  readonly spec: string;
  /** How strongly the claim is shown. */
  readonly strength: Strength;
  /** The inputs: a {@link Domain} is enumerated completely, a {@link Sampling} is drawn from. */
  readonly domain: Domain<T> | Sampling<T>;
  /** Outcomes that must each occur at least once: a proof that never faults proves nothing of faults. */
  readonly reaches: readonly string[];
  /** What is proved: handed to `check`, so that a mutant can take its place. */
  readonly implementation: S;
  /** Wrong variants that must fail. */
  readonly mutants?: readonly Mutant<S>[];
  /** A canary: this proof must find a counterexample, which shows that the suite can fail. */
  readonly canary?: boolean;
  /** Writes an input as runnable code; without it a counterexample is a call of {@link replay}. */
  toCode?(input: T): string;
  /**
   * Checks the claim for one input.
   *
   * @param input The input: one of the domain's values, or one drawn.
   * @param reach Reports an outcome.
   * @param implementation What is proved: the record's own, or a mutant in its place.
   * @returns Nothing where it holds, else a sentence that says how it fails. To throw is to fail.
   * Only the check of a domain may be async; that of a sampling must answer at once.
   */
  check(
    input: T,
    reach: Reach,
    implementation: S,
  ): string | undefined | Promise<string | undefined>;
}

/**
 * A `sampled` proof's inputs.
 *
 * @param arbitrary Where they are drawn from: an arbitrary of fast-check.
 * @param options How many are drawn at the normal effort (1 to 2^31 - 1), what they are in words, and
 * inputs to try first. What makes no sense is told by the proof when it is run.
 *
 * @example Sums of two numbers
 * ```ts
 * import { agrees, defineProof, sampled } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 * import fc from "fast-check";
 *
 * const proof = defineProof({
 *   id: "sum/commutes",
 *   claim: "a sum does not depend on the order",
 *   subject: ["sum"],
 *   spec: "arithmetic",
 *   strength: "sampled",
 *   domain: sampled(fc.tuple(fc.integer(), fc.integer()), { runs: 100, describe: "two integers" }),
 *   reaches: [],
 *   implementation: { sum: (a: number, b: number) => a + b },
 *   check: ([a, b], _reach, { sum }) => agrees(sum(a, b), sum(b, a)),
 * });
 * assertEquals((await proof.run()).failures, []);
 * ```
 */
export function sampled<T>(
  arbitrary: InputSource<T>,
  options: { readonly runs: number; readonly describe: string; readonly examples?: readonly T[] },
): Sampling<T> {
  try {
    const { describe, runs, examples = [] } = options;
    return { describe, runs, arbitrary, examples };
  } catch {
    return { describe: "not a sampling", runs: NaN, arbitrary, examples: [] };
  }
}
