/**
 * Conversions to 64-bit integers as bigints, each given as the signed reading of its 64 bits.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { asI64, wide } from "../../int/mod.ts";
import type { I64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Ok, Result } from "../../result.ts";
import { doubleBits } from "./float.ts";
import { notFloat, notInt32, type TruncationError } from "./operand.ts";
import { clamped, notIn, type Range, SIGNED_64, UNSIGNED_64 } from "./truncation.ts";
import { okWord } from "./word.ts";

/** Truncates what is in range. */
function truncated(range: Range, value: number): Result<I64, TruncationError> {
  return notIn(range, value) ?? okWord(BigInt(Math.trunc(value)));
}

/** Truncates to the nearest end of the range. */
function saturated(range: Range, value: number): Ok<I64> {
  const whole = clamped(range, value);
  return okWord(BigInt(whole) - (whole === range.end ? 1n : 0n));
}

/**
 * Truncates a float of single precision to a signed integer, toward zero.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from -2^63 to
 * 2^63 - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_s).
 */
export function truncF32S(value: number): Result<I64, TruncationError> {
  return notFloat("value", value) ?? truncated(SIGNED_64, Math.fround(value));
}

/**
 * Truncates a float of single precision to the nearest signed integer there is, and a NaN to 0.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_s).
 */
export function truncSatF32S(value: number): Result<I64, InvalidArgument> {
  return notFloat("value", value) ?? saturated(SIGNED_64, Math.fround(value));
}

/**
 * Truncates a float of single precision to an unsigned integer, toward zero.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^63 to 2^63 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from 0 to 2^64
 * - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_u).
 */
export function truncF32U(value: number): Result<I64, TruncationError> {
  return notFloat("value", value) ?? truncated(UNSIGNED_64, Math.fround(value));
}

/**
 * Truncates a float of single precision to the nearest unsigned integer there is, and a NaN to 0.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^63 to 2^63 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_u).
 */
export function truncSatF32U(value: number): Result<I64, InvalidArgument> {
  return notFloat("value", value) ?? saturated(UNSIGNED_64, Math.fround(value));
}

/**
 * Truncates a float of double precision to a signed integer, toward zero.
 *
 * @param value Any number.
 * @returns The integer, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from -2^63 to
 * 2^63 - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_s).
 */
export function truncF64S(value: number): Result<I64, TruncationError> {
  return notFloat("value", value) ?? truncated(SIGNED_64, value);
}

/**
 * Truncates a float of double precision to the nearest signed integer there is, and a NaN to 0.
 *
 * @param value Any number.
 * @returns The integer, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_s).
 */
export function truncSatF64S(value: number): Result<I64, InvalidArgument> {
  return notFloat("value", value) ?? saturated(SIGNED_64, value);
}

/**
 * Truncates a float of double precision to an unsigned integer, toward zero.
 *
 * @param value Any number.
 * @returns The integer, from -2^63 to 2^63 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from 0 to 2^64
 * - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_u).
 */
export function truncF64U(value: number): Result<I64, TruncationError> {
  return notFloat("value", value) ?? truncated(UNSIGNED_64, value);
}

/**
 * Truncates a float of double precision to the nearest unsigned integer there is, and a NaN to 0.
 *
 * @param value Any number.
 * @returns The integer, from -2^63 to 2^63 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_u).
 */
export function truncSatF64U(value: number): Result<I64, InvalidArgument> {
  return notFloat("value", value) ?? saturated(UNSIGNED_64, value);
}

/**
 * Extends a 32-bit integer, read as signed.
 *
 * @param value Any integer from -2^31 to 2^32 - 1.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (extend_s).
 */
export function extendI32S(value: number): Result<I64, InvalidArgument> {
  return notInt32("value", value) ?? ok(asI64(BigInt(value | 0)));
}

/**
 * Extends a 32-bit integer, read as unsigned.
 *
 * @param value Any integer from -2^31 to 2^32 - 1.
 * @returns The integer, from 0 to 2^32 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (extend_u).
 */
export function extendI32U(value: number): Result<I64, InvalidArgument> {
  return notInt32("value", value) ?? ok(asI64(BigInt(value >>> 0)));
}

/**
 * Reads the bits of a float of double precision as an integer.
 *
 * A NaN of JavaScript has no dependable sign or payload, so every NaN gives the bits of the
 * canonical one. Where payloads matter, keep the value as bits throughout.
 *
 * @param value Any number.
 * @returns The integer, from -2^63 to 2^63 - 1; for any NaN, `0x7ff8000000000000n`.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (reinterpret).
 */
export function reinterpretF64(value: number): Result<I64, InvalidArgument> {
  return notFloat("value", value) ?? ok(doubleBits(value, wide.joinS));
}
