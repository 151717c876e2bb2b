/**
 * Running many proofs: choosing, sharding, replaying, registering with a test runner.
 *
 * @module
 */

import { nameOf } from "./laws.ts";
import { brokenProof, type Proof, readProofs } from "./proof.ts";
import { brokenReport, type ProofReport, readReport } from "./report.ts";
import type { RunOptions } from "./run.ts";
import { show } from "./show.ts";

/** Which proofs to run, and how. */
export interface SuiteOptions extends RunOptions {
  /** Only proofs whose id contains this. */
  readonly filter?: string;
  /** Only every `count`-th proof, beginning with the `index`-th (1 to `count`). */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Called with each report as it comes. */
  onReport?(report: ProofReport): void;
}

/** What is wrong with the options that choose, if anything. */
function mistakeIn({ filter, shard }: SuiteOptions): string | undefined {
  if (filter !== undefined && typeof filter !== "string") return "the filter is no string";
  if (shard === undefined) return undefined;
  const { index, count } = shard;
  return Number.isSafeInteger(index) && Number.isSafeInteger(count) && 1 <= index && index <= count
    ? undefined
    : `there is no shard ${show(index)} of ${show(count)}`;
}

/**
 * The proofs that the options choose, in their order.
 *
 * Something that is no proof stays in the list, as one that fails; options that make no sense give
 * one failing proof that says so. Nothing is left out unseen.
 *
 * @param proofs All proofs.
 * @param options The part of their ids to look for, and the shard.
 */
export function selectProofs(proofs: readonly Proof[], options: SuiteOptions): readonly Proof[] {
  try {
    const { filter, shard } = options;
    const mistake = mistakeIn(options);
    if (mistake !== undefined) return [brokenProof(mistake)];
    const wanted = readProofs(proofs)
      .filter((proof) => filter === undefined || proof.id.includes(filter));
    return shard === undefined
      ? wanted
      : wanted.filter((_, place) => place % shard.count === shard.index - 1);
  } catch (thrown) {
    return [brokenProof(`the proofs could not be chosen: ${nameOf(thrown)}`)];
  }
}

/** The ids that more than one proof carries. */
export function duplicateIds(proofs: readonly Proof[]): readonly string[] {
  const ids = readProofs(proofs).map((proof) => proof.id);
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
}

/**
 * Runs proofs one after the other.
 *
 * @param proofs The proofs. What is no proof gives a report that failed.
 * @param options Which to run, and how.
 * @returns A report for each proof that the options choose, in order. A proof stands when its
 * report has no failures.
 */
export async function runProofs(
  proofs: readonly Proof[],
  options: SuiteOptions = {},
): Promise<readonly ProofReport[]> {
  const reports: ProofReport[] = [];
  for (const proof of selectProofs(proofs, options)) {
    const report = await runOne(proof, options);
    reports.push(report);
    try {
      options.onReport?.(report);
    } catch {
      // Whoever listens cannot stop the run.
    }
  }
  return reports;
}

/** Runs a proof that may be anyone's object. Never rejects. */
async function runOne(proof: Proof, options: RunOptions): Promise<ProofReport> {
  try {
    return readReport(await proof.run(options));
  } catch (thrown) {
    return brokenReport("?", `could not be run: ${nameOf(thrown)}`);
  }
}

/**
 * Checks one input of one proof again: how a printed counterexample is replayed.
 *
 * @param proofs The list that holds the proof.
 * @param id The proof's id.
 * @param input One of its inputs.
 * @returns Nothing where the claim holds, else how it fails.
 */
export async function replay(
  proofs: readonly Proof[],
  id: string,
  input: unknown,
): Promise<string | undefined> {
  try {
    const proof = readProofs(proofs).find((candidate) => candidate.id === id);
    return proof === undefined ? `no proof is called ${show(id)}` : await proof.replay(input);
  } catch (thrown) {
    return `could not be replayed: ${nameOf(thrown)}`;
  }
}

/**
 * Says in full why a proof does not stand, with its counterexample as runnable code.
 *
 * @param report The report of the proof.
 * @param seed The seed that the run used.
 */
export function explain(report: ProofReport, seed: number): string {
  const { id, claim, failures, counterexample, canary, cases } = readReport(report);
  const lines = [`${id}: ${claim}`, ...failures.map((line) => `  ${line}`)];
  if (counterexample !== undefined && !canary) {
    lines.push(
      `  counterexample (seed ${show(seed)}, ${cases} cases):`,
      ...counterexample.code.split("\n").map((line) => `    ${line}`),
    );
  }
  return lines.join("\n");
}
