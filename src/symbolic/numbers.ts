/**
 * Arithmetic of numbers and bigints on terms. A number is an exact integer, or one with some bits
 * behind the point; every result is shown to be one that a float holds exactly, or is rounded.
 *
 * @module
 */

import type ts from "typescript";
import type { Machine } from "./machine.ts";
import type { State } from "./state.ts";
import * as t from "./term.ts";
import type { IntTerm, Truth } from "./term.ts";
import { bigint, boolean, number } from "./value.ts";
import type { NumberValue, QuotientValue, Value } from "./value.ts";

/** Integers up to this magnitude are floats. */
const EXACT = 1n << 53n;

/** Where an operation happens. */
export interface Site {
  readonly machine: Machine;
  readonly state: State;
  readonly node: ts.Node;
}

/** A result as a float: exact, which is shown, or rounded where that is allowed. */
function checked(site: Site, term: IntTerm, minusZero: Truth, scale: number): NumberValue {
  if (term.min >= -EXACT && term.max <= EXACT) return number(term, minusZero, scale);
  const { machine, state, node } = site;
  if (machine.rounding) return number(t.round(term), minusZero, scale);
  machine.require(state, t.within(term, -EXACT, EXACT), "an intermediate beyond 2^53", node);
  return number(term, minusZero, scale);
}

function aligned(a: NumberValue, b: NumberValue): readonly [IntTerm, IntTerm, number] {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [a, b].map((value) => t.shiftLeft(value.term, scale - value.scale));
  return [x ?? a.term, y ?? b.term, scale];
}

function isNegative({ term, minusZero }: NumberValue): Truth {
  return t.or(t.less(term, 0n), minusZero);
}

/** The magnitude. */
export function magnitudeOf(term: IntTerm): IntTerm {
  return t.choose(t.less(term, 0n), t.subtract(0n, term), term);
}

/** The exponent of a power of two from 2^0 to 2^64. */
function exponentOf(value: bigint | undefined): number | undefined {
  if (value === undefined || value <= 0n || value > 1n << 64n) return undefined;
  return (value & (value - 1n)) === 0n ? value.toString(2).length - 1 : undefined;
}

function divide(site: Site, a: NumberValue, b: NumberValue): Value {
  const exponent = exponentOf(t.known(b.term));
  if (exponent !== undefined && b.scale === 0) {
    return number(a.term, a.minusZero, a.scale + exponent);
  }
  if (t.settled(a.minusZero) !== false || t.settled(b.minusZero) !== false) {
    site.machine.refuse(site.node, "a quotient of what may be -0");
  }
  const [dividend, divisor] = aligned(a, b);
  site.machine.require(site.state, t.not(t.equal(divisor, 0n)), "division by zero", site.node);
  return { kind: "quotient", dividend, divisor };
}

function remainder(site: Site, a: NumberValue, b: NumberValue): Value {
  const [dividend, divisor, scale] = aligned(a, b);
  site.machine.require(site.state, t.not(t.equal(divisor, 0n)), "division by zero", site.node);
  const rest = t.modulo(magnitudeOf(dividend), magnitudeOf(divisor));
  const negative = isNegative(a);
  const term = t.choose(negative, t.subtract(0n, rest), rest);
  return number(term, t.and(t.equal(rest, 0n), negative), scale);
}

function power(site: Site, a: NumberValue, b: NumberValue): Value {
  const [base, exponent] = [t.known(a.term), t.known(b.term)];
  if (a.scale === 0 && b.scale === 0 && base !== undefined) {
    if (exponent !== undefined && exponent >= 0n && exponent <= 256n) {
      return checked(site, t.constant(base ** exponent), t.FALSE, 0);
    }
    if (base === 2n && exponent !== undefined && exponent < 0n && exponent >= -256n) {
      return number(t.constant(1n), t.FALSE, Number(-exponent));
    }
    if (base === 2n) {
      const { machine, state, node } = site;
      machine.require(state, t.within(b.term, 0n, 256n), "a power beyond 2^256 or below 1", node);
      return number(t.shiftLeft(1n, b.term)); // powers of two are floats, however great
    }
  }
  site.machine.refuse(site.node, "a power that is none of two");
  return a;
}

/** `a operator b` for numbers; nothing for an operator that is not known. */
export function arithmetic(
  site: Site,
  operator: string,
  a: NumberValue,
  b: NumberValue,
): Value | undefined {
  const [x, y, scale] = aligned(a, b);
  switch (operator) {
    case "+":
      return checked(site, t.add(x, y), t.and(a.minusZero, b.minusZero), scale);
    case "-": {
      const zero = t.and(a.minusZero, t.equal(y, 0n), t.not(b.minusZero));
      return checked(site, t.subtract(x, y), zero, scale);
    }
    case "*": {
      const product = t.multiply(a.term, b.term);
      const [left, right] = [isNegative(a), isNegative(b)];
      const zero = t.and(t.equal(product, 0n), t.not(t.iff(left, right)));
      return checked(site, product, zero, a.scale + b.scale);
    }
    case "/":
      return divide(site, a, b);
    case "%":
      return remainder(site, a, b);
    case "**":
      return power(site, a, b);
    default:
      return bitwise(operator, a, b);
  }
}

/** The integer that a number is towards zero. */
export function truncated(value: NumberValue | QuotientValue): IntTerm {
  if (value.kind === "quotient") {
    const { dividend, divisor } = value;
    const quotient = t.divide(magnitudeOf(dividend), magnitudeOf(divisor));
    const differ = t.not(t.iff(t.less(dividend, 0n), t.less(divisor, 0n)));
    return t.choose(differ, t.subtract(0n, quotient), quotient);
  }
  const { term, scale } = value;
  if (scale === 0) return term;
  const quotient = t.shiftRight(magnitudeOf(term), scale);
  return t.choose(t.less(term, 0n), t.subtract(0n, quotient), quotient);
}

