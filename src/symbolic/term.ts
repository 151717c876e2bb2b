/**
 * Arithmetic on terms: exact, with an interval for every result.
 *
 * @module
 */

import { constant, integer, intNode, known, truthOf } from "./node.ts";
import type { Integer, IntTerm, Truth } from "./node.ts";
import { less } from "./truth.ts";

export { constant, FALSE, input, integer, known, settled, TRUE, truth } from "./node.ts";
export type { Integer, IntOp, IntTerm, Term, Truth, TruthOp } from "./node.ts";
export * from "./truth.ts";

function least(...values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a < b ? a : b);
}

function greatest(...values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a > b ? a : b);
}

/** The sum. */
export function add(left: Integer, right: Integer): IntTerm {
  const [a, b] = [integer(left), integer(right)];
  const [x, y] = [known(a), known(b)];
  if (x !== undefined && y !== undefined) return constant(x + y);
  if (x === 0n) return b;
  if (y === 0n) return a;
  return intNode("add", [a, b], a.min + b.min, a.max + b.max);
}

/** The difference. */
export function subtract(left: Integer, right: Integer): IntTerm {
  const [a, b] = [integer(left), integer(right)];
  const [x, y] = [known(a), known(b)];
  if (x !== undefined && y !== undefined) return constant(x - y);
  if (y === 0n) return a;
  if (a === b) return constant(0n);
  return intNode("subtract", [a, b], a.min - b.max, a.max - b.min);
}

/** The product. */
export function multiply(left: Integer, right: Integer): IntTerm {
  const [a, b] = [integer(left), integer(right)];
  const [x, y] = [known(a), known(b)];
  if (x !== undefined && y !== undefined) return constant(x * y);
  if (x === 0n || y === 0n) return constant(0n);
  if (x === 1n) return b;
  if (y === 1n) return a;
  const corners = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max];
  return intNode("multiply", [a, b], least(...corners), greatest(...corners));
}

/** The quotient of two bigints, rounded down. */
export function floorOf(a: bigint, b: bigint): bigint {
  return a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
}

/** What is left of `a` by the quotient rounded down: the sign of `b`. */
export function restOf(a: bigint, b: bigint): bigint {
  return a - floorOf(a, b) * b;
}

/** The quotient rounded down, for a divisor above 0; for others it is any integer of the interval. */
export function divide(left: Integer, right: Integer): IntTerm {
  const [a, b] = [integer(left), integer(right)];
  const [x, y] = [known(a), known(b)];
  if (x !== undefined && y !== undefined && y > 0n) return constant(floorOf(x, y));
  if (y === 1n) return a;
  const [low, high] = [greatest(b.min, 1n), greatest(b.max, 1n)];
  const corners = [floorOf(a.min, low), floorOf(a.min, high), floorOf(a.max, low)];
  corners.push(floorOf(a.max, high));
  return intNode("divide", [a, b], least(...corners), greatest(...corners));
}

/** What {@link divide} leaves, for a divisor above 0: 0 to the divisor less 1. */
export function modulo(left: Integer, right: Integer): IntTerm {
  const [a, b] = [integer(left), integer(right)];
  const [x, y] = [known(a), known(b)];
  if (x !== undefined && y !== undefined && y > 0n) return constant(restOf(x, y));
  if (y === 1n) return constant(0n);
  if (a.min >= 0n && a.max < b.min) return a;
  const most = greatest(b.max - 1n, 0n);
  return intNode("modulo", [a, b], 0n, a.min >= 0n ? least(most, a.max) : most);
}

/** Whether a term is a multiple of 2^`bits` by the way it is made. */
function isMultiple(bits: number, { op, parts, value }: IntTerm): boolean {
  if (op === "constant") return value % (1n << BigInt(bits)) === 0n;
  if (op === "multiply") return parts.some((part) => isMultiple(bits, part));
  return op === "choose" && parts.every((part) => isMultiple(bits, part));
}

/** A term with the same low bits, and fewer parts. */
function reduced(bits: number, a: IntTerm): IntTerm {
  const [left, right] = a.parts;
  if (left === undefined || right === undefined) return a;
  if (a.op === "add" && isMultiple(bits, left)) return reduced(bits, right);
  if ((a.op === "add" || a.op === "subtract") && isMultiple(bits, right)) {
    return reduced(bits, left);
  }
  return a;
}

/** The widest word, in bits. */
const BITS_MAX = 256;

function isWidth(bits: unknown): boolean {
  return Number.isInteger(bits) && Number(bits) >= 1 && Number(bits) <= BITS_MAX;
}

/** The integer modulo 2^`bits`, from 0 on; of other widths than 1 to 256, any integer. */
export function unsigned(bits: number, of: Integer): IntTerm {
  if (!isWidth(bits)) return constant(NaN);
  const a = reduced(bits, integer(of));
  const max = (1n << BigInt(bits)) - 1n;
  if (a.min >= 0n && a.max <= max) return a;
  const x = known(a);
  if (x !== undefined) return constant(BigInt.asUintN(bits, x));
  const inner = a.parts[0];
  if (isWrap(a) && a.value >= BigInt(bits) && inner !== undefined) return unsigned(bits, inner);
  return intNode("unsigned", [a], 0n, max, { value: BigInt(bits) });
}

