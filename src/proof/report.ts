/**
 * What a run of a proof found: plain data, as it goes into the ledger.
 *
 * @module
 */

import type { Strength } from "./record.ts";
import { isPlain } from "./show.ts";

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
  /** The size of the domain, or the number of samples asked for; 0 when that is no number. */
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

/** The report of something so broken that it cannot be run. */
export function brokenReport(id: string, why: string): ProofReport {
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

/** Each item of a list as `read` gives it; the one item `none()` where the list is none. */
export function readList<T>(list: unknown, read: (item: unknown) => T, none: () => T): T[] {
  try {
    return Array.isArray(list) ? Array.from(list, (item: unknown) => read(item)) : [none()];
  } catch {
    return [none()];
  }
}

/** Whether a value is a list of strings. */
export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isCounterexample(value: unknown): value is Counterexample {
  return isPlain(value) && typeof value["message"] === "string" &&
    typeof value["code"] === "string";
}

function isMutantReport(value: unknown): value is MutantReport {
  return isPlain(value) && typeof value["name"] === "string" &&
    typeof value["killed"] === "boolean" &&
    (value["equivalent"] === undefined || typeof value["equivalent"] === "string");
}

function isReport(value: unknown): value is ProofReport {
  return isPlain(value) && isStrings(value["subject"]) && isStrings(value["failures"]) &&
    ["id", "claim", "spec", "strength", "domain"].every((key) => typeof value[key] === "string") &&
    ["size", "cases", "elapsedMs"].every((key) => typeof value[key] === "number") &&
    isPlain(value["reached"]) &&
    Object.values(value["reached"]).every((count) => typeof count === "number") &&
    Array.isArray(value["mutants"]) && value["mutants"].every(isMutantReport) &&
    typeof value["canary"] === "boolean" &&
    (value["counterexample"] === undefined || isCounterexample(value["counterexample"]));
}

/**
 * A private copy of a report; of anything else, a report that says so and counts as failed.
 *
 * @param value What should be a report.
 * @param id The proof that it is of, where that is known.
 */
export function readReport(value: unknown, id: string = "?"): ProofReport {
  try {
    // The copy is plain data, whatever the value was: no getter or trap can change it later.
    const copy: unknown = structuredClone(value);
    if (isReport(copy)) return copy;
  } catch {
    // Not even data.
  }
  return brokenReport(id, "is no report of a proof");
}

/** The reports of a list, each as {@link readReport} gives it. */
export function readReports(values: readonly ProofReport[]): readonly ProofReport[] {
  return readList(
    values,
    (value) => readReport(value),
    () => brokenReport("?", "is no list of reports"),
  );
}
