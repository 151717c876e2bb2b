/**
 * Pointer and length in one 64-bit value, as guest functions return them.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32, asU64 } from "../int/mod.ts";
import type { U32, U64 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";

/** A pointer into the guest's memory, and a length in bytes. */
export interface PtrLen {
  /** Where the bytes begin. */
  readonly ptr: U32;
  /** How many bytes there are. */
  readonly len: U32;
}

/** A 64-bit value as two 32-bit halves. */
export interface PackedHalves {
  /** Bits 0 to 31: the length. */
  readonly lo: U32;
  /** Bits 32 to 63: the pointer. */
  readonly hi: U32;
}

/** What {@link wordOf} takes. */
export const WORD = "an integer from -2^31 to 2^32 - 1";

/**
 * The 32-bit word that an argument stands for, or nothing. Signed or unsigned: an engine hands an
 * i32 over as a signed number.
 */
export function wordOf(value: unknown): U32 | undefined {
  if (typeof value !== "number" || !Number.isInteger(value) || Object.is(value, -0)) {
    return undefined;
  }
  return value >= -(2 ** 31) && value < 2 ** 32 ? asU32(value >>> 0) : undefined;
}

/** Two arguments as words, or the error for the first that is none. */
export function wordsOf(
  firstName: string,
  first: unknown,
  secondName: string,
  second: unknown,
): Result<readonly [U32, U32], InvalidArgument> {
  const a = wordOf(first);
  if (a === undefined) return invalidArgument(firstName, WORD, first);
  const b = wordOf(second);
  if (b === undefined) return invalidArgument(secondName, WORD, second);
  return ok([a, b]);
}

/** The unsigned value of a packed argument, signed or unsigned. */
function unsignedOf(packed: unknown): U64 | undefined {
  if (typeof packed !== "bigint" || packed < -(2n ** 63n) || packed >= 2n ** 64n) return undefined;
  return asU64(BigInt.asUintN(64, packed));
}

/**
 * Packs a pointer and a length into one 64-bit value: the pointer in the high 32 bits.
 *
 * @param ptr A pointer: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
 * @param len A length in bytes: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
 * @returns The packed value, unsigned. Errors: `invalid-argument`.
 *
 * Spec: guest arena ABI, packed result.
 *
 * @example Five bytes at 0x1000
 * ```ts
 * import { encodePtrLen } from "@ringfence/core/arena";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(encodePtrLen(0x1000, 5), { ok: true, value: 0x1000_0000_0005n });
 * ```
 */
export function encodePtrLen(ptr: number, len: number): Result<U64, InvalidArgument> {
  const words = wordsOf("ptr", ptr, "len", len);
  if (!words.ok) return words;
  return ok(asU64((BigInt(words.value[0]) << 32n) | BigInt(words.value[1])));
}

/**
 * Takes a packed value apart: the inverse of {@link encodePtrLen} for all 2^64 values.
 *
 * @param packed A bigint from -2^63 to 2^64 - 1: an i64 or a u64.
 * @returns Pointer and length. Errors: `invalid-argument`.
 *
 * Spec: guest arena ABI, packed result.
 *
 * @example What a guest function returned
 * ```ts
 * import { decodePtrLen } from "@ringfence/core/arena";
 * import { assertEquals } from "@std/assert";
 *
 * const range = decodePtrLen(0x1000_0000_0005n);
 * assertEquals(range.ok && [Number(range.value.ptr), Number(range.value.len)], [0x1000, 5]);
 * ```
 */
export function decodePtrLen(packed: bigint): Result<PtrLen, InvalidArgument> {
  const value = unsignedOf(packed);
  if (value === undefined) {
    return invalidArgument("packed", "a bigint from -2^63 to 2^64 - 1", packed);
  }
  return ok({ ptr: asU32(Number(value >> 32n)), len: asU32(Number(value & 0xffff_ffffn)) });
}

/**
 * Packs a pointer and a length into the two halves of a 64-bit value, without a bigint.
 *
 * @param ptr A pointer: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
 * @param len A length in bytes: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
 * @returns The halves, unsigned. Errors: `invalid-argument`.
 *
 * Spec: guest arena ABI, packed result.
 */
export function encodePtrLenHalves(
  ptr: number,
  len: number,
): Result<PackedHalves, InvalidArgument> {
  const words = wordsOf("ptr", ptr, "len", len);
  if (!words.ok) return words;
  return ok({ lo: words.value[1], hi: words.value[0] });
}

/**
 * Takes the two halves of a packed value apart: the inverse of {@link encodePtrLenHalves}.
 *
 * @param lo Bits 0 to 31: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
 * @param hi Bits 32 to 63, likewise.
 * @returns Pointer and length. Errors: `invalid-argument`.
 *
 * Spec: guest arena ABI, packed result.
 */
export function decodePtrLenHalves(lo: number, hi: number): Result<PtrLen, InvalidArgument> {
  const words = wordsOf("lo", lo, "hi", hi);
  if (!words.ok) return words;
  return ok({ ptr: words.value[1], len: words.value[0] });
}
