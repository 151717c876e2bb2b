/** The hashes that the model of the kernel in mode v3 works with, remembered. */

import { blake2b } from "@noble/hashes/blake2.js";
import { type Hashes, hashOf } from "../../model/kernel_v3_hash.ts";
import type { Cap } from "../../model/kernel_v3_values.ts";
import * as kernel from "../../src/kernel/mod.ts";
import { sha, valueOf } from "./kernel.ts";
import { realOf } from "./kernel_v3_real.ts";

const known = new WeakMap<Cap, string>();

/**
 * The hash functions. The hash of a value is the one that the kernel's capability has: other proofs
 * show that it is the model's, which takes far longer; {@link modelHash} is that one.
 */
export const HASHES: Hashes = {
  sha,
  blake: (bytes) => [...blake2b(Uint8Array.from(bytes), { dkLen: 32 })],
  of(cap) {
    if (cap.is === "absent") return cap.hash;
    const before = known.get(cap);
    if (before !== undefined) return before;
    const hash = valueOf(kernel.capHash(realOf(kernel, cap)));
    known.set(cap, hash);
    return hash;
  },
};

/** The hash of a value as the model takes it, from its encoding alone. */
export function modelHash(cap: Cap): string {
  const taken = new Map<Cap, string>();
  const hashes: Hashes = {
    ...HASHES,
    of(part) {
      const hash = taken.get(part) ?? hashOf(hashes, part);
      taken.set(part, hash);
      return hash;
    },
  };
  return hashes.of(cap);
}
