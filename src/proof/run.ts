/**
 * Running a proof: on its implementation, then on its mutants.
 *
 * @module
 */

import { stringify } from "fast-check";
import { publicFunctions, watch } from "./audit.ts";
import { nameOf } from "./laws.ts";
import type { Mutant, ProofRecord } from "./record.ts";
import type { Counterexample, MutantReport, ProofReport } from "./report.ts";
import { attempt, sizeOf, type Trial, type TrialOptions } from "./trial.ts";

/** The seed that runs use unless told another, so that CI repeats itself. */
export const DEFAULT_SEED = 20_260_101;

/** How many times as much as it asks for a proof can be made to sample. */
const EFFORT_MAX = 1000;

/** How to run a proof. */
export interface RunOptions {
  /** Where fast-check starts, an integer of 32 bits; {@link DEFAULT_SEED} by default. */
  readonly seed?: number;
  /**
   * The number of samples, as a multiple (up to 1000) of what each proof asks for; 1 by default.
   * Below 1, a sampled proof may miss an outcome that it declares: that is then no failure.
   */
  readonly effort?: number;
  /** Whether the mutants are run and the calls of the subject watched; they are by default. */
  readonly mutants?: boolean;
}

function counterexampleOf<T, S>(
  record: ProofRecord<T, S>,
  falsified: { readonly input: T; readonly message: string },
): Counterexample {
  let code: string;
  try {
    code = record.toCode?.(falsified.input) ??
      `await replay(proofs, ${JSON.stringify(record.id)}, ${stringify(falsified.input)});`;
  } catch (thrown) {
    code = `// the input could not be written down: ${nameOf(thrown)}`;
  }
  return { message: falsified.message, code };
}

/** Runs a mutant. It is killed when the proof fails on it in any way. */
async function challenge<T, S>(
  record: ProofRecord<T, S>,
  mutant: Mutant<S>,
  options: TrialOptions,
): Promise<{ readonly report: MutantReport; readonly failures: readonly string[] }> {
  const { name, equivalent } = mutant;
  let trial: Trial<T>;
  try {
    trial = await attempt(record, await mutant.implementation(), options);
  } catch (thrown) {
    return {
      report: { name, killed: false },
      failures: [`mutant could not be made: ${name}: ${nameOf(thrown)}`],
    };
  }
  const killed = trial.falsified !== undefined || trial.flaws.length > 0;
  if (equivalent !== undefined) {
    const failures = killed ? [`mutant called equivalent is rejected: ${name}`] : [];
    return { report: { name, killed, equivalent }, failures };
  }
  return { report: { name, killed }, failures: killed ? [] : [`mutant survives: ${name}`] };
}

/** Names in the subject that are no public function, or that the proof never calls. */
async function unproved<T, S>(
  record: ProofRecord<T, S>,
  options: TrialOptions,
): Promise<readonly string[]> {
  const { implementation, subject } = record;
  if (typeof implementation !== "object" || implementation === null) return [];
  const known = new Set(publicFunctions(implementation).flat());
  const unknown = subject.filter((name) => !known.has(name));
  if (unknown.length > 0) return unknown.map((name) => `"${name}" is no public function`);
  const { face, called, restore } = watch(implementation);
  const missing = () => subject.filter((name) => !called.has(name));
  try {
    await attempt(
      {
        ...record,
        // To fail is to stop: once every name has been called there is nothing more to see.
        check: (input, reach, watched) =>
          missing().length === 0 ? "all called" : record.check(input, reach, watched),
      },
      face,
      options,
    );
  } finally {
    restore();
  }
  return missing().map((name) => `never calls "${name}"`);
}

/** What is wrong with a record and with how it is to be run, before anything is. */
function flawsOf<T, S>(record: ProofRecord<T, S>, options: RunOptions): readonly string[] {
  const { seed = DEFAULT_SEED, effort = 1, mutants = true } = options;
  const { strength, domain } = record;
  const rules: readonly (readonly [flaw: string, holds: boolean])[] = [
    ["has no subject", record.subject.length > 0],
    [
      `is called ${strength}, which does not fit its inputs`,
      ["exhaustive", "bounded", "symbolic", "sampled"].includes(strength) &&
      "arbitrary" in domain === (strength === "sampled"),
    ],
    [
      "was given a seed that is no integer of 32 bits",
      Number.isInteger(seed) && seed === (seed | 0),
    ],
    [
      `was given an effort that is not above 0 and up to ${EFFORT_MAX}`,
      typeof effort === "number" && effort > 0 && effort <= EFFORT_MAX,
    ],
    ["was not told with true or false whether to run its mutants", typeof mutants === "boolean"],
  ];
  return rules.flatMap(([flaw, holds]) => holds ? [] : [flaw]);
}

/** Runs a proof. It rejects where the record is so broken that it cannot be read. */
export async function run<T, S>(
  record: ProofRecord<T, S>,
  options: RunOptions,
): Promise<ProofReport> {
  const start = performance.now();
  const pass: TrialOptions = {
    seed: options.seed ?? DEFAULT_SEED,
    effort: options.effort ?? 1,
    shrink: true,
  };
  const canary = record.canary === true;
  const failures = [...flawsOf(record, options)];
  const trial: Trial<T> = failures.length === 0
    ? await attempt(record, record.implementation, pass)
    : { cases: 0, reached: {}, flaws: [] };
  const mutants: MutantReport[] = [];
  if (canary) {
    if (trial.falsified === undefined) failures.push("is a canary, and found no counterexample");
  } else {
    failures.push(...trial.flaws);
    if (trial.falsified !== undefined) failures.push(trial.falsified.message);
  }
  if (failures.length === 0 && options.mutants !== false) {
    const quick = { ...pass, shrink: false };
    failures.push(...await unproved(record, quick));
    for (const mutant of record.mutants ?? []) {
      const outcome = await challenge(record, mutant, quick);
      mutants.push(outcome.report);
      failures.push(...outcome.failures);
    }
  }
  return {
    id: record.id,
    claim: record.claim,
    subject: record.subject,
    spec: record.spec,
    strength: record.strength,
    domain: record.domain.describe,
    size: sizeOf(record.domain, pass.effort),
    cases: trial.cases,
    reached: trial.reached,
    mutants,
    canary,
    failures,
    ...(trial.falsified === undefined
      ? {}
      : { counterexample: counterexampleOf(record, trial.falsified) }),
    elapsedMs: performance.now() - start,
  };
}
