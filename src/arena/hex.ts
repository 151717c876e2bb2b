/**
 * Hexadecimal text and the bytes it stands for.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { byteLengthOf, copyBytes } from "../bytes.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ArenaAllocationFailed, BadDigit, OddLength, TooLong } from "./errors.ts";
import { allocating } from "./store.ts";
import { decodeLossy, tooLong } from "./utf8.ts";

const DIGITS = "0123456789abcdef";

/** The most bytes whose digits one string holds on every engine. */
const BYTES_MAX = 2 ** 27;

/** The text of the digits of bytes, each digit first written as the byte of its character. */
function digitsOf(bytes: Uint8Array): string {
  const digits = new Uint8Array(2 * bytes.length);
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] ?? 0;
    digits[2 * place] = DIGITS.charCodeAt(byte >> 4);
    digits[2 * place + 1] = DIGITS.charCodeAt(byte & 15);
  }
  return decodeLossy(digits);
}

/** The value of a digit by its character code, or -1. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20; // both cases
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}

/**
 * Decodes hexadecimal digits in either case. Nothing is ever guessed: there are all the bytes, or none.
 *
 * @param hex The digits, two for each byte; the empty string gives no bytes.
 * @returns The bytes. Errors: `invalid-argument` for what is no string; `odd-length`; `bad-digit`
 *   with the position of the first; `allocation-failed`.
 *
 * Spec: guest arena ABI, `hexDecode`.
 *
 * @example A key, and a corrupted one
 * ```ts
 * import { hexDecode } from "@ringfence/core/arena";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hexDecode("DEadbeEF"), {
 *   ok: true,
 *   value: Uint8Array.of(0xde, 0xad, 0xbe, 0xef),
 * });
 * assertEquals(hexDecode("0g"), { ok: false, error: { kind: "bad-digit", position: 1 } });
 * ```
 */
export function hexDecode(
  hex: string,
): Result<Uint8Array<ArrayBuffer>, InvalidArgument | OddLength | BadDigit | ArenaAllocationFailed> {
  if (typeof hex !== "string") return invalidArgument("hex", "a string", hex);
  const lengthCharacters = hex.length;
  if (lengthCharacters % 2 !== 0) return err({ kind: "odd-length", lengthCharacters });
  const made = allocating(lengthCharacters / 2, () => new Uint8Array(lengthCharacters / 2));
  if (!made.ok) return made;
  const bytes = made.value;
  for (let place = 0; place < bytes.length; place++) {
    const high = digitOf(hex.charCodeAt(2 * place));
    const low = digitOf(hex.charCodeAt(2 * place + 1));
    if (high < 0) return err({ kind: "bad-digit", position: 2 * place });
    if (low < 0) return err({ kind: "bad-digit", position: 2 * place + 1 });
    bytes[place] = 16 * high + low;
  }
  return ok(bytes);
}

/**
 * Encodes bytes as hexadecimal digits in lower case: {@link hexDecode} inverts it.
 *
 * @param bytes At most 2^27 bytes.
 * @returns Two digits for each byte. Errors: `invalid-argument` for what is no `Uint8Array` or is
 *   detached; `too-long`; `allocation-failed`.
 *
 * Spec: guest arena ABI, `hexDecode`.
 *
 * @example Two bytes
 * ```ts
 * import { hexEncode } from "@ringfence/core/arena";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(hexEncode(Uint8Array.of(0x0a, 0xff)), { ok: true, value: "0aff" });
 * ```
 */
export function hexEncode(
  bytes: Uint8Array,
): Result<string, InvalidArgument | TooLong | ArenaAllocationFailed> {
  const long = tooLong(byteLengthOf(bytes) ?? 0, BYTES_MAX);
  if (long !== undefined) return err(long);
  const copy = copyBytes(bytes);
  if (copy === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
  return allocating(2 * copy.length, () => digitsOf(copy));
}
