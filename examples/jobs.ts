/** What the demo gives its guests to do, and how it speaks of what they give. */

import type { GuestName } from "./guests/source.ts";

/** A guest at work. */
export interface Job {
  readonly guest: GuestName;
  /** Its argument bytes. */
  readonly args: Uint8Array;
  /** What it gives, in words. */
  readonly describe: (result: Uint8Array) => string;
}

const PRIMES_BELOW = 1_000_000;
const NUMBERS = 40_000;
const BOARD = { width: 64, height: 48, generations: 200 };
const CRC_BYTES = 1 << 20;
const BLAKE_BYTES = 300_000;

/** Bytes that look random and are always the same (xorshift). */
function noise(length: number): Uint8Array {
  let state = 0x9e37_79b9;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

function limitBytes(limit: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, limit, true);
  return bytes;
}

function boardBytes({ width, height, generations }: typeof BOARD): Uint8Array {
  const cells = noise(width * height).map((byte) => byte & 1);
  return Uint8Array.of(width, height, generations & 0xff, generations >> 8, ...cells);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The jobs of the demo. */
export const JOBS: readonly Job[] = [
  {
    guest: "sieve",
    args: limitBytes(PRIMES_BELOW),
    describe: (result) => `${count(result.length / 4)} primes below ${count(PRIMES_BELOW)}`,
  },
  {
    guest: "sort_u64",
    args: noise(8 * NUMBERS),
    describe: (result) => `${count(result.length / 8)} numbers in order`,
  },
  {
    guest: "life",
    args: boardBytes(BOARD),
    describe: (result) =>
      `${
        count(result.filter((cell) => cell === 1).length)
      } cells alive in generation ${BOARD.generations}`,
  },
  {
    guest: "crc32",
    args: noise(CRC_BYTES),
    describe: (result) => `${hex(result)} of ${count(CRC_BYTES)} bytes`,
  },
  {
    guest: "blake2b",
    args: noise(BLAKE_BYTES),
    describe: (result) => `${hex(result).slice(0, 16)}… of ${count(BLAKE_BYTES)} bytes`,
  },
];
