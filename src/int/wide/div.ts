/**
 * Division of 64-bit words, as the Gray Paper, appendix A.5, defines it: it never traps.
 *
 * Quotients and remainders share this file because a function that is imported costs a load and a
 * check in each call: about a quarter of the time of a division.
 *
 * Most quotients come from one float division:
 *
 * - Where both operands are at most 2^53, it is exact once it is rounded towards zero.
 * - Otherwise the operands and the quotient are each off by a factor of at most 1 ± 2^-53. Below 2^44
 *   that is less than 2^-7, so that a quotient which is further than 2^-6 from both its neighbours is
 *   exact once it is rounded towards zero.
 *
 * The rest, about one in thirty of the wide operands and all the very great quotients, takes a long
 * division.
 */

import { neg, sub } from "./add_sub.ts";
import { ltU } from "./compare.ts";
import { mul } from "./mul.ts";

/** One more than the greatest half. */
const HALF = 2 ** 32;

/** Quotients from here on are too far off. */
const ESTIMATE_END = 2 ** 44;

/** How far an estimate must be from an integer. */
const MARGIN = 2 ** -6;

/** The word read as unsigned, as the nearest float. */
function unsignedFloat(lo: number, hi: number): number {
  return (hi >>> 0) * HALF + (lo >>> 0);
}

/** The word read as signed, as the nearest float. */
function signedFloat(lo: number, hi: number): number {
  return (hi | 0) * HALF + (lo >>> 0);
}

/** Writes an integer from -2^53 to 2^53. */
function writeFloat(integer: number, out: Int32Array, at: number): void {
  out[at] = integer | 0;
  out[at + 1] = Math.floor(integer / HALF) | 0;
}

/** Whether the upper halves are those of words below 2^53. */
function areExact(aHi: number, bHi: number): boolean {
  return (aHi | bHi) >>> 21 === 0;
}

/** Whether the upper halves are those of signed words from -2^53 to 2^53 - 1. */
function areExactSigned(aHi: number, bHi: number): boolean {
  return areExact(aHi ^ (aHi >> 31), bHi ^ (bHi >> 31));
}

/** Whether an estimate that is off as said above gives the quotient once it is rounded. */
function isSure(estimate: number, rounded: number): boolean {
  const rest = Math.abs(estimate - rounded);
  return Math.abs(estimate) < ESTIMATE_END && rest < 1 - MARGIN && (rest > MARGIN || rounded === 0);
}

/**
 * Writes the quotient for a divisor below 2^21, all unsigned: long division, half by half. The second
 * step divides a remainder below the divisor and 32 bits more, together less than 2^53.
 */
function divideBySmall(aLo: number, aHi: number, b: number, out: Int32Array, at: number): void {
  const upper = Math.floor(aHi / b);
  out[at] = Math.floor(((aHi - upper * b) * HALF + aLo) / b) | 0;
  out[at + 1] = upper | 0;
}

/**
 * Writes the quotient for a divisor from 2^21 to 2^63 - 1, all unsigned. It lies below 2^43, so that
 * an estimate rounded down is the quotient or a neighbour of it: the remainder tells which.
 */
function divideByEstimate(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const estimate = Math.floor(unsignedFloat(aLo, aHi) / unsignedFloat(bLo, bHi));
  mul(estimate | 0, (estimate / HALF) | 0, bLo, bHi, out, at);
  sub(aLo, aHi, out[at] ?? 0, out[at + 1] ?? 0, out, at);
  const restLo = out[at] ?? 0;
  const restHi = out[at + 1] ?? 0;
  // An estimate one too great leaves a remainder above -2^14, one too small a remainder below
  // 2^63 + 2^14: modulo 2^64, only the first has both upper bits set.
  if (restHi >> 30 === -1) writeFloat(estimate - 1, out, at);
  else if (ltU(restLo, restHi, bLo, bHi)) writeFloat(estimate, out, at);
  else writeFloat(estimate + 1, out, at);
}

