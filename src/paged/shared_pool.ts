/**
 * The bytes of the pages of a sparse memory in a WebAssembly memory, so that generated code works on
 * them in place.
 *
 * Every writable page has bytes of its own from the start: engines make no room for bytes that
 * nobody has touched. Next to the bytes stands what generated code checks an access with: a word for
 * each page, and the main window.
 *
 * @module
 */

import type { Settings } from "./options.ts";
import { PagePool } from "./page_pool.ts";
import type { PageTable } from "./page_table.ts";
import * as at from "./shared_layout.ts";

const KIND = 3;
const WRITABLE = 3;

/** A range of writable addresses whose bytes follow one another. */
export interface Window {
  /** Its first address. */
  readonly base: number;
  /** How many addresses from there on any access of up to 8 bytes may begin at. */
  readonly limit: number;
  /** What is to be added to an address, modulo 2^32. */
  readonly delta: number;
}

const NO_WINDOW: Window = { base: 0, limit: 0, delta: 0 };
/** How far a window is extended at a time: no change of one page takes long. */
const PAGES_AT_ONCE = 1024;
/** The widest access reaches so many bytes further. */
const REACH = 7;

/** Room for pages in a WebAssembly memory; offsets are places in it. */
export class SharedPool extends PagePool {
  readonly memory: WebAssembly.Memory;
  readonly #settings: Settings;
  readonly #table: PageTable;
  /** The page that the main window begins with, and the one behind its last. */
  readonly #mainFirst: number;
  #mainEnd: number;
  #low = at.LOW_PAGES;
  #top = at.MAIN_PAGES;
  /** All bytes as words; others after it grew. */
  words: Int32Array<ArrayBuffer> = new Int32Array(0);
  readonly #returned = new Set<number>();
  /** Told apart whenever what a page allows has changed. */
  version = 0;

  /**
   * With room for so many pages at first: growing copies all bytes in some engines. Throws when the
   * engine has no room.
   */
  constructor(settings: Settings, mainFirst: number, table: PageTable, pages: number) {
    super(settings.pageSize, settings.limitBytes);
    const most = at.MAIN_PAGES + Math.min(settings.limitBytes, at.SHARED_LIMIT_BYTES) +
      settings.pageSize;
    const maximum = Math.ceil(most / at.WASM_PAGE);
    const wanted = Math.ceil((at.MAIN_PAGES + pages * settings.pageSize) / at.WASM_PAGE);
    this.memory = new WebAssembly.Memory({ initial: Math.min(wanted, maximum), maximum });
    this.#settings = settings;
    this.#table = table;
    this.#mainFirst = mainFirst;
    this.#mainEnd = mainFirst;
    this.#look();
    this.#setMain();
  }

  /** Looks at the bytes anew, after they may have moved. */
  #look(): void {
    const { buffer } = this.memory;
    if (!(buffer instanceof ArrayBuffer)) return;
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.words = new Int32Array(buffer);
  }

  /** The place of a page in the main window. */
  #inMain(page: number): number {
    return at.MAIN_PAGES + (page - this.#mainFirst) * this.#settings.pageSize;
  }

  override take(page: number): number {
    const { pageSize } = this.#settings;
    const own = this.#inMain(page);
    if (this.#returned.delete(own)) return own;
    if (own !== this.#top) {
      for (const returned of this.#returned) {
        this.#returned.delete(returned);
        return returned;
      }
      if (this.#low + pageSize <= at.MAIN_PAGES) {
        this.#low += pageSize;
        return this.#low - pageSize;
      }
    }
    if (!this.#grow(pageSize)) return 0;
    this.#top += pageSize;
    return this.#top - pageSize;
  }

  override prepare(pages: number): boolean {
    return this.#grow(pages * this.#settings.pageSize);
  }

  /** Makes sure that there are so many bytes behind the last page. */
  #grow(more: number): boolean {
    const missing = this.#top + more - this.bytes.length;
    if (missing <= 0) return true;
    try {
      this.memory.grow(Math.ceil(missing / at.WASM_PAGE));
    } catch {
      return false;
    }
    this.#look();
    return true;
  }

  override giveBack(offset: number): void {
    if (offset === 0) return;
    this.bytes.fill(0, offset, offset + this.#settings.pageSize);
    this.#returned.add(offset);
  }

  /** Keeps what generated code sees in step with the entry of a page. */
  override note(page: number, entry: number): void {
    this.version++;
    const { pageSize, pageShift } = this.#settings;
    if (pageShift >= at.WORD_SHIFT) {
      const allowed = (entry & KIND) === WRITABLE ? at.CAN_READ | at.CAN_WRITE : at.CAN_READ;
      const word = entry === 0 ? 0 : ((entry & ~KIND) - page * pageSize) | allowed;
      const first = (at.PAGE_WORDS >> 2) + page * (pageSize >> at.WORD_SHIFT);
      this.words.fill(word, first, first + (pageSize >> at.WORD_SHIFT));
    }
    const fits = (other: number, held: number) => held === (this.#inMain(other) | WRITABLE);
    if (page === this.#mainEnd && fits(page, entry)) {
      const most = page + PAGES_AT_ONCE;
      do this.#mainEnd++; while (
        this.#mainEnd < most && fits(this.#mainEnd, this.#table.entry(this.#mainEnd))
      );
    } else if (page >= this.#mainFirst && page < this.#mainEnd && !fits(page, entry)) {
      this.#mainEnd = page;
    }
    this.#setMain();
  }

  #setMain(): void {
    const { pageSize } = this.#settings;
    const size = (this.#mainEnd - this.#mainFirst) * pageSize;
    this.words[at.MAIN_BASE_AT >> 2] = this.#mainFirst * pageSize;
    this.words[at.MAIN_LIMIT_AT >> 2] = Math.max(0, size - REACH);
  }

  /** The window around an address. */
  windowAt(address: number): Window {
    const { pageSize, pageShift } = this.#settings;
    const page = address >>> pageShift;
    const entry = this.#table.entry(page);
    if ((entry & KIND) !== WRITABLE) return NO_WINDOW;
    const follows = (other: number) =>
      this.#table.entry(other) === entry + (other - page) * pageSize;
    let [first, end] = [page, page + 1];
    while (first > 0 && page - first < PAGES_AT_ONCE && follows(first - 1)) first--;
    while (end < 2 ** (32 - pageShift) && end - page < PAGES_AT_ONCE && follows(end)) end++;
    return {
      base: first * pageSize,
      limit: Math.max(0, (end - first) * pageSize - REACH),
      delta: ((entry & ~KIND) - page * pageSize) | 0,
    };
  }

  /** A copy that shares nothing; throws when the engine has no room. */
  override clone(table: PageTable = this.#table): SharedPool {
    const pages = Math.floor((this.bytes.length - at.MAIN_PAGES) / this.#settings.pageSize);
    const copy = new SharedPool(this.#settings, this.#mainFirst, table, pages);
    for (const [from, to] of [[at.LOW_PAGES, this.#low], [at.MAIN_PAGES, this.#top]] as const) {
      copy.bytes.set(this.bytes.subarray(from, to), from);
    }
    const words = this.words.subarray(at.PAGE_WORDS >> 2, at.LOW_PAGES >> 2);
    copy.words.set(words, at.PAGE_WORDS >> 2);
    copy.#low = this.#low;
    copy.#top = this.#top;
    for (const offset of this.#returned) copy.#returned.add(offset);
    copy.#mainEnd = this.#mainEnd;
    copy.#setMain();
    return copy;
  }
}
