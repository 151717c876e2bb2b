/**
 * Access to linear memory without a check of its own, for code that holds a proof that every access
 * is in bounds, such as a recompiler.
 *
 * **Precondition** of every load and store: `offset` is an integer, `0 <= offset` and
 * `offset + width <= activeSize`, and the value is one of its type. Where it holds, each does what
 * the checked one of that name does. Where it does not, what a load gives and which bytes of *this*
 * memory a store changes is unspecified; still nothing is thrown, and no byte of another memory or
 * of the host is read or written, because the engine checks every access against the view.
 *
 * @module
 */

import { Window } from "./backing.ts";
import type { MemoryAccess } from "./bulk.ts";
import { windowIn } from "./load.ts";
import * as put from "./put.ts";

// Local constants: V8 reads an imported binding anew at every use (about 0.6 ns), and folds these.
const putFloat32 = put.putFloat32;
const putFloat64 = put.putFloat64;
const putHalves = put.putHalves;

/**
 * Unchecked access to a memory; it stays valid when the memory grows, and ends with a lease.
 *
 * @example Within the proof
 * ```ts
 * import { IsolatedMemory } from "@ringfence/core/linear";
 * import { uncheckedOf } from "@ringfence/core/linear/unchecked";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 1);
 * assert(memory.ok);
 * const access = uncheckedOf(memory.value);
 * access.storeI32(16, -2); // 16 + 4 <= 65,536
 * assertEquals(access.loadU8(16), 254);
 * ```
 */
export class UncheckedAccess {
  readonly #window: Window;

  /** Made by {@link uncheckedOf} alone: anything else gives an access to no bytes. */
  constructor(window: Window) {
    this.#window = Window.from(window);
  }

  /**
   * Loads an unsigned byte.
   *
   * @param offset The byte, **which must be in bounds**.
   * @returns 0 to 255. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU8(offset: number): number {
    try {
      return this.#window.view.getUint8(offset);
    } catch {
      return 0;
    }
  }

  /**
   * Loads an unsigned 16-bit integer.
   *
   * @param offset The first of 2 bytes, **which must be in bounds**.
   * @returns 0 to 65,535. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU16(offset: number): number {
    try {
      return this.#window.view.getUint16(offset, true);
    } catch {
      return 0;
    }
  }

  /**
   * Loads a signed 32-bit integer.
   *
   * @param offset The first of 4 bytes, **which must be in bounds**.
   * @returns -2^31 to 2^31 - 1. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32(offset: number): number {
    try {
      return this.#window.view.getInt32(offset, true);
    } catch {
      return 0;
    }
  }

  /**
   * Loads a signed 64-bit integer. Its halves are two loads of 32 bits.
   *
   * @param offset The first of 8 bytes, **which must be in bounds**.
   * @returns -2^63 to 2^63 - 1. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64(offset: number): bigint {
    try {
      return this.#window.view.getBigInt64(offset, true);
    } catch {
      return 0n;
    }
  }

  /**
   * Loads a 32-bit floating-point number. A NaN may lose its payload.
   *
   * @param offset The first of 4 bytes, **which must be in bounds**.
   * @returns Any number. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF32(offset: number): number {
    try {
      return this.#window.view.getFloat32(offset, true);
    } catch {
      return 0;
    }
  }

  /**
   * Loads a 64-bit floating-point number. A NaN may lose its payload.
   *
   * @param offset The first of 8 bytes, **which must be in bounds**.
   * @returns Any number. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF64(offset: number): number {
    try {
      return this.#window.view.getFloat64(offset, true);
    } catch {
      return 0;
    }
  }

  /**
   * Stores a byte.
   *
   * @param offset The byte, **which must be in bounds**.
   * @param value An integer, of which the low 8 bits are stored.
   */
  storeU8(offset: number, value: number): void {
    try {
      this.#window.view.setInt8(offset, value);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }

  /**
   * Stores a 16-bit integer.
   *
   * @param offset The first of 2 bytes, **which must be in bounds**.
   * @param value An integer, of which the low 16 bits are stored.
   */
  storeU16(offset: number, value: number): void {
    try {
      this.#window.view.setInt16(offset, value, true);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }

  /**
   * Stores a 32-bit integer.
   *
   * @param offset The first of 4 bytes, **which must be in bounds**.
   * @param value An integer, of which the low 32 bits are stored.
   */
  storeI32(offset: number, value: number): void {
    try {
      this.#window.view.setInt32(offset, value, true);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }

  /**
   * Stores a 64-bit integer.
   *
   * @param offset The first of 8 bytes, **which must be in bounds**.
   * @param value An integer, of which the low 64 bits are stored.
   */
  storeI64(offset: number, value: bigint): void {
    try {
      this.#window.view.setBigInt64(offset, value, true);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }

  /**
   * Stores a 64-bit integer given as two halves.
   *
   * @param offset The first of 8 bytes, **which must be in bounds**.
   * @param lo The low half.
   * @param hi The high half.
   */
  storeI64Halves(offset: number, lo: number, hi: number): void {
    try {
      putHalves(this.#window.view, offset, lo, hi);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }

  /**
   * Stores a number rounded to 32 bits, ties to even.
   *
   * @param offset The first of 4 bytes, **which must be in bounds**.
   * @param value Any number; a NaN is stored as the canonical one.
   */
  storeF32(offset: number, value: number): void {
    try {
      putFloat32(this.#window.view, offset, value);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }

  /**
   * Stores a 64-bit floating-point number.
   *
   * @param offset The first of 8 bytes, **which must be in bounds**.
   * @param value Any number; a NaN is stored as the canonical one.
   */
  storeF64(offset: number, value: number): void {
    try {
      putFloat64(this.#window.view, offset, value);
    } catch {
      // The precondition does not hold: what happens is unspecified, and here it is nothing.
    }
  }
}

/**
 * The unchecked access to a memory.
 *
 * @param memory A memory, or a lease of one.
 * @returns An access that follows every growth. What is neither gives one to no bytes.
 */
export function uncheckedOf(memory: MemoryAccess): UncheckedAccess {
  return new UncheckedAccess(windowIn(memory) ?? new Window());
}
