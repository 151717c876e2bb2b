/**
 * Operations on the bits of 32-bit integers.
 *
 * An operand is any integer from -2^31 to 2^32 - 1 (-0 is none) and stands for its low 32 bits,
 * which each operation reads as signed or unsigned as its name says. A result is the signed reading
 * of its 32 bits, also of an unsigned operation: `value >>> 0` is the unsigned one.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { asI32, wide } from "../../int/mod.ts";
import type { I32 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { notInt32 } from "./operand.ts";

/**
 * Shifts bits up, zeros coming in.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @param count By how many bits, modulo 32: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishl).
 */
export function shl(value: number, count: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? notInt32("count", count) ?? ok(asI32(value << count));
}

/**
 * Shifts bits down, copies of the sign coming in.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @param count By how many bits, modulo 32: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishr_s).
 */
export function shrS(value: number, count: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? notInt32("count", count) ?? ok(asI32(value >> count));
}

/**
 * Shifts bits down, zeros coming in.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @param count By how many bits, modulo 32: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishr_u).
 */
export function shrU(value: number, count: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? notInt32("count", count) ?? ok(asI32((value >>> count) | 0));
}

/**
 * Rotates bits up.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @param count By how many bits, modulo 32: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irotl).
 */
export function rotl(value: number, count: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? notInt32("count", count) ??
    ok(asI32((value << count) | (value >>> -count)));
}

/**
 * Rotates bits down.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @param count By how many bits, modulo 32: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irotr).
 */
export function rotr(value: number, count: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? notInt32("count", count) ??
    ok(asI32((value >>> count) | (value << -count)));
}

/**
 * Counts the zero bits above the highest bit that is set.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @returns How many, from 0 to 32.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iclz).
 */
export function clz(value: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? ok(asI32(Math.clz32(value)));
}

/**
 * Counts the zero bits below the lowest bit that is set.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @returns How many, from 0 to 32.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ictz).
 */
export function ctz(value: number): Result<I32, InvalidArgument> {
  // A bit above the 32 ends the count there.
  return notInt32("value", value) ?? ok(asI32(wide.ctz(value, 1)));
}

/**
 * Counts the bits that are set.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @returns How many, from 0 to 32.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ipopcnt).
 */
export function popcnt(value: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? ok(asI32(wide.popcnt(value, 0)));
}

/**
 * Extends the low 8 bits by their sign.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @returns The integer, from -2^7 to 2^7 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend8S(value: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? ok(asI32((value << 24) >> 24));
}

/**
 * Extends the low 16 bits by their sign.
 *
 * @param value The bits: any integer from -2^31 to 2^32 - 1.
 * @returns The integer, from -2^15 to 2^15 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend16S(value: number): Result<I32, InvalidArgument> {
  return notInt32("value", value) ?? ok(asI32((value << 16) >> 16));
}
