/** What generated code may find in a memory that is shared with it. */

import type * as paged from "../../src/paged/mod.ts";
import type { GuestSpace, SparseMemory } from "../../src/paged/mod.ts";

type Face = typeof paged;
/** A range of writable addresses, and what to add to an address to have its place. */
type Window = ReturnType<GuestSpace["windowAt"]>;

/** How far the widest access reaches beyond the address that it begins at. */
const REACH = 7;

/** What the page words allow at an address, and the byte that they lead to. */
function byWord(face: Face, space: GuestSpace, address: number): readonly unknown[] {
  const { PAGE_WORDS, CAN_READ, CAN_WRITE } = face.GUEST_LAYOUT;
  const word = space.words[(PAGE_WORDS >> 2) + (address >>> 12)] ?? 0;
  const canWrite = (word & CAN_WRITE) !== 0;
  if ((word & CAN_READ) === 0) return [undefined, canWrite];
  return [new Uint8Array(space.words.buffer)[(address + (word & ~4095)) >>> 0], canWrite];
}

/** The main window, in the form of the others. */
function mainWindow({ GUEST_LAYOUT }: Face, { words }: GuestSpace): Window {
  const { MAIN_BASE_AT, MAIN_LIMIT_AT, MAIN_PAGES } = GUEST_LAYOUT;
  const base = (words[MAIN_BASE_AT >> 2] ?? 0) >>> 0;
  return { base, limit: words[MAIN_LIMIT_AT >> 2] ?? 0, delta: (MAIN_PAGES - base) | 0 };
}

/** Whether a window lies over writable pages, shows their bytes, and could not be wider. */
function windowAgrees(memory: SparseMemory, space: GuestSpace, window: Window): string | undefined {
  const { base, limit, delta } = window;
  const end = base + limit + REACH;
  const size = memory.pageSize;
  if (base % size !== 0 || end % size !== 0) return `${base} to ${end} are no whole pages`;
  if (!memory.canWrite(base, end - base)) return `${base} to ${end} cannot be written`;
  const bytes = new Uint8Array(space.words.buffer);
  for (let page = base; page < end; page += size) {
    for (const address of [page, page + 1, page + size - 1]) {
      const read = memory.readU8(address);
      if (!read.ok || bytes[(address + delta) >>> 0] !== Number(read.value)) {
        return `${address} differs`;
      }
    }
  }
  for (const beside of [base - 1, end]) {
    if (beside < 0 || beside >= 2 ** 32) continue;
    const other = space.windowAt(beside);
    if (other.limit > 0 && other.delta === delta) return `${base} to ${end} could hold ${beside}`;
  }
  return undefined;
}

/**
 * Whether generated code finds every byte that can be read, by the words of the pages where there are
 * such, and whether the windows lie over all writable pages and no others.
 */
export function spaceAgrees(face: Face, memory: SparseMemory, pages: number): string | undefined {
  const space = face.guestSpaceOf(memory);
  if (space === undefined) return "there is no space";
  const main = mainWindow(face, space);
  const first = space.windowAt(main.base);
  if (main.limit === 0 && first.limit > 0 && first.delta === main.delta) {
    return `main window: could hold ${main.base}`;
  }
  const failure = main.limit === 0 ? undefined : windowAgrees(memory, space, main);
  if (failure !== undefined) return `main window: ${failure}`;
  const { pageSize } = memory;
  for (let page = 0; page < pages; page++) {
    const inside = page * pageSize + page % pageSize;
    const window = space.windowAt(inside);
    const isWritable = memory.canWrite(inside, 1);
    if (isWritable !== window.limit > 0) return `window of ${inside}: ${window.limit}`;
    if (isWritable) {
      if (inside < window.base || inside >= window.base + window.limit + REACH) {
        return `window of ${inside} is elsewhere`;
      }
      const wrong = windowAgrees(memory, space, window);
      if (wrong !== undefined) return `window of ${inside}: ${wrong}`;
    }
    if (pageSize < 4096) continue;
    for (let address = page * pageSize; address < (page + 1) * pageSize; address += 4095) {
      const read = memory.readU8(address);
      const [byte, canWrite] = byWord(face, space, address);
      const expected = read.ok ? Number(read.value) : undefined;
      if (byte !== expected || canWrite !== isWritable) {
        return `${address} by its word: ${byte}, ${canWrite}`;
      }
    }
  }
  return undefined;
}
