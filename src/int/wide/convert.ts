/** Words from and to bigints: the way in and out of the halves, at the boundary of the library. */

import { asI64, asU64, type I64, type U64 } from "../brand.ts";

/** Writes the low 64 bits of a bigint of any size to `out[at]` (low half) and `out[at + 1]`. */
export function split(value: bigint, out: Int32Array, at: number): void {
  const word = BigInt.asUintN(64, value);
  out[at] = Number(word & 0xffff_ffffn);
  out[at + 1] = Number(word >> 32n);
}

/** The word as an unsigned bigint. */
export function joinU(aLo: number, aHi: number): U64 {
  return asU64((BigInt(aHi >>> 0) << 32n) | BigInt(aLo >>> 0));
}

/** The word as a signed bigint. */
export function joinS(aLo: number, aHi: number): I64 {
  return asI64((BigInt(aHi | 0) << 32n) | BigInt(aLo >>> 0));
}
