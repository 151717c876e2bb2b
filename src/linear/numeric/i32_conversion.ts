/**
 * Conversions to 32-bit integers, each given as the signed reading of its 32 bits.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { asI32 } from "../../int/mod.ts";
import type { I32 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Ok, Result } from "../../result.ts";
import { singleBits } from "./float.ts";
import { notFloat, notInt64, type TruncationError } from "./operand.ts";
import { clamped, notIn, type Range, SIGNED_32, UNSIGNED_32 } from "./truncation.ts";
import { loOf } from "./word.ts";

/** Truncates what is in range: ToInt32, which `|` performs, truncates and takes the low 32 bits. */
function truncated(range: Range, value: number): Result<I32, TruncationError> {
  return notIn(range, value) ?? ok(asI32(value | 0));
}

/** Truncates to the nearest end of the range. */
function saturated(range: Range, value: number): Ok<I32> {
  return ok(asI32(Math.min(clamped(range, value), range.end - 1) | 0));
}

/**
 * Truncates a float of single precision to a signed integer, toward zero.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from -2^31 to
 * 2^31 - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_s).
 */
export function truncF32S(value: number): Result<I32, TruncationError> {
  return notFloat("value", value) ?? truncated(SIGNED_32, Math.fround(value));
}

/**
 * Truncates a float of single precision to the nearest signed integer there is, and a NaN to 0.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_s).
 */
export function truncSatF32S(value: number): Result<I32, InvalidArgument> {
  return notFloat("value", value) ?? saturated(SIGNED_32, Math.fround(value));
}

/**
 * Truncates a float of single precision to an unsigned integer, toward zero.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^31 to 2^31 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from 0 to 2^32
 * - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_u).
 */
export function truncF32U(value: number): Result<I32, TruncationError> {
  return notFloat("value", value) ?? truncated(UNSIGNED_32, Math.fround(value));
}

/**
 * Truncates a float of single precision to the nearest unsigned integer there is, and a NaN to 0.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^31 to 2^31 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_u).
 */
export function truncSatF32U(value: number): Result<I32, InvalidArgument> {
  return notFloat("value", value) ?? saturated(UNSIGNED_32, Math.fround(value));
}

/**
 * Truncates a float of double precision to a signed integer, toward zero.
 *
 * @param value Any number.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from -2^31 to
 * 2^31 - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_s).
 *
 * @example The last float in range, and the first beyond
 * ```ts
 * import { i32 } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(i32.truncF64S(2147483647.9), { ok: true, value: 2147483647 });
 * assertEquals(i32.truncF64S(2147483648), { ok: false, error: { kind: "integer-overflow" } });
 * assertEquals(i32.truncF64S(NaN), { ok: false, error: { kind: "invalid-conversion" } });
 * ```
 */
export function truncF64S(value: number): Result<I32, TruncationError> {
  return notFloat("value", value) ?? truncated(SIGNED_32, value);
}

/**
 * Truncates a float of double precision to the nearest signed integer there is, and a NaN to 0.
 *
 * @param value Any number.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_s).
 */
export function truncSatF64S(value: number): Result<I32, InvalidArgument> {
  return notFloat("value", value) ?? saturated(SIGNED_32, value);
}

/**
 * Truncates a float of double precision to an unsigned integer, toward zero.
 *
 * @param value Any number.
 * @returns The integer, from -2^31 to 2^31 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`, `invalid-conversion` (a NaN), `integer-overflow` (not from 0 to 2^32
 * - 1 once truncated).
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_u).
 */
export function truncF64U(value: number): Result<I32, TruncationError> {
  return notFloat("value", value) ?? truncated(UNSIGNED_32, value);
}

/**
 * Truncates a float of double precision to the nearest unsigned integer there is, and a NaN to 0.
 *
 * @param value Any number.
 * @returns The integer, from -2^31 to 2^31 - 1: the signed reading of its bits.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (trunc_sat_u).
 */
export function truncSatF64U(value: number): Result<I32, InvalidArgument> {
  return notFloat("value", value) ?? saturated(UNSIGNED_32, value);
}

/**
 * Takes the low 32 bits of a 64-bit integer.
 *
 * @param value Any bigint from -2^63 to 2^64 - 1.
 * @returns The integer, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (wrap).
 */
export function wrapI64(value: bigint): Result<I32, InvalidArgument> {
  return notInt64("value", value) ?? ok(asI32(loOf(value)));
}

/**
 * Reads the bits of a float of single precision as an integer.
 *
 * A NaN of JavaScript has no dependable sign or payload, so every NaN gives the bits of the
 * canonical one. Where payloads matter, keep the value as bits throughout.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The integer, from -2^31 to 2^31 - 1; for any NaN, `0x7fc00000`.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (reinterpret).
 */
export function reinterpretF32(value: number): Result<I32, InvalidArgument> {
  return notFloat("value", value) ?? ok(asI32(singleBits(value)));
}
