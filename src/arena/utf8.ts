/**
 * Strings of the guest: UTF-8, lossy or strict.
 *
 * A byte order mark is text like any other (U+FEFF) and stays.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ArenaAllocationFailed, InvalidUtf8, TooLong } from "./errors.ts";
import { allocating } from "./store.ts";

/**
 * The most bytes that are read as one string: 2^28 - 16, what a string holds on every engine, for
 * n bytes decode to n UTF-16 code units at most.
 */
export const STRING_BYTES_MAX = 268_435_440;

const lossy = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
const encoder = new TextEncoder();

/** The error for bytes that are more than one string takes, if they are. */
export function tooLong(lengthBytes: number, limitBytes: number): TooLong | undefined {
  return lengthBytes > limitBytes ? { kind: "too-long", lengthBytes, limitBytes } : undefined;
}

/** The range that the second byte of a sequence must lie in, by its first byte. */
function secondByteRange(lead: number): readonly [lo: number, hi: number] {
  switch (lead) {
    case 0xe0:
      return [0xa0, 0xbf]; // below: the code point fits two bytes
    case 0xed:
      return [0x80, 0x9f]; // above: a surrogate
    case 0xf0:
      return [0x90, 0xbf]; // below: the code point fits three bytes
    case 0xf4:
      return [0x80, 0x8f]; // above: beyond U+10FFFF
    default:
      return [0x80, 0xbf];
  }
}

/** How many bytes a sequence has, by its first byte; 0 where none begins with it. */
function lengthByLead(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** Whether a well-formed sequence of `length` bytes stands at `at` (Unicode 15, table 3-7). */
function isWellFormed(bytes: Uint8Array, at: number, length: number): boolean {
  const [lo, hi] = secondByteRange(bytes[at] ?? 0);
  for (let place = 1; place < length; place++) {
    const byte = bytes[at + place] ?? 0; // the end of the bytes continues nothing
    if (place === 1 ? byte < lo || byte > hi : byte < 0x80 || byte > 0xbf) return false;
  }
  return true;
}

/** Where the first ill-formed sequence begins: the length when there is none. */
function illFormedAt(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = lengthByLead(bytes[at] ?? 0);
    if (length === 0 || !isWellFormed(bytes, at, length)) return at;
    at += length;
  }
  return at;
}

/** Decodes bytes, at most {@link STRING_BYTES_MAX}, with U+FFFD for each ill-formed piece. */
export function decodeLossy(bytes: Uint8Array): string {
  return lossy.decode(bytes);
}

/** Decodes bytes, at most {@link STRING_BYTES_MAX}, or says where they are ill-formed. */
export function decodeStrict(bytes: Uint8Array): Result<string, InvalidUtf8> {
  try {
    return ok(strict.decode(bytes));
  } catch {
    return err({ kind: "invalid-utf8", position: illFormedAt(bytes) });
  }
}

/** Encodes a string: U+FFFD for a surrogate without its partner, three bytes a code unit at most. */
export function encodeUtf8(text: string): Result<Uint8Array<ArrayBuffer>, ArenaAllocationFailed> {
  return allocating(3 * text.length, () => encoder.encode(text));
}
