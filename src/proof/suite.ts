/**
 * Running many proofs: choosing, sharding, replaying, registering with a test runner.
 *
 * @module
 */

import type { Proof, RunOptions } from "./proof.ts";
import type { ProofReport } from "./report.ts";

/** Which proofs to run, and how. */
export interface SuiteOptions extends RunOptions {
  /** Only proofs whose id contains this. */
  readonly filter?: string;
  /** Only every `count`-th proof, beginning with the `index`-th (1 to `count`). */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Called with each report as it comes. */
  onReport?(report: ProofReport): void;
}

/** The proofs that the options choose, in their order. */
export function selectProofs(proofs: readonly Proof[], options: SuiteOptions): readonly Proof[] {
  const { filter, shard } = options;
  const wanted = proofs.filter((proof) => filter === undefined || proof.id.includes(filter));
  return shard === undefined
    ? wanted
    : wanted.filter((_, place) => place % shard.count === shard.index - 1);
}

/** The ids that more than one proof carries. */
export function duplicateIds(proofs: readonly Proof[]): readonly string[] {
  const ids = proofs.map((proof) => proof.id);
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
}

/**
 * Runs proofs one after the other.
 *
 * @returns A report for each proof that the options choose, in order. A proof stands when its
 * report has no failures.
 */
export async function runProofs(
  proofs: readonly Proof[],
  options: SuiteOptions = {},
): Promise<readonly ProofReport[]> {
  const reports: ProofReport[] = [];
  for (const proof of selectProofs(proofs, options)) {
    const report = await proof.run(options);
    options.onReport?.(report);
    reports.push(report);
  }
  return reports;
}

/** Checks one input of one proof again: how a printed counterexample is replayed. */
export function replay(
  proofs: readonly Proof[],
  id: string,
  input: unknown,
): Promise<string | undefined> {
  const proof = proofs.find((candidate) => candidate.id === id);
  return proof === undefined ? Promise.resolve(`no proof is called ${id}`) : proof.replay(input);
}

/** Says in full why a proof does not stand, with its counterexample as runnable code. */
export function explain(report: ProofReport, seed: number): string {
  const lines = [`${report.id}: ${report.claim}`, ...report.failures.map((line) => `  ${line}`)];
  if (report.counterexample !== undefined && !report.canary) {
    lines.push(
      `  counterexample (seed ${seed}, ${report.cases} cases):`,
      ...report.counterexample.code.split("\n").map((line) => `    ${line}`),
    );
  }
  return lines.join("\n");
}
