/**
 * Pages held on demand: a page takes room once it is written to.
 *
 * The entry of a page in the page table is the offset of its bytes in one pool together with what the
 * page allows. All pages that were mapped but never written share the zeros at offset 0.
 *
 * @module
 */

import { STATUS_OK } from "./fault.ts";
import type { Settings } from "./options.ts";
import { NONE, READ_ONLY, READ_WRITE, SPACE } from "./page.ts";
import { PagePool } from "./page_pool.ts";
import { LEAF_BITS, LEAF_MASK, PageTable } from "./page_table.ts";
import { type Heap, isInt32Array, loadSlowly, NO_HEAP, NO_WORDS } from "./store.ts";
import { NO_VIEW, type PageStore, storeSlowly } from "./store.ts";

// An entry's low two bits; the rest is an offset into the pool, a multiple of the page size.
const KIND = 3;
const WRITABLE_UNTOUCHED = 2; // still sharing the zeros
const WRITABLE = 3; // with bytes of its own
const NOWHERE = 1; // where no page starts
// Engines read an imported binding anew at every access.
const DONE = STATUS_OK;
const slowStore = storeSlowly;

/** The pages of a sparse memory. */
export class SparseStore implements PageStore {
  readonly settings: Settings;
  heap: Heap = NO_HEAP;
  readonly lengthBytes: number = SPACE;

  readonly #shift: number;
  readonly #leafShift: number;
  readonly #mask: number;
  #table: PageTable;
  #pool: PagePool;
  // Where the last pages read and written start, as signed numbers, and their bytes: quick to ask.
  #readStart = NOWHERE;
  #readBase = 0;
  #writeStart = NOWHERE;
  #writeBase = 0;
  // What the fast paths need of the two, at hand.
  #root: Int32Array<ArrayBuffer> = NO_WORDS;
  #leaves: Int32Array<ArrayBuffer> = NO_WORDS;
  #view: DataView<ArrayBuffer> = NO_VIEW;
  #mapped = 0;
  /** The last array that a load was handed and that was found to be one. */
  #out: Int32Array = NO_WORDS;

  constructor(settings: Settings) {
    this.settings = settings;
    this.#shift = settings.pageShift;
    this.#mask = settings.pageSize - 1;
    this.#leafShift = settings.pageShift + LEAF_BITS;
    this.#table = new PageTable(settings.pageShift);
    this.#pool = new PagePool(settings.pageSize, settings.limitBytes);
    this.#refresh();
  }

  /** Takes what the fast paths need again, after the table or the pool may have changed. */
  #refresh(): void {
    this.#readStart = NOWHERE;
    this.#writeStart = NOWHERE;
    this.#root = this.#table.root;
    this.#leaves = this.#table.leaves;
    this.#view = this.#pool.view;
  }

  /** The entry of the page of an address, taken modulo 2^32. */
  #entryOf(address: number): number {
    const leaf = this.#root[address >>> this.#leafShift] ?? 0;
    return this.#leaves[leaf + ((address >>> this.#shift) & LEAF_MASK)] ?? 0;
  }

  /** Whether a value is one of these, without running code of its own. */
  static isStore(value: unknown): value is SparseStore {
    return typeof value === "object" && value !== null && #mask in value;
  }

  get mappedBytes(): number {
    return this.#mapped * this.settings.pageSize;
  }

  mappedBytesWith(firstPage: number, pages: number): number {
    const fresh = pages - this.#table.pages(firstPage, pages).length;
    return (this.#mapped + fresh) * this.settings.pageSize;
  }

  permission(page: number): number {
    const kind = this.#table.entry(page) & KIND;
    return kind === WRITABLE ? READ_WRITE : kind;
  }

  prepare(firstPage: number, pages: number, written: number): boolean {
    const isReady = this.#table.prepare(firstPage, pages) && this.#pool.prepare(written);
    this.#refresh();
    return isReady;
  }

  setPermission(firstPage: number, pages: number, code: number): void {
    this.#refresh();
    if (code === NONE) return this.#unmap(firstPage, pages);
    for (let page = firstPage; page < firstPage + pages; page++) {
      const entry = this.#table.entry(page);
      const bytes = entry & ~KIND;
      if (entry === 0) this.#mapped++;
      const writable = bytes === 0 ? WRITABLE_UNTOUCHED : WRITABLE;
      this.#table.setEntry(page, bytes | (code === READ_ONLY ? READ_ONLY : writable));
    }
  }

  #unmap(firstPage: number, pages: number): void {
    for (const page of this.#table.pages(firstPage, pages)) {
      this.#mapped--;
      this.#pool.giveBack(this.#table.entry(page) & ~KIND);
      this.#table.setEntry(page, 0);
    }
  }

  mappedPages(): readonly number[] {
    return this.#table.pages(0, SPACE / this.settings.pageSize);
  }

  touch(address: number, length: number): boolean {
    const { pageSize } = this.settings;
    for (let at = address - (address & this.#mask); at < address + length; at += pageSize) {
      if (this.#entryOf(at) !== WRITABLE_UNTOUCHED) continue;
      const bytes = this.#pool.take();
      if (bytes === 0) return false;
      this.#table.setEntry(at >>> this.#shift, bytes | WRITABLE);
      this.#refresh();
    }
    return true;
  }

  byteAt(address: number): number {
    return this.#pool.bytes[(this.#entryOf(address) & ~KIND) + (address & this.#mask)] ?? 0;
  }

  setByte(address: number, byte: number): void {
    this.#pool.bytes[(this.#entryOf(address) & ~KIND) + (address & this.#mask)] = byte;
  }

  bytesAt(address: number, length: number): Uint8Array {
    const from = (this.#entryOf(address) & ~KIND) + (address & this.#mask);
    return this.#pool.bytes.subarray(from, from + length);
  }

  clear(): void {
    const { pageSize, pageShift, limitBytes } = this.settings;
    this.heap = NO_HEAP;
    try {
      const pool = new PagePool(pageSize, limitBytes);
      this.#table = new PageTable(pageShift);
      this.#pool = pool;
      this.#mapped = 0;
    } catch {
      this.#unmap(0, SPACE / pageSize); // no room even to begin anew: empty, the room is kept
    }
    this.#refresh();
  }

  /** A copy that shares nothing; throws when the engine has no room. */
  clone(): SparseStore {
    const copy = new SparseStore(this.settings);
    copy.heap = this.heap;
    copy.#table = this.#table.clone();
    copy.#pool = this.#pool.clone();
    copy.#refresh();
    copy.#mapped = this.#mapped;
    return copy;
  }

  #loadSlowly(width: number, address: number, out: Int32Array, index: number): number {
    if (isInt32Array(out)) this.#out = out;
    return loadSlowly(this, width, address, out, index);
  }

  /** Remembers the page that starts there as the last one read, if it can be read. */
  #findReadable(start: number): boolean {
    const entry = this.#entryOf(start);
    if (entry === 0) return false;
    this.#readStart = start;
    this.#readBase = entry & ~KIND;
    return true;
  }

  /** Likewise as the last one written, if it can be written and has bytes of its own. */
  #findWritable(start: number): boolean {
    const entry = this.#entryOf(start);
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
    return slowStore(this, 1, address, low, 0);
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
    return slowStore(this, 2, address, low, 0);
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
    return slowStore(this, 4, address, low, 0);
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
    return slowStore(this, 8, address, low, high);
  }
}
