/**
 * Bytes that nobody can change: what capabilities hold, so that a hash once taken stays true.
 *
 * @module
 */

import { copyBytes } from "../bytes.ts";
import { asU8, asUsize } from "../int/mod.ts";
import type { U8, Usize } from "../int/mod.ts";

/** Bytes that are given away: nothing else may hold them. For this room alone. */
export let wrapBytes: (bytes: Uint8Array<ArrayBuffer>) => ByteString;

/** The bytes themselves, which are not to be changed. For this room alone. */
export let rawBytes: (string: ByteString) => Uint8Array<ArrayBuffer>;

/** Bytes that nobody can change. */
export class ByteString {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  private constructor() {
    Object.freeze(this);
  }

  static {
    rawBytes = (string) => ByteString.#raw(string);
    wrapBytes = (bytes) => ByteString.#wrap(bytes);
  }

  /**
   * A copy of some bytes.
   *
   * @param bytes A `Uint8Array`; anything else gives nothing.
   */
  static from(bytes: Uint8Array): ByteString | undefined {
    const copy = copyBytes(bytes);
    return copy === undefined ? undefined : ByteString.#wrap(copy);
  }

  static #wrap(bytes: Uint8Array<ArrayBuffer>): ByteString {
    const string = new ByteString();
    string.#bytes = bytes;
    return string;
  }

  static #raw(string: ByteString): Uint8Array<ArrayBuffer> {
    return string.#bytes;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is ByteString {
    return typeof value === "object" && value !== null && #bytes in value;
  }

  /** How many bytes there are. */
  get length(): Usize {
    return asUsize(this.#bytes.length);
  }

  /**
   * One byte.
   *
   * @param index 0 to `length - 1`; anything else gives nothing.
   */
  at(index: number): U8 | undefined {
    const byte = typeof index === "number" ? this.#bytes[index] : undefined;
    return byte === undefined ? undefined : asU8(byte);
  }

  /** A copy of the bytes. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice();
  }
}
