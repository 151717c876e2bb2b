/** Words in two halves: how proofs hand them to the implementation, and which ones they try. */

import { type Domain, domain } from "../../src/proof/mod.ts";
import * as model from "../../model/wide.ts";

/** How many halves there are. */
const HALF = 2n ** 32n;

/** Two words. */
export interface Pair {
  readonly a: bigint;
  readonly b: bigint;
}

/** The halves of a word as int32s, low half first. */
export const SIGNED: (word: bigint) => readonly [lo: number, hi: number] = model.halves;

/** The halves of a word as uint32s, low half first. */
export function UNSIGNED(word: bigint): readonly [lo: number, hi: number] {
  return [Number(word % HALF), Number(word / HALF)];
}

/** What the cells around a result hold before and after. */
const UNTOUCHED = 0x5a5a5a5a;

/** Where calls write. */
const out = new Int32Array(4);

/** The word that a call writes, or how it wrote something else than two cells. */
export function resultOf(call: (out: Int32Array, at: number) => void): bigint | string {
  out.fill(UNTOUCHED);
  call(out, 1);
  if (out[0] !== UNTOUCHED || out[3] !== UNTOUCHED) return "a write beside the result";
  const [, lo = 0, hi = 0] = out;
  return BigInt(hi >>> 0) * HALF + BigInt(lo >>> 0);
}

/** Every pair of bytes, sign-extended to words. */
export const bytePairs: Domain<Pair> = domain.map(
  domain.product({ a: domain.bigRange(-128n, 127n), b: domain.bigRange(-128n, 127n) }),
  ({ a, b }) => ({ a: model.wordOf(a), b: model.wordOf(b) }),
);

/** Halves at which carries, signs and the exactness of floats turn over. */
const HALVES = domain.of(
  0n,
  1n,
  2n,
  0xffffn,
  0x10000n,
  0x1fffffn,
  0x200000n,
  0x7fffffffn,
  0x80000000n,
  0x80000001n,
  0xc0000000n,
  0xfffffffen,
  0xffffffffn,
);

/** Every word of two edge halves. */
export const edgeWords: Domain<bigint> = domain.map(
  domain.product({ hi: HALVES, lo: HALVES }),
  ({ hi, lo }) => hi * HALF + lo,
);

/** Every pair of words of edge halves. */
export const edgePairs: Domain<Pair> = domain.product({ a: edgeWords, b: edgeWords });
