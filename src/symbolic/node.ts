/**
 * Terms: exact integers and truths that depend on inputs. An integer term carries an interval that
 * holds all its values, so that the solver can be handed words which nothing overflows.
 *
 * @module
 */

/** What an integer term does with its parts. */
export type IntOp =
  | "constant"
  | "input"
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "modulo"
  | "unsigned"
  | "signed"
  | "and"
  | "or"
  | "xor"
  | "shiftLeft"
  | "shiftRight"
  | "choose"
  | "round";

/** What a truth does with its parts. */
export type TruthOp = "constant" | "not" | "and" | "or" | "equal" | "less" | "choose";

/** An exact integer, as it depends on the inputs. Made by the functions of this face only. */
export interface IntTerm {
  /** Tells it from a truth. */
  readonly sort: "integer";
  /** What it does. */
  readonly op: IntOp;
  /** Its integer parts. */
  readonly parts: readonly IntTerm[];
  /** What a choice depends on. */
  readonly test: Truth | undefined;
  /** The value of a constant; the width of `unsigned` and `signed`, in bits. */
  readonly value: bigint;
  /** The name of an input. */
  readonly name: string;
  /** No value is less. */
  readonly min: bigint;
  /** No value is greater. */
  readonly max: bigint;
}

/** A truth, as it depends on the inputs. Made by the functions of this face only. */
export interface Truth {
  /** Tells it from an integer. */
  readonly sort: "truth";
  /** What it does. */
  readonly op: TruthOp;
  /** Its integer parts. */
  readonly parts: readonly IntTerm[];
  /** Its parts that are truths. */
  readonly truths: readonly Truth[];
  /** The value of a constant. */
  readonly value: boolean;
}

/** A term of either sort. */
export type Term = IntTerm | Truth;

/** What stands for an integer: a term, or a number that is whole, or a bigint. */
export type Integer = IntTerm | number | bigint;

/** The terms that were made here: nothing else is taken for one. */
const MADE = new WeakSet<object>();

/** Whether something is an integer term. */
export function isIntTerm(value: unknown): value is IntTerm {
  return isMade(value) && "sort" in value && value.sort === "integer";
}

/** Whether something is a truth. */
export function isTruth(value: unknown): value is Truth {
  return isMade(value) && "sort" in value && value.sort === "truth";
}

function isMade(value: unknown): value is object {
  return typeof value === "object" && value !== null && MADE.has(value);
}

function made<T extends object>(term: T): T {
  MADE.add(term);
  return Object.freeze(term);
}

/** Makes an integer term. */
export function intNode(
  op: IntOp,
  parts: readonly IntTerm[],
  min: bigint,
  max: bigint,
  more: { readonly value?: bigint; readonly name?: string; readonly test?: Truth } = {},
): IntTerm {
  const { value = 0n, name = "", test } = more;
  return made({ sort: "integer", op, parts, test, value, name, min, max });
}

/** A constant. What is no whole number stands for any integer: see {@link integer}. */
export function constant(value: number | bigint): IntTerm {
  if (typeof value === "bigint") return whole(value);
  return Number.isInteger(value) ? whole(BigInt(value)) : unknown();
}

function whole(value: bigint): IntTerm {
  return intNode("constant", [], value, value, { value });
}

/** The most that an integer may be in magnitude of which nothing is known, in bits. */
const UNKNOWN_BITS = 256n;

let unknowns = 0;

/**
 * Any integer, another one each time: what stands for an argument that is none, so that no claim about
 * it holds. Its name is no identifier, and so that of no input.
 */
function unknown(): IntTerm {
  const [min, max] = [-(1n << UNKNOWN_BITS), 1n << UNKNOWN_BITS];
  return intNode("input", [], min, max, { name: `not-an-integer-${++unknowns}` });
}

/** The term that stands for an integer; for anything else, one that may be any integer. */
export function integer(value: Integer): IntTerm {
  if (typeof value === "number" || typeof value === "bigint") return constant(value);
  return isIntTerm(value) ? value : unknown();
}

/** An input: any integer from `min` to `max`; without such bounds, any integer. */
export function input(name: string, min: bigint, max: bigint): IntTerm {
  if (typeof name !== "string" || typeof min !== "bigint" || typeof max !== "bigint" || min > max) {
    return unknown();
  }
  return min === max ? constant(min) : intNode("input", [], min, max, { name });
}

/** The value of a term that is a constant. */
export function known(term: IntTerm): bigint | undefined {
  return isIntTerm(term) && term.op === "constant" ? term.value : undefined;
}

/** Makes a truth. */
export function truthNode(
  op: TruthOp,
  parts: readonly IntTerm[],
  truths: readonly Truth[],
  value = false,
): Truth {
  return made({ sort: "truth", op, parts, truths, value });
}

/** The truth that always holds. */
export const TRUE: Truth = truthNode("constant", [], [], true);
/** The truth that never holds. */
export const FALSE: Truth = truthNode("constant", [], [], false);

/** What stands for an argument that is no truth: it may hold or not. */
function open(): Truth {
  return truthNode("less", [unknown(), whole(0n)], []);
}

/** The truth that a boolean is; of anything else, one that may hold or not. */
export function truth(value: boolean): Truth {
  return value === true ? TRUE : value === false ? FALSE : open();
}

/** The truth itself; for anything else, one that may hold or not. */
export function truthOf(value: Truth): Truth {
  return isTruth(value) ? value : open();
}

/** The value of a truth that is a constant. */
export function settled(of: Truth): boolean | undefined {
  return isTruth(of) && of.op === "constant" ? of.value : undefined;
}
