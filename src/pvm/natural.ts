/**
 * Naturals of variable length: 1 to 9 bytes for 0 to 2^64 - 1.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asU64, asUsize, U64 as u64 } from "../int/mod.ts";
import type { U64, Usize } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { Reader } from "./reader.ts";
import type { MalformedProgram } from "./reader.ts";

/** A natural, and how many bytes it took. */
export interface DecodedNatural {
  /** The natural. */
  readonly value: U64;
  /** How many bytes it took, 1 to 9. */
  readonly length: Usize;
}

/** The shortest form of a natural. */
export function naturalBytes(value: bigint): Uint8Array {
  let extra = 0;
  while (extra < 8 && value >= 1n << BigInt(7 * (extra + 1))) extra++;
  const bytes = new Uint8Array(1 + extra);
  for (let place = 0; place < extra; place++) {
    bytes[1 + place] = Number((value >> BigInt(8 * place)) & 0xffn);
  }
  bytes[0] = 256 - 2 ** (8 - extra) + Number(value >> BigInt(8 * extra));
  return bytes;
}

/**
 * Encodes a natural in its shortest form (Gray Paper, appendix C.1.3).
 *
 * @param value 0 to 2^64 - 1.
 * @returns 1 to 9 bytes. Fault: `invalid-argument`.
 *
 * @example One byte up to 127, then two
 * ```ts
 * import { encodeNatural } from "@ringfence/core/pvm";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(encodeNatural(127n), { ok: true, value: Uint8Array.of(0x7f) });
 * assertEquals(encodeNatural(128n), { ok: true, value: Uint8Array.of(0x80, 0x80) });
 * ```
 */
export function encodeNatural(value: bigint): Result<Uint8Array, InvalidArgument> {
  return u64.is(value)
    ? ok(naturalBytes(value))
    : invalidArgument("value", "a bigint from 0 to 2^64 - 1", value);
}

/**
 * Decodes the natural at the front of some bytes (Gray Paper, appendix C.1.3).
 *
 * @param bytes The bytes; those behind the natural are left alone.
 * @returns The natural and its length. Faults: `malformed-program` when it is cut short or not in
 * its shortest form; `invalid-argument`.
 */
export function decodeNatural(
  bytes: Uint8Array,
): Result<DecodedNatural, MalformedProgram | InvalidArgument> {
  const copy = copyBytes(bytes);
  if (copy === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
  const reader = new Reader(copy);
  const value = reader.natural64("natural");
  return reader.failure ?? ok({ value: asU64(value), length: asUsize(reader.offset) });
}
