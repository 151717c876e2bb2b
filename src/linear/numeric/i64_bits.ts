/**
 * Operations on the bits of 64-bit integers as bigints.
 *
 * An operand is any bigint from -2^63 to 2^64 - 1 and stands for its low 64 bits, which each
 * operation reads as signed or unsigned as its name says. A result is the signed reading of its 64
 * bits, also of an unsigned operation: `BigInt.asUintN(64, value)` is the unsigned one.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { asI64, wide } from "../../int/mod.ts";
import type { I64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Ok, Result } from "../../result.ts";
import { notInt64 } from "./operand.ts";
import { hiOf, loOf, okWord, signed, unsigned } from "./word.ts";

/** A count of bits as a 64-bit integer. */
function okCount(count: number): Ok<I64> {
  return ok(asI64(BigInt(count)));
}

/** The bits rotated up by 0 to 64 places. */
function rotated(bits: bigint, count: bigint): Ok<I64> {
  return okWord((bits << count) | (bits >> (64n - count)));
}

/**
 * Shifts bits up, zeros coming in.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @param count By how many bits, modulo 64: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishl).
 */
export function shl(value: bigint, count: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? notInt64("count", count) ?? okWord(value << (count & 63n));
}

/**
 * Shifts bits down, copies of the sign coming in.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @param count By how many bits, modulo 64: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishr_s).
 */
export function shrS(value: bigint, count: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? notInt64("count", count) ??
    okWord(signed(value) >> (count & 63n));
}

/**
 * Shifts bits down, zeros coming in.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @param count By how many bits, modulo 64: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishr_u).
 */
export function shrU(value: bigint, count: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? notInt64("count", count) ??
    okWord(unsigned(value) >> (count & 63n));
}

/**
 * Rotates bits up.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @param count By how many bits, modulo 64: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irotl).
 */
export function rotl(value: bigint, count: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? notInt64("count", count) ??
    rotated(unsigned(value), count & 63n);
}

/**
 * Rotates bits down.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @param count By how many bits, modulo 64: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irotr).
 */
export function rotr(value: bigint, count: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? notInt64("count", count) ??
    rotated(unsigned(value), 64n - (count & 63n));
}

/**
 * Counts the zero bits above the highest bit that is set.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @returns How many, from 0 to 64.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iclz).
 */
export function clz(value: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? okCount(wide.clz(loOf(value), hiOf(value)));
}

/**
 * Counts the zero bits below the lowest bit that is set.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @returns How many, from 0 to 64.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ictz).
 */
export function ctz(value: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? okCount(wide.ctz(loOf(value), hiOf(value)));
}

/**
 * Counts the bits that are set.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @returns How many, from 0 to 64.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ipopcnt).
 */
export function popcnt(value: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? okCount(wide.popcnt(loOf(value), hiOf(value)));
}

/**
 * Extends the low 8 bits by their sign.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @returns The integer, from -2^7 to 2^7 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend8S(value: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? ok(asI64(BigInt.asIntN(8, value)));
}

/**
 * Extends the low 16 bits by their sign.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @returns The integer, from -2^15 to 2^15 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend16S(value: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? ok(asI64(BigInt.asIntN(16, value)));
}

/**
 * Extends the low 32 bits by their sign.
 *
 * @param value The bits: any bigint from -2^63 to 2^64 - 1.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend32S(value: bigint): Result<I64, InvalidArgument> {
  return notInt64("value", value) ?? ok(asI64(BigInt.asIntN(32, value)));
}
