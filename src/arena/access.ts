/**
 * Ranges of bytes in a store, by the pointers and lengths that guests give.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import { byteLengthOf, copyBytes } from "../bytes.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { AccessError, MemoryFailed, OutsideMemory, TooLong } from "./errors.ts";
import { WORD, wordOf, wordsOf } from "./packed.ts";
import type { Store } from "./store.ts";
import { STRING_BYTES_MAX, tooLong } from "./utf8.ts";

/** What a `Uint8Array` parameter takes. */
export const BYTES = "a Uint8Array";

/** The error for a range that is not wholly inside the store, if there is one. */
function outside(
  store: Store,
  pointer: number,
  lengthBytes: number,
): OutsideMemory | MemoryFailed | undefined {
  if (lengthBytes === 0) return undefined; // no bytes are nowhere
  const sizeBytes = store.sizeBytes();
  if (typeof sizeBytes !== "number") return sizeBytes;
  return lengthBytes > sizeBytes - pointer
    ? { kind: "outside-memory", pointer, lengthBytes, sizeBytes }
    : undefined;
}

/** Copies bytes out. */
export function readAt(
  store: Store,
  ptr: unknown,
  len: unknown,
): Result<Uint8Array<ArrayBuffer>, AccessError> {
  const words = wordsOf("ptr", ptr, "len", len);
  if (!words.ok) return words;
  const [pointer, length] = words.value;
  const refused = outside(store, pointer, length);
  if (refused !== undefined) return err(refused);
  return length === 0 ? ok(new Uint8Array(0)) : store.read(pointer, length);
}

/** Copies bytes out that are to become one string. */
export function readTextAt(
  store: Store,
  ptr: unknown,
  len: unknown,
): Result<Uint8Array<ArrayBuffer>, AccessError | TooLong> {
  const words = wordsOf("ptr", ptr, "len", len);
  if (!words.ok) return words;
  const long = tooLong(words.value[1], STRING_BYTES_MAX);
  return long === undefined ? readAt(store, ptr, len) : err(long);
}

/** Nothing to write: a success, unless the array has no length because it is detached. */
export function emptyIfReadable(bytes: Uint8Array): Result<undefined, never> | undefined {
  return copyBytes(bytes) === undefined ? undefined : ok(undefined);
}

/** Copies bytes in: all of them, or none. */
export function writeAt(
  store: Store,
  ptr: unknown,
  bytes: Uint8Array,
): Result<undefined, AccessError> {
  const pointer = wordOf(ptr);
  if (pointer === undefined) return invalidArgument("ptr", WORD, ptr);
  const lengthBytes = byteLengthOf(bytes);
  if (lengthBytes === undefined) return invalidArgument("bytes", BYTES, bytes);
  const refused = outside(store, pointer, lengthBytes);
  if (refused !== undefined) return err(refused);
  const written = lengthBytes === 0
    ? emptyIfReadable(bytes)
    : store.write(pointer, lengthBytes, bytes);
  return written ?? invalidArgument("bytes", BYTES, bytes);
}
