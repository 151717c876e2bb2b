/**
 * Proofs of pure functions, for all values of all inputs.
 *
 * @module
 */

import type { SymbolicOutcome, SymbolicProof } from "./claim.ts";
import { type Assignment, Evaluation } from "./evaluate.ts";
import { nameOf } from "./name_of.ts";
import { playBack } from "./playback.ts";
import { assignmentOf, isOutcome, mapped, mistaken, type Question } from "./question.ts";
import { questionOf, satisfy } from "./question.ts";
import { draw, worst } from "./search.ts";
import { and, not, TRUE } from "./term.ts";

/** What is wrong at the values that the solver gave. */
async function refuted<N extends string>(
  proof: SymbolicProof<N>,
  question: Question<N>,
  values: Assignment,
): Promise<SymbolicOutcome<N>> {
  const { terms, run, given, claim, obligations } = question;
  const inputs = assignmentOf(terms, values);
  const evaluation = new Evaluation({ ...values, ...inputs });
  const broken = obligations.find(({ holds }) => !evaluation.truth(holds));
  const failed = broken === undefined
    ? evaluation.truth(claim) ? "the claim, by way of a rounding that does not occur" : "the claim"
    : `${broken.what} at ${broken.at.file}:${broken.at.line}:${broken.at.column}`;
  const played = await playBack(proof.playback, inputs, run, given, evaluation);
  return { kind: "refuted", inputs, failed, played };
}

/**
 * Proves a claim about a pure function for all values of its inputs, or finds inputs for which it
 * fails. Nothing is sampled: the source text is executed with terms for values, and the solver
 * decides.
 *
 * @param proof What is to be proved.
 * @returns What came of it; it never rejects.
 *
 * @example An average that does not overflow
 * ```ts
 * import { atMost, symbolicProof, uint } from "@ringfence/core/symbolic";
 * import { assertEquals } from "@std/assert";
 *
 * const outcome = await symbolicProof({
 *   file: "average.ts",
 *   source: "export function average(a: number, b: number) { return Math.floor((a + b) / 2); }",
 *   function: "average",
 *   inputs: { a: uint(32), b: uint(32) },
 *   assume: ({ a, b }) => atMost(a, b),
 *   claim: ({ a }, result) => atMost(a, result.value.integer),
 * });
 * assertEquals(outcome.kind, "proved");
 * ```
 */
export async function symbolicProof<N extends string>(
  proof: SymbolicProof<N>,
): Promise<SymbolicOutcome<N>> {
  try {
    const question = questionOf(proof);
    return isOutcome(question) ? question : await decide(proof, question);
  } catch (thrown) {
    return mistaken(`it cannot be carried out: ${nameOf(thrown)}`);
  }
}

async function decide<N extends string>(
  proof: SymbolicProof<N>,
  question: Question<N>,
): Promise<SymbolicOutcome<N>> {
  const { assumed, granted, claim, obligations } = question;
  const { arithmetic = "words", timeoutMs = 20_000 } = proof;
  const sound = and(...obligations.map(({ holds }) => holds));
  const domain = and(assumed, granted);
  const wrong = and(domain, not(and(claim, sound)));
  const answer = await satisfy(arithmetic, wrong, timeoutMs);
  if (answer.kind !== "unsat") {
    const values = await worst(question, answer, arithmetic, timeoutMs);
    return values.kind === "sat" ? await refuted(proof, question, values.values) : values;
  }
  const possible = domain === TRUE ? undefined : await satisfy("words", domain, timeoutMs);
  if (possible !== undefined && possible.kind !== "sat") {
    return mistaken("what is assumed excludes all inputs, or nobody knows whether it does");
  }
  return await compare(proof, question, possible?.values ?? {}, obligations.length);
}

/** How many inputs the real function is run on after a proof. */
const COMPARISONS = 12;

/** Runs the real function, to see that it does what the terms say. */
async function compare<N extends string>(
  { playback }: SymbolicProof<N>,
  { terms, run, given, assumed }: Question<N>,
  first: Assignment,
  sideConditions: number,
): Promise<SymbolicOutcome<N>> {
  let compared = 0;
  for (let round = 0; playback !== undefined && round < 4 * COMPARISONS; round++) {
    const inputs = round === 0 ? assignmentOf(terms, first) : mapped(terms, (term) => draw(term));
    const evaluation = new Evaluation(inputs);
    if (compared >= COMPARISONS || !evaluation.truth(assumed)) continue;
    const played = await playBack(playback, inputs, run, given, evaluation);
    if (played !== undefined && !played.agrees) {
      const { real, predicted } = played;
      return mistaken(`the source gives ${real} where ${predicted} was predicted`);
    }
    compared++;
  }
  return { kind: "proved", sideConditions, compared };
}
