/**
 * Access to linear memory without a `Result`, for hot code: a load gives its value or `undefined`, a
 * store gives whether it stored, and neither allocates.
 *
 * `undefined` was measured against a number outside the range as the sign of refusal: 1.2 to 1.5 ns a
 * load on V8 while all is inlined, but with such a number up to 15 ns once an access had been refused.
 *
 * A 64-bit integer is loaded as two halves: a bigint that may be missing is one that the engine
 * allocates (measured: 1.6 times a hand-written load, and the `Result` tier's is faster).
 *
 * The check is the one of the `Result` tier, and so is every guarantee: all calls return, whatever
 * they are given, and a refused one changes nothing. What is lost is only why it was refused.
 *
 * @module
 */

import { Window } from "./backing.ts";
import * as bounds from "./bounds.ts";
import type { MemoryAccess } from "./bulk.ts";
import { windowIn } from "./load.ts";
import * as put from "./put.ts";

// Local constants: V8 reads an imported binding anew at every use (about 0.6 ns), and folds these.
const fits = bounds.fits;
const isLong = bounds.isLong;
const isWord = bounds.isWord;
const putFloat32 = put.putFloat32;
const putFloat64 = put.putFloat64;
const putHalves = put.putHalves;

/**
 * Unboxed access to a memory; it stays valid when the memory grows, and ends with a lease.
 *
 * @example A sum that stops at the end of the memory
 * ```ts
 * import { IsolatedMemory } from "@ringfence/core/linear";
 * import { unboxedOf } from "@ringfence/core/linear/unboxed";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 1);
 * assert(memory.ok);
 * const access = unboxedOf(memory.value);
 * assert(access.storeU8(65_535, 9));
 * assertEquals(access.loadU8(65_535), 9);
 * assertEquals(access.loadU8(65_536), undefined);
 * ```
 */
export class UnboxedAccess {
  readonly #window: Window;
  #high = 0;

  /** Made by {@link unboxedOf} alone: anything else gives an access that refuses everything. */
  constructor(window: Window) {
    this.#window = Window.from(window);
  }

  /**
   * Loads an unsigned byte.
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns 0 to 255, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU8(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 1) ? at.view.getUint8(offset) : undefined;
  }

  /**
   * Loads an unsigned 16-bit integer.
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns 0 to 65,535, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU16(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 2) ? at.view.getUint16(offset, true) : undefined;
  }

  /**
   * Loads an unsigned 32-bit integer, or the bits of a 32-bit floating-point number.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns 0 to 2^32 - 1, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU32(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 4) ? at.view.getUint32(offset, true) : undefined;
  }

  /**
   * Loads a signed byte (`i32.load8_s`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns -128 to 127, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32From8S(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 1) ? at.view.getInt8(offset) : undefined;
  }

  /**
   * Loads a signed 16-bit integer (`i32.load16_s`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns -2^15 to 2^15 - 1, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32From16S(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 2) ? at.view.getInt16(offset, true) : undefined;
  }

  /**
   * Loads a signed 32-bit integer (`i32.load`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns -2^31 to 2^31 - 1, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 4) ? at.view.getInt32(offset, true) : undefined;
  }

  /**
   * Loads a 64-bit integer as two halves: the low one is returned, the high one is left in `high`.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @returns The low half, -2^31 to 2^31 - 1, or nothing when refused; `high` then stays as it was.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64Low(offset: number): number | undefined {
    const at = this.#window;
    if (!fits(at.size, offset, 8)) return undefined;
    this.#high = at.view.getInt32(offset + 4, true);
    return at.view.getInt32(offset, true);
  }

  /** The high half of the last 64-bit integer that {@link loadI64Low} gave: -2^31 to 2^31 - 1. */
  get high(): number {
    return this.#high;
  }

  /**
   * Loads a 32-bit floating-point number (`f32.load`). A NaN may lose its payload.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns Any number, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF32(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 4) ? at.view.getFloat32(offset, true) : undefined;
  }

  /**
   * Loads a 64-bit floating-point number (`f64.load`). A NaN may lose its payload.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @returns Any number, or nothing when refused. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF64(offset: number): number | undefined {
    const at = this.#window;
    return fits(at.size, offset, 8) ? at.view.getFloat64(offset, true) : undefined;
  }

  /**
   * Stores a byte.
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, of which the low 8 bits are stored.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeU8(offset: number, value: number): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 1) || !isWord(value)) return false;
    at.view.setInt8(offset, value);
    return true;
  }

  /**
   * Stores a 16-bit integer.
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, of which the low 16 bits are stored.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeU16(offset: number, value: number): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 2) || !isWord(value)) return false;
    at.view.setInt16(offset, value, true);
    return true;
  }

  /**
   * Stores a 32-bit integer (`i32.store`), or the bits of a 32-bit floating-point number.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @param value -2^31 to 2^32 - 1, in either reading of its 32 bits.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeI32(offset: number, value: number): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 4) || !isWord(value)) return false;
    at.view.setInt32(offset, value, true);
    return true;
  }

  /**
   * Stores a 64-bit integer given as two halves.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param lo The low half: -2^31 to 2^32 - 1.
   * @param hi The high half: -2^31 to 2^32 - 1.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64Halves(offset: number, lo: number, hi: number): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 8) || !isWord(lo) || !isWord(hi)) return false;
    putHalves(at.view, offset, lo, hi);
    return true;
  }

  /**
   * Stores a 64-bit integer (`i64.store`).
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param value -2^63 to 2^64 - 1, in either reading of its 64 bits.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeI64(offset: number, value: bigint): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 8) || !isLong(value)) return false;
    at.view.setBigInt64(offset, value, true);
    return true;
  }

  /**
   * Stores a number rounded to 32 bits, ties to even (`f32.store`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @param value Any number; a NaN is stored as the canonical one.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeF32(offset: number, value: number): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 4) || typeof value !== "number") return false;
    putFloat32(at.view, offset, value);
    return true;
  }

  /**
   * Stores a 64-bit floating-point number (`f64.store`).
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @param value Any number; a NaN is stored as the canonical one.
   * @returns Whether it was stored; nothing is written when not. Spec: Wasm core 2.0, 4.4.7.
   */
  storeF64(offset: number, value: number): boolean {
    const at = this.#window;
    if (!fits(at.size, offset, 8) || typeof value !== "number") return false;
    putFloat64(at.view, offset, value);
    return true;
  }
}

/**
 * The unboxed access to a memory.
 *
 * @param memory A memory, or a lease of one.
 * @returns An access that follows every growth. What is neither gives one that refuses everything.
 */
export function unboxedOf(memory: MemoryAccess): UnboxedAccess {
  return new UnboxedAccess(windowIn(memory) ?? new Window());
}
