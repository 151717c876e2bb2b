/** What a machine was like at an earlier time, to tell what changed since. */

import type { Machine } from "../../src/pvm/mod.ts";
import type { Memory } from "../../src/paged/mod.ts";

/** Up to so many mapped bytes, the bytes are kept. */
const KEPT_BYTES_MAX = 2 ** 22;

/** Pages by their address. */
export type Pages = ReadonlyMap<number, Uint8Array>;

/** What a machine was like. */
export interface Snapshot {
  readonly registers: readonly bigint[];
  readonly gas: bigint;
  /** Its pages; nothing where there were too many. */
  readonly pages: Pages | undefined;
}

/** The mapped pages with their bytes; nothing where there are too many. */
export function pagesOf(memory: Memory): Pages | undefined {
  if (memory.mappedBytes > KEPT_BYTES_MAX) return undefined;
  return new Map(Array.from(memory.pages(), ({ address, bytes }) => [address, bytes] as const));
}

/** Takes a snapshot. */
export function snapshotOf({ registers, gas, memory }: Machine): Snapshot {
  return { registers, gas, pages: pagesOf(memory) };
}

/** The first byte of a page that is another than before; -1 where none is. A new page was all zeros. */
function changeIn(now: Uint8Array, before: Uint8Array | undefined): number {
  return now.findIndex((byte, at) => byte !== (before?.[at] ?? 0));
}

/** The address of the first byte that changed, for each page in which one did. */
export function changesOf(before: Pages | undefined, now: Pages | undefined): readonly number[] {
  if (before === undefined || now === undefined) return [];
  return [...now].flatMap(([address, bytes]) => {
    const at = changeIn(bytes, before.get(address));
    return at < 0 ? [] : [address + at];
  });
}
