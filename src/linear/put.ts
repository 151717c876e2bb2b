/**
 * How numbers and bigints are written where a `DataView` alone would leave something open.
 *
 * @module
 */

// The engine may write any NaN for a NaN; as bits, each memory gets the same one on every engine.

/** Writes a number as 32 bits, NaN as the canonical one. */
export function putFloat32(view: DataView, offset: number, value: number): void {
  if (Number.isNaN(value)) view.setInt32(offset, 0x7fc0_0000, true);
  else view.setFloat32(offset, value, true);
}

/** Writes a number as 64 bits, NaN as the canonical one. */
export function putFloat64(view: DataView, offset: number, value: number): void {
  if (Number.isNaN(value)) putHalves(view, offset, 0, 0x7ff8_0000);
  else view.setFloat64(offset, value, true);
}

/** Writes 64 bits as two halves. */
export function putHalves(view: DataView, offset: number, lo: number, hi: number): void {
  view.setInt32(offset, lo, true);
  view.setInt32(offset + 4, hi, true);
}

/** The low 32 bits of a bigint. */
export function lowWord(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}
