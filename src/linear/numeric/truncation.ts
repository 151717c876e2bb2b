/**
 * From floats to integers: what is in range, and the nearest end of the range.
 *
 * @module
 */

import { err } from "../../result.ts";
import type { Err, Ok } from "../../result.ts";
import type { I64Halves } from "../load.ts";
import { INTEGER_OVERFLOW, INVALID_CONVERSION } from "../trap.ts";
import type { TrapOf } from "../trap.ts";
import { okHalves } from "./halves.ts";

/**
 * The whole numbers from `min` up to `end`, the latter excluded: both are powers of two (or 0), so
 * double precision holds them, which is not so for 2^63 - 1 and 2^64 - 1.
 */
export interface Range {
  readonly min: number;
  readonly end: number;
}

/** What 32 bits hold, read as signed. */
export const SIGNED_32: Range = { min: -0x80000000, end: 0x80000000 };
/** What 32 bits hold, read as unsigned. */
export const UNSIGNED_32: Range = { min: 0, end: 0x100000000 };
/** What 64 bits hold, read as signed. */
export const SIGNED_64: Range = { min: -(2 ** 63), end: 2 ** 63 };
/** What 64 bits hold, read as unsigned. */
export const UNSIGNED_64: Range = { min: 0, end: 2 ** 64 };

/** Traps for a float whose whole part is not in range, and for a NaN. */
export function notIn(
  { min, end }: Range,
  value: number,
): Err<TrapOf<"invalid-conversion"> | TrapOf<"integer-overflow">> | undefined {
  const whole = Math.trunc(value);
  if (whole >= min && whole < end) return undefined;
  return err(Number.isNaN(value) ? INVALID_CONVERSION : INTEGER_OVERFLOW);
}

/** The whole part, or the end of the range before it (at the top `end` itself); 0 for a NaN. */
export function clamped({ min, end }: Range, value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.trunc(Math.min(Math.max(value, min), end));
}

/** The halves of a whole number from -2^63 to 2^64 - 1. */
export function okWhole(whole: number): Ok<I64Halves> {
  return okHalves(whole, Math.floor(whole / 0x100000000));
}
