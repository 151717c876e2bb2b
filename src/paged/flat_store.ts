/**
 * One buffer from address 0 on, and one permission for each of its pages: the original's
 * `CopyingMemory`.
 *
 * @module
 */

import { STATUS_OK } from "./fault.ts";
import type { Settings } from "./options.ts";
import { NONE, READ_WRITE } from "./page.ts";
import { type Heap, isInt32Array, loadSlowly, NO_BYTES, NO_HEAP, NO_VIEW } from "./store.ts";
import { NO_WORDS, type PageStore, storeSlowly } from "./store.ts";

/** Where no page starts. */
const NOWHERE = 1;
// Engines read an imported binding anew at every access.
const DONE = STATUS_OK;
const slowStore = storeSlowly;

/** The pages of a flat memory. */
export class FlatStore implements PageStore {
  readonly settings: Settings;
  heap: Heap = NO_HEAP;
  lengthBytes = 0;

  readonly #shift: number;
  readonly #mask: number;
  /** One code for each page for which the buffer has room; those beyond the length allow nothing. */
  #permissions: Uint8Array<ArrayBuffer> = NO_BYTES;
  #bytes: Uint8Array<ArrayBuffer> = NO_BYTES;
  #view: DataView<ArrayBuffer> = NO_VIEW;
  // Where the last page read and the last one written start, as signed numbers.
  #readStart = NOWHERE;
  #writeStart = NOWHERE;
  /** The last array that a load was handed and that was found to be one. */
  #out: Int32Array = NO_WORDS;

  constructor(settings: Settings) {
    this.settings = settings;
    this.#shift = settings.pageShift;
    this.#mask = settings.pageSize - 1;
  }

  /** Whether a value is one of these, without running code of its own. */
  static isStore(value: unknown): value is FlatStore {
    return typeof value === "object" && value !== null && #mask in value;
  }

  get mappedBytes(): number {
    return this.lengthBytes;
  }

  mappedBytesWith(firstPage: number, pages: number): number {
    return (firstPage + pages) * this.settings.pageSize;
  }

  permission(page: number): number {
    return page < this.#permissions.length ? this.#permissions[page] ?? NONE : NONE;
  }

  prepare(firstPage: number, pages: number, _written: number): boolean {
    const { pageSize, limitBytes } = this.settings;
    const needed = firstPage + pages;
    const room = this.#permissions.length;
    if (needed <= room) return true;
    try {
      // Twice the room, so that growing page by page stays linear; the limit is never passed.
      const most = Math.floor(limitBytes / pageSize);
      const capacity = Math.max(needed, Math.min(2 * room, most));
      this.#moveTo(new Uint8Array(capacity * pageSize), new Uint8Array(capacity), this);
      return true;
    } catch {
      return false;
    }
  }

  /** Holds what another one holds, in new arrays. Nothing changes when there is no room to. */
  #moveTo(
    bytes: Uint8Array<ArrayBuffer>,
    permissions: Uint8Array<ArrayBuffer>,
    from: FlatStore,
  ): void {
    const view = new DataView(bytes.buffer);
    bytes.set(from.#bytes.subarray(0, bytes.length));
    permissions.set(from.#permissions.subarray(0, permissions.length));
    this.#bytes = bytes;
    this.#view = view;
    this.#permissions = permissions;
  }

  /** Lets the buffer reach to the end of `pages` pages, for which there must be room. */
  extend(pages: number): void {
    this.lengthBytes = Math.max(this.lengthBytes, pages * this.settings.pageSize);
  }

  setPermission(firstPage: number, pages: number, code: number): void {
    const { pageSize } = this.settings;
    this.#forget();
    if (code !== NONE) this.extend(firstPage + pages);
    else this.#bytes.fill(0, firstPage * pageSize, (firstPage + pages) * pageSize);
    this.#permissions.fill(code, firstPage, firstPage + pages);
  }

  mappedPages(): readonly number[] {
    const found: number[] = [];
    for (const [page, code] of this.#permissions.entries()) {
      if (code !== NONE) found.push(page);
    }
    return found;
  }

  /** The buffer holds every mapped page. */
  touch(_address: number, _length: number): boolean {
    return true;
  }

  byteAt(address: number): number {
    return this.#bytes[address] ?? 0;
  }

  setByte(address: number, byte: number): void {
    this.#bytes[address] = byte;
  }

  bytesAt(address: number, length: number): Uint8Array {
    return this.#bytes.subarray(address, address + length);
  }

  clear(): void {
    this.heap = NO_HEAP;
    this.lengthBytes = 0;
    this.#forget();
    this.#bytes = NO_BYTES;
    this.#view = NO_VIEW;
    this.#permissions = NO_BYTES;
  }

  /** A copy that shares nothing; throws when the engine has no room. */
  clone(): FlatStore {
    const { heap, lengthBytes } = this;
    const copy = new FlatStore(this.settings);
    copy.heap = heap;
    copy.lengthBytes = lengthBytes;
    copy.#moveTo(new Uint8Array(lengthBytes), new Uint8Array(lengthBytes >>> this.#shift), this);
    return copy;
  }

  #loadSlowly(width: number, address: number, out: Int32Array, index: number): number {
    if (isInt32Array(out)) this.#out = out;
    return loadSlowly(this, width, address, out, index);
  }

  /** Forgets the last pages, after what they allow may have changed. */
  #forget(): void {
    this.#readStart = NOWHERE;
    this.#writeStart = NOWHERE;
  }

  /** Remembers the page that starts there as the last one read, if it can be read. */
  #findReadable(start: number): boolean {
    if (this.permission(start >>> this.#shift) === NONE) return false;
    this.#readStart = start;
    return true;
  }

  /** Likewise as the last one written, if it can be written. */
  #findWritable(start: number): boolean {
    if (this.permission(start >>> this.#shift) !== READ_WRITE) return false;
    this.#writeStart = start;
    return true;
  }

  loadU8(address: number, out: Int32Array, index: number): number {
    if (typeof address === "number" && typeof index === "number" && out === this.#out) {
      const offset = address & this.#mask;
      const start = address ^ offset;
      if ((start === this.#readStart || this.#findReadable(start))) {
        out[index] = this.#view.getUint8(address >>> 0);
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
        out[index] = this.#view.getUint16(address >>> 0, true);
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
        out[index] = this.#view.getInt32(address >>> 0, true);
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
        const at = address >>> 0;
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
        this.#view.setUint8(address >>> 0, low);
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
        this.#view.setUint16(address >>> 0, low, true);
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
        this.#view.setInt32(address >>> 0, low, true);
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
        const at = address >>> 0;
        this.#view.setInt32(at, low, true);
        this.#view.setInt32(at + 4, high, true);
        return DONE;
      }
    }
    return slowStore(this, 8, address, low, high);
  }
}
