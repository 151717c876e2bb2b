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
import {
  type Heap,
  isInt32Array,
  loadSlowly,
  NO_HEAP,
  type PageStore,
  storeSlowly,
} from "./store.ts";

// An entry's low two bits; the rest is an offset into the pool, a multiple of the page size.
const KIND = 3;
const WRITABLE_UNTOUCHED = 2; // still sharing the zeros
const WRITABLE = 3; // with bytes of its own

/** The pages of a sparse memory. */
export class SparseStore implements PageStore {
  readonly settings: Settings;
  heap: Heap = NO_HEAP;
  /** Every address exists. */
  readonly lengthBytes = 4_294_967_296;

  readonly #shift: number;
  readonly #leafShift: number;
  readonly #mask: number;
  #table: PageTable;
  #pool: PagePool;
  // What the fast paths need of the two, at hand: each step to reach it costs half a nanosecond.
  #root: Int32Array<ArrayBuffer>;
  #leaves: Int32Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  #mapped = 0;
  /** The last array that a load was handed and that was found to be one. */
  #out: Int32Array | undefined = undefined;

  constructor(settings: Settings) {
    this.settings = settings;
    this.#shift = settings.pageShift;
    this.#mask = settings.pageSize - 1;
    this.#leafShift = settings.pageShift + LEAF_BITS;
    this.#table = new PageTable(settings.pageShift);
    this.#pool = new PagePool(settings.pageSize, settings.limitBytes);
    this.#root = this.#table.root;
    this.#leaves = this.#table.leaves;
    this.#view = this.#pool.view;
  }

  /** Takes what the fast paths need again, after the table or the pool may have moved it. */
  #refresh(): void {
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

  zero(firstPage: number, pages: number): void {
    for (const page of this.#table.pages(firstPage, pages)) {
      const entry = this.#table.entry(page);
      this.#pool.giveBack(entry & ~KIND);
      this.#table.setEntry(page, (entry & KIND) === READ_ONLY ? READ_ONLY : WRITABLE_UNTOUCHED);
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
      this.#view = this.#pool.view;
      this.#table.setEntry(at >>> this.#shift, bytes | WRITABLE);
    }
    return true;
  }

  byteAt(address: number): number {
    return this.#pool.bytes[(this.#entryOf(address) & ~KIND) + (address & this.#mask)] ?? 0;
  }

  setByte(address: number, byte: number): void {
    this.#pool.bytes[(this.#entryOf(address) & ~KIND) + (address & this.#mask)] = byte;
  }

  copyOut(address: number, target: Uint8Array): void {
    for (let done = 0; done < target.length;) {
      const [from, to] = this.#piece(address + done, target.length - done);
      target.set(this.#pool.bytes.subarray(from, to), done);
      done += to - from;
    }
  }

  copyIn(address: number, source: Uint8Array): void {
    for (let done = 0; done < source.length;) {
      const [from, to] = this.#piece(address + done, source.length - done);
      this.#pool.bytes.set(source.subarray(done, done + to - from), from);
      done += to - from;
    }
  }

  /** Where in the pool the bytes from `address` on are, up to the end of their page. */
  #piece(address: number, length: number): readonly [from: number, to: number] {
    const offset = address & this.#mask;
    const from = (this.#entryOf(address) & ~KIND) + offset;
    return [from, from + Math.min(length, this.settings.pageSize - offset)];
  }

  clear(): void {
    const { pageSize, pageShift, limitBytes } = this.settings;
    this.heap = NO_HEAP;
    this.#table = new PageTable(pageShift);
    this.#pool = new PagePool(pageSize, limitBytes);
    this.#refresh();
    this.#mapped = 0;
  }

  /** A copy that shares nothing; nothing when the engine has no room. */
  clone(): SparseStore | undefined {
    try {
      const copy = new SparseStore(this.settings);
      copy.heap = this.heap;
      copy.#table = this.#table.clone();
      copy.#pool = this.#pool.clone();
      copy.#refresh();
      copy.#mapped = this.#mapped;
      return copy;
    } catch {
      return undefined;
    }
  }

  #loadSlowly(width: number, address: number, out: Int32Array, index: number): number {
    if (isInt32Array(out)) this.#out = out;
    return loadSlowly(this, width, address, out, index);
  }

  loadU8(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if (entry !== 0) {
        out[index] = this.#view.getUint8((entry & ~KIND) + offset);
        out[index + 1] = 0;
        return STATUS_OK;
      }
    }
    return this.#loadSlowly(1, address, out, index);
  }

  loadU16(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if (entry !== 0 && offset <= this.#mask - 1) {
        out[index] = this.#view.getUint16((entry & ~KIND) + offset, true);
        out[index + 1] = 0;
        return STATUS_OK;
      }
    }
    return this.#loadSlowly(2, address, out, index);
  }

  loadU32(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if (entry !== 0 && offset <= this.#mask - 3) {
        out[index] = this.#view.getInt32((entry & ~KIND) + offset, true);
        out[index + 1] = 0;
        return STATUS_OK;
      }
    }
    return this.#loadSlowly(4, address, out, index);
  }

  loadU64(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if (entry !== 0 && offset <= this.#mask - 7) {
        const at = (entry & ~KIND) + offset;
        out[index] = this.#view.getInt32(at, true);
        out[index + 1] = this.#view.getInt32(at + 4, true);
        return STATUS_OK;
      }
    }
    return this.#loadSlowly(8, address, out, index);
  }

  storeU8(address: number, low: number): number {
    if (typeof address === "number" && typeof low === "number") {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if ((entry & KIND) === WRITABLE) {
        this.#view.setUint8((entry & ~KIND) + offset, low);
        return STATUS_OK;
      }
    }
    return storeSlowly(this, 1, address, low, 0);
  }

  storeU16(address: number, low: number): number {
    if (typeof address === "number" && typeof low === "number") {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if ((entry & KIND) === WRITABLE && offset <= this.#mask - 1) {
        this.#view.setUint16((entry & ~KIND) + offset, low, true);
        return STATUS_OK;
      }
    }
    return storeSlowly(this, 2, address, low, 0);
  }

  storeU32(address: number, low: number): number {
    if (typeof address === "number" && typeof low === "number") {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if ((entry & KIND) === WRITABLE && offset <= this.#mask - 3) {
        this.#view.setInt32((entry & ~KIND) + offset, low, true);
        return STATUS_OK;
      }
    }
    return storeSlowly(this, 4, address, low, 0);
  }

  storeU64(address: number, low: number, high: number): number {
    if (typeof address === "number" && typeof low === "number" && typeof high === "number") {
      const entry = this.#entryOf(address);
      const offset = address & this.#mask;
      if ((entry & KIND) === WRITABLE && offset <= this.#mask - 7) {
        const at = (entry & ~KIND) + offset;
        this.#view.setInt32(at, low, true);
        this.#view.setInt32(at + 4, high, true);
        return STATUS_OK;
      }
    }
    return storeSlowly(this, 8, address, low, high);
  }
}
