/**
 * Words as their halves and as bigints. Passing them through bytes is several times as fast as taking
 * a bigint apart, or putting it together, by arithmetic.
 *
 * @module
 */

import { asU64 } from "../int/mod.ts";
import type { U64 } from "../int/mod.ts";

/** The bytes that one word passes through. */
const bytes = new DataView(new ArrayBuffer(8));

/** The word of two halves, each of either signedness. */
export function joined(low: number, high: number): U64 {
  bytes.setInt32(0, low, true);
  bytes.setInt32(4, high, true);
  return asU64(bytes.getBigUint64(0, true));
}

/** Writes the halves of a word to `out[at]` (low half) and `out[at + 1]`. */
export function split(word: U64, out: Int32Array, at: number): void {
  bytes.setBigUint64(0, word, true);
  out[at] = bytes.getInt32(0, true);
  out[at + 1] = bytes.getInt32(4, true);
}
