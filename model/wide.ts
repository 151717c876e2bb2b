/**
 * 64-bit arithmetic on words: integers from 0 to 2^64 - 1.
 *
 * Wasm core 2.0, 4.3.2 (integer operations), and for division by zero and of the least integer by
 * -1, which trap there, Gray Paper, appendix A.5. A word read as signed is its `signed` value.
 *
 * @module
 */

const SIZE = 2n ** 64n;

/** The word congruent to an integer. */
function word(integer: bigint): bigint {
  const rest = integer % SIZE;
  return rest < 0n ? rest + SIZE : rest;
}

/** The signed value of the low `bits` bits of a word. */
function signedPart(a: bigint, bits: bigint): bigint {
  const part = a % 2n ** bits;
  return part < 2n ** (bits - 1n) ? part : part - 2n ** bits;
}

/** The signed value of a word. */
function signed(a: bigint): bigint {
  return signedPart(a, 64n);
}

/** The greatest integer not above a quotient by a power of two. */
function floorDivided(a: bigint, power: bigint): bigint {
  const rest = ((a % power) + power) % power;
  return (a - rest) / power;
}

/** The digits of a word in base `base`, least first; `count` of them. */
function digits(a: bigint, base: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, place) => (a / base ** BigInt(place)) % base);
}

/** The word with the given digits in base `base`, least first. */
function fromDigits(list: readonly bigint[], base: bigint): bigint {
  return list.reduceRight((sum, digit) => sum * base + digit, 0n);
}

/** How many digits come before the first one, or all of them. */
function zerosBeforeOne(bits: readonly bigint[]): number {
  const place = bits.indexOf(1n);
  return place < 0 ? bits.length : place;
}

/** The word with its bits moved up by `count` places, those that leave coming in below. */
function rotated(a: bigint, count: bigint): bigint {
  const moved = a * 2n ** (count % 64n);
  return word(moved) + floorDivided(moved, SIZE);
}

/** Operations on two words that give a word. */
export const BINARY = {
  add: (a: bigint, b: bigint): bigint => word(a + b),
  sub: (a: bigint, b: bigint): bigint => word(a - b),
  mul: (a: bigint, b: bigint): bigint => word(a * b),
  mulUpperUU: (a: bigint, b: bigint): bigint => word(floorDivided(a * b, SIZE)),
  mulUpperSS: (a: bigint, b: bigint): bigint => word(floorDivided(signed(a) * signed(b), SIZE)),
  mulUpperSU: (a: bigint, b: bigint): bigint => word(floorDivided(signed(a) * b, SIZE)),
  divU: (a: bigint, b: bigint): bigint => b === 0n ? SIZE - 1n : a / b,
  divS: (a: bigint, b: bigint): bigint => b === 0n ? SIZE - 1n : word(signed(a) / signed(b)),
  remU: (a: bigint, b: bigint): bigint => b === 0n ? a : a % b,
  remS: (a: bigint, b: bigint): bigint => b === 0n ? a : word(signed(a) % signed(b)),
} as const;

/** Operations on a word and a number of places, taken modulo 64. */
export const SHIFT = {
  shl: (a: bigint, count: bigint): bigint => word(a * 2n ** (count % 64n)),
  shrU: (a: bigint, count: bigint): bigint => floorDivided(a, 2n ** (count % 64n)),
  shrS: (a: bigint, count: bigint): bigint => word(floorDivided(signed(a), 2n ** (count % 64n))),
  rotl: (a: bigint, count: bigint): bigint => rotated(a, count),
  rotr: (a: bigint, count: bigint): bigint => rotated(a, 64n - (count % 64n)),
} as const;

/** Operations on one word that give a word. */
export const UNARY = {
  neg: (a: bigint): bigint => word(-a),
  byteSwap: (a: bigint): bigint => fromDigits(digits(a, 256n, 8).reverse(), 256n),
} as const;

/** Operations on the low half of a word that give a word. */
export const EXTEND = {
  extend8S: (a: bigint): bigint => word(signedPart(a, 8n)),
  extend16S: (a: bigint): bigint => word(signedPart(a, 16n)),
  extend32S: (a: bigint): bigint => word(signedPart(a, 32n)),
} as const;

/** Comparisons of two words. */
export const COMPARE = {
  eq: (a: bigint, b: bigint): boolean => a === b,
  ltU: (a: bigint, b: bigint): boolean => a < b,
  ltS: (a: bigint, b: bigint): boolean => signed(a) < signed(b),
} as const;

/** Counts of bits in a word. */
export const COUNT = {
  clz: (a: bigint): number => zerosBeforeOne(digits(a, 2n, 64).reverse()),
  ctz: (a: bigint): number => zerosBeforeOne(digits(a, 2n, 64)),
  popcnt: (a: bigint): number => digits(a, 2n, 64).filter((bit) => bit === 1n).length,
} as const;

/** The two halves of a word as signed 32-bit integers, low half first. */
export function halves(a: bigint): readonly [lo: number, hi: number] {
  return [Number(signedPart(a, 32n)), Number(signedPart(a / 2n ** 32n, 32n))];
}

/** The word that an integer of any size stands for. */
export function wordOf(integer: bigint): bigint {
  return word(integer);
}

/** A word read as signed. */
export function signedOf(a: bigint): bigint {
  return signed(a);
}
