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

/** The most leaves, that of no page among them: 32 MiB. Pages of 1 KiB and more never need as many. */
const LEAVES_MAX = 8192;

/** Entries of pages; 0 is the entry of every page that was given none. */
export class PageTable {
  readonly #shift: number;
  /** For each group of 1024 pages, where its leaf starts; 0 is the leaf of no page. */
  root: Int32Array<ArrayBuffer>;
  /** All leaves, one after the other. */
  leaves: Int32Array<ArrayBuffer> = new Int32Array(LEAF_SIZE);
  #leavesEnd = LEAF_SIZE;
  /** Where leaves start that no group has. */
  #free: number[] = [];

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

  /** Makes leaves for these pages. False when there is no room; no entry is seen to change. */
  prepare(firstPage: number, pages: number): boolean {
    try {
      const last = (firstPage + pages - 1) >>> LEAF_BITS;
      if (last >= this.root.length) {
        const root = new Int32Array(2 ** Math.ceil(Math.log2(last + 1)));
        root.set(this.root);
        this.root = root;
      }
      const first = firstPage >>> LEAF_BITS;
      if (this.#shortOf(first, last) > 0) this.#collect();
      const short = this.#shortOf(first, last);
      if (short > 0 && !this.#grow(short)) return false;
      for (let group = first; group <= last; group++) {
        if (this.root[group] === 0) this.root[group] = this.#takeLeaf();
      }
      return true;
    } catch {
      return false;
    }
  }

  /** How many leaves more than there is room for these groups need. */
  #shortOf(first: number, last: number): number {
    let missing = 0;
    for (let group = first; group <= last; group++) if (this.root[group] === 0) missing++;
    return missing - this.#free.length - (this.leaves.length - this.#leavesEnd) / LEAF_SIZE;
  }

  /** Takes back the leaves that hold no entry any more. */
  #collect(): void {
    for (let group = 0; group < this.root.length; group++) {
      const leaf = this.root[group] ?? 0;
      if (leaf === 0 || this.#holdsEntries(leaf)) continue;
      this.root[group] = 0;
      this.#free.push(leaf);
    }
  }

  #holdsEntries(leaf: number): boolean {
    return this.leaves.subarray(leaf, leaf + LEAF_SIZE).some((entry) => entry !== 0);
  }

  /** Makes room for so many leaves more. */
  #grow(leaves: number): boolean {
    const needed = this.leaves.length + leaves * LEAF_SIZE;
    const most = LEAVES_MAX * LEAF_SIZE;
    if (needed > most) return false;
    const larger = new Int32Array(Math.min(Math.max(needed, 2 * this.leaves.length), most));
    larger.set(this.leaves);
    this.leaves = larger;
    return true;
  }

  /** A leaf without entries, for which there must be room. */
  #takeLeaf(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    this.#leavesEnd += LEAF_SIZE;
    return this.#leavesEnd - LEAF_SIZE;
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
    copy.#free = this.#free.slice();
    return copy;
  }
}
