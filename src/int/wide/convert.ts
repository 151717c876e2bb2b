/**
 * Words from and to bigints: the way in and out of the halves, at the boundary of the library.
 *
 * They pass through bytes, which is several times as fast as taking a bigint apart, or putting it
 * together, by arithmetic.
 */

import { asI64, asU64, type I64, type U64 } from "../brand.ts";

/** The bytes that one word passes through. */
const bytes = new DataView(new ArrayBuffer(8));

/** Writes the low 64 bits of a bigint of any size to `out[at]` (low half) and `out[at + 1]`. */
export function split(value: bigint, out: Int32Array, at: number): void {
  bytes.setBigUint64(0, value, true);
  out[at] = bytes.getInt32(0, true);
  out[at + 1] = bytes.getInt32(4, true);
}

/** The word as an unsigned bigint. */
export function joinU(aLo: number, aHi: number): U64 {
  bytes.setInt32(0, aLo, true);
  bytes.setInt32(4, aHi, true);
  return asU64(bytes.getBigUint64(0, true));
}

/** The word as a signed bigint. */
export function joinS(aLo: number, aHi: number): I64 {
  return asI64(BigInt.asIntN(64, joinU(aLo, aHi)));
}
