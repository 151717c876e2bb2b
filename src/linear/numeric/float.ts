/**
 * What single and double precision share: signs, ties, bits, and the one rounding of a 64-bit
 * integer to single precision.
 *
 * @module
 */

/**
 * Whether the sign is set. A NaN counts as positive: JavaScript leaves open what sign it has.
 */
export function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** The value with the sign of another. */
export function withSign(value: number, sign: number): number {
  return isNegative(sign) ? -Math.abs(value) : Math.abs(value);
}

/** From here on, in magnitude, double precision holds only whole numbers. */
const WHOLE_FROM = 2 ** 52;

/**
 * The nearest whole number, a tie to the even one.
 *
 * The addition leaves no digits for a fraction, so it rounds, as every addition does, to the
 * nearest and from a tie to the even. `Math.round` takes ties upwards instead.
 */
export function nearestWhole(value: number): number {
  const magnitude = Math.abs(value);
  return magnitude < WHOLE_FROM ? withSign(magnitude + WHOLE_FROM - WHOLE_FROM, value) : value;
}

/**
 * The integer `hi` × 2^32 + `lo` in single precision, rounded once.
 *
 * @param hi From -2^31 to 2^32 - 1: the reading of the high half decides that of the whole.
 * @param lo From 0 to 2^32 - 1.
 */
export function singleOf(hi: number, lo: number): number {
  if (hi >= -0x100000 && hi < 0x100000) return Math.fround(hi * 0x100000000 + lo);
  // Double precision holds the upper 48 bits exactly, but not all 64. Of the lower 16 it matters
  // only whether they are zero, and an odd last digit above them says so: it is no tie.
  const top = hi * 0x10000 + (lo >>> 16);
  const sticky = (lo & 0xffff) !== 0 && top % 2 === 0 ? top + 1 : top;
  return Math.fround(sticky) * 0x10000;
}

/** One place through which floats become bits and back. */
const scratch = new DataView(new ArrayBuffer(8));

/** The bits of the value in single precision; those of the canonical NaN for any NaN. */
export function singleBits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}

/** The value in single precision that has the low 32 of the given bits. */
export function singleOfBits(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}

/** The halves of the bits of a value; those of the canonical NaN for any NaN. */
export function doubleBits<T>(value: number, give: (lo: number, hi: number) => T): T {
  if (Number.isNaN(value)) return give(0, 0x7ff80000);
  scratch.setFloat64(0, value);
  return give(scratch.getInt32(4), scratch.getInt32(0));
}

/** The value whose bits have the given halves. */
export function doubleOfBits(lo: number, hi: number): number {
  scratch.setInt32(0, hi);
  scratch.setInt32(4, lo);
  return scratch.getFloat64(0);
}
