/**
 * Loads of whole values: integers, floating-point numbers and their bits, little endian.
 *
 * @module
 */

import * as int from "../int/mod.ts";
import type { I32, I64, U16, U32, U64, U8 } from "../int/mod.ts";
import * as result from "../result.ts";
import type { Result } from "../result.ts";
import { Window } from "./backing.ts";
import * as bounds from "./bounds.ts";
import type { MemoryFault } from "./fault.ts";

// Local constants: V8 reads an imported binding anew at every use (about 0.6 ns), and folds these.
const fits = bounds.fits;
const err = result.err;
const ok = result.ok;
const asI32 = int.asI32;
const asI64 = int.asI64;
const asU16 = int.asU16;
const asU32 = int.asU32;
const asU64 = int.asU64;
const asU8 = int.asU8;

/** A 64-bit value as two 32-bit halves, as an `Int32Array` holds them. */
export interface I64Halves {
  /** The low half: -2^31 to 2^31 - 1. */
  readonly lo: I32;
  /** The high half, which carries the sign: -2^31 to 2^31 - 1. */
  readonly hi: I32;
}

/** The window of an access, for the other files of this room; nothing for any other value. */
export let windowIn: (value: unknown) => Window | undefined;

/** Reads values out of a memory. Every load returns, whatever it is given, and changes nothing. */
export class LoadAccess {
  readonly #window: Window;

  static {
    windowIn = (value) =>
      typeof value === "object" && value !== null && #window in value ? value.#window : undefined;
  }

  /** Made by `IsolatedMemory.create` and `lend` alone: anything else gives an expired access. */
  constructor(window: Window) {
    this.#window = Window.from(window);
  }

  /**
   * Loads an unsigned byte.
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns 0 to 255. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU8(offset: number): Result<U8, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 1) ? ok(asU8(at.view.getUint8(offset))) : err(at.fault);
  }

  /**
   * Loads an unsigned 16-bit integer.
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns 0 to 65,535. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadU16(offset: number): Result<U16, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 2) ? ok(asU16(at.view.getUint16(offset, true))) : err(at.fault);
  }

  /**
   * Loads a signed 32-bit integer (`i32.load`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns -2^31 to 2^31 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32(offset: number): Result<I32, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 4) ? ok(asI32(at.view.getInt32(offset, true))) : err(at.fault);
  }

  /**
   * Loads a signed 64-bit integer (`i64.load`).
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @returns -2^63 to 2^63 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 8) ? ok(asI64(at.view.getBigInt64(offset, true))) : err(at.fault);
  }

  /**
   * Loads a 64-bit integer as two halves (`i64.load` without a bigint).
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @returns Each half is -2^31 to 2^31 - 1. Errors: `out-of-bounds`, `lease-expired`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64Halves(offset: number): Result<I64Halves, MemoryFault> {
    const at = this.#window;
    if (!fits(at.size, offset, 8)) return err(at.fault);
    const lo = asI32(at.view.getInt32(offset, true));
    return ok({ lo, hi: asI32(at.view.getInt32(offset + 4, true)) });
  }

  /**
   * Loads a 32-bit floating-point number (`f32.load`).
   *
   * A NaN may lose its payload; {@link loadF32Bits} keeps every bit.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns Any number. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF32(offset: number): Result<number, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 4) ? ok(at.view.getFloat32(offset, true)) : err(at.fault);
  }

  /**
   * Loads a 64-bit floating-point number (`f64.load`).
   *
   * A NaN may lose its payload; {@link loadF64Bits} keeps every bit.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @returns Any number. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF64(offset: number): Result<number, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 8) ? ok(at.view.getFloat64(offset, true)) : err(at.fault);
  }

  /**
   * Loads the bits of a 32-bit floating-point number, every NaN as it stands.
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns 0 to 2^32 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF32Bits(offset: number): Result<U32, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 4) ? ok(asU32(at.view.getUint32(offset, true))) : err(at.fault);
  }

  /**
   * Loads the bits of a 64-bit floating-point number, every NaN as it stands.
   *
   * @param offset The first of 8 bytes: 0 to `activeSize - 8`; unaligned is allowed.
   * @returns 0 to 2^64 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadF64Bits(offset: number): Result<U64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 8) ? ok(asU64(at.view.getBigUint64(offset, true))) : err(at.fault);
  }
}
