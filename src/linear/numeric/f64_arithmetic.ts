/**
 * Operations on floats of double precision.
 *
 * An operand is any number.
 *
 * A NaN of JavaScript has no dependable sign or payload. As a sign to copy it counts as positive;
 * where its bits matter, `absBits`, `negBits` and `copysignBits` work on the bits themselves.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import type { I64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { nearestWhole, withSign } from "./float.ts";
import { notFloat, notInt64 } from "./operand.ts";
import { okWord } from "./word.ts";

/** The sign bit. */
const SIGN = 2n ** 63n;

/** The bits below the sign. */
const REST = SIGN - 1n;

/**
 * Gives the smaller of two floats; -0 is below 0, and a NaN makes the result one.
 *
 * @param a Any number.
 * @param b Any number.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fmin).
 */
export function min(a: number, b: number): Result<number, InvalidArgument> {
  return notFloat("a", a) ?? notFloat("b", b) ?? ok(Math.min(a, b));
}

/**
 * Gives the greater of two floats; -0 is below 0, and a NaN makes the result one.
 *
 * @param a Any number.
 * @param b Any number.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fmax).
 */
export function max(a: number, b: number): Result<number, InvalidArgument> {
  return notFloat("a", a) ?? notFloat("b", b) ?? ok(Math.max(a, b));
}

/**
 * Rounds to the nearest whole number, a tie to the even one; the sign stays, also of a zero.
 *
 * @param value Any number.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fnearest).
 *
 * @example Ties go to the even number, and zeros keep their sign
 * ```ts
 * import { f64 } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(f64.nearest(2.5), { ok: true, value: 2 });
 * assertEquals<unknown>(f64.nearest(-0.5), { ok: true, value: -0 });
 * ```
 */
export function nearest(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(nearestWhole(value));
}

/**
 * Gives the magnitude of one float with the sign of another.
 *
 * @param value Any number.
 * @param sign Any number. Of a NaN the sign counts as positive.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fcopysign).
 */
export function copysign(value: number, sign: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? notFloat("sign", sign) ?? ok(withSign(value, sign));
}

/**
 * Gives the float without its sign; of -0 it is 0.
 *
 * @param value Any number.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fabs).
 */
export function abs(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(Math.abs(value));
}

/**
 * Gives the float with its sign turned round; of 0 it is -0.
 *
 * @param value Any number.
 * @returns The float, in double precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fneg).
 */
export function neg(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(-value);
}

/**
 * Clears the sign of a float in bits; a NaN keeps its payload.
 *
 * @param bits The bits of a float: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fabs).
 */
export function absBits(bits: bigint): Result<I64, InvalidArgument> {
  return notInt64("bits", bits) ?? okWord(bits & REST);
}

/**
 * Turns the sign of a float in bits; a NaN keeps its payload.
 *
 * @param bits The bits of a float: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fneg).
 */
export function negBits(bits: bigint): Result<I64, InvalidArgument> {
  return notInt64("bits", bits) ?? okWord(bits ^ SIGN);
}

/**
 * Gives one float in bits the sign of another; a NaN keeps its payload, and has a sign to copy.
 *
 * @param bits The bits of a float: any bigint from -2^63 to 2^64 - 1.
 * @param sign The bits of the float whose sign it gets: any bigint from -2^63 to 2^64 - 1.
 * @returns The bits, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fcopysign).
 */
export function copysignBits(bits: bigint, sign: bigint): Result<I64, InvalidArgument> {
  return notInt64("bits", bits) ?? notInt64("sign", sign) ??
    okWord((bits & REST) | (sign & SIGN));
}
