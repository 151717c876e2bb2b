/**
 * One pass of a proof over its inputs, against one implementation.
 *
 * @module
 */

import { type Arbitrary, check as runProperty, property } from "fast-check";
import type { Domain } from "./domain.ts";
import { nameOf } from "./laws.ts";
import type { InputSource, ProofRecord, Reach, Sampling } from "./record.ts";
import { show } from "./show.ts";

/** An enumeration longer than this is refused, so that no proof hangs, in cases. */
const CASES_MAX = 2 ** 33;
/** More samples than this are refused. */
const RUNS_MAX = 2 ** 31 - 1;

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
  readonly #counts: Map<string, number>;
  readonly #undeclared = new Set<string>();

  constructor(declared: readonly string[]) {
    this.#counts = new Map(declared.map((outcome) => [outcome, 0]));
  }

  readonly reach: Reach = (outcome) => {
    const count = this.#counts.get(outcome);
    if (count === undefined) this.#undeclared.add(outcome);
    else this.#counts.set(outcome, count + 1);
  };

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** What is wrong with the outcomes; `complete` when every declared one had to be reached. */
  flaws(complete: boolean): string[] {
    const missed = [...this.#counts].filter(([, count]) => complete && count === 0);
    return [
      ...missed.map(([outcome]) => `never reached ${show(outcome)}`),
      ...Array.from(
        this.#undeclared,
        (outcome) => `reached ${show(outcome)}, which it does not declare`,
      ),
    ];
  }
}

/** What a check may have given back, as a verdict: nothing, or how the claim fails. */
export function verdictOf(given: unknown): string | undefined {
  return given === undefined || typeof given === "string"
    ? given
    : `the check gave back ${show(given)} and neither a string nor nothing`;
}

/** Whether the inputs are drawn at random. */
export function isSampling<T>(inputs: Domain<T> | Sampling<T>): inputs is Sampling<T> {
  return "arbitrary" in inputs;
}

/** How many inputs a pass should check; 0 when that is no number. */
export function sizeOf<T>(inputs: Domain<T> | Sampling<T>, effort: number): number {
  const size = isSampling(inputs) ? Math.max(1, Math.round(inputs.runs * effort)) : inputs.size;
  return Number.isFinite(size) ? size : 0;
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
      const given: unknown = record.check(input, reached.reach, implementation);
      // Awaiting a plain value would cost a turn of the event loop for each input.
      message = verdictOf(typeof given === "object" ? await given : given);
    } catch (thrown) {
      message = `the check threw ${nameOf(thrown)}`;
    }
    if (message !== undefined) {
      return { cases, reached: reached.counts, falsified: { input, message }, flaws: [] };
    }
  }
  const flaws = reached.flaws(true);
  if (cases !== inputs.size) {
    flaws.push(
      `enumerated ${cases > inputs.size ? "more than " : ""}${
        Math.min(cases, inputs.size)
      } inputs where the closed form says ${inputs.size}`,
    );
  }
  return { cases, reached: reached.counts, flaws };
}

/** The verdict of a check that must answer at once, because drawn inputs are not waited for. */
function verdictAtOnce(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return verdictOf(given);
  // A promise that rejects unseen would end the whole process.
  Promise.resolve(given).then(undefined, () => {});
  return "a sampled check must not be async";
}

function sample<T, S>(
  record: ProofRecord<T, S>,
  inputs: Sampling<T>,
  implementation: S,
  options: TrialOptions,
): Trial<T> {
  const { arbitrary, runs } = inputs;
  if (!isArbitrary(arbitrary) || !Number.isInteger(runs) || runs < 1 || runs > RUNS_MAX) {
    return { cases: 0, reached: {}, flaws: ["its inputs are no sampling of an arbitrary"] };
  }
  const reached = new Reached(record.reaches);
  // Shrinking goes from one failing input to a smaller one, so that the last is the least.
  let falsified: { readonly input: T; readonly message: string } | undefined;
  const details = runProperty(
    property(arbitrary, (input) => {
      let message: string | undefined;
      try {
        message = verdictAtOnce(record.check(input, reached.reach, implementation));
      } catch (thrown) {
        message = `the check threw ${nameOf(thrown)}`;
      }
      if (message !== undefined) falsified = { input, message };
      return message === undefined;
    }),
    {
      seed: options.seed,
      numRuns: sizeOf(inputs, options.effort),
      examples: inputs.examples.map((example): [T] => [example]),
      endOnFailure: !options.shrink,
    },
  );
  const cases = details.numRuns;
  if (falsified !== undefined) return { cases, reached: reached.counts, falsified, flaws: [] };
  const flaws = details.failed ? ["could not draw its inputs"] : reached.flaws(options.effort >= 1);
  return { cases, reached: reached.counts, flaws };
}

/** Checks a proof over its inputs, against one implementation. Never rejects. */
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
