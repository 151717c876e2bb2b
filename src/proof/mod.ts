/**
 * Proofs as records: claims about code, checked completely over a domain of known size or sampled
 * with a seed, that must reach every outcome they speak of and reject every wrong variant they name.
 *
 * It works on anyone's code, and in the test runners of Deno, Bun and Node: {@link defineProof} makes a
 * proof of a record, and {@link registerProofs} a test of a proof. Inputs come from a {@link domain},
 * which is enumerated, or are {@link sampled}; {@link agreesWithModel}, {@link sequenceAgrees} and the
 * other laws compare. Nothing here throws: what makes no sense, be it a record, a report or an option,
 * counts as a proof that fails.
 *
 * @module
 */

export * as biased from "./biased.ts";
export { agrees } from "./difference.ts";
export * as domain from "./domain.ts";
export type { Domain } from "./domain.ts";
export { hostileByCode, hostileFor, hostileValues } from "./hostile.ts";
export type { Hostile, ParameterKind } from "./hostile.ts";
export { agreesWithModel, allOf, isTotal, leavesStateOnFault, roundTrips } from "./laws.ts";
export type { Observation } from "./laws.ts";
export { coverageOf, coverageTable, equivalentTable, proofTable, summarize } from "./ledger.ts";
export type { Coverage, Summary } from "./ledger.ts";
export { publicFunctions } from "./audit.ts";
export { defineProof } from "./proof.ts";
export type { Proof } from "./proof.ts";
export { sampled } from "./record.ts";
export type { InputSource, Mutant, ProofRecord, Reach, Sampling, Strength } from "./record.ts";
export { registerProofs } from "./register.ts";
export type { TestFunction } from "./register.ts";
export { DEFAULT_SEED } from "./run.ts";
export type { RunOptions } from "./run.ts";
export type { Counterexample, MutantReport, ProofReport } from "./report.ts";
export { sequenceAgrees } from "./sequence.ts";
export type { SequenceSpec } from "./sequence.ts";
export { duplicateIds, explain, replay, runProofs, selectProofs } from "./suite.ts";
export type { SuiteOptions } from "./suite.ts";
