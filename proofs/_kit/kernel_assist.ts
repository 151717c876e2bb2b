/** What the proofs of the assist share: the names of catchers. */

import { Buffer } from "node:buffer";
import { blake2b } from "@noble/hashes/blake2.js";

/** The name that bytes give: Blake2b with 32 bytes, in hex. */
export function naming(bytes: readonly number[]): string {
  return Buffer.from(blake2b(Uint8Array.from(bytes), { dkLen: 32 })).toString("hex");
}
