/**
 * The typed accesses of a paged memory, as results.
 *
 * @module
 */

import { asU16, asU32, asU64, asU8 } from "../int/mod.ts";
import type { U16, U32, U64, U8 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { storeOf } from "./any_store.ts";
import type { ReadError, TransferError } from "./fault.ts";
import type { PageStore } from "./store.ts";
import { readInto, writeValue } from "./typed.ts";
import { UnboxedMemory } from "./unboxed.ts";

/**
 * Reads and writes of 8, 16, 32 and 64 bits at any address, aligned or not, over any pages: all bytes
 * are checked before one moves.
 */
export abstract class TypedMemory extends UnboxedMemory {
  readonly #store: PageStore;
  /** Where reads put their halves. */
  readonly #halves: Int32Array<ArrayBuffer> = new Int32Array(2);

  /** Made by the `create` of each backend alone: anything else gives an empty memory. */
  constructor(store: PageStore) {
    const own = storeOf(store);
    super(own);
    this.#store = own;
  }

  /**
   * Reads one byte, little-endian.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @returns The value. Errors: `page-fault`, `reserved`, `invalid-argument`.
   */
  readU8(address: number): Result<U8, ReadError> {
    const failure = readInto(this.#store, 1, address, this.#halves);
    return failure ?? ok(asU8(this.#half(0)));
  }

  /**
   * Reads two bytes, little-endian.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @returns The value. Errors: `page-fault`, `reserved`, `invalid-argument`.
   */
  readU16(address: number): Result<U16, ReadError> {
    const failure = readInto(this.#store, 2, address, this.#halves);
    return failure ?? ok(asU16(this.#half(0)));
  }

  /**
   * Reads four bytes, little-endian.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @returns The value. Errors: `page-fault`, `reserved`, `invalid-argument`.
   */
  readU32(address: number): Result<U32, ReadError> {
    const failure = readInto(this.#store, 4, address, this.#halves);
    return failure ?? ok(asU32(this.#half(0)));
  }

  /**
   * Reads eight bytes, little-endian.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @returns The value. Errors: `page-fault`, `reserved`, `invalid-argument`.
   */
  readU64(address: number): Result<U64, ReadError> {
    const failure = readInto(this.#store, 8, address, this.#halves);
    return failure ?? ok(asU64(BigInt(this.#half(0)) | (BigInt(this.#half(1)) << 32n)));
  }

  /** A half that was read, as an unsigned number. */
  #half(index: number): number {
    return (this.#halves[index] ?? 0) >>> 0;
  }

  /**
   * Writes one byte, little-endian: all of them or none.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @param value A whole number from -2^31 to 2^32 - 1; its low bits are used.
   * @returns Nothing. Errors: `page-fault`, `write-protected`, `reserved`, `no-room`,
   *   `invalid-argument`.
   */
  writeU8(address: number, value: number): Result<void, TransferError> {
    return writeValue(this.#store, 1, address, value);
  }

  /**
   * Writes two bytes, little-endian: all of them or none.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @param value A whole number from -2^31 to 2^32 - 1; its low bits are used.
   * @returns Nothing. Errors: `page-fault`, `write-protected`, `reserved`, `no-room`,
   *   `invalid-argument`.
   */
  writeU16(address: number, value: number): Result<void, TransferError> {
    return writeValue(this.#store, 2, address, value);
  }

  /**
   * Writes four bytes, little-endian: all of them or none.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @param value A whole number from -2^31 to 2^32 - 1; its low bits are used.
   * @returns Nothing. Errors: `page-fault`, `write-protected`, `reserved`, `no-room`,
   *   `invalid-argument`.
   */
  writeU32(address: number, value: number): Result<void, TransferError> {
    return writeValue(this.#store, 4, address, value);
  }

  /**
   * Writes eight bytes, little-endian: all of them or none.
   *
   * @param address The first byte, from 0 to 2^32 - 1. The access wraps at 2^32 unless told not to.
   * @param value A whole number from -2^63 to 2^64 - 1.
   * @returns Nothing. Errors: `page-fault`, `write-protected`, `reserved`, `no-room`,
   *   `invalid-argument`.
   */
  writeU64(address: number, value: bigint): Result<void, TransferError> {
    return writeValue(this.#store, 8, address, value);
  }
}
