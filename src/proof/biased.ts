/**
 * Arbitraries that try the edges as often as everything between them.
 *
 * @example The edges of a byte turn up
 * ```ts
 * import { biased } from "@ringfence/core/proof";
 * import { assert } from "@std/assert";
 * import fc from "fast-check";
 *
 * assert(fc.sample(biased.unsigned(8), 200).includes(255n));
 * ```
 *
 * @module
 */

import {
  type Arbitrary,
  array,
  bigInt,
  constantFrom,
  integer,
  maxSafeInteger,
  oneof,
  uint8Array,
} from "fast-check";

/** Powers of two and their neighbours, which are the ends of a range too: where arithmetic fails. */
function edges(min: bigint, max: bigint, bits: number): bigint[] {
  const found = new Set<bigint>();
  for (let bit = 0n; bit <= BigInt(bits); bit++) {
    const power = 1n << bit;
    for (const value of [power - 1n, power, power + 1n]) {
      found.add(value);
      found.add(-value);
    }
  }
  return [...found].filter((value) => value >= min && value <= max);
}

function between(min: bigint, max: bigint, bits: number): Arbitrary<bigint> {
  return oneof(constantFrom(...edges(min, max, bits)), bigInt({ min, max }));
}

/** A width in bits made sane: a whole number from 1 to 4096. */
function width(bits: number): number {
  return Number.isInteger(bits) ? Math.min(Math.max(bits, 1), 4096) : 64;
}

/** The longest byte strings that are drawn. */
const BYTES_MAX = 2 ** 16;

/** Unsigned integers of `bits` bits (1 to 4096), as bigints. */
export function unsigned(bits: number): Arbitrary<bigint> {
  const w = width(bits);
  return between(0n, (1n << BigInt(w)) - 1n, w);
}

/** Signed integers of `bits` bits (1 to 4096), as bigints. */
export function signed(bits: number): Arbitrary<bigint> {
  const w = width(bits);
  const half = 1n << BigInt(w - 1);
  return between(-half, half - 1n, w);
}

/** Integers from 0 to 2^32 - 1, as numbers. */
export function u32(): Arbitrary<number> {
  return unsigned(32).map(Number);
}

/** Integers from -2^31 to 2^31 - 1, as numbers. */
export function i32(): Arbitrary<number> {
  return signed(32).map(Number);
}

/**
 * Offsets into `sizeBytes` bytes, biased to both sides of each end, with the far offsets that
 * overflow a 32-bit or a 53-bit sum.
 */
export function index(sizeBytes: number): Arbitrary<number> {
  const size = Number.isSafeInteger(sizeBytes) && sizeBytes > 0 ? sizeBytes : 0;
  const near: number[] = [];
  for (let delta = -9; delta <= 9; delta++) near.push(size + delta);
  const far = [2 ** 31, 2 ** 32, 2 ** 53].flatMap((edge) => [edge - 8, edge - 4, edge - 1, edge]);
  return oneof(
    { weight: 4, arbitrary: integer({ min: 0, max: Math.min(size, 2 ** 31 - 1) }) },
    { weight: 3, arbitrary: constantFrom(...near.filter((value) => value >= 0)) },
    { weight: 1, arbitrary: constantFrom(...far) },
    { weight: 1, arbitrary: maxSafeInteger().map(Math.abs) },
  );
}

/** Byte strings of 0 to `lengthMax` bytes (0 to 2^16), often of edge bytes. */
export function bytes(lengthMax: number): Arbitrary<Uint8Array> {
  const maxLength = Number.isInteger(lengthMax) ? Math.min(Math.max(lengthMax, 0), BYTES_MAX) : 0;
  return oneof(
    uint8Array({ maxLength, size: "max" }),
    array(constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff), { maxLength, size: "max" }).map((list) =>
      Uint8Array.from(list)
    ),
  );
}
