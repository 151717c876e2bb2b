/**
 * Stores of whole and of narrow values, little endian.
 *
 * @module
 */

import { type InvalidArgument, invalidArgument } from "../argument.ts";
import * as result from "../result.ts";
import type { Result } from "../result.ts";
import { Window } from "./backing.ts";
import * as bounds from "./bounds.ts";
import type { MemoryFault } from "./fault.ts";
import { NarrowLoadAccess } from "./load_narrow.ts";
import * as put from "./put.ts";

// Local constants: V8 reads an imported binding anew at every use (about 0.6 ns), and folds these.
const fits = bounds.fits;
const isLong = bounds.isLong;
const isWord = bounds.isWord;
const LONG = bounds.LONG;
const WORD = bounds.WORD;
const err = result.err;
const ok = result.ok;
const lowWord = put.lowWord;
const putFloat32 = put.putFloat32;
const putFloat64 = put.putFloat64;
const putHalves = put.putHalves;

/** Why a store or a bulk operation was refused; nothing was written. */
export type AccessError = MemoryFault | InvalidArgument;

/** Writes values into a memory. Every store returns, and writes all of its bytes or none. */
export class StoreAccess extends NarrowLoadAccess {
  readonly #window: Window;

  /** Made by `IsolatedMemory.create` and `lend` alone: anything else gives an expired access. */
  constructor(window: Window) {
    super(window);
    this.#window = Window.from(window);
  }

  /**
   * Stores a byte.
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, of which the low 8 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeU8(offset: number, value: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 1)) return err(at.fault);
    if (!isWord(value)) return invalidArgument("value", WORD, value);
    at.view.setInt8(offset, value);
    return ok(undefined);
  }

  /**
   * Stores a 16-bit integer.
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, of which the low 16 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeU16(offset: number, value: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 2)) return err(at.fault);
    if (!isWord(value)) return invalidArgument("value", WORD, value);
    at.view.setInt16(offset, value, true);
    return ok(undefined);
  }

  /**
   * Stores a 32-bit integer (`i32.store`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, in either reading of its 32 bits.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI32(offset: number, value: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 4)) return err(at.fault);
    if (!isWord(value)) return invalidArgument("value", WORD, value);
    at.view.setInt32(offset, value, true);
    return ok(undefined);
  }

  /**
   * Stores a 64-bit integer (`i64.store`).
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param value -2^63 to 2^64 - 1, in either reading of its 64 bits.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64(offset: number, value: bigint): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 8)) return err(at.fault);
    if (!isLong(value)) return invalidArgument("value", LONG, value);
    at.view.setBigInt64(offset, value, true);
    return ok(undefined);
  }

  /**
   * Stores a 64-bit integer given as two halves (`i64.store` without a bigint).
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param lo The low half: -2^31 to 2^32 - 1.
   * @param hi The high half: -2^31 to 2^32 - 1.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64Halves(offset: number, lo: number, hi: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 8)) return err(at.fault);
    if (!isWord(lo)) return invalidArgument("lo", WORD, lo);
    if (!isWord(hi)) return invalidArgument("hi", WORD, hi);
    putHalves(at.view, offset, lo, hi);
    return ok(undefined);
  }

  /**
   * Stores a number rounded to 32 bits, ties to even (`f32.store`).
   *
   * A NaN is stored as the canonical one; {@link storeF32Bits} stores any.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @param value Any number, NaN and both zeros included.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeF32(offset: number, value: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 4)) return err(at.fault);
    if (typeof value !== "number") return invalidArgument("value", "a number", value);
    putFloat32(at.view, offset, value);
    return ok(undefined);
  }

  /**
   * Stores a 64-bit floating-point number (`f64.store`).
   *
   * A NaN is stored as the canonical one; {@link storeF64Bits} stores any.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param value Any number, NaN and both zeros included.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeF64(offset: number, value: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 8)) return err(at.fault);
    if (typeof value !== "number") return invalidArgument("value", "a number", value);
    putFloat64(at.view, offset, value);
    return ok(undefined);
  }

  /**
   * Stores the bits of a 32-bit floating-point number, every NaN as given.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @param bits -2^31 to 2^32 - 1, in either reading of its 32 bits.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeF32Bits(offset: number, bits: number): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 4)) return err(at.fault);
    if (!isWord(bits)) return invalidArgument("bits", WORD, bits);
    at.view.setInt32(offset, bits, true);
    return ok(undefined);
  }

  /**
   * Stores the bits of a 64-bit floating-point number, every NaN as given.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param bits -2^63 to 2^64 - 1, in either reading of its 64 bits.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeF64Bits(offset: number, bits: bigint): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 8)) return err(at.fault);
    if (!isLong(bits)) return invalidArgument("bits", LONG, bits);
    at.view.setBigInt64(offset, bits, true);
    return ok(undefined);
  }

  /**
   * Stores the low 8 bits of a 32-bit integer (`i32.store8`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, of which the low 8 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI32As8(offset: number, value: number): Result<void, AccessError> {
    return this.storeU8(offset, value);
  }

  /**
   * Stores the low 16 bits of a 32-bit integer (`i32.store16`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, of which the low 16 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI32As16(offset: number, value: number): Result<void, AccessError> {
    return this.storeU16(offset, value);
  }

  /**
   * Stores the low 8 bits of a 64-bit integer (`i64.store8`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @param value -2^63 to 2^64 - 1, of which the low 8 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64As8(offset: number, value: bigint): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 1)) return err(at.fault);
    if (!isLong(value)) return invalidArgument("value", LONG, value);
    at.view.setInt8(offset, lowWord(value));
    return ok(undefined);
  }

  /**
   * Stores the low 16 bits of a 64-bit integer (`i64.store16`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @param value -2^63 to 2^64 - 1, of which the low 16 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64As16(offset: number, value: bigint): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 2)) return err(at.fault);
    if (!isLong(value)) return invalidArgument("value", LONG, value);
    at.view.setInt16(offset, lowWord(value), true);
    return ok(undefined);
  }

  /**
   * Stores the low 32 bits of a 64-bit integer (`i64.store32`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @param value -2^63 to 2^64 - 1, of which the low 32 bits are stored.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64As32(offset: number, value: bigint): Result<void, AccessError> {
    const at = this.#window;
    if (!fits(at.size, offset, 4)) return err(at.fault);
    if (!isLong(value)) return invalidArgument("value", LONG, value);
    at.view.setInt32(offset, lowWord(value), true);
    return ok(undefined);
  }
}
