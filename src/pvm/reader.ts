/**
 * Reading a program's fields one after the other, and saying where one of them is malformed.
 *
 * @module
 */

import { asUsize } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { err } from "../result.ts";
import type { Err } from "../result.ts";

/** The bytes are no program. */
export interface MalformedProgram {
  /** Tells this error from the others. */
  readonly kind: "malformed-program";
  /** The field that is malformed. */
  readonly field: string;
  /** Where that field begins, in bytes from the start of what was given. */
  readonly offset: Usize;
  /** What is wrong with it. */
  readonly problem: "truncated" | "not-shortest" | "too-large" | "padding" | "trailing";
}

/**
 * Reads fields from the front of some bytes. After the first malformed one it stays where it is:
 * every further field is malformed for the same reason.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  #at: number;
  #problem: MalformedProgram | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#at = 0;
  }

  /** The first malformed field; nothing when all were well. */
  get failure(): Err<MalformedProgram> | undefined {
    return this.#problem === undefined ? undefined : err(this.#problem);
  }

  /** Where it stands, in bytes from the start. */
  get offset(): number {
    return this.#at;
  }

  /** Notes that a field is malformed; only the first one counts. */
  fail(field: string, offset: number, problem: MalformedProgram["problem"]): void {
    this.#problem ??= { kind: "malformed-program", field, offset: asUsize(offset), problem };
  }

  /** The next `length` bytes, as a view; none when the bytes end before. */
  take(field: string, length: number): Uint8Array {
    if (this.#problem === undefined && length <= this.#bytes.length - this.#at) {
      this.#at += length;
      return this.#bytes.subarray(this.#at - length, this.#at);
    }
    this.fail(field, this.#at, "truncated");
    return new Uint8Array(0);
  }

  /** A little-endian number of `length` (0 to 6) bytes. */
  little(field: string, length: number): number {
    return this.take(field, length).reduceRight((value, byte) => value * 256 + byte, 0);
  }

  /** A natural of variable length in its shortest form (Gray Paper, appendix C.1.3). */
  natural64(field: string): bigint {
    const offset = this.#at;
    const first = this.little(field, 1);
    const extra = Math.clz32(~first << 24 | 0x80_0000); // the leading ones, 8 at most
    if (extra > this.#bytes.length - this.#at) this.fail(field, offset, "truncated");
    const carried = BigInt(first & (0xff >> (extra + 1)));
    const value = this.take(field, extra).reduceRight(
      (above, byte) => above * 256n + BigInt(byte),
      carried,
    );
    if (extra > 0 && value < 1n << BigInt(7 * extra)) this.fail(field, offset, "not-shortest");
    return this.#problem === undefined ? value : 0n;
  }

  /** A natural up to `max`, which is at most 2^53 - 1. */
  natural(field: string, max: number): number {
    const offset = this.#at;
    const value = this.natural64(field);
    if (value > BigInt(max)) this.fail(field, offset, "too-large");
    return this.#problem === undefined ? Number(value) : 0;
  }

  /** Makes sure that nothing is left. */
  end(): void {
    if (this.#at < this.#bytes.length) this.fail("end", this.#at, "trailing");
  }
}
