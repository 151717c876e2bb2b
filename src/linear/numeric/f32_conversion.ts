/**
 * Conversions to floats of single precision.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { singleOf, singleOfBits } from "./float.ts";
import { notFloat, notHalves, notInt32, notInt64 } from "./operand.ts";
import { hiOf, loOf } from "./word.ts";

/**
 * Converts a 32-bit integer, read as signed: rounded once to the nearest float, a tie to the even
 * one.
 *
 * @param value Any integer from -2^31 to 2^32 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_s).
 */
export function convertI32S(value: number): Result<number, InvalidArgument> {
  return notInt32("value", value) ?? ok(Math.fround(value | 0));
}

/**
 * Converts a 32-bit integer, read as unsigned: rounded once to the nearest float, a tie to the even
 * one.
 *
 * @param value Any integer from -2^31 to 2^32 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_u).
 */
export function convertI32U(value: number): Result<number, InvalidArgument> {
  return notInt32("value", value) ?? ok(Math.fround(value >>> 0));
}

/**
 * Converts a 64-bit integer, read as signed: rounded once to the nearest float, a tie to the even
 * one.
 *
 * @param value Any bigint from -2^63 to 2^64 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_s).
 *
 * @example Rounding in double precision first would make this a tie
 * ```ts
 * import { f32 } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * const value = 2n ** 60n + 2n ** 36n + 1n;
 * assertEquals<unknown>(f32.convertI64S(value), { ok: true, value: 2 ** 60 + 2 ** 37 });
 * assertEquals(Math.fround(Number(value)), 2 ** 60);
 * ```
 */
export function convertI64S(value: bigint): Result<number, InvalidArgument> {
  return notInt64("value", value) ?? ok(singleOf(hiOf(value), loOf(value) >>> 0));
}

/**
 * Converts a 64-bit integer, read as unsigned: rounded once to the nearest float, a tie to the even
 * one.
 *
 * @param value Any bigint from -2^63 to 2^64 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_u).
 */
export function convertI64U(value: bigint): Result<number, InvalidArgument> {
  return notInt64("value", value) ?? ok(singleOf(hiOf(value) >>> 0, loOf(value) >>> 0));
}

/**
 * Converts a 64-bit integer in halves, read as signed: rounded once to the nearest float, a tie to
 * the even one.
 *
 * @param valueLo The low half: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half: any integer from -2^31 to 2^32 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_s).
 */
export function convertI64HalvesS(
  valueLo: number,
  valueHi: number,
): Result<number, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? ok(singleOf(valueHi | 0, valueLo >>> 0));
}

/**
 * Converts a 64-bit integer in halves, read as unsigned: rounded once to the nearest float, a tie
 * to the even one.
 *
 * @param valueLo The low half: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half: any integer from -2^31 to 2^32 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_u).
 */
export function convertI64HalvesU(
  valueLo: number,
  valueHi: number,
): Result<number, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? ok(singleOf(valueHi >>> 0, valueLo >>> 0));
}

/**
 * Rounds a float of double precision to the nearest of single precision, a tie to the even one.
 *
 * @param value Any number.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (demote).
 */
export function demoteF64(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(Math.fround(value));
}

/**
 * Reads the bits of a 32-bit integer as a float.
 *
 * Of a NaN only that it is one survives: JavaScript leaves open what bits it has.
 *
 * @param bits Any integer from -2^31 to 2^32 - 1.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (reinterpret).
 */
export function reinterpretI32(bits: number): Result<number, InvalidArgument> {
  return notInt32("bits", bits) ?? ok(singleOfBits(bits));
}
