/**
 * Turning a record into a proof that can be run.
 *
 * @module
 */

import { nameOf } from "./laws.ts";
import type { ProofRecord, Strength } from "./record.ts";
import { brokenReport, isStrings, type ProofReport, readList, readReport } from "./report.ts";
import { run, type RunOptions } from "./run.ts";
import { verdictOf } from "./trial.ts";

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

/** What a proof shows of itself before it is run. */
type Head = Pick<Proof, "id" | "claim" | "subject" | "strength">;

const BROKEN: Head = Object.freeze({ id: "?", claim: "", subject: [], strength: "sampled" });

/** A proof in the place of something that is none: its report says why. */
export function brokenProof(why: string): Proof {
  return {
    ...BROKEN,
    run: () => Promise.resolve(brokenReport(BROKEN.id, why)),
    replay: () => Promise.resolve(why),
  };
}

/** The head of a record whose fields may be anything. */
function headOf({ id, claim, subject, strength }: Head): Head {
  return {
    id: typeof id === "string" ? id : BROKEN.id,
    claim: typeof claim === "string" ? claim : BROKEN.claim,
    subject: isStrings(subject) ? [...subject] : BROKEN.subject,
    strength: typeof strength === "string" ? strength : BROKEN.strength,
  };
}

/**
 * Turns a record into a proof.
 *
 * A record that makes no sense gives a proof too: one whose report says what is wrong. What the check
 * throws is a failure of the proof; a check that never returns hangs it, which only the time limit of
 * a test runner can end.
 *
 * @param record What is claimed, over which inputs, and how it is checked.
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
  let head: Head;
  try {
    head = headOf(record);
  } catch (thrown) {
    return brokenProof(`its record cannot be read: ${nameOf(thrown)}`);
  }
  return {
    ...head,
    async run(options = {}) {
      try {
        return readReport(await run(record, options), head.id);
      } catch (thrown) {
        return brokenReport(head.id, `could not be run: ${nameOf(thrown)}`);
      }
    },
    async replay(input) {
      try {
        // The input was printed by this proof, so it is one of its own.
        return verdictOf(
          await Reflect.apply(record.check, record, [input, () => {}, record.implementation]),
        );
      } catch (thrown) {
        return `the check threw ${nameOf(thrown)}`;
      }
    },
  };
}

function isProof(value: unknown): value is Proof {
  if (typeof value !== "object" || value === null) return false;
  return ["id", "claim"].every((key) => typeof Reflect.get(value, key) === "string") &&
    ["run", "replay"].every((key) => typeof Reflect.get(value, key) === "function") &&
    isStrings(Reflect.get(value, "subject"));
}

function readProof(value: unknown): Proof {
  try {
    if (isProof(value)) return value;
  } catch {
    // A proof could be read.
  }
  return brokenProof("is no proof");
}

/** The proofs of a list, with one that fails in the place of each thing that is none. */
export function readProofs(values: readonly Proof[]): readonly Proof[] {
  return readList(values, readProof, () => brokenProof("is no list of proofs"));
}
