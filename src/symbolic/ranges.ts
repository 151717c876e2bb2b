/**
 * The ranges of inputs.
 *
 * @module
 */

import type { InputRange } from "./claim.ts";

/** The widest input, in bits. */
const BITS_MAX = 256;

function bitsOf(bits: unknown): bigint {
  return typeof bits === "number" && Number.isInteger(bits) && bits >= 1 && bits <= BITS_MAX
    ? BigInt(bits)
    : 1n;
}

/** The signed integers of so many bits, 1 to 256; of any other width, those of 1. */
export function int(bits: number): InputRange {
  const half = 1n << (bitsOf(bits) - 1n);
  return { min: -half, max: half - 1n };
}

/** The unsigned integers of so many bits, 1 to 256; of any other width, those of 1. */
export function uint(bits: number): InputRange {
  return { min: 0n, max: (1n << bitsOf(bits)) - 1n };
}

/** The integers from `min` to `max`. */
export function range(min: number | bigint, max: number | bigint): InputRange {
  const whole = (value: unknown) =>
    typeof value === "bigint" ? value : Number.isInteger(value) ? BigInt(Number(value)) : 0n;
  return { min: whole(min), max: whole(max) };
}
