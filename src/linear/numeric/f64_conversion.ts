/**
 * Conversions to floats of double precision.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { doubleOfBits } from "./float.ts";
import { notFloat, notHalves, notInt32, notInt64 } from "./operand.ts";
import { hiOf, loOf, signed, unsigned } from "./word.ts";

/**
 * Converts a 32-bit integer, read as signed; double precision holds them all.
 *
 * @param value Any integer from -2^31 to 2^32 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_s).
 */
export function convertI32S(value: number): Result<number, InvalidArgument> {
  return notInt32("value", value) ?? ok(value | 0);
}

/**
 * Converts a 32-bit integer, read as unsigned; double precision holds them all.
 *
 * @param value Any integer from -2^31 to 2^32 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_u).
 */
export function convertI32U(value: number): Result<number, InvalidArgument> {
  return notInt32("value", value) ?? ok(value >>> 0);
}

/**
 * Converts a 64-bit integer, read as signed: rounded to the nearest float, a tie to the even one.
 *
 * @param value Any bigint from -2^63 to 2^64 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_s).
 */
export function convertI64S(value: bigint): Result<number, InvalidArgument> {
  return notInt64("value", value) ?? ok(Number(signed(value)));
}

/**
 * Converts a 64-bit integer, read as unsigned: rounded to the nearest float, a tie to the even one.
 *
 * @param value Any bigint from -2^63 to 2^64 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_u).
 */
export function convertI64U(value: bigint): Result<number, InvalidArgument> {
  return notInt64("value", value) ?? ok(Number(unsigned(value)));
}

/**
 * Converts a 64-bit integer in halves, read as signed: rounded to the nearest float, a tie to the
 * even one.
 *
 * @param valueLo The low half: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half: any integer from -2^31 to 2^32 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_s).
 */
export function convertI64HalvesS(
  valueLo: number,
  valueHi: number,
): Result<number, InvalidArgument> {
  // The product is exact, so the addition alone rounds.
  return notHalves("value", valueLo, valueHi) ?? ok((valueHi | 0) * 0x100000000 + (valueLo >>> 0));
}

/**
 * Converts a 64-bit integer in halves, read as unsigned: rounded to the nearest float, a tie to the
 * even one.
 *
 * @param valueLo The low half: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half: any integer from -2^31 to 2^32 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (convert_u).
 */
export function convertI64HalvesU(
  valueLo: number,
  valueHi: number,
): Result<number, InvalidArgument> {
  // The product is exact, so the addition alone rounds.
  return notHalves("value", valueLo, valueHi) ??
    ok((valueHi >>> 0) * 0x100000000 + (valueLo >>> 0));
}

/**
 * Gives a float of single precision in double precision, which holds them all.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (promote).
 */
export function promoteF32(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(Math.fround(value));
}

/**
 * Reads the bits of a 64-bit integer as a float.
 *
 * Of a NaN only that it is one survives: JavaScript leaves open what bits it has.
 *
 * @param bits Any bigint from -2^63 to 2^64 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (reinterpret).
 */
export function reinterpretI64(bits: bigint): Result<number, InvalidArgument> {
  return notInt64("bits", bits) ?? ok(doubleOfBits(loOf(bits), hiOf(bits)));
}

/**
 * Reads the bits of a 64-bit integer in halves as a float.
 *
 * Of a NaN only that it is one survives: JavaScript leaves open what bits it has.
 *
 * @param bitsLo The low half: any integer from -2^31 to 2^32 - 1.
 * @param bitsHi The high half: any integer from -2^31 to 2^32 - 1.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.4 (reinterpret).
 */
export function reinterpretI64Halves(
  bitsLo: number,
  bitsHi: number,
): Result<number, InvalidArgument> {
  return notHalves("bits", bitsLo, bitsHi) ?? ok(doubleOfBits(bitsLo, bitsHi));
}
