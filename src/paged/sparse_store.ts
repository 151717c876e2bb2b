/**
 * Pages held on demand: a page takes room once it is written to.
 *
 * The entry of a page in the page table is the offset of its bytes in one pool together with what the
 * page allows. All pages that were mapped but never written share the zeros at offset 0.
 *
 * @module
 */

import type { Settings } from "./options.ts";
import { NONE, READ_ONLY, READ_WRITE, SPACE } from "./page.ts";
import { PagePool } from "./page_pool.ts";
import { PageTable } from "./page_table.ts";
import { movedToShared } from "./shared_move.ts";
import type { SharedPool } from "./shared_pool.ts";
import { KIND, SparseAccess, WRITABLE, WRITABLE_UNTOUCHED } from "./sparse_access.ts";
import { type Heap, NO_HEAP, type PageStore } from "./store.ts";

/** The pages of a sparse memory. */
export class SparseStore extends SparseAccess implements PageStore {
  readonly settings: Settings;
  heap: Heap = NO_HEAP;
  readonly lengthBytes: number = SPACE;

  readonly #shift: number;
  readonly #mask: number;
  #table: PageTable;
  #pool: PagePool;
  /** The pool, once it is shared with generated code. */
  #shared: SharedPool | undefined;
  #mapped = 0;

  constructor(settings: Settings) {
    super(settings);
    this.settings = settings;
    this.#shift = settings.pageShift;
    this.#mask = settings.pageSize - 1;
    this.#table = new PageTable(settings.pageShift);
    this.#pool = new PagePool(settings.pageSize, settings.limitBytes);
    this.#refresh();
  }

  /** Takes what the fast paths need again, after the table or the pool may have changed. */
  #refresh(): void {
    this.look(this.#table, this.#pool);
  }

  #setEntry(page: number, entry: number): void {
    this.#table.setEntry(page, entry);
    this.#shared?.note(page, entry);
  }

  /** Whether a value is one of these, without running code of its own. */
  static isStore(value: unknown): value is SparseStore {
    return typeof value === "object" && value !== null && #mask in value;
  }

  protected override get whole(): PageStore {
    return this;
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
    const isReady = this.#table.prepare(firstPage, pages) &&
      this.#pool.prepare(this.#shared === undefined ? written : pages);
    this.#refresh();
    return isReady;
  }

  setPermission(firstPage: number, pages: number, code: number): void {
    this.#refresh();
    if (code === NONE) return this.#unmap(firstPage, pages);
    for (let page = firstPage; page < firstPage + pages; page++) {
      const entry = this.#table.entry(page);
      const wantsBytes = this.#shared !== undefined && code === READ_WRITE;
      const bytes = (entry & ~KIND) || (wantsBytes ? this.#pool.take(page) : 0);
      if (entry === 0) this.#mapped++;
      const writable = bytes === 0 ? WRITABLE_UNTOUCHED : WRITABLE;
      this.#setEntry(page, bytes | (code === READ_ONLY ? READ_ONLY : writable));
    }
    if (this.#shared !== undefined) this.#refresh();
  }

  /** Moves the pages to where generated code works on them; nothing when there is no room there. */
  share(): SharedPool | undefined {
    if (this.#shared !== undefined) return this.#shared;
    const move = movedToShared(this, this.#table);
    if (move === undefined) return undefined;
    this.#pool = move.pool;
    this.#shared = move.pool;
    for (const [page, entry] of move.entries) this.#setEntry(page, entry);
    this.#refresh();
    return this.#shared;
  }

  #unmap(firstPage: number, pages: number): void {
    for (const page of this.#table.pages(firstPage, pages)) {
      this.#mapped--;
      this.#pool.giveBack(this.#table.entry(page) & ~KIND);
      this.#setEntry(page, 0);
    }
  }

  mappedPages(): readonly number[] {
    return this.#table.pages(0, SPACE / this.settings.pageSize);
  }

  touch(address: number, length: number): boolean {
    const { pageSize } = this.settings;
    for (let at = address - (address & this.#mask); at < address + length; at += pageSize) {
      if (this.entryOf(at) !== WRITABLE_UNTOUCHED) continue;
      const bytes = this.#pool.take(at >>> this.#shift);
      if (bytes === 0) return false;
      this.#setEntry(at >>> this.#shift, bytes | WRITABLE);
      this.#refresh();
    }
    return true;
  }

  byteAt(address: number): number {
    return this.#pool.bytes[(this.entryOf(address) & ~KIND) + (address & this.#mask)] ?? 0;
  }

  setByte(address: number, byte: number): void {
    this.#pool.bytes[(this.entryOf(address) & ~KIND) + (address & this.#mask)] = byte;
  }

  bytesAt(address: number, length: number): Uint8Array {
    const from = (this.entryOf(address) & ~KIND) + (address & this.#mask);
    return this.#pool.bytes.subarray(from, from + length);
  }

  clear(): void {
    const { pageSize, pageShift, limitBytes } = this.settings;
    this.heap = NO_HEAP;
    try {
      const pool = new PagePool(pageSize, limitBytes);
      this.#table = new PageTable(pageShift);
      this.#pool = pool;
      this.#shared = undefined;
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
    copy.#shared = this.#shared?.clone(copy.#table);
    copy.#pool = copy.#shared ?? this.#pool.clone();
    copy.#refresh();
    copy.#mapped = this.#mapped;
    return copy;
  }
}
