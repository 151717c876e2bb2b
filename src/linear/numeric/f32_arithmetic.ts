/**
 * Operations on floats of single precision.
 *
 * An operand is any number, which is first rounded to single precision: one that is there already
 * stays as it is. A result is a number that single precision holds.
 *
 * A NaN of JavaScript has no dependable sign or payload. As a sign to copy it counts as positive;
 * where its bits matter, `absBits`, `negBits` and `copysignBits` work on the bits themselves.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { asI32 } from "../../int/mod.ts";
import type { I32 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { nearestWhole, withSign } from "./float.ts";
import { notFloat, notInt32 } from "./operand.ts";

/**
 * Gives the smaller of two floats; -0 is below 0, and a NaN makes the result one.
 *
 * @param a Any number, which is first rounded to single precision.
 * @param b Any number, which is first rounded to single precision.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fmin).
 */
export function min(a: number, b: number): Result<number, InvalidArgument> {
  return notFloat("a", a) ?? notFloat("b", b) ?? ok(Math.fround(Math.min(a, b)));
}

/**
 * Gives the greater of two floats; -0 is below 0, and a NaN makes the result one.
 *
 * @param a Any number, which is first rounded to single precision.
 * @param b Any number, which is first rounded to single precision.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fmax).
 */
export function max(a: number, b: number): Result<number, InvalidArgument> {
  return notFloat("a", a) ?? notFloat("b", b) ?? ok(Math.fround(Math.max(a, b)));
}

/**
 * Rounds to the nearest whole number, a tie to the even one; the sign stays, also of a zero.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fnearest).
 *
 * @example Ties go to the even number, and zeros keep their sign
 * ```ts
 * import { f32 } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(f32.nearest(2.5), { ok: true, value: 2 });
 * assertEquals<unknown>(f32.nearest(-0.5), { ok: true, value: -0 });
 * ```
 */
export function nearest(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(nearestWhole(Math.fround(value)));
}

/**
 * Gives the magnitude of one float with the sign of another.
 *
 * @param value Any number, which is first rounded to single precision.
 * @param sign Any number, which is first rounded to single precision. Of a NaN the sign counts as
 *   positive.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fcopysign).
 */
export function copysign(value: number, sign: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? notFloat("sign", sign) ??
    ok(Math.fround(withSign(value, sign)));
}

/**
 * Gives the float without its sign; of -0 it is 0.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fabs).
 */
export function abs(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(Math.fround(Math.abs(value)));
}

/**
 * Gives the float with its sign turned round; of 0 it is -0.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fneg).
 */
export function neg(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(Math.fround(-value));
}

/**
 * Gives the square root, rounded once: double precision holds enough digits for that.
 *
 * @param value Any number, which is first rounded to single precision.
 * @returns The float, in single precision.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fsqrt).
 */
export function sqrt(value: number): Result<number, InvalidArgument> {
  return notFloat("value", value) ?? ok(Math.fround(Math.sqrt(Math.fround(value))));
}

/**
 * Clears the sign of a float in bits; a NaN keeps its payload.
 *
 * @param bits The bits of a float: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fabs).
 */
export function absBits(bits: number): Result<I32, InvalidArgument> {
  return notInt32("bits", bits) ?? ok(asI32(bits & 0x7fffffff));
}

/**
 * Turns the sign of a float in bits; a NaN keeps its payload.
 *
 * @param bits The bits of a float: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fneg).
 */
export function negBits(bits: number): Result<I32, InvalidArgument> {
  return notInt32("bits", bits) ?? ok(asI32(bits ^ -0x80000000));
}

/**
 * Gives one float in bits the sign of another; a NaN keeps its payload, and has a sign to copy.
 *
 * @param bits The bits of a float: any integer from -2^31 to 2^32 - 1.
 * @param sign The bits of the float whose sign it gets: any integer from -2^31 to 2^32 - 1.
 * @returns The bits, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.3 (fcopysign).
 */
export function copysignBits(bits: number, sign: number): Result<I32, InvalidArgument> {
  return notInt32("bits", bits) ?? notInt32("sign", sign) ??
    ok(asI32((bits & 0x7fffffff) | (sign & -0x80000000)));
}
