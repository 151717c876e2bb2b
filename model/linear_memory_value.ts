/**
 * How values stand in bytes (Wasm core 2.0, 4.2.1 and 4.3): integers, and floating-point numbers by
 * arithmetic on their exact value.
 *
 * @module
 */

/** A binary floating-point format (IEEE 754-2019, 3.4). */
export interface Format {
  /** The width of the exponent, in bits. */
  readonly exponentBits: bigint;
  /** The width of the fraction, in bits. */
  readonly fractionBits: bigint;
}

/** The 32-bit format of IEEE 754. */
export const FLOAT32: Format = { exponentBits: 8n, fractionBits: 23n };
/** The 64-bit format of IEEE 754. */
export const FLOAT64: Format = { exponentBits: 11n, fractionBits: 52n };

/** The number that bytes stand for, the least significant first: a fold from the last to the first. */
export function unsigned(bytes: readonly number[]): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

/** The number that bytes stand for in two's complement. */
export function signed(bytes: readonly number[]): bigint {
  const [value, count] = [unsigned(bytes), 256n ** BigInt(bytes.length)];
  return value * 2n < count ? value : value - count;
}

/** The low bytes of an integer of any sign, the least significant first. */
export function bytesOf(value: bigint, width: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (let place = 0; place < width; place++) {
    const byte = ((rest % 256n) + 256n) % 256n;
    bytes.push(Number(byte));
    rest = (rest - byte) / 256n;
  }
  return bytes;
}

/** The fields of a format: what one sign bit, the exponents and the fractions count up to. */
function fields(format: Format): { fractions: bigint; exponents: bigint; bias: bigint } {
  const exponents = 2n ** format.exponentBits;
  return { fractions: 2n ** format.fractionBits, exponents, bias: exponents / 2n - 1n };
}

/** The number that bits stand for; every NaN is the one NaN that a number can be. */
export function floatOf(bits: bigint, format: Format): number {
  const { fractions, exponents, bias } = fields(format);
  const fraction = bits % fractions;
  const exponent = (bits / fractions) % exponents;
  const sign = bits >= fractions * exponents ? -1 : 1;
  if (exponent === exponents - 1n) return fraction === 0n ? sign * Infinity : NaN;
  const whole = exponent === 0n ? fraction : fractions + fraction;
  const scale = (exponent === 0n ? 1n : exponent) - bias - format.fractionBits;
  return sign * Number(whole) * 2 ** Number(scale);
}

/** Nearest integer to `top / bottom`, ties to even; both are positive. */
function rounded(top: bigint, bottom: bigint): bigint {
  const [whole, twice] = [top / bottom, (top % bottom) * 2n];
  return twice > bottom || (twice === bottom && whole % 2n === 1n) ? whole + 1n : whole;
}

/** The bits of the nearest number of the format, ties to even; the canonical NaN for NaN. */
export function bitsOfFloat(value: number, format: Format): bigint {
  const { fractions, exponents, bias } = fields(format);
  const infinity = (exponents - 1n) * fractions;
  if (Number.isNaN(value)) return infinity + fractions / 2n;
  const sign = value < 0 || Object.is(value, -0) ? fractions * exponents : 0n;
  const size = Math.abs(value);
  if (size === 0) return sign;
  if (size === Infinity) return sign + infinity;
  // size = top / 2^shift exactly
  let [scaled, shift] = [size, 0n];
  while (!Number.isInteger(scaled)) [scaled, shift] = [scaled * 2, shift + 1n];
  const top = BigInt(scaled);
  // The exponent field of the greatest power of two in it; 1 is the least, and serves subnormals too.
  const natural = BigInt(top.toString(2).length) - 1n - shift + bias;
  const exponent = natural > 1n ? natural : 1n;
  const power = exponent - bias - format.fractionBits + shift;
  const whole = power >= 0n ? rounded(top, 2n ** power) : top * 2n ** (0n - power);
  // A leading one in `whole` adds 1 to the field, and a carry out of the rounding one more.
  const bits = (exponent - 1n) * fractions + whole;
  return sign + (bits < infinity ? bits : infinity);
}

/** A 32-bit operand of either sign; nothing for every other value. */
export function wordOf(value: unknown): bigint | undefined {
  if (typeof value !== "number" || !Number.isInteger(value) || Object.is(value, -0)) {
    return undefined;
  }
  const word = BigInt(value);
  return word >= -(2n ** 31n) && word < 2n ** 32n ? word : undefined;
}

/** A 64-bit operand of either sign; nothing for every other value. */
export function longOf(value: unknown): bigint | undefined {
  return typeof value === "bigint" && value >= -(2n ** 63n) && value < 2n ** 64n
    ? value
    : undefined;
}

/** A pair of 32-bit operands as one 64-bit value; the name of the first that is none. */
export function pairOf(low: unknown, high: unknown): bigint | "lo" | "hi" {
  const [lo, hi] = [wordOf(low), wordOf(high)];
  if (lo === undefined) return "lo";
  if (hi === undefined) return "hi";
  return unsigned([...bytesOf(lo, 4), ...bytesOf(hi, 4)]);
}

/**
 * The page size that an options argument asks for, or the name of what is wrong: the options, which
 * are no object or cannot be read, or the size in them, which is impossible.
 */
export function pageBytesOf(options: unknown): number | "options" | "pageSizeBytes" {
  if (options === undefined) return 65_536;
  if (typeof options !== "object" || options === null) return "options";
  try {
    const wanted = Reflect.get(options, "pageSizeBytes");
    if (wanted === undefined) return 65_536;
    const powers = Array.from({ length: 17 }, (_, power) => 2 ** power);
    return powers.find((power) => power === wanted) ?? "pageSizeBytes";
  } catch {
    return "options"; // its code threw: it cannot be read
  }
}
