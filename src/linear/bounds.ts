/**
 * The one bounds check of linear memory, and the other checks of a number: total over every value.
 *
 * @module
 */

import type { U32 } from "../int/mod.ts";

/**
 * Whether a value is an integer from 0 to `max`; -0 is not one.
 *
 * Comparisons come after `typeof`, so that no code of the value runs, and before the test for a
 * whole number, which the engine folds away once it knows an integer.
 */
export function isNatural(value: number, max: number): boolean {
  return typeof value === "number" && value >= 0 && value <= max &&
    Math.trunc(value) === value && !Object.is(value, -0);
}

/**
 * Whether `width` bytes from `offset` on lie among the first `size`.
 *
 * No sum is formed that could wrap or round: `size - width` is exact for all sizes and widths up to
 * 2^53, and negative, so that nothing fits, when the width is greater than the size.
 */
export function fits(size: number, offset: number, width: number): boolean {
  return isNatural(offset, size - width);
}

/** Whether `length` bytes from `offset` on lie among the first `size`, where both are arguments. */
export function rangeFits(size: number, offset: number, length: number): boolean {
  return isNatural(length, size) && fits(size, offset, length);
}

/** Whether a value is an integer of 32 bits in either reading: -2^31 to 2^32 - 1; -0 is not one. */
export function isWord(value: number): boolean {
  return typeof value === "number" && value >= -0x8000_0000 && value <= 0xffff_ffff &&
    Math.trunc(value) === value && !Object.is(value, -0);
}

/** Whether a value is an integer of 64 bits in either reading: -2^63 to 2^64 - 1. */
export function isLong(value: bigint): boolean {
  return typeof value === "bigint" &&
    (BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value);
}

/** What a 32-bit operand may be, in the words of an error. */
export const WORD = "an integer from -2^31 to 2^32 - 1";

/** What a 64-bit operand may be, in the words of an error. */
export const LONG = "a bigint from -2^63 to 2^64 - 1";

/** Whether a value is an integer from 0 to 2^32 - 1. */
export function isU32(value: number): value is U32 {
  return isNatural(value, 0xffff_ffff);
}
