/**
 * Which values the numeric operations take.
 *
 * Each check gives nothing for a value that is taken, and otherwise the failure to return: a chain
 * of them with `??` refuses the first wrong argument and performs the operation only after all.
 * No operator touches an argument before its type is known.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import type { Err } from "../../result.ts";
import type { TrapOf } from "../trap.ts";

/** Why an unsigned division or a remainder gives no value. */
export type DivisionError = InvalidArgument | TrapOf<"division-by-zero">;

/** Why a signed division gives no value: it can also be out of range. */
export type SignedDivisionError = DivisionError | TrapOf<"integer-overflow">;

/** Why a truncation to an integer gives no value: a NaN, or out of range. */
export type TruncationError =
  | InvalidArgument
  | TrapOf<"invalid-conversion">
  | TrapOf<"integer-overflow">;

/** Whether a value is an integer from -2^31 to 2^32 - 1; -0 is none. */
function isInt32(value: unknown): value is number {
  return typeof value === "number" && (value === (value | 0) || value === value >>> 0) &&
    !Object.is(value, -0);
}

/** Refuses what is no integer from -2^31 to 2^32 - 1; neither is -0. */
export function notInt32(parameter: string, value: unknown): Err<InvalidArgument> | undefined {
  return isInt32(value)
    ? undefined
    : invalidArgument(parameter, "an integer from -2^31 to 2^32 - 1", value);
}

/** Refuses what is no pair of halves, each an integer from -2^31 to 2^32 - 1. */
export function notHalves(
  parameter: string,
  lo: unknown,
  hi: unknown,
): Err<InvalidArgument> | undefined {
  // The names are put together only for a failure.
  if (isInt32(lo) && isInt32(hi)) return undefined;
  return notInt32(`${parameter}Lo`, lo) ?? notInt32(`${parameter}Hi`, hi);
}

/** Refuses what is no bigint from -2^63 to 2^64 - 1. */
export function notInt64(parameter: string, value: unknown): Err<InvalidArgument> | undefined {
  // To cut to 64 bits and compare was measured twice as fast as to compare with the ends.
  return typeof value === "bigint" &&
      (BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value)
    ? undefined
    : invalidArgument(parameter, "a bigint from -2^63 to 2^64 - 1", value);
}

/** Refuses what is no number. */
export function notFloat(parameter: string, value: unknown): Err<InvalidArgument> | undefined {
  return typeof value === "number" ? undefined : invalidArgument(parameter, "a number", value);
}
