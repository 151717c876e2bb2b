/**
 * Addition, subtraction and negation of 64-bit words.
 *
 * A carry is a comparison made a number: `Number(x < y)` compiles to a flag, where `x < y ? 1 : 0`
 * compiles to a branch, which costs four times as much when carries come at random.
 */

/** Writes `a + b` modulo 2^64 to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (iadd). */
export function add(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const lo = (aLo + bLo) | 0;
  const carry = Number((lo >>> 0) < (aLo >>> 0));
  out[at] = lo;
  out[at + 1] = (((aHi + bHi) | 0) + carry) | 0;
}

/** Writes `a - b` modulo 2^64 to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (isub). */
export function sub(
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
): void {
  const borrow = Number((aLo >>> 0) < (bLo >>> 0));
  out[at] = (aLo - bLo) | 0;
  out[at + 1] = (((aHi - bHi) | 0) - borrow) | 0;
}

/** Writes `-a` modulo 2^64 to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (isub). */
export function neg(aLo: number, aHi: number, out: Int32Array, at: number): void {
  const lo = (~aLo + 1) | 0;
  out[at] = lo;
  out[at + 1] = (~aHi + Number(lo === 0)) | 0;
}
