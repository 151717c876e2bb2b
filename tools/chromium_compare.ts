/** Comparing bytes in a browser: what `Buffer.compare` of Node does in an instant. */

import { Buffer } from "node:buffer";

/** The bytes as words of 32 bits, where they lie so; nothing else. */
function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array | undefined {
  if (byteOffset % 4 !== 0) return undefined;
  return new Int32Array(buffer, byteOffset, Math.floor(byteLength / 4));
}

/** The first place where bytes may differ, found by words. */
function firstDoubt(left: Uint8Array, right: Uint8Array): number {
  const [mine, theirs] = [wordsOf(left), wordsOf(right)];
  if (mine === undefined || theirs === undefined) return 0;
  const end = Math.min(mine.length, theirs.length);
  let place = 0;
  while (place < end && mine[place] === theirs[place]) place++;
  return place * 4;
}

/** The order of bytes, as `Buffer.compare` gives it. */
export function compareBytes(left: Uint8Array, right: Uint8Array): -1 | 0 | 1 {
  const end = Math.min(left.length, right.length);
  for (let place = firstDoubt(left, right); place < end; place++) {
    const [mine = 0, theirs = 0] = [left[place], right[place]];
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1;
}

/** Has `Buffer.compare` of the package that stands for Node's go by words: it copies, and goes by bytes. */
export function compareByWords(): void {
  Buffer.compare = compareBytes;
}
