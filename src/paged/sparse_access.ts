/**
 * The loads and stores of a sparse memory: quick for the page that was accessed last.
 *
 * @module
 */

import { STATUS_OK } from "./fault.ts";
import type { Settings } from "./options.ts";
import type { PagePool } from "./page_pool.ts";
import { LEAF_BITS, LEAF_MASK, type PageTable } from "./page_table.ts";
import {
  isInt32Array,
  loadSlowly,
  NO_VIEW,
  NO_WORDS,
  type PageStore,
  storeSlowly,
} from "./store.ts";

// An entry's low two bits; the rest is an offset into the pool, a multiple of the page size.
export const KIND = 3;
export const WRITABLE_UNTOUCHED = 2; // still sharing the zeros
export const WRITABLE = 3; // with bytes of its own
const NOWHERE = 1; // where no page starts
// Engines read an imported binding anew at every access.
const DONE = STATUS_OK;
const slowStore = storeSlowly;

/** What is accessed: by the fast paths here, else by the operations that the store adds. */
export abstract class SparseAccess {
  readonly #shift: number;
  readonly #leafShift: number;
  readonly #mask: number;
  // Where the last pages read and written start, as signed numbers, and their bytes: quick to ask.
  #readStart = NOWHERE;
  #readBase = 0;
  #writeStart = NOWHERE;
  #writeBase = 0;
  // What the fast paths need of the table and the pool, at hand.
  #root: Int32Array<ArrayBuffer> = NO_WORDS;
  #leaves: Int32Array<ArrayBuffer> = NO_WORDS;
  #view: DataView<ArrayBuffer> = NO_VIEW;
  /** The last array that a load was handed and that was found to be one. */
  #out: Int32Array = NO_WORDS;

  constructor(settings: Settings) {
    this.#shift = settings.pageShift;
    this.#mask = settings.pageSize - 1;
    this.#leafShift = settings.pageShift + LEAF_BITS;
  }

  /** The store itself, for what the fast paths do not do. */
  protected abstract get whole(): PageStore;

  /** Takes what the fast paths need again, after the table or the pool may have changed. */
  protected look(table: PageTable, pool: PagePool): void {
    this.#readStart = NOWHERE;
    this.#writeStart = NOWHERE;
    this.#root = table.root;
    this.#leaves = table.leaves;
    this.#view = pool.view;
  }

  /** The entry of the page of an address, taken modulo 2^32. */
  protected entryOf(address: number): number {
    const leaf = this.#root[address >>> this.#leafShift] ?? 0;
    return this.#leaves[leaf + ((address >>> this.#shift) & LEAF_MASK)] ?? 0;
  }

  #loadSlowly(width: number, address: number, out: Int32Array, index: number): number {
    if (isInt32Array(out)) this.#out = out;
    return loadSlowly(this.whole, width, address, out, index);
  }

  /** Remembers the page that starts there as the last one read, if it can be read. */
  #findReadable(start: number): boolean {
    const entry = this.entryOf(start);
    if (entry === 0) return false;
    this.#readStart = start;
    this.#readBase = entry & ~KIND;
    return true;
  }

  /** Likewise as the last one written, if it can be written and has bytes of its own. */
  #findWritable(start: number): boolean {
    const entry = this.entryOf(start);
    if ((entry & KIND) !== WRITABLE) return false;
    this.#writeStart = start;
    this.#writeBase = entry & ~KIND;
    return true;
  }

  loadU8(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if ((start === this.#readStart || this.#findReadable(start))) {
        out[index] = this.#view.getUint8(this.#readBase + offset);
        out[index + 1] = 0;
        return DONE;
      }
    }
    return this.#loadSlowly(1, address, out, index);
  }

  loadU16(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if (offset <= this.#mask - 1 && (start === this.#readStart || this.#findReadable(start))) {
        out[index] = this.#view.getUint16(this.#readBase + offset, true);
        out[index + 1] = 0;
        return DONE;
      }
    }
    return this.#loadSlowly(2, address, out, index);
  }

  loadU32(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if (offset <= this.#mask - 3 && (start === this.#readStart || this.#findReadable(start))) {
        out[index] = this.#view.getInt32(this.#readBase + offset, true);
        out[index + 1] = 0;
        return DONE;
      }
    }
    return this.#loadSlowly(4, address, out, index);
  }

  loadU64(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if (offset <= this.#mask - 7 && (start === this.#readStart || this.#findReadable(start))) {
        const at = this.#readBase + offset;
        out[index] = this.#view.getInt32(at, true);
        out[index + 1] = this.#view.getInt32(at + 4, true);
        return DONE;
      }
    }
    return this.#loadSlowly(8, address, out, index);
  }

  storeU8(address: number, low: number): number {
    if (typeof address === "number" && typeof low === "number") {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if ((start === this.#writeStart || this.#findWritable(start))) {
        this.#view.setUint8(this.#writeBase + offset, low);
        return DONE;
      }
    }
    return slowStore(this.whole, 1, address, low, 0);
  }

  storeU16(address: number, low: number): number {
    if (typeof address === "number" && typeof low === "number") {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if (offset <= this.#mask - 1 && (start === this.#writeStart || this.#findWritable(start))) {
        this.#view.setUint16(this.#writeBase + offset, low, true);
        return DONE;
      }
    }
    return slowStore(this.whole, 2, address, low, 0);
  }

  storeU32(address: number, low: number): number {
    if (typeof address === "number" && typeof low === "number") {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if (offset <= this.#mask - 3 && (start === this.#writeStart || this.#findWritable(start))) {
        this.#view.setInt32(this.#writeBase + offset, low, true);
        return DONE;
      }
    }
    return slowStore(this.whole, 4, address, low, 0);
  }

  storeU64(address: number, low: number, high: number): number {
    if (typeof address === "number" && typeof low === "number" && typeof high === "number") {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if (offset <= this.#mask - 7 && (start === this.#writeStart || this.#findWritable(start))) {
        const at = this.#writeBase + offset;
        this.#view.setInt32(at, low, true);
        this.#view.setInt32(at + 4, high, true);
        return DONE;
      }
    }
    return slowStore(this.whole, 8, address, low, high);
  }
}
