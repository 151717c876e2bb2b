/**
 * Turning a record into a proof that can be run, and running it.
 *
 * @module
 */

import { stringify } from "fast-check";
import { publicFunctions, watch } from "./audit.ts";
import { nameOf } from "./laws.ts";
import type { Mutant, ProofRecord, Strength } from "./record.ts";
import type { Counterexample, MutantReport, ProofReport } from "./report.ts";
import { attempt, sizeOf, type Trial, type TrialOptions } from "./trial.ts";

/** The seed that runs use unless told another, so that CI repeats itself. */
export const DEFAULT_SEED = 20_260_101;

/** How to run a proof. */
export interface RunOptions {
  /** Where fast-check starts; {@link DEFAULT_SEED} by default. */
  readonly seed?: number;
  /** The number of samples, as a multiple of what each proof asks for; 1 by default. */
  readonly effort?: number;
  /** Whether the mutants are run too; they are by default. */
  readonly mutants?: boolean;
}

/** A proof: a record whose types are closed over, so that many fit in one list. */
export interface Proof {
  /** The record's id. */
  readonly id: string;
  /** What is claimed. */
  readonly claim: string;
  /** The public names that it is about. */
  readonly subject: readonly string[];
  /** How strongly it is shown. */
  readonly strength: Strength;
  /** Runs it on its implementation, then on its mutants. Never throws. */
  run(options?: RunOptions): Promise<ProofReport>;
  /** Checks one input again: nothing where the claim holds, else how it fails. Never throws. */
  replay(input: unknown): Promise<string | undefined>;
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
  try {
    await attempt(record, face, options);
  } finally {
    restore();
  }
  return subject.filter((name) => !called.has(name)).map((name) => `never calls "${name}"`);
}

/** What is wrong with a record before anything is run. */
function flawsOf<T, S>(record: ProofRecord<T, S>): readonly string[] {
  const flaws: string[] = [];
  if (record.subject.length === 0) flaws.push("has no subject");
  if ("arbitrary" in record.domain !== (record.strength === "sampled")) {
    flaws.push(`is called ${record.strength}, which does not fit its inputs`);
  }
  return flaws;
}

async function run<T, S>(record: ProofRecord<T, S>, options: RunOptions): Promise<ProofReport> {
  const start = performance.now();
  const pass: TrialOptions = {
    seed: options.seed ?? DEFAULT_SEED,
    effort: options.effort ?? 1,
    shrink: true,
  };
  const canary = record.canary === true;
  const trial = await attempt(record, record.implementation, pass);
  const failures = [...flawsOf(record)];
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

/** The report of a record so broken that it cannot even be run. */
function broken(id: string, why: string): ProofReport {
  return {
    id,
    claim: "",
    subject: [],
    spec: "",
    strength: "sampled",
    domain: "",
    size: 0,
    cases: 0,
    reached: {},
    mutants: [],
    canary: false,
    failures: [why],
    elapsedMs: 0,
  };
}

/**
 * Turns a record into a proof.
 *
 * @example A proof of a function of one's own, with a wrong variant that it rejects
 * ```ts
 * import { defineProof, domain } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 *
 * const clamp = (value: number) => Math.min(Math.max(value, 0), 9);
 *
 * const proof = defineProof({
 *   id: "clamp/stays_in_range",
 *   claim: "the result is the nearest number from 0 to 9",
 *   subject: ["clamp"],
 *   spec: "our handbook, 2.1",
 *   strength: "exhaustive",
 *   domain: domain.range(-20, 20),
 *   reaches: ["below", "inside", "above"],
 *   implementation: clamp,
 *   mutants: [{ name: "forgets the upper end", implementation: () => (v) => Math.max(v, 0) }],
 *   check(value, reach, clamp) {
 *     reach(value < 0 ? "below" : value > 9 ? "above" : "inside");
 *     const expected = value < 0 ? 0 : value > 9 ? 9 : value;
 *     return clamp(value) === expected ? undefined : `${value} gives ${clamp(value)}`;
 *   },
 * });
 *
 * const report = await proof.run();
 * assertEquals(report.failures, []);
 * assertEquals(report.cases, 41);
 * ```
 */
export function defineProof<T, S>(record: ProofRecord<T, S>): Proof {
  return {
    id: record.id,
    claim: record.claim,
    subject: record.subject,
    strength: record.strength,
    async run(options = {}) {
      try {
        return await run(record, options);
      } catch (thrown) {
        return broken(record.id, `could not be run: ${nameOf(thrown)}`);
      }
    },
    async replay(input) {
      try {
        // The input was printed by this proof, so it is one of its own.
        return await Reflect.apply(record.check, record, [input, () => {}, record.implementation]);
      } catch (thrown) {
        return `threw ${nameOf(thrown)}`;
      }
    },
  };
}
