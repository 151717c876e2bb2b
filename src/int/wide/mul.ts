/** Multiplication of 64-bit words: the low and the high half of the 128-bit product. */

import { sub } from "./add_sub.ts";

/**
 * The high 32 bits of the 64-bit product of two unsigned 32-bit halves, as an int32.
 *
 * The float product and its difference to the low 32 bits are each off by at most 2^10, so that what
 * is left in units of 2^32 is off by less than 2^-20: rounded, it is exact. Faster than the sum of
 * four 16-bit products.
 */
function upper32(a: number, b: number): number {
  const low = Math.imul(a, b) >>> 0;
  return (((a >>> 0) * (b >>> 0) - low) * 2 ** -32 + 0.5) | 0;
}

/** Writes `a * b` modulo 2^64 to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (imul). */
export function mul(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  out[at] = Math.imul(aLo, bLo);
  out[at + 1] = (upper32(aLo, bLo) + Math.imul(aLo, bHi) + Math.imul(aHi, bLo)) | 0;
}

/** 1 when the unsigned sum that gave `sum` from `part` and another half went beyond 32 bits. */
function carryOf(sum: number, part: number): number {
  return Number((sum >>> 0) < (part >>> 0));
}

/**
 * Writes the high 64 bits of the product of two unsigned words to `out[at]` (low half) and
 * `out[at + 1]`. Gray Paper, appendix A.5 (`mul_upper_u_u`).
 */
export function mulUpperUU(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const cross = Math.imul(aLo, bHi);
  const back = Math.imul(aHi, bLo);
  const top = Math.imul(aHi, bHi);
  // The second column of the product is only needed for what it carries into the third.
  const second = (upper32(aLo, bLo) + cross) | 0;
  const carried = carryOf(second, cross) + carryOf((second + back) | 0, back);
  const first = (upper32(aLo, bHi) + carried) | 0;
  const third = (first + upper32(aHi, bLo)) | 0;
  const lo = (third + top) | 0;
  out[at] = lo;
  // `first` does not overflow: an upper half is at most 2^32 - 2, and then the lower half is 1, so
  // that the second column carries only once.
  out[at + 1] = (upper32(aHi, bHi) + carryOf(third, first) + carryOf(lo, top)) | 0;
}

/** Takes a word off the one that was just written. */
function subtractFrom(out: Int32Array, at: number, lo: number, hi: number): void {
  sub(out[at] ?? 0, out[at + 1] ?? 0, lo, hi, out, at);
}

/**
 * Writes the high 64 bits of the product of two signed words to `out[at]` (low half) and
 * `out[at + 1]`. Gray Paper, appendix A.5 (`mul_upper_s_s`).
 */
export function mulUpperSS(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  mulUpperSU(aLo, aHi, bLo, bHi, out, at);
  if ((bHi | 0) < 0) subtractFrom(out, at, aLo, aHi);
}

/**
 * Writes the high 64 bits of the product of signed `a` and unsigned `b` to `out[at]` (low half) and
 * `out[at + 1]`. Gray Paper, appendix A.5 (`mul_upper_s_u`).
 */
export function mulUpperSU(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  mulUpperUU(aLo, aHi, bLo, bHi, out, at);
  // A negative word read as unsigned is 2^64 too great, which puts the other operand into the
  // high half.
  if ((aHi | 0) < 0) subtractFrom(out, at, bLo, bHi);
}
