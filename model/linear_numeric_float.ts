/**
 * The reference model of floating-point values: exact numbers in bigint, and the one place where
 * they are rounded (Wasm core 2.0, 2.2.3 and 4.3.3). Nothing here relies on the engine's rounding.
 *
 * @module
 */

/** A binary floating-point format of IEEE 754, by the widths of its fields, in bits. */
export interface Format {
  /** The width of the fraction. */
  readonly mantissaBits: bigint;
  /** The width of the exponent. */
  readonly exponentBits: bigint;
}

/** Single precision. */
export const F32: Format = { mantissaBits: 23n, exponentBits: 8n };
/** Double precision. */
export const F64: Format = { mantissaBits: 52n, exponentBits: 11n };

/** A value: finite ones are `significand` × 2^`exponent` exactly, negated when `negative`. */
export type Float =
  | { readonly kind: "nan" }
  | { readonly kind: "infinity"; readonly negative: boolean }
  | {
    readonly kind: "finite";
    readonly negative: boolean;
    readonly significand: bigint;
    readonly exponent: bigint;
  };

/** The value that is no number; as a JavaScript number it has neither sign nor payload. */
export const NAN: Float = { kind: "nan" };

/** A finite value. */
export function finite(negative: boolean, significand: bigint, exponent: bigint): Float {
  return { kind: "finite", negative, significand, exponent };
}

/** The value of a whole number, exactly. */
export function ofInteger(i: bigint): Float {
  return finite(i < 0n, i < 0n ? -i : i, 0n);
}

/** The exponent of the leading digit of the largest finite values: 127 for single precision. */
function biasOf(format: Format): bigint {
  return 2n ** (format.exponentBits - 1n) - 1n;
}

/** The exponent of the least value above zero: -149 for single precision. */
export function leastExponent(format: Format): bigint {
  return 1n - biasOf(format) - format.mantissaBits;
}

/** A quotient of whole numbers rounded to a whole number, a tie to the even one. */
export function nearestInteger(dividend: bigint, divisor: bigint): bigint {
  const below = dividend / divisor;
  const twiceRest = 2n * (dividend - below * divisor);
  const up = twiceRest > divisor || (twiceRest === divisor && below % 2n === 1n);
  return up ? below + 1n : below;
}

/** How many times 2^unit goes into significand × 2^exponent, as a fraction of whole numbers. */
export function inUnits(significand: bigint, exponent: bigint, unit: bigint): [bigint, bigint] {
  return exponent >= unit
    ? [significand * 2n ** (exponent - unit), 1n]
    : [significand, 2n ** (unit - exponent)];
}

/** The nearest value of a format, a tie to the one with an even significand. */
export function round(format: Format, float: Float): Float {
  if (float.kind !== "finite") return float;
  const { negative, significand, exponent } = float;
  const length = BigInt(significand.toString(2).length);
  const finest = exponent + length - 1n - format.mantissaBits;
  const unit = finest > leastExponent(format) ? finest : leastExponent(format);
  const count = nearestInteger(...inUnits(significand, exponent, unit));
  const end = inUnits(1n, biasOf(format) + 1n, unit)[0];
  return count >= end ? { kind: "infinity", negative } : finite(negative, count, unit);
}

/** Decodes a JavaScript number: doubling a fraction is exact, and ends at a whole number. */
export function ofNumber(x: number): Float {
  if (Number.isNaN(x)) return NAN;
  const negative = x < 0 || Object.is(x, -0);
  let magnitude = negative ? -x : x;
  if (magnitude === Infinity) return { kind: "infinity", negative };
  let doublings = 0;
  while (!Number.isInteger(magnitude)) {
    magnitude = magnitude * 2;
    doublings = doublings + 1;
  }
  return finite(negative, BigInt(magnitude), BigInt(-doublings));
}

/** The JavaScript number of a value that double precision holds: each halving is then exact. */
export function toNumber(float: Float): number {
  if (float.kind === "nan") return NaN;
  const sign = float.negative ? -1 : 1;
  if (float.kind === "infinity") return sign * Infinity;
  const { significand, exponent } = float;
  if (exponent >= 0n) return sign * Number(significand * 2n ** exponent);
  let magnitude = Number(significand);
  for (let halvings = Number(-exponent); halvings > 0; halvings--) magnitude = magnitude / 2;
  return sign * magnitude;
}

/** The value whose fields are in some bits. */
export function ofBits(format: Format, bits: bigint): Float {
  const mantissa = bits % 2n ** format.mantissaBits;
  const rest = bits / 2n ** format.mantissaBits;
  const exponent = rest % 2n ** format.exponentBits;
  const negative = rest / 2n ** format.exponentBits % 2n === 1n;
  if (exponent === 2n ** format.exponentBits - 1n) {
    return mantissa === 0n ? { kind: "infinity", negative } : NAN;
  }
  return exponent === 0n
    ? finite(negative, mantissa, leastExponent(format))
    : finite(negative, 2n ** format.mantissaBits + mantissa, leastExponent(format) + exponent - 1n);
}

/** The bits of a value that the format holds; those of the canonical NaN for a NaN. */
export function toBits(format: Format, float: Float): bigint {
  const { mantissaBits, exponentBits } = format;
  const top = (2n ** exponentBits - 1n) * 2n ** mantissaBits;
  if (float.kind === "nan") return top + 2n ** (mantissaBits - 1n);
  const sign = float.negative ? 2n ** (mantissaBits + exponentBits) : 0n;
  if (float.kind === "infinity") return sign + top;
  const exact = round(format, float);
  if (exact.kind !== "finite" || exact.significand === 0n) return sign;
  // A normal significand has one digit more than the field: it carries into the exponent.
  const exponent = exact.exponent - leastExponent(format);
  return sign + exponent * 2n ** mantissaBits + exact.significand;
}
