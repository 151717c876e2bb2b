/**
 * A 64-bit integer that is a bigint: its readings, and its halves.
 *
 * @module
 */

import { asI64 } from "../../int/mod.ts";
import type { I64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Ok } from "../../result.ts";

/** The low 64 bits, read as signed. */
export function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** The low 64 bits, read as unsigned. */
export function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** A success with the low 64 bits, read as signed. */
export function okWord(bits: bigint): Ok<I64> {
  return ok(asI64(BigInt.asIntN(64, bits)));
}

/** The low half, read as signed. */
export function loOf(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** The high half, read as signed. */
export function hiOf(value: bigint): number {
  return Number(BigInt.asIntN(32, value >> 32n));
}