/** Writes the quotient of two unsigned words without an estimate to start from. */
function divideLong(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  if ((bLo | bHi) === 0) {
    out[at] = -1;
    out[at + 1] = -1;
  } else if ((bHi | 0) === 0 && bLo >>> 21 === 0) {
    divideBySmall(aLo >>> 0, aHi >>> 0, bLo, out, at);
  } else if ((bHi | 0) < 0) {
    // The divisor is at least half of 2^64: it fits once or not at all.
    out[at] = ltU(aLo, aHi, bLo, bHi) ? 0 : 1;
    out[at + 1] = 0;
  } else {
    divideByEstimate(aLo, aHi, bLo, bHi, out, at);
  }
}

/**
 * Writes the quotient of two unsigned words to `out[at]` (low half) and `out[at + 1]`; by zero it is
 * 2^64 - 1. Gray Paper, appendix A.5 (`div_u_64`).
 */
export function divU(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const a = unsignedFloat(aLo, aHi);
  const b = unsignedFloat(bLo, bHi);
  const estimate = a / b;
  const rounded = Math.floor(estimate);
  if (b !== 0 && (areExact(aHi, bHi) || isSure(estimate, rounded))) writeFloat(rounded, out, at);
  else divideLong(aLo, aHi, bLo, bHi, out, at);
}

/** Writes the quotient of two signed words by way of their magnitudes; not by zero. */
function divideMagnitudes(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  neg(bLo, bHi, out, at);
  const negatedLo = out[at] ?? 0;
  const negatedHi = out[at + 1] ?? 0;
  const magnitudeLo = (bHi | 0) < 0 ? negatedLo : bLo;
  const magnitudeHi = (bHi | 0) < 0 ? negatedHi : bHi;
  if ((aHi | 0) < 0) {
    neg(aLo, aHi, out, at);
    divideLong(out[at] ?? 0, out[at + 1] ?? 0, magnitudeLo, magnitudeHi, out, at);
  } else {
    divideLong(aLo, aHi, magnitudeLo, magnitudeHi, out, at);
  }
  if ((aHi ^ bHi) < 0) neg(out[at] ?? 0, out[at + 1] ?? 0, out, at);
}

/**
 * Writes the quotient of two signed words, rounded towards zero, to `out[at]` (low half) and
 * `out[at + 1]`; by zero it is -1, and of -2^63 by -1 it is -2^63. Gray Paper, appendix A.5
 * (`div_s_64`).
 */
export function divS(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const a = signedFloat(aLo, aHi);
  const b = signedFloat(bLo, bHi);
  const estimate = a / b;
  const rounded = Math.trunc(estimate);
  if (b === 0) {
    out[at] = -1;
    out[at + 1] = -1;
  } else if (areExactSigned(aHi, bHi) || isSure(estimate, rounded)) {
    writeFloat(rounded, out, at);
  } else {
    divideMagnitudes(aLo, aHi, bLo, bHi, out, at);
  }
}

/** Writes what `a` has over the multiple of `b` by the quotient that was just written. */
function writeRest(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  mul(out[at] ?? 0, out[at + 1] ?? 0, bLo, bHi, out, at);
  sub(aLo, aHi, out[at] ?? 0, out[at + 1] ?? 0, out, at);
}

/**
 * Writes the remainder of two unsigned words to `out[at]` (low half) and `out[at + 1]`; by zero it
 * is `a`. Gray Paper, appendix A.5 (`rem_u_64`).
 */
export function remU(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const a = unsignedFloat(aLo, aHi);
  const b = unsignedFloat(bLo, bHi);
  if (b !== 0 && areExact(aHi, bHi)) {
    writeFloat(a - Math.floor(a / b) * b, out, at);
  } else {
    divU(aLo, aHi, bLo, bHi, out, at);
    writeRest(aLo, aHi, bLo, bHi, out, at);
  }
}

/**
 * Writes the remainder of two signed words, with the sign of `a`, to `out[at]` (low half) and
 * `out[at + 1]`; by zero it is `a`, and of -2^63 by -1 it is 0. Gray Paper, appendix A.5
 * (`rem_s_64`).
 */
export function remS(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const a = signedFloat(aLo, aHi);
  const b = signedFloat(bLo, bHi);
  if (b !== 0 && areExactSigned(aHi, bHi)) {
    writeFloat(a - Math.trunc(a / b) * b, out, at);
  } else {
    divS(aLo, aHi, bLo, bHi, out, at);
    writeRest(aLo, aHi, bLo, bHi, out, at);
  }
}
