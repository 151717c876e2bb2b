/**
 * Division of 64-bit integers as two 32-bit halves, for code in which a bigint is too slow.
 *
 * An operand is two arguments, `…Lo` and `…Hi`, each any integer from -2^31 to 2^32 - 1 (-0 is
 * none)
 * that stands for its low 32 bits. A result is both halves, each read as signed.
 *
 * @module
 */

import { wide } from "../../int/mod.ts";
import { err } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { I64Halves } from "../load.ts";
import { DIVISION_BY_ZERO, INTEGER_OVERFLOW } from "../trap.ts";
import type { TrapOf } from "../trap.ts";
import { type DivisionError, notHalves, type SignedDivisionError } from "./operand.ts";
import { okScratch, scratch } from "./halves.ts";

type Binary = (
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
  out: Int32Array,
  at: number,
) => void;

/** Divides one way or another, by what is not zero. */
function divided(
  operation: Binary,
  dividendLo: number,
  dividendHi: number,
  divisorLo: number,
  divisorHi: number,
): Result<I64Halves, TrapOf<"division-by-zero">> {
  if (divisorLo === 0 && divisorHi === 0) return err(DIVISION_BY_ZERO);
  operation(dividendLo, dividendHi, divisorLo, divisorHi, scratch, 0);
  return okScratch();
}

/** Traps for the least signed integer by -1. */
function overflow(
  dividendLo: number,
  dividendHi: number,
  divisorLo: number,
  divisorHi: number,
): Result<never, TrapOf<"integer-overflow">> | undefined {
  const isLeast = dividendLo === 0 && (dividendHi | 0) === -0x80000000;
  return isLeast && (divisorLo & divisorHi) === -1 ? err(INTEGER_OVERFLOW) : undefined;
}

/**
 * Divides signed integers, rounding toward zero.
 *
 * @param dividendLo The low half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param dividendHi The high half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisorLo The low half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @param divisorHi The high half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The quotient in halves.
 *
 * Faults: `invalid-argument`, `division-by-zero`, `integer-overflow` (the least value by -1).
 *
 * Spec: Wasm core 2.0, 4.3.2 (idiv_s).
 *
 * @example A quotient beyond what a number holds
 * ```ts
 * import { i64Halves } from "@ringfence/core/linear/numeric";
 * import { assertEquals } from "@std/assert";
 *
 * const half = i64Halves.divS(0, 0x40000000, 2, 0);
 * assertEquals<unknown>(half, { ok: true, value: { lo: 0, hi: 0x20000000 } });
 * assertEquals(i64Halves.divS(1, 0, 0, 0), { ok: false, error: { kind: "division-by-zero" } });
 * ```
 */
export function divS(
  dividendLo: number,
  dividendHi: number,
  divisorLo: number,
  divisorHi: number,
): Result<I64Halves, SignedDivisionError> {
  return notHalves("dividend", dividendLo, dividendHi) ??
    notHalves("divisor", divisorLo, divisorHi) ??
    overflow(dividendLo, dividendHi, divisorLo, divisorHi) ??
    divided(wide.divS, dividendLo, dividendHi, divisorLo, divisorHi);
}

/**
 * Divides unsigned integers, rounding down.
 *
 * @param dividendLo The low half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param dividendHi The high half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisorLo The low half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @param divisorHi The high half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The quotient in halves.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (idiv_u).
 */
export function divU(
  dividendLo: number,
  dividendHi: number,
  divisorLo: number,
  divisorHi: number,
): Result<I64Halves, DivisionError> {
  return notHalves("dividend", dividendLo, dividendHi) ??
    notHalves("divisor", divisorLo, divisorHi) ??
    divided(wide.divU, dividendLo, dividendHi, divisorLo, divisorHi);
}

/**
 * Gives the remainder of signed integers, which has the sign of the dividend.
 *
 * Of the least value by -1 it is 0, and no trap.
 *
 * @param dividendLo The low half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param dividendHi The high half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisorLo The low half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @param divisorHi The high half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The remainder in halves.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irem_s).
 */
export function remS(
  dividendLo: number,
  dividendHi: number,
  divisorLo: number,
  divisorHi: number,
): Result<I64Halves, DivisionError> {
  return notHalves("dividend", dividendLo, dividendHi) ??
    notHalves("divisor", divisorLo, divisorHi) ??
    divided(wide.remS, dividendLo, dividendHi, divisorLo, divisorHi);
}

/**
 * Gives the remainder of unsigned integers.
 *
 * @param dividendLo The low half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param dividendHi The high half of the dividend: any integer from -2^31 to 2^32 - 1.
 * @param divisorLo The low half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @param divisorHi The high half of the divisor: any integer from -2^31 to 2^32 - 1.
 * @returns The remainder in halves.
 *
 * Faults: `invalid-argument`, `division-by-zero`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irem_u).
 */
export function remU(
  dividendLo: number,
  dividendHi: number,
  divisorLo: number,
  divisorHi: number,
): Result<I64Halves, DivisionError> {
  return notHalves("dividend", dividendLo, dividendHi) ??
    notHalves("divisor", divisorLo, divisorHi) ??
    divided(wide.remU, dividendLo, dividendHi, divisorLo, divisorHi);
}
