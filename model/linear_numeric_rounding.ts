/**
 * The reference model of floating-point operations and of conversions between floats and integers
 * (Wasm core 2.0, 4.3.3 and 4.3.4).
 *
 * @module
 */

import {
  finite,
  type Float,
  type Format,
  inUnits,
  NAN,
  nearestInteger,
  round,
} from "./linear_numeric_float.ts";
import type { Outcome } from "./linear_numeric_integer.ts";

/** The least and the greatest of the integers that a conversion can give. */
export interface Range {
  /** The least. */
  readonly min: bigint;
  /** The greatest. */
  readonly max: bigint;
}

/** The whole number toward zero from a finite value. */
function towardZero(negative: boolean, significand: bigint, exponent: bigint): bigint {
  const [dividend, divisor] = inUnits(significand, exponent, 0n);
  return negative ? -(dividend / divisor) : dividend / divisor;
}

/** `trunc`: undefined for a NaN, an infinity, and a whole number out of range. */
export function truncate(float: Float, { min, max }: Range): Outcome<bigint> {
  if (float.kind === "nan") return { trap: "invalid-conversion" };
  if (float.kind === "infinity") return { trap: "integer-overflow" };
  const whole = towardZero(float.negative, float.significand, float.exponent);
  return whole < min || whole > max ? { trap: "integer-overflow" } : { ok: whole };
}

/** `trunc_sat`: the nearest end of the range instead, and 0 for a NaN. */
export function saturate(float: Float, { min, max }: Range): bigint {
  if (float.kind === "nan") return 0n;
  if (float.kind === "infinity") return float.negative ? min : max;
  const whole = towardZero(float.negative, float.significand, float.exponent);
  if (whole < min) return min;
  return whole > max ? max : whole;
}

/** `nearest`: the closest whole number, a tie to the even one; the sign stays, also of a zero. */
export function nearest(float: Float): Float {
  if (float.kind !== "finite") return float;
  const { negative, significand, exponent } = float;
  return finite(negative, nearestInteger(...inUnits(significand, exponent, 0n)), 0n);
}

/** Whether the first comes before the second, where -0 comes before 0. */
function before(a: Float, b: Float): boolean {
  if (a.kind === "nan" || b.kind === "nan") return false;
  if (a.negative !== b.negative) return a.negative;
  if (a.kind === "infinity") return a.negative && b.kind !== "infinity";
  if (b.kind === "infinity") return !b.negative;
  const unit = a.exponent < b.exponent ? a.exponent : b.exponent;
  const [ofA] = inUnits(a.significand, a.exponent, unit);
  const [ofB] = inUnits(b.significand, b.exponent, unit);
  return a.negative ? ofA > ofB : ofA < ofB;
}

/** `min`: a NaN when there is one. */
export function least(a: Float, b: Float): Float {
  if (a.kind === "nan" || b.kind === "nan") return NAN;
  return before(b, a) ? b : a;
}

/** `max`: a NaN when there is one. */
export function greatest(a: Float, b: Float): Float {
  if (a.kind === "nan" || b.kind === "nan") return NAN;
  return before(a, b) ? b : a;
}

/** The value with a sign. A NaN of JavaScript has no sign to change. */
export function signedAs(float: Float, negative: boolean): Float {
  return float.kind === "nan" ? float : { ...float, negative };
}

/** Whether the sign is set. A NaN of JavaScript has no sign, and counts as positive. */
export function isNegative(float: Float): boolean {
  return float.kind !== "nan" && float.negative;
}

/** The greatest whole number whose square is not greater. */
function integerRoot(square: bigint): bigint {
  let low = 0n;
  let end = square + 1n;
  while (end - low > 1n) {
    const middle = (low + end) / 2n;
    if (middle * middle <= square) low = middle;
    else end = middle;
  }
  return low;
}

/**
 * `sqrt`: the root to more digits than the format holds, made odd where it is not exact (so that it
 * lies on the same side of every tie as the true root), and then rounded.
 */
export function root(format: Format, float: Float): Float {
  if (float.kind === "nan") return NAN;
  if (float.kind === "finite" && float.significand === 0n) return float;
  if (float.negative) return NAN;
  if (float.kind === "infinity") return float;
  const { significand, exponent } = float;
  const length = BigInt(significand.toString(2).length);
  const about = exponent + length - 2n * (format.mantissaBits + 8n);
  const unit = about - about % 2n;
  const [square] = inUnits(significand, exponent, unit);
  const below = integerRoot(square);
  const sticky = below * below === square || below % 2n === 1n ? below : below + 1n;
  return round(format, finite(false, sticky, unit / 2n));
}
