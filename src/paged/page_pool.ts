/**
 * The bytes of the pages of a sparse memory, in one buffer that doubles.
 *
 * @module
 */

/** Room for pages. The page at offset 0 is zero and stays so: untouched pages share it. */
export class PagePool {
  /** All pages, one after the other. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  view: DataView<ArrayBuffer>;
  readonly #pageSize: number;
  /** The most bytes of pages, apart from the shared one. */
  readonly #limitBytes: number;
  #end: number;
  /** Offsets of pages given back; their bytes are zero. */
  #free: number[] = [];

  constructor(pageSize: number, limitBytes: number) {
    this.#pageSize = pageSize;
    this.#limitBytes = limitBytes;
    this.#end = pageSize;
    this.bytes = new Uint8Array(pageSize);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Room for a page, zeroed; 0 when the engine has none. Which page it is makes no difference. */
  take(_page: number): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (!this.prepare(1)) return 0;
    const offset = this.#end;
    this.#end += this.#pageSize;
    return offset;
  }

  /** Makes sure that the next `pages` pages find room. False when the engine has none. */
  prepare(pages: number): boolean {
    const needed = this.#end + (pages - this.#free.length) * this.#pageSize;
    if (needed <= this.bytes.length) return true;
    const most = this.#limitBytes - this.#limitBytes % this.#pageSize + this.#pageSize;
    const size = Math.max(needed, 2 * this.bytes.length, 8 * this.#pageSize);
    try {
      const bytes = new Uint8Array(Math.min(size, most));
      bytes.set(this.bytes);
      this.#replace(bytes, new DataView(bytes.buffer));
      return true;
    } catch {
      return false;
    }
  }

  #replace(bytes: Uint8Array<ArrayBuffer>, view: DataView<ArrayBuffer>): void {
    this.bytes = bytes;
    this.view = view;
  }

  /** Takes back the room of one page, unless it is the shared one. */
  giveBack(offset: number): void {
    if (offset === 0) return;
    this.bytes.fill(0, offset, offset + this.#pageSize);
    this.#free.push(offset);
  }

  /** Told of every entry that a page gets. */
  note(_page: number, _entry: number): void {}

  /** A copy that shares nothing; throws when the engine has no room. */
  clone(): PagePool {
    const copy = new PagePool(this.#pageSize, this.#limitBytes);
    const bytes = new Uint8Array(this.#end);
    bytes.set(this.bytes.subarray(0, this.#end));
    copy.#replace(bytes, new DataView(bytes.buffer));
    copy.#end = this.#end;
    copy.#free = this.#free.slice();
    return copy;
  }
}
