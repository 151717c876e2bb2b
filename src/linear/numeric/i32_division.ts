/**
 * Division of 32-bit integers.
 *
 * An operand is any integer from -2^31 to 2^32 - 1 (-0 is none) and stands for its low 32 bits,
 * which each operation reads as signed or unsigned as its name says. A result is the signed reading
 * of its 32 bits, also of an unsigned operation: `value >>> 0` is the unsigned one.
 *
 * @module
 */

import { asI32 } from "../../int/mod.ts";
import type { I32 } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { DIVISION_BY_ZERO, INTEGER_OVERFLOW } from "../trap.ts";
import type { TrapOf } from "../trap.ts";
import { type DivisionError, notInt32, type SignedDivisionError } from "./operand.ts";

/** The least signed integer, whose quotient by -1 is out of range. */
const MIN = -0x80000000;

function quotient(
  dividend: number,
  divisor: number,
): Result<I32, TrapOf<"division-by-zero"> | TrapOf<"integer-overflow">> {
  if (divisor === 0) return err(DIVISION_BY_ZERO);
  if (dividend === MIN && divisor === -1) return err(INTEGER_OVERFLOW);
  return ok(asI32((dividend / divisor) | 0));
}

/** Traps for a divisor of zero. */
function zero(divisor: number): Result<never, TrapOf<"division-by-zero">> | undefined {
  return divisor === 0 ? err(DIVISION_BY_ZERO) : undefined;
}

/**
 * Divides signed integers, rounding toward zero.
 *
 * @param dividend The dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisor The divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The quotient, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`, `integer-overflow` (the least value by -1).
 *
 * Spec: Wasm core 2.0, 4.3.2 (idiv_s).
 *
 * @example Traps are values
 * ```ts
 * import { i32 } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(i32.divS(-7, 2), { ok: true, value: -3 });
 * assertEquals(i32.divS(1, 0), { ok: false, error: { kind: "division-by-zero" } });
 * assertEquals(i32.divS(-(2 ** 31), -1), { ok: false, error: { kind: "integer-overflow" } });
 * ```
 */
export function divS(dividend: number, divisor: number): Result<I32, SignedDivisionError> {
  return notInt32("dividend", dividend) ?? notInt32("divisor", divisor) ??
    quotient(dividend | 0, divisor | 0);
}

/**
 * Divides unsigned integers, rounding down.
 *
 * @param dividend The dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisor The divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The quotient, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (idiv_u).
 */
export function divU(dividend: number, divisor: number): Result<I32, DivisionError> {
  return notInt32("dividend", dividend) ?? notInt32("divisor", divisor) ?? zero(divisor) ??
    ok(asI32(((dividend >>> 0) / (divisor >>> 0)) | 0));
}

/**
 * Gives the remainder of signed integers, which has the sign of the dividend.
 *
 * Of the least value by -1 it is 0, and no trap.
 *
 * @param dividend The dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisor The divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The remainder, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irem_s).
 */
export function remS(dividend: number, divisor: number): Result<I32, DivisionError> {
  return notInt32("dividend", dividend) ?? notInt32("divisor", divisor) ?? zero(divisor) ??
    ok(asI32(((dividend | 0) % (divisor | 0)) | 0));
}

/**
 * Gives the remainder of unsigned integers.
 *
 * @param dividend The dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisor The divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The remainder, from -2^31 to 2^31 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irem_u).
 */
export function remU(dividend: number, divisor: number): Result<I32, DivisionError> {
  return notInt32("dividend", dividend) ?? notInt32("divisor", divisor) ?? zero(divisor) ??
    ok(asI32(((dividend >>> 0) % (divisor >>> 0)) | 0));
}
