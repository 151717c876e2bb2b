/**
 * Moving the pages of a sparse memory to where generated code works on them.
 *
 * @module
 */

import { NONE, READ_WRITE } from "./page.ts";
import type { PageTable } from "./page_table.ts";
import { SHARED_LIMIT_BYTES } from "./shared_layout.ts";
import { SharedPool } from "./shared_pool.ts";
import type { PageStore } from "./store.ts";

const KIND = 3;
const READ_ONLY = 1;
const WRITABLE = 3;

/** The pages in their new room, and the entries that name it. */
export interface Move {
  readonly pool: SharedPool;
  readonly entries: readonly (readonly [page: number, entry: number])[];
}

/** The first of the longest run of writable pages, or of that in which the heap ends. */
function mainFirst(store: PageStore, mapped: readonly number[]): number {
  const top = Math.floor(store.heap.top / store.settings.pageSize);
  let [best, most] = [store.heap.maxPages > 0 ? top : 0, 0];
  let [first, end] = [0, -1];
  for (const page of mapped) {
    if (store.permission(page) !== READ_WRITE) continue;
    if (page !== end) first = page;
    end = page + 1;
    const ends = store.heap.maxPages > 0 && (page === top || end === top);
    if (end - first > most || ends) [best, most] = [first, ends ? Infinity : end - first];
  }
  return best;
}

/** Copies the pages of a memory; nothing when there is no room for it, and then nothing changed. */
export function movedToShared(
  store: PageStore,
  table: PageTable,
): Move | undefined {
  const mapped = store.mappedPages();
  if (mapped.length * store.settings.pageSize > SHARED_LIMIT_BYTES) return undefined;
  try {
    const first = mainFirst(store, mapped);
    const pool = new SharedPool(store.settings, first, table, mapped.length);
    const entries: (readonly [number, number])[] = [];
    let next = first;
    const isMain = (page: number) => page === next && store.permission(page) === READ_WRITE;
    const main = mapped.filter((page) => isMain(page) && ++next > page);
    const end = next;
    const others = mapped.filter((page) => page < first || page >= end);
    for (const page of [...main, ...others]) {
      const entry = table.entry(page);
      const isWritable = store.permission(page) === READ_WRITE;
      const hasBytes = isWritable || (entry & ~KIND) !== 0;
      const offset = hasBytes ? pool.take(page) : NONE;
      if (hasBytes && offset === 0) return undefined;
      if ((entry & ~KIND) !== 0) {
        const { pageSize } = store.settings;
        pool.bytes.set(store.bytesAt(page * pageSize, pageSize), offset);
      }
      entries.push([page, offset | (isWritable ? WRITABLE : READ_ONLY)]);
    }
    return { pool, entries };
  } catch {
    return undefined;
  }
}
