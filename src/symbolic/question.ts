/**
 * From a proof to what the solver is asked.
 *
 * @module
 */

import { BitVectorWriter } from "./bit_vectors.ts";
import type { Arithmetic, Inputs, SymbolicOutcome, SymbolicProof } from "./claim.ts";
import type { Argument } from "./contract.ts";
import type { Assignment } from "./evaluate.ts";
import { IntegerWriter } from "./exact_integers.ts";
import { Machine, type Obligation } from "./machine.ts";
import { Modules, readFile } from "./modules.ts";
import { execute, Result, type Run } from "./run.ts";
import { type Answer, ask } from "./solver.ts";
import { and, FALSE, input, type IntTerm, not, TRUE, type Truth } from "./term.ts";
import { optionsOf } from "./value.ts";
import type { Writer } from "./writer.ts";

/** A run with all that has to be shown of it. */
export interface Question<N extends string> {
  readonly run: Run;
  readonly terms: Inputs<N>;
  readonly given: Readonly<Record<string, Argument>>;
  readonly assumed: Truth;
  readonly granted: Truth;
  readonly claim: Truth;
  readonly obligations: readonly Obligation[];
}

/** Whether there is nothing left to ask. */
export function isOutcome<N extends string>(
  value: Question<N> | SymbolicOutcome<N>,
): value is SymbolicOutcome<N> {
  return "kind" in value;
}

/** The outcome of a proof that makes no sense. */
export function mistaken(problem: string): { readonly kind: "mistaken"; readonly problem: string } {
  return { kind: "mistaken", problem };
}

function sourcesOf<N extends string>({ file, source, read }: SymbolicProof<N>): Modules {
  const name = String(file);
  return new Modules((wanted) =>
    source !== undefined && wanted === name ? source : (read ?? readFile)(wanted)
  );
}

/** What an input may be called: what a variable may, so that no other term has its name. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** How often a loop may go round at most. */
const ROUNDS_MAX = 65_536;

function termsOf<N extends string>(inputs: SymbolicProof<N>["inputs"]): Inputs<N> | undefined {
  const names: N[] = [];
  for (const name in inputs) names.push(name);
  const terms: Partial<Record<N, IntTerm>> = {};
  for (const name of names) {
    const { min, max } = inputs[name];
    if (!IDENTIFIER.test(name)) return undefined;
    if (typeof min !== "bigint" || typeof max !== "bigint" || min > max) return undefined;
    terms[name] = input(name, min, max);
  }
  const isWhole = (some: Partial<Record<N, IntTerm>>): some is Record<N, IntTerm> =>
    names.every((name) => some[name] !== undefined);
  return isWhole(terms) ? terms : undefined;
}

/** Executes the function and puts the question together. */
export function questionOf<N extends string>(
  proof: SymbolicProof<N>,
): Question<N> | SymbolicOutcome<N> {
  const terms = termsOf(proof.inputs);
  if (terms === undefined) {
    return mistaken("an input is no identifier, or has no range of bigints");
  }
  const contracts = new Map(Object.entries(proof.contracts ?? {}));
  const { rounding = false, rounds = 64 } = proof;
  if (!(rounds <= ROUNDS_MAX)) return mistaken(`a loop may go round ${ROUNDS_MAX} times at most`);
  const machine = new Machine(sourcesOf(proof), contracts, rounding, rounds);
  const given = proof.parameters?.(terms) ?? terms;
  const run = execute(
    machine,
    String(proof.file),
    proof.function,
    given,
    proof.self?.(terms) ?? {},
  );
  if (typeof run === "string") return mistaken(run);
  if (machine.unsupported !== undefined) return { kind: "unsupported", ...machine.unsupported };
  const problems: string[] = [];
  const claim = and(proof.claim(terms, new Result(run, problems)), isNotMinusZero(run));
  const assumed = proof.assume?.(terms) ?? TRUE;
  const [problem] = problems;
  if (problem !== undefined) return mistaken(`the claim meets ${problem}`);
  const { obligations } = machine;
  return { run, terms, given, assumed, granted: and(...machine.assumptions), claim, obligations };
}

/** A result of -0 is no integer. */
function isNotMinusZero({ value }: Run): Truth {
  const ways = optionsOf(value, TRUE).map(({ when, value: one }) =>
    one.kind === "number" ? and(when, one.minusZero) : FALSE
  );
  return and(...ways.map(not));
}

/** Asks the solver for inputs that satisfy a truth. */
export async function satisfy(
  arithmetic: Arithmetic,
  truth: Truth,
  timeoutMs: number,
  lenient = false,
): Promise<Answer> {
  const writer: Writer = arithmetic === "integers"
    ? new IntegerWriter(lenient)
    : new BitVectorWriter(lenient, arithmetic === "limbs");
  const goal = writer.truth(truth);
  if (writer.problem !== undefined) return { kind: "unknown", reason: writer.problem };
  const text = [`(set-logic ${writer.logic})`, ...writer.lines, `(assert ${goal})`].join("\n");
  return await ask(text, [...writer.inputs.keys()], timeoutMs);
}

/** The inputs among the values that the solver gave. */
export function assignmentOf<N extends string>(
  terms: Inputs<N>,
  values: Assignment,
): Record<N, bigint> {
  const assignment: Record<N, bigint> = { ...mapped(terms, (term) => term.min) };
  for (const name in terms) {
    const value = values[name];
    if (value !== undefined) assignment[name] = value;
  }
  return assignment;
}

/** A record of the same names. */
export function mapped<N extends string, A, B>(
  record: Readonly<Record<N, A>>,
  apply: (value: A) => B,
): Record<N, B> {
  const isWhole = (some: Partial<Record<N, B>>): some is Record<N, B> => some !== undefined;
  const result: Partial<Record<N, B>> = {};
  for (const name in record) result[name] = apply(record[name]);
  return isWhole(result) ? result : mapped(record, apply);
}
