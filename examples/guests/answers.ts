/**
 * What the guests have to give, computed by the host in other ways than theirs: trial division where
 * they sieve, the sort of the platform where they build a heap, bits where they use a table.
 */

import { blake2b } from "@noble/hashes/blake2.js";
import type { GuestName } from "./source.ts";

/** What a guest gives for its arguments; nothing when it has to panic. */
export type Answer = (args: Uint8Array) => Uint8Array | undefined;

/** More than this many bytes of memory a guest does not get. */
const ROOM = 2 ** 29;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isPrime(candidate: number, smaller: readonly number[]): boolean {
  for (const prime of smaller) {
    if (prime * prime > candidate) return true;
    if (candidate % prime === 0) return false;
  }
  return true;
}

function primesBelow(args: Uint8Array): Uint8Array | undefined {
  if (args.length !== 4) return undefined;
  const limit = viewOf(args).getUint32(0, true);
  if (limit > ROOM) return undefined;
  const primes: number[] = [];
  for (let candidate = 2; candidate < limit; candidate++) {
    if (isPrime(candidate, primes)) primes.push(candidate);
  }
  const bytes = new Uint8Array(4 * primes.length);
  primes.forEach((prime, place) => viewOf(bytes).setUint32(4 * place, prime, true));
  return bytes;
}

function sorted(args: Uint8Array): Uint8Array | undefined {
  if (args.length % 8 !== 0) return undefined;
  const count = args.length / 8;
  const numbers = Array.from(
    { length: count },
    (_, place) => viewOf(args).getBigUint64(8 * place, true),
  );
  numbers.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const bytes = new Uint8Array(args.length);
  numbers.forEach((number, place) => viewOf(bytes).setBigUint64(8 * place, number, true));
  return bytes;
}

/** The next generation of a board, each live cell telling its neighbours of itself. */
function nextGeneration(board: Uint8Array, width: number, height: number): Uint8Array {
  const neighbours = new Uint8Array(board.length);
  for (let place = 0; place < board.length; place++) {
    if (board[place] === 0) continue;
    for (const [across, down] of [[-1, -1], [0, -1], [1, -1], [-1, 0]] as const) {
      for (const sign of [1, -1]) {
        const x = (place % width + sign * across + width) % width;
        const y = (Math.floor(place / width) + sign * down + height) % height;
        neighbours[y * width + x] = (neighbours[y * width + x] ?? 0) + 1;
      }
    }
  }
  return board.map((alive, place) => {
    const count = neighbours[place];
    return count === 3 || (count === 2 && alive === 1) ? 1 : 0;
  });
}

function lifeOf(args: Uint8Array): Uint8Array | undefined {
  const [width = 0, height = 0, low = 0, high = 0] = args;
  if (args.length < 4 || args.length !== 4 + width * height) return undefined;
  let board: Uint8Array = args.slice(4);
  for (let age = low + 256 * high; age > 0; age--) board = nextGeneration(board, width, height);
  return board;
}

function crc32(args: Uint8Array): Uint8Array {
  let sum = -1;
  for (const byte of args) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb8_8320 : 0);
  }
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, ~sum >>> 0);
  return bytes;
}

/** The answers of all guests. */
export const ANSWERS: Readonly<Record<GuestName, Answer>> = {
  sieve: primesBelow,
  sort_u64: sorted,
  life: lifeOf,
  crc32,
  blake2b: (args) => blake2b(args, { dkLen: 32 }),
};
