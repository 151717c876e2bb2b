/**
 * The unboxed tier: accesses that allocate nothing, for interpreters.
 *
 * @module
 */

import { storeOf } from "./any_store.ts";
import type { PageStore } from "./store.ts";

/**
 * Loads and stores that allocate nothing and tell how they ended by a number, for interpreters.
 *
 * An address is any number, taken modulo 2^32; an access wraps at 2^32 unless the memory was made
 * with `wraps: false`. Every load writes the low half to `out[index]` and the high half, which is 0
 * below 64 bits, to `out[index + 1]`, both signed; where `out` has no such element, nothing is
 * written there. A value to store is any number, of which the low bits are used.
 *
 * The status is 0 for an access that happened. Otherwise nothing was changed, and `readStatus`
 * explains the status: its low two bits tell an inaccessible page (1), a write to a read-only page
 * (2) and what is not the guest's doing (3); the other bits are the start of the first page, in
 * the order of the bytes, that does not allow the access. It is a signed 32-bit number.
 */
export abstract class UnboxedMemory {
  readonly #store: PageStore;

  /** Made by the `create` of each backend alone: anything else gives an empty memory. */
  constructor(store: PageStore) {
    this.#store = storeOf(store);
  }

  /**
   * Loads one byte, zero-extended.
   *
   * @param address The first byte, modulo 2^32.
   * @param out Where the halves go.
   * @param index Where the low half goes; the high half goes to the next element.
   * @returns 0, or the status that tells why not.
   */
  loadU8(address: number, out: Int32Array, index: number): number {
    return this.#store.loadU8(address, out, index);
  }

  /**
   * Loads two bytes, zero-extended.
   *
   * @param address The first byte, modulo 2^32.
   * @param out Where the halves go.
   * @param index Where the low half goes; the high half goes to the next element.
   * @returns 0, or the status that tells why not.
   */
  loadU16(address: number, out: Int32Array, index: number): number {
    return this.#store.loadU16(address, out, index);
  }

  /**
   * Loads four bytes, zero-extended.
   *
   * @param address The first byte, modulo 2^32.
   * @param out Where the halves go.
   * @param index Where the low half goes; the high half goes to the next element.
   * @returns 0, or the status that tells why not.
   */
  loadU32(address: number, out: Int32Array, index: number): number {
    return this.#store.loadU32(address, out, index);
  }

  /**
   * Loads eight bytes.
   *
   * @param address The first byte, modulo 2^32.
   * @param out Where the halves go.
   * @param index Where the low half goes; the high half goes to the next element.
   * @returns 0, or the status that tells why not.
   */
  loadU64(address: number, out: Int32Array, index: number): number {
    return this.#store.loadU64(address, out, index);
  }

  /**
   * Stores one byte: all of them or none.
   *
   * @param address The first byte, modulo 2^32.
   * @param low The value; its low bits are used.
   * @returns 0, or the status that tells why not.
   */
  storeU8(address: number, low: number): number {
    return this.#store.storeU8(address, low);
  }

  /**
   * Stores two bytes: all of them or none.
   *
   * @param address The first byte, modulo 2^32.
   * @param low The value; its low bits are used.
   * @returns 0, or the status that tells why not.
   */
  storeU16(address: number, low: number): number {
    return this.#store.storeU16(address, low);
  }

  /**
   * Stores four bytes: all of them or none.
   *
   * @param address The first byte, modulo 2^32.
   * @param low The value; its low bits are used.
   * @returns 0, or the status that tells why not.
   */
  storeU32(address: number, low: number): number {
    return this.#store.storeU32(address, low);
  }

  /**
   * Stores eight bytes: all of them or none.
   *
   * @param address The first byte, modulo 2^32.
   * @param low The low half.
   * @param high The high half.
   * @returns 0, or the status that tells why not.
   */
  storeU64(address: number, low: number, high: number): number {
    return this.#store.storeU64(address, low, high);
  }
}
