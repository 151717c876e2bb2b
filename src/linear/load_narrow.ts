/**
 * Loads that extend a narrow integer to 32 or 64 bits, little endian.
 *
 * @module
 */

import * as int from "../int/mod.ts";
import type { I32, I64 } from "../int/mod.ts";
import * as result from "../result.ts";
import type { Result } from "../result.ts";
import { Window } from "./backing.ts";
import * as bounds from "./bounds.ts";
import type { MemoryFault } from "./fault.ts";
import { LoadAccess } from "./load.ts";

// Local constants: V8 reads an imported binding anew at every use (about 0.6 ns), and folds these.
const fits = bounds.fits;
const err = result.err;
const ok = result.ok;
const asI32 = int.asI32;
const asI64 = int.asI64;

/** Reads narrow integers out of a memory. Every load returns, and changes nothing. */
export class NarrowLoadAccess extends LoadAccess {
  readonly #window: Window;

  /** Made by `IsolatedMemory.create` and `lend` alone: anything else gives an expired access. */
  constructor(window: Window) {
    super(window);
    this.#window = Window.from(window);
  }

  /**
   * Loads an 8-bit integer, sign-extended (`i32.load8_s`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns -128 to 127. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32From8S(offset: number): Result<I32, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 1) ? ok(asI32(at.view.getInt8(offset))) : err(at.fault);
  }

  /**
   * Loads an 8-bit integer, zero-extended (`i32.load8_u`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns 0 to 255. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32From8U(offset: number): Result<I32, MemoryFault> {
    return this.loadU8(offset);
  }

  /**
   * Loads an 8-bit integer, sign-extended (`i64.load8_s`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns -128 to 127. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64From8S(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 1) ? ok(asI64(BigInt(at.view.getInt8(offset)))) : err(at.fault);
  }

  /**
   * Loads an 8-bit integer, zero-extended (`i64.load8_u`).
   *
   * @param offset The byte: 0 to `activeSize - 1`; unaligned is allowed.
   * @returns 0 to 255. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64From8U(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 1) ? ok(asI64(BigInt(at.view.getUint8(offset)))) : err(at.fault);
  }

  /**
   * Loads a 16-bit integer, sign-extended (`i32.load16_s`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns -2^15 to 2^15 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32From16S(offset: number): Result<I32, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 2) ? ok(asI32(at.view.getInt16(offset, true))) : err(at.fault);
  }

  /**
   * Loads a 16-bit integer, zero-extended (`i32.load16_u`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns 0 to 2^16 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI32From16U(offset: number): Result<I32, MemoryFault> {
    return this.loadU16(offset);
  }

  /**
   * Loads a 16-bit integer, sign-extended (`i64.load16_s`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns -2^15 to 2^15 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64From16S(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 2)
      ? ok(asI64(BigInt(at.view.getInt16(offset, true))))
      : err(at.fault);
  }

  /**
   * Loads a 16-bit integer, zero-extended (`i64.load16_u`).
   *
   * @param offset The first of 2 bytes: 0 to `activeSize - 2`; unaligned is allowed.
   * @returns 0 to 2^16 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64From16U(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 2)
      ? ok(asI64(BigInt(at.view.getUint16(offset, true))))
      : err(at.fault);
  }

  /**
   * Loads a 32-bit integer, sign-extended (`i64.load32_s`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns -2^31 to 2^31 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64From32S(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 4)
      ? ok(asI64(BigInt(at.view.getInt32(offset, true))))
      : err(at.fault);
  }

  /**
   * Loads a 32-bit integer, zero-extended (`i64.load32_u`).
   *
   * @param offset The first of 4 bytes: 0 to `activeSize - 4`; unaligned is allowed.
   * @returns 0 to 2^32 - 1. Errors: `out-of-bounds`, `lease-expired`. Spec: Wasm core 2.0, 4.4.7.
   */
  loadI64From32U(offset: number): Result<I64, MemoryFault> {
    const at = this.#window;
    return fits(at.size, offset, 4)
      ? ok(asI64(BigInt(at.view.getUint32(offset, true))))
      : err(at.fault);
  }
}
