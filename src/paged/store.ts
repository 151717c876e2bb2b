/**
 * What the two backends have in common: the whole state of a memory, and the few operations on it
 * from which all others are made. None of them checks its arguments; that is done once, above.
 *
 * @module
 */

import { inaccessibleAt, protectedAt, STATUS_INVALID, STATUS_NO_ROOM, STATUS_OK } from "./fault.ts";
import type { Settings } from "./options.ts";
import { NONE, READ_WRITE, SPACE } from "./page.ts";

/** Where the heap is. */
export interface Heap {
  readonly base: number;
  readonly top: number;
  readonly maxPages: number;
}

/** The heap of a memory that was told of none. */
export const NO_HEAP: Heap = Object.freeze({ base: 0, top: 0, maxPages: 0 });

// What an empty memory shares with all others, so that emptying one needs no room.
export const NO_BYTES: Uint8Array<ArrayBuffer> = new Uint8Array(0);
export const NO_VIEW: DataView<ArrayBuffer> = new DataView(NO_BYTES.buffer);
export const NO_WORDS: Int32Array<ArrayBuffer> = new Int32Array(0);

/** The state of a memory. Bytes of inaccessible pages are zero. */
export interface PageStore {
  readonly settings: Settings;
  heap: Heap;
  /** Up to where an empty range may lie: the end of the buffer of a flat memory. */
  readonly lengthBytes: number;
  /** The bytes that count against the limit. */
  readonly mappedBytes: number;
  /** The bytes that would count, were these pages mapped too; exact where that is more. */
  mappedBytesWith(firstPage: number, pages: number): number;
  /** The code of the access of a page. */
  permission(page: number): number;
  /**
   * Makes room to map these pages and to write to `written` of them, all within the limit. Nothing
   * is seen of it. False when the engine has no room.
   */
  prepare(firstPage: number, pages: number, written: number): boolean;
  /** Sets the access of pages, which must be prepared unless it is none; none forgets their bytes. */
  setPermission(firstPage: number, pages: number, code: number): void;
  /** The mapped pages in ascending order. */
  mappedPages(): readonly number[];
  /** Makes room to write these bytes of writable pages. False when the engine has no room. */
  touch(address: number, length: number): boolean;
  /** A byte of a mapped page. */
  byteAt(address: number): number;
  /** Replaces a byte of a touched page. */
  setByte(address: number, byte: number): void;
  /** The bytes from an address on, themselves; all in one mapped page. */
  bytesAt(address: number, length: number): Uint8Array;
  /** Unmaps everything and gives the room back. */
  clear(): void;

  loadU8(address: number, out: Int32Array, index: number): number;
  loadU16(address: number, out: Int32Array, index: number): number;
  loadU32(address: number, out: Int32Array, index: number): number;
  loadU64(address: number, out: Int32Array, index: number): number;
  storeU8(address: number, low: number): number;
  storeU16(address: number, low: number): number;
  storeU32(address: number, low: number): number;
  storeU64(address: number, low: number, high: number): number;
}

/**
 * The status of an access of `count` bytes from `start` on: decided by the first page, in the order
 * in which the access touches them, that does not allow it. The only permission check there is
 * apart from the fast paths for one page.
 */
export function check(
  store: PageStore,
  start: number,
  count: number,
  isWrite: boolean,
  wraps: boolean,
): number {
  const { pageSize } = store.settings;
  let address = start;
  let left = count;
  while (left > 0) {
    if (address >= SPACE) {
      if (!wraps) return inaccessibleAt(0);
      address -= SPACE;
    }
    const offset = address % pageSize;
    const pageStart = address - offset;
    const permission = store.permission(pageStart / pageSize);
    if (permission === NONE) return inaccessibleAt(pageStart);
    if (isWrite && permission !== READ_WRITE) return protectedAt(pageStart);
    address = pageStart + pageSize;
    left -= pageSize - offset;
  }
  return STATUS_OK;
}

/** How many of `left` bytes from an address on lie in one page. */
function withinPage(store: PageStore, address: number, left: number): number {
  const { pageSize } = store.settings;
  return Math.min(left, pageSize - address % pageSize);
}

/** Copies bytes of mapped pages out, as many as `target` has. */
export function copyOut(store: PageStore, address: number, target: Uint8Array): void {
  for (let done = 0; done < target.length;) {
    const length = withinPage(store, address + done, target.length - done);
    target.set(store.bytesAt(address + done, length), done);
    done += length;
  }
}

/** Copies bytes into touched pages. */
export function copyIn(store: PageStore, address: number, source: Uint8Array): void {
  for (let done = 0; done < source.length;) {
    const length = withinPage(store, address + done, source.length - done);
    store.bytesAt(address + done, length).set(source.subarray(done, done + length));
    done += length;
  }
}

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const tagOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)?.get;

/** Whether a value is an `Int32Array`; runs no code of its own. */
export function isInt32Array(value: unknown): value is Int32Array {
  return tagOf !== undefined && Reflect.apply(tagOf, value, []) === "Int32Array";
}

/** A load that the fast path does not take: over pages, or failing. */
export function loadSlowly(
  store: PageStore,
  width: number,
  address: number,
  out: Int32Array,
  index: number,
): number {
  if (typeof address !== "number" || typeof index !== "number" || !isInt32Array(out)) {
    return STATUS_INVALID;
  }
  const start = address >>> 0;
  const status = check(store, start, width, false, store.settings.wraps);
  if (status !== STATUS_OK) return status;
  let low = 0;
  let high = 0;
  for (let i = 0; i < width; i++) {
    const byte = store.byteAt((start + i) >>> 0);
    if (i < 4) low |= byte << (8 * i);
    else high |= byte << (8 * i - 32);
  }
  out[index] = low;
  out[index + 1] = high;
  return STATUS_OK;
}

/** A store that the fast path does not take: over pages, into an untouched page, or failing. */
export function storeSlowly(
  store: PageStore,
  width: number,
  address: number,
  low: number,
  high: number,
): number {
  if (typeof address !== "number" || typeof low !== "number" || typeof high !== "number") {
    return STATUS_INVALID;
  }
  const start = address >>> 0;
  const status = check(store, start, width, true, store.settings.wraps);
  if (status !== STATUS_OK) return status;
  for (let i = 0; i < width; i++) if (!store.touch((start + i) >>> 0, 1)) return STATUS_NO_ROOM;
  for (let i = 0; i < width; i++) {
    const half = i < 4 ? low : high;
    store.setByte((start + i) >>> 0, (half >>> (8 * (i % 4))) & 0xff);
  }
  return STATUS_OK;
}