/** The integer that a number is downwards. */
export function floored(value: NumberValue | QuotientValue): IntTerm {
  if (value.kind === "number") return t.shiftRight(value.term, value.scale);
  const { dividend, divisor } = value;
  const turn = t.less(divisor, 0n);
  return t.divide(
    t.choose(turn, t.subtract(0n, dividend), dividend),
    t.choose(turn, t.subtract(0n, divisor), divisor),
  );
}

/** The integer that a number is upwards. */
export function raised(value: NumberValue | QuotientValue): IntTerm {
  const turned = value.kind === "number"
    ? { ...value, term: t.subtract(0n, value.term) }
    : { ...value, dividend: t.subtract(0n, value.dividend) };
  return t.subtract(0n, floored(turned));
}

/** Whether a number, rounded to `whole`, is -0. */
export function roundsToMinusZero(value: NumberValue | QuotientValue, whole: IntTerm): Truth {
  if (value.kind === "number") {
    return t.or(value.minusZero, t.and(t.equal(whole, 0n), t.less(value.term, 0n)));
  }
  const { dividend, divisor } = value;
  const negative = t.not(t.iff(t.less(dividend, 0n), t.less(divisor, 0n)));
  return t.and(t.equal(whole, 0n), negative);
}

function bitwise(operator: string, a: NumberValue, b: NumberValue): Value | undefined {
  const [x, y] = [truncated(a), truncated(b)];
  const word = (term: IntTerm) => number(t.signed(32, term));
  const count = t.unsigned(5, y);
  switch (operator) {
    case "|":
      return word(t.bitOr(t.signed(32, x), t.signed(32, y)));
    case "&":
      return word(t.bitAnd(t.signed(32, x), t.signed(32, y)));
    case "^":
      return word(t.bitXor(t.signed(32, x), t.signed(32, y)));
    case "<<":
      return word(t.shiftLeft(t.signed(32, x), count));
    case ">>":
      return word(t.shiftRight(t.signed(32, x), count));
    case ">>>":
      return number(t.shiftRight(t.unsigned(32, x), count));
    default:
      return comparison(operator, a, b);
  }
}

/** A comparison of numbers. */
function comparison(operator: string, a: NumberValue, b: NumberValue): Value | undefined {
  const [x, y] = aligned(a, b);
  return compared(operator, x, y);
}

/** A comparison of a number with a bigint; nothing when the operator is none. */
export function mixed(operator: string, a: IntTerm, b: IntTerm): Value | undefined {
  return /^[<>]=?$/.test(operator) ? compared(operator, a, b) : undefined;
}

/** A comparison of integers; nothing when the operator is none. */
function compared(operator: string, x: IntTerm, y: IntTerm): Value | undefined {
  switch (operator) {
    case "<":
      return boolean(t.less(x, y));
    case "<=":
      return boolean(t.atMost(x, y));
    case ">":
      return boolean(t.less(y, x));
    case ">=":
      return boolean(t.atMost(y, x));
    case "===":
      return boolean(t.equal(x, y));
    case "!==":
      return boolean(t.not(t.equal(x, y)));
    default:
      return undefined;
  }
}

/** `a operator b` for bigints; nothing for an operator that is not known. */
export function bigArithmetic(
  site: Site,
  operator: string,
  a: IntTerm,
  b: IntTerm,
): Value | undefined {
  switch (operator) {
    case "+":
      return bigint(t.add(a, b));
    case "-":
      return bigint(t.subtract(a, b));
    case "*":
      return bigint(t.multiply(a, b));
    case "&":
      return bigint(t.bitAnd(a, b));
    case "|":
      return bigint(t.bitOr(a, b));
    case "^":
      return bigint(t.bitXor(a, b));
    case "/":
    case "%": {
      site.machine.require(site.state, t.not(t.equal(b, 0n)), "division by zero", site.node);
      const quotient = truncated({ kind: "quotient", dividend: a, divisor: b });
      return bigint(operator === "/" ? quotient : t.subtract(a, t.multiply(quotient, b)));
    }
    case "**": {
      const [base, exponent] = [t.known(a), t.known(b)];
      if (base === undefined || exponent === undefined) return undefined;
      return exponent >= 0n && exponent <= 256n ? bigint(t.constant(base ** exponent)) : undefined;
    }
    case "<<":
    case ">>":
      return bigShift(site, operator, a, b);
    default:
      return compared(operator, a, b);
  }
}

function bigShift(site: Site, operator: string, a: IntTerm, count: IntTerm): Value {
  if (count.min < 0n || count.max > 256n) site.machine.refuse(site.node, "a shift by that much");
  return bigint(operator === "<<" ? t.shiftLeft(a, count) : t.shiftRight(a, count));
}

/** How many zero bits come before the highest one of 32. */
export function leadingZeros(of: IntTerm): IntTerm {
  const word = t.unsigned(32, of);
  let count: IntTerm = t.constant(32);
  for (let bits = 0; bits < 32; bits++) {
    count = t.choose(t.less(word, 1n << BigInt(bits)), count, 31 - bits);
  }
  return count;
}

/** A bigint as a number. */
export function toNumber(site: Site, term: IntTerm): NumberValue {
  return checked(site, term, t.FALSE, 0);
}