/** The integer modulo 2^`bits`, read in two's complement; of other widths than 1 to 256, any integer. */
export function signed(bits: number, of: Integer): IntTerm {
  if (!isWidth(bits)) return constant(NaN);
  const whole = integer(of);
  if (fitsSigned(bits, whole)) return whole;
  const a = reduced(bits, whole);
  if (fitsSigned(bits, a)) return a;
  const half = 1n << BigInt(bits - 1);
  const x = known(a);
  if (x !== undefined) return constant(BigInt.asIntN(bits, x));
  const inner = a.parts[0];
  if (isWrap(a) && a.value >= BigInt(bits) && inner !== undefined) return signed(bits, inner);
  return intNode("signed", [a], -half, half - 1n, { value: BigInt(bits) });
}

function fitsSigned(bits: number, { min, max }: IntTerm): boolean {
  const half = 1n << BigInt(bits - 1);
  return min >= -half && max < half;
}

function isWrap({ op }: IntTerm): boolean {
  return op === "unsigned" || op === "signed";
}

/** How many bits a term takes in two's complement. */
export function widthOf(term: IntTerm): number {
  const { min, max } = integer(term);
  const bits = (value: bigint) => (value < 0n ? -value - 1n : value).toString(2).length;
  const most = greatest(BigInt(bits(min)), BigInt(bits(max)));
  return min === 0n && max === 0n ? 1 : Number(most) + 1;
}

function bitwise(
  op: "and" | "or" | "xor",
  apply: (a: bigint, b: bigint) => bigint,
  left: Integer,
  right: Integer,
): IntTerm {
  const [a, b] = [integer(left), integer(right)];
  const [x, y] = [known(a), known(b)];
  if (x !== undefined && y !== undefined) return constant(apply(x, y));
  if (op !== "and" && x === 0n) return b;
  if (op !== "and" && y === 0n) return a;
  const half = 1n << BigInt(Math.max(widthOf(a), widthOf(b)) - 1);
  if (op === "and" && (a.min >= 0n || b.min >= 0n)) {
    const tops = [a, b].filter(({ min }) => min >= 0n).map(({ max }) => max);
    return intNode(op, [a, b], 0n, least(...tops));
  }
  return intNode(op, [a, b], a.min >= 0n && b.min >= 0n ? 0n : -half, half - 1n);
}

/** The bits that both have, in two's complement without end. */
export function bitAnd(left: Integer, right: Integer): IntTerm {
  return bitwise("and", (a, b) => a & b, left, right);
}

/** The bits that one of them has. */
export function bitOr(left: Integer, right: Integer): IntTerm {
  return bitwise("or", (a, b) => a | b, left, right);
}

/** The bits that only one of them has. */
export function bitXor(left: Integer, right: Integer): IntTerm {
  return bitwise("xor", (a, b) => a ^ b, left, right);
}

/** The bits that it has not. */
export function bitNot(of: Integer): IntTerm {
  return subtract(-1n, of);
}

/** The most that something may be shifted by. */
const SHIFT_MAX = 256n;

/** A count as a term from 0 to 256, with the ends of its interval. */
function clamped(of: Integer): { readonly n: IntTerm; readonly min: bigint; readonly max: bigint } {
  const count = integer(of);
  const nearest = (value: bigint) => least(greatest(value, 0n), SHIFT_MAX);
  const [min, max] = [nearest(count.min), nearest(count.max)];
  if (count.min >= 0n && count.max <= SHIFT_MAX) return { n: count, min, max };
  const n = choose(less(count, 0n), 0n, choose(less(SHIFT_MAX, count), SHIFT_MAX, count));
  return { n, min, max };
}

/** The product with 2^`count`, for a count from 0 to 256; of others, the nearest of these. */
export function shiftLeft(of: Integer, count: Integer): IntTerm {
  const [a, { n, min, max }] = [integer(of), clamped(count)];
  const x = known(n);
  if (x !== undefined) return multiply(a, 1n << x);
  const corners = [a.min << min, a.min << max, a.max << min, a.max << max];
  return intNode("shiftLeft", [a, n], least(...corners), greatest(...corners));
}

/** The quotient by 2^`count`, rounded down, for a count as {@link shiftLeft} takes it. */
export function shiftRight(of: Integer, count: Integer): IntTerm {
  const [a, { n, min, max }] = [integer(of), clamped(count)];
  const x = known(n);
  if (x !== undefined) return divide(a, 1n << x);
  const corners = [a.min >> min, a.min >> max, a.max >> min, a.max >> max];
  return intNode("shiftRight", [a, n], least(...corners), greatest(...corners));
}

/** The float nearest to an integer: itself up to 2^53 in magnitude. */
export function round(of: Integer): IntTerm {
  const a = integer(of);
  const limit = 1n << 53n;
  if (a.min >= -limit && a.max <= limit) return a;
  const top = greatest(a.max, -a.min);
  const slack = 1n << BigInt(Math.max(0, top.toString(2).length - 54));
  return intNode("round", [a], a.min - slack, a.max + slack);
}

/** One integer or another. */
export function choose(when: Truth, yes: Integer, no: Integer): IntTerm {
  const test = truthOf(when);
  const [a, b] = [integer(yes), integer(no)];
  if (test.op === "constant") return test.value ? a : b;
  if (a === b || (known(a) !== undefined && known(a) === known(b))) return a;
  return intNode("choose", [a, b], least(a.min, b.min), greatest(a.max, b.max), { test });
}
