/**
 * The page table of a sparse memory: from the number of a page to a small integer, in two levels.
 *
 * One level would take 4 MiB before the first page is mapped; two take 8 KiB. The page accessed last is
 * remembered by the memory itself, so that the table is asked only when an access goes elsewhere.
 *
 * @module
 */

/** A leaf has 2^10 entries. */
export const LEAF_BITS = 10;
const LEAF_SIZE = 1024;
/** The bits of a page number that say where in its leaf it is. */
export const LEAF_MASK = 1023;

/** Entries of pages; 0 is the entry of every page that was given none. */
export class PageTable {
  readonly #shift: number;
  /** For each group of 1024 pages, where its leaf starts; 0 is the leaf of no page. */
  root: Int32Array<ArrayBuffer>;
  /** All leaves, one after the other. */
  leaves: Int32Array<ArrayBuffer> = new Int32Array(LEAF_SIZE);
  #leavesEnd = LEAF_SIZE;

  constructor(pageShift: number) {
    this.#shift = pageShift;
    // Complete from 4 KiB pages on; with smaller ones it grows.
    this.root = new Int32Array(Math.min(1024, 2 ** (32 - pageShift - LEAF_BITS)));
  }

  /** The entry of a page. */
  entry(page: number): number {
    const leaf = this.root[page >>> LEAF_BITS] ?? 0;
    return this.leaves[leaf + (page & LEAF_MASK)] ?? 0;
  }

  /** Replaces the entry of a page for which there is a leaf. */
  setEntry(page: number, entry: number): void {
    const leaf = this.root[page >>> LEAF_BITS] ?? 0;
    if (leaf !== 0) this.leaves[leaf + (page & LEAF_MASK)] = entry;
  }

  /** Makes leaves for these pages. False when the engine has no room. */
  prepare(firstPage: number, pages: number): boolean {
    try {
      const last = (firstPage + pages - 1) >>> LEAF_BITS;
      if (last >= this.root.length) {
        const root = new Int32Array(2 ** Math.ceil(Math.log2(last + 1)));
        root.set(this.root);
        this.root = root;
      }
      for (let group = firstPage >>> LEAF_BITS; group <= last; group++) {
        if (this.root[group] === 0) this.root[group] = this.#addLeaf();
      }
      return true;
    } catch {
      return false; // what was added so far holds no entry
    }
  }

  #addLeaf(): number {
    const start = this.#leavesEnd;
    if (start === this.leaves.length) {
      const leaves = new Int32Array(2 * start);
      leaves.set(this.leaves);
      this.leaves = leaves;
    }
    this.#leavesEnd = start + LEAF_SIZE;
    return start;
  }

  /** The pages among these that have an entry, in ascending order. Skips what has no leaf. */
  pages(firstPage: number, count: number): readonly number[] {
    const end = firstPage + count;
    const found: number[] = [];
    const groups = Math.min(Math.ceil(end / LEAF_SIZE), this.root.length);
    for (let group = firstPage >>> LEAF_BITS; group < groups; group++) {
      const leaf = this.root[group] ?? 0;
      if (leaf === 0) continue;
      const from = Math.max(firstPage, group * LEAF_SIZE);
      const to = Math.min(end, (group + 1) * LEAF_SIZE);
      for (let page = from; page < to; page++) {
        if (this.leaves[leaf + (page & LEAF_MASK)] !== 0) found.push(page);
      }
    }
    return found;
  }

  /** A copy that shares nothing; throws when the engine has no room. */
  clone(): PageTable {
    const copy = new PageTable(this.#shift);
    copy.root = this.root.slice();
    copy.leaves = this.leaves.slice();
    copy.#leavesEnd = this.#leavesEnd;
    return copy;
  }
}
