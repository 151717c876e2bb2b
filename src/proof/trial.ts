/**
 * One pass of a proof over its inputs, against one implementation.
 *
 * @module
 */

import { type Arbitrary, check as runProperty, property } from "fast-check";
import type { Domain } from "./domain.ts";
import { nameOf } from "./laws.ts";
import type { InputSource, ProofRecord, Reach, Sampling } from "./record.ts";

/** An enumeration longer than this is refused, so that no proof hangs, in cases. */
const CASES_MAX = 2 ** 33;

/** What one pass found. */
export interface Trial<T> {
  /** How many inputs were checked. */
  readonly cases: number;
  /** How often each outcome occurred. */
  readonly reached: Readonly<Record<string, number>>;
  /** The first input that failed, shrunk, and how. */
  readonly falsified?: { readonly input: T; readonly message: string };
  /** What is wrong with the proof itself, apart from any input. */
  readonly flaws: readonly string[];
}

/** How a pass is made. */
export interface TrialOptions {
  /** Where fast-check starts: the same seed gives the same inputs. */
  readonly seed: number;
  /** The number of samples, as a multiple of what the proof asks for. */
  readonly effort: number;
  /** Whether to shrink what fails. */
  readonly shrink: boolean;
}

/** Counts outcomes, and notes those that the proof did not declare. */
class Reached {
  readonly counts: Record<string, number> = {};
  readonly #undeclared = new Set<string>();

  constructor(declared: readonly string[]) {
    for (const outcome of declared) this.counts[outcome] = 0;
  }

  readonly reach: Reach = (outcome) => {
    const count = this.counts[outcome];
    if (count === undefined) this.#undeclared.add(outcome);
    else this.counts[outcome] = count + 1;
  };

  flaws(): string[] {
    const missed = Object.entries(this.counts).filter(([, count]) => count === 0);
    return [
      ...missed.map(([outcome]) => `never reached "${outcome}"`),
      ...[...this.#undeclared].map((outcome) => `reached "${outcome}", which it does not declare`),
    ];
  }
}

/** Whether the inputs are drawn at random. */
export function isSampling<T>(inputs: Domain<T> | Sampling<T>): inputs is Sampling<T> {
  return "arbitrary" in inputs;
}

/** How many inputs a pass should check. */
export function sizeOf<T>(inputs: Domain<T> | Sampling<T>, effort: number): number {
  return isSampling(inputs) ? Math.max(1, Math.round(inputs.runs * effort)) : inputs.size;
}

/** Whether a source of inputs is one of fast-check's. */
function isArbitrary<T>(source: InputSource<T>): source is Arbitrary<T> {
  return "shrink" in source;
}

async function enumerate<T, S>(
  record: ProofRecord<T, S>,
  inputs: Domain<T>,
  implementation: S,
): Promise<Trial<T>> {
  if (!(inputs.size > 0 && inputs.size <= CASES_MAX)) {
    return { cases: 0, reached: {}, flaws: [`cannot enumerate a domain of ${inputs.size}`] };
  }
  const reached = new Reached(record.reaches);
  let cases = 0;
  for (const input of inputs.values()) {
    cases++;
    if (cases > inputs.size) break;
    let message: string | undefined;
    try {
      const verdict = record.check(input, reached.reach, implementation);
      // Awaiting a plain value would cost a turn of the event loop for each input.
      message = verdict instanceof Promise ? await verdict : verdict;
    } catch (thrown) {
      message = `the check threw ${nameOf(thrown)}`;
    }
    if (message !== undefined) {
      return { cases, reached: reached.counts, falsified: { input, message }, flaws: [] };
    }
  }
  const flaws = reached.flaws();
  if (cases !== inputs.size) {
    flaws.push(
      `enumerated ${cases > inputs.size ? "more than " : ""}${
        Math.min(cases, inputs.size)
      } inputs where the closed form says ${inputs.size}`,
    );
  }
  return { cases, reached: reached.counts, flaws };
}

function sample<T, S>(
  record: ProofRecord<T, S>,
  inputs: Sampling<T>,
  implementation: S,
  options: TrialOptions,
): Trial<T> {
  const { arbitrary } = inputs;
  if (!isArbitrary(arbitrary)) {
    return { cases: 0, reached: {}, flaws: ["its inputs are no arbitrary of fast-check"] };
  }
  const reached = new Reached(record.reaches);
  const found = new Map<T, string>();
  const details = runProperty(
    property(arbitrary, (input) => {
      let message: string | undefined;
      try {
        const verdict = record.check(input, reached.reach, implementation);
        message = verdict instanceof Promise ? "a sampled check must not be async" : verdict;
      } catch (thrown) {
        message = `the check threw ${nameOf(thrown)}`;
      }
      if (message !== undefined) found.set(input, message);
      return message === undefined;
    }),
    {
      seed: options.seed,
      numRuns: sizeOf(inputs, options.effort),
      examples: inputs.examples.map((example): [T] => [example]),
      endOnFailure: !options.shrink,
    },
  );
  const input = details.counterexample?.[0];
  if (details.failed) {
    const message = input === undefined ? undefined : found.get(input);
    const last = [...found].at(-1);
    if (input !== undefined && message !== undefined) {
      return result({ input, message });
    }
    if (last !== undefined) return result({ input: last[0], message: last[1] });
    return {
      cases: details.numRuns,
      reached: reached.counts,
      flaws: ["could not draw its inputs"],
    };
  }
  return { cases: details.numRuns, reached: reached.counts, flaws: reached.flaws() };

  function result(falsified: { readonly input: T; readonly message: string }): Trial<T> {
    return { cases: details.numRuns, reached: reached.counts, falsified, flaws: [] };
  }
}

/** Checks a proof over its inputs, against one implementation. Never throws. */
export async function attempt<T, S>(
  record: ProofRecord<T, S>,
  implementation: S,
  options: TrialOptions,
): Promise<Trial<T>> {
  try {
    return isSampling(record.domain)
      ? sample(record, record.domain, implementation, options)
      : await enumerate(record, record.domain, implementation);
  } catch (thrown) {
    return { cases: 0, reached: {}, flaws: [`its inputs threw ${nameOf(thrown)}`] };
  }
}
