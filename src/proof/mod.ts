/**
 * Proofs as records: claims about code, checked completely over a domain of known size or sampled
 * with a seed, that must reach every outcome they speak of and reject every wrong variant they name.
 *
 * It works on anyone's code, and in the test runners of Deno, Bun and Node.
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
export { DEFAULT_SEED, defineProof } from "./proof.ts";
export type { Proof, RunOptions } from "./proof.ts";
export { sampled } from "./record.ts";
export type { InputSource, Mutant, ProofRecord, Reach, Sampling, Strength } from "./record.ts";
export { registerProofs } from "./register.ts";
export type { TestFunction } from "./register.ts";
export type { Counterexample, MutantReport, ProofReport } from "./report.ts";
export { sequenceAgrees } from "./sequence.ts";
export type { SequenceSpec } from "./sequence.ts";
export { duplicateIds, explain, replay, runProofs, selectProofs } from "./suite.ts";
export type { SuiteOptions } from "./suite.ts";
