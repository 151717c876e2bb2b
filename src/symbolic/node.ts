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

/** Makes an integer term. */
export function intNode(
  op: IntOp,
  parts: readonly IntTerm[],
  min: bigint,
  max: bigint,
  more: { readonly value?: bigint; readonly name?: string; readonly test?: Truth } = {},
): IntTerm {
  const { value = 0n, name = "", test } = more;
  return Object.freeze({ sort: "integer", op, parts, test, value, name, min, max });
}

/** A constant. What is no whole number is 0. */
export function constant(value: number | bigint): IntTerm {
  const whole = typeof value === "bigint" ? value : Number.isInteger(value) ? BigInt(value) : 0n;
  return intNode("constant", [], whole, whole, { value: whole });
}

/** The term that stands for an integer. */
export function integer(value: Integer): IntTerm {
  return typeof value === "object" ? value : constant(value);
}

/** An input: any integer from `min` to `max`. */
export function input(name: string, min: bigint, max: bigint): IntTerm {
  return min === max ? constant(min) : intNode("input", [], min, max, { name });
}

/** The value of a term that is a constant. */
export function known(term: IntTerm): bigint | undefined {
  return term.op === "constant" ? term.value : undefined;
}

/** Makes a truth. */
export function truthNode(
  op: TruthOp,
  parts: readonly IntTerm[],
  truths: readonly Truth[],
  value = false,
): Truth {
  return Object.freeze({ sort: "truth", op, parts, truths, value });
}

/** The truth that always holds. */
export const TRUE: Truth = truthNode("constant", [], [], true);
/** The truth that never holds. */
export const FALSE: Truth = truthNode("constant", [], [], false);

/** The truth that a boolean is. */
export function truth(value: boolean): Truth {
  return value ? TRUE : FALSE;
}

/** The value of a truth that is a constant. */
export function settled(of: Truth): boolean | undefined {
  return of.op === "constant" ? of.value : undefined;
}
