/**
 * Operations on the bits of 64-bit integers as two 32-bit halves, for code in which a bigint is too
 * slow.
 *
 * An operand is two arguments, `…Lo` and `…Hi`, each any integer from -2^31 to 2^32 - 1 (-0 is
 * none)
 * that stands for its low 32 bits. A result is both halves, each read as signed.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { wide } from "../../int/mod.ts";
import type { Ok, Result } from "../../result.ts";
import type { I64Halves } from "../load.ts";
import { okHalves, okScratch, scratch } from "./halves.ts";
import { notHalves } from "./operand.ts";

type Shift = (lo: number, hi: number, count: number, out: Int32Array, at: number) => void;

type Extension = (lo: number, out: Int32Array, at: number) => void;

function shifted(operation: Shift, lo: number, hi: number, count: number): Ok<I64Halves> {
  operation(lo, hi, count, scratch, 0);
  return okScratch();
}

function extended(operation: Extension, lo: number): Ok<I64Halves> {
  operation(lo, scratch, 0);
  return okScratch();
}

/**
 * Shifts bits up, zeros coming in.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param countLo The low half of the number of bits, taken modulo 64: any integer from -2^31 to
 *   2^32 - 1.
 * @param countHi Its high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The bits in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishl).
 */
export function shl(
  valueLo: number,
  valueHi: number,
  countLo: number,
  countHi: number,
): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? notHalves("count", countLo, countHi) ??
    shifted(wide.shl, valueLo, valueHi, countLo);
}

/**
 * Shifts bits down, copies of the sign coming in.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param countLo The low half of the number of bits, taken modulo 64: any integer from -2^31 to
 *   2^32 - 1.
 * @param countHi Its high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The bits in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishr_s).
 */
export function shrS(
  valueLo: number,
  valueHi: number,
  countLo: number,
  countHi: number,
): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? notHalves("count", countLo, countHi) ??
    shifted(wide.shrS, valueLo, valueHi, countLo);
}

/**
 * Shifts bits down, zeros coming in.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param countLo The low half of the number of bits, taken modulo 64: any integer from -2^31 to
 *   2^32 - 1.
 * @param countHi Its high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The bits in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ishr_u).
 */
export function shrU(
  valueLo: number,
  valueHi: number,
  countLo: number,
  countHi: number,
): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? notHalves("count", countLo, countHi) ??
    shifted(wide.shrU, valueLo, valueHi, countLo);
}

/**
 * Rotates bits up.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param countLo The low half of the number of bits, taken modulo 64: any integer from -2^31 to
 *   2^32 - 1.
 * @param countHi Its high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The bits in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irotl).
 */
export function rotl(
  valueLo: number,
  valueHi: number,
  countLo: number,
  countHi: number,
): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? notHalves("count", countLo, countHi) ??
    shifted(wide.rotl, valueLo, valueHi, countLo);
}

/**
 * Rotates bits down.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param countLo The low half of the number of bits, taken modulo 64: any integer from -2^31 to
 *   2^32 - 1.
 * @param countHi Its high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The bits in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (irotr).
 */
export function rotr(
  valueLo: number,
  valueHi: number,
  countLo: number,
  countHi: number,
): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? notHalves("count", countLo, countHi) ??
    shifted(wide.rotr, valueLo, valueHi, countLo);
}

/**
 * Counts the zero bits above the highest bit that is set.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @returns How many, from 0 to 64, in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iclz).
 */
export function clz(valueLo: number, valueHi: number): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? okHalves(wide.clz(valueLo, valueHi), 0);
}

/**
 * Counts the zero bits below the lowest bit that is set.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @returns How many, from 0 to 64, in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ictz).
 */
export function ctz(valueLo: number, valueHi: number): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? okHalves(wide.ctz(valueLo, valueHi), 0);
}

/**
 * Counts the bits that are set.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi The high half of the bits: any integer from -2^31 to 2^32 - 1.
 * @returns How many, from 0 to 64, in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (ipopcnt).
 */
export function popcnt(valueLo: number, valueHi: number): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? okHalves(wide.popcnt(valueLo, valueHi), 0);
}

/**
 * Extends the low 8 bits by their sign.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi Their high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The integer in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend8S(valueLo: number, valueHi: number): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? extended(wide.extend8S, valueLo);
}

/**
 * Extends the low 16 bits by their sign.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi Their high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The integer in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend16S(valueLo: number, valueHi: number): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? extended(wide.extend16S, valueLo);
}

/**
 * Extends the low 32 bits by their sign.
 *
 * @param valueLo The low half of the bits: any integer from -2^31 to 2^32 - 1.
 * @param valueHi Their high half, which does not matter: any integer from -2^31 to 2^32 - 1.
 * @returns The integer in halves.
 *
 * Faults: `invalid-argument`.
 *
 * Spec: Wasm core 2.0, 4.3.2 (iextendM_s).
 */
export function extend32S(valueLo: number, valueHi: number): Result<I64Halves, InvalidArgument> {
  return notHalves("value", valueLo, valueHi) ?? extended(wide.extend32S, valueLo);
}
