/**
 * Division of 64-bit integers as bigints.
 *
 * An operand is any bigint from -2^63 to 2^64 - 1 and stands for its low 64 bits, which each
 * operation reads as signed or unsigned as its name says. A result is the signed reading of its 64
 * bits, also of an unsigned operation: `BigInt.asUintN(64, value)` is the unsigned one.
 *
 * @module
 */

import type { I64 } from "../../int/mod.ts";
import { err } from "../../result.ts";
import type { Result } from "../../result.ts";
import { DIVISION_BY_ZERO, INTEGER_OVERFLOW } from "../trap.ts";
import type { TrapOf } from "../trap.ts";
import { type DivisionError, notInt64, type SignedDivisionError } from "./operand.ts";
import { okWord, signed, unsigned } from "./word.ts";

/** The least signed integer, whose quotient by -1 is out of range. */
const MIN = -(2n ** 63n);

function quotient(
  dividend: bigint,
  divisor: bigint,
): Result<I64, TrapOf<"division-by-zero"> | TrapOf<"integer-overflow">> {
  if (divisor === 0n) return err(DIVISION_BY_ZERO);
  if (dividend === MIN && divisor === -1n) return err(INTEGER_OVERFLOW);
  return okWord(dividend / divisor);
}

/** Traps for a divisor of zero. */
function zero(divisor: bigint): Result<never, TrapOf<"division-by-zero">> | undefined {
  return divisor === 0n ? err(DIVISION_BY_ZERO) : undefined;
}

/**
 * Divides signed integers, rounding toward zero.
 *
 * @param dividend The dividend: any bigint from -2^63 to 2^64 - 1.
 * @param divisor The divisor: any bigint from -2^63 to 2^64 - 1.
 * @returns The quotient, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`, `integer-overflow` (the least value by -1).
 *
 * Spec: Wasm core 2.0, 4.3.2 (idiv_s).
 *
 * @example Traps are values
 * ```ts
 * import { i64 } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(i64.divS(-7n, 2n), { ok: true, value: -3n });
 * assertEquals(i64.divS(1n, 0n), { ok: false, error: { kind: "division-by-zero" } });
 * assertEquals(i64.divS(-(2n ** 63n), -1n), { ok: false, error: { kind: "integer-overflow" } });
 * ```
 */
export function divS(dividend: bigint, divisor: bigint): Result<I64, SignedDivisionError> {
  return notInt64("dividend", dividend) ?? notInt64("divisor", divisor) ??
    quotient(signed(dividend), signed(divisor));
}

/**
 * Divides unsigned integers, rounding down.
 *
 * @param dividend The dividend: any bigint from -2^63 to 2^64 - 1.
 * @param divisor The divisor: any bigint from -2^63 to 2^64 - 1.
 * @returns The quotient, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (idiv_u).
 */
export function divU(dividend: bigint, divisor: bigint): Result<I64, DivisionError> {
  return notInt64("dividend", dividend) ?? notInt64("divisor", divisor) ?? zero(divisor) ??
    okWord(unsigned(dividend) / unsigned(divisor));
}

/**
 * Gives the remainder of signed integers, which has the sign of the dividend.
 *
 * Of the least value by -1 it is 0, and no trap.
 *
 * @param dividend The dividend: any bigint from -2^63 to 2^64 - 1.
 * @param divisor The divisor: any bigint from -2^63 to 2^64 - 1.
 * @returns The remainder, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irem_s).
 */
export function remS(dividend: bigint, divisor: bigint): Result<I64, DivisionError> {
  return notInt64("dividend", dividend) ?? notInt64("divisor", divisor) ?? zero(divisor) ??
    okWord(signed(dividend) % signed(divisor));
}

/**
 * Gives the remainder of unsigned integers.
 *
 * @param dividend The dividend: any bigint from -2^63 to 2^64 - 1.
 * @param divisor The divisor: any bigint from -2^63 to 2^64 - 1.
 * @returns The remainder, from -2^63 to 2^63 - 1.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irem_u).
 */
export function remU(dividend: bigint, divisor: bigint): Result<I64, DivisionError> {
  return notInt64("dividend", dividend) ?? notInt64("divisor", divisor) ?? zero(divisor) ??
    okWord(unsigned(dividend) % unsigned(divisor));
}
