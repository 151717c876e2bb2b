/**
 * Merkle trees of 32-byte chunks with SHA-256, as SSZ builds them.
 *
 * @module
 */

import { HASH_BYTES, sha256Of } from "../hash.ts";

/** The deepest tree: one over 2^32 elements. */
const DEPTH_MAX = 32;

/** The hash of two hashes. */
export function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(2 * HASH_BYTES);
  both.set(left);
  both.set(right, HASH_BYTES);
  return sha256Of(both);
}

const ZERO = new Uint8Array(HASH_BYTES);

/** The roots of the trees of zeros, by depth. */
const ZEROS: readonly Uint8Array[] = zeroRoots();

function zeroRoots(): Uint8Array[] {
  const roots: Uint8Array[] = [ZERO];
  let root: Uint8Array = ZERO;
  for (let depth = 1; depth <= DEPTH_MAX; depth++) {
    root = hashPair(root, root);
    roots.push(root);
  }
  return roots;
}

/** The root of a tree of zeros of depth 0 to 32. */
export function zeroHash(depth: number): Uint8Array {
  return ZEROS[depth] ?? ZERO;
}

/** The least depth whose tree has that many leaves. */
export function depthFor(leaves: number): number {
  let depth = 0;
  while (2 ** depth < leaves) depth++;
  return depth;
}

/**
 * The root of a tree whose first leaves are the given chunks and whose others are zeros.
 *
 * @param chunks Whole chunks, one after the other; used up.
 * @param depth The depth: the tree has room for all chunks.
 */
export function merkleize(chunks: Uint8Array, depth: number): Uint8Array {
  let count = chunks.length / HASH_BYTES;
  if (count === 0) return zeroHash(depth);
  for (let level = 0; level < depth; level++) {
    const pairs = Math.ceil(count / 2);
    for (let pair = 0; pair < pairs; pair++) {
      const at = 2 * pair * HASH_BYTES;
      const parent = 2 * pair + 1 < count
        ? sha256Of(chunks.subarray(at, at + 2 * HASH_BYTES))
        : hashPair(chunks.subarray(at, at + HASH_BYTES), zeroHash(level));
      chunks.set(parent, pair * HASH_BYTES);
    }
    count = pairs;
  }
  return chunks.slice(0, HASH_BYTES);
}

/** Bytes in whole chunks, the last one filled with zeros. */
export function pack(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = new Uint8Array(Math.ceil(bytes.length / HASH_BYTES) * HASH_BYTES);
  chunks.set(bytes);
  return chunks;
}

/** Roots one after the other, as chunks. */
export function chunksOf(roots: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const chunks = new Uint8Array(roots.length * HASH_BYTES);
  for (const [index, root] of roots.entries()) chunks.set(root, index * HASH_BYTES);
  return chunks;
}

/** A root with a number hashed in: the length of a list or the selector of a union, below 2^53. */
export function mixIn(root: Uint8Array, number: number): Uint8Array {
  const chunk = new Uint8Array(HASH_BYTES);
  new DataView(chunk.buffer).setBigUint64(0, BigInt(number), true);
  return hashPair(root, chunk);
}
