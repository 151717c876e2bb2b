/**
 * Hashes: how a capability is named by its content, and the two hash functions of the kernel.
 *
 * @module
 */

import { blake2b } from "@noble/hashes/blake2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { byteLengthOf, copyBytes } from "../bytes.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";

/** 32 bytes as 64 lowercase hex digits: the name of a capability, or a link of an image chain. */
export type CapHash = string;

/** A hash in bytes. */
export const HASH_BYTES = 32;

const HEX = /^[0-9a-f]{64}$/;
const DIGITS: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => byte.toString(16).padStart(2, "0"),
);

/** Whether any value at all is a hash: text of 64 lowercase hex digits. */
export function isCapHash(value: unknown): value is CapHash {
  return typeof value === "string" && value.length === 64 && HEX.test(value);
}

/** The hash that 32 bytes hold. */
export function hashOfBytes(bytes: Uint8Array): CapHash {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte] ?? "";
  return text;
}

/** The 32 bytes of a hash. */
export function bytesOfHash(hash: CapHash): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++) bytes[i] = parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/**
 * The hash that 32 bytes hold, as the text by which the kernel names it.
 *
 * @param bytes A `Uint8Array` of 32 bytes.
 * @returns The hash. Errors: `invalid-argument`.
 */
export function capHashFromBytes(bytes: Uint8Array): Result<CapHash, InvalidArgument> {
  const copy = byteLengthOf(bytes) === HASH_BYTES ? copyBytes(bytes) : undefined;
  if (copy === undefined) return invalidArgument("bytes", "32 bytes", bytes);
  return ok(hashOfBytes(copy));
}

/**
 * The 32 bytes of a hash.
 *
 * @param hash A hash.
 * @returns Its bytes. Errors: `invalid-argument`.
 */
export function capHashToBytes(
  hash: CapHash,
): Result<Uint8Array<ArrayBuffer>, InvalidArgument> {
  if (!isCapHash(hash)) return invalidArgument("hash", "64 lowercase hex digits", hash);
  return ok(bytesOfHash(hash));
}

/** SHA-256: the hash of trees. */
export function sha256Of(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** Blake2b with 32 bytes: the hash of image chains and of the kernel's own labels. */
export function blake2b256(bytes: Uint8Array): CapHash {
  return hashOfBytes(blake2b(bytes, { dkLen: HASH_BYTES }));
}
