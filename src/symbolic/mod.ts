/**
 * Symbolic proofs: claims about pure functions, shown for all values of all inputs.
 *
 * {@link symbolicProof} reads the source text of a function, executes it with terms in place of values,
 * and has a solver (Z3) decide whether a claim can fail. A claim that fails comes with inputs, which are
 * run through the real function. What the executor does not know is an outcome that names the construct
 * and where it stands. Nothing here throws.
 *
 * @module
 */

export { big, typedArray } from "./contract.ts";
export type {
  Argument,
  ArrayArgument,
  BigArgument,
  Contract,
  ContractTools,
  View,
} from "./contract.ts";
export { Evaluation } from "./evaluate.ts";
export type { Assignment } from "./evaluate.ts";
export type { SourcePlace } from "./machine.ts";
export { readFile } from "./modules.ts";
export type { ReadSource } from "./modules.ts";
export type { Playback, Played } from "./playback.ts";
export { symbolicProof } from "./proof.ts";
export type { Arithmetic, InputRange, Inputs, SymbolicOutcome, SymbolicProof } from "./claim.ts";
export { int, range, uint } from "./ranges.ts";
export type { Result } from "./run.ts";
export {
  add,
  and,
  atMost,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  choose,
  chooseTruth,
  constant,
  divide,
  equal,
  FALSE,
  iff,
  implies,
  input,
  integer,
  known,
  less,
  modulo,
  multiply,
  not,
  or,
  round,
  settled,
  shiftLeft,
  shiftRight,
  signed,
  subtract,
  TRUE,
  truth,
  unsigned,
  within,
} from "./term.ts";
export type { Integer, IntOp, IntTerm, Term, Truth, TruthOp } from "./term.ts";
