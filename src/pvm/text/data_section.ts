/**
 * The bytes of a data section, while they are gathered.
 *
 * @module
 */

import type { Expression } from "./expression.ts";

/** A number in a section that is known only when every label is. */
export interface LateNumber {
  readonly offset: number;
  readonly width: number;
  readonly expression: Expression;
  readonly line: number;
}

/** Gathers bytes up to a limit. */
export class DataSection {
  readonly #lengthMax: number;
  readonly #late: LateNumber[] = [];
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(64);
  #length = 0;

  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** The numbers that are still to be written. */
  get late(): readonly LateNumber[] {
    return this.#late;
  }

  /** A copy of the bytes. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Appends `count` bytes `fill`; does nothing and tells so when they do not fit. */
  fill(count: number, fill: number): boolean {
    if (count > this.#lengthMax - this.#length) return false;
    const length = this.#length + count;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.fill(fill, this.#length, length);
    this.#length = length;
    return true;
  }

  /** Appends bytes; does nothing and tells so when they do not fit. */
  append(bytes: readonly number[]): boolean {
    const from = this.#length;
    if (!this.fill(bytes.length, 0)) return false;
    this.#bytes.set(bytes, from);
    return true;
  }

  /** Appends room for a number that is written later; does nothing and tells so when it does not fit. */
  appendLate(width: number, expression: Expression, line: number): boolean {
    const offset = this.#length;
    if (!this.fill(width, 0)) return false;
    this.#late.push({ offset, width, expression, line });
    return true;
  }

  /** Writes a number that was late. */
  write(offset: number, bytes: readonly number[]): void {
    this.#bytes.set(bytes, offset);
  }
}
