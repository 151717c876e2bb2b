/**
 * What is mapped, for comparing and copying whole memories.
 *
 * @module
 */

import { asU32, asUsize } from "../int/mod.ts";
import type { U32, Usize } from "../int/mod.ts";
import { type MappedAccess, mappedAccessOf, NONE } from "./page.ts";
import { copyOut, type PageStore } from "./store.ts";

/** A longest run of mapped pages of one access. */
export interface MappedRegion {
  /** Where it starts. */
  readonly start: U32;
  /** Its size in bytes. */
  readonly size: Usize;
  /** What its pages allow. */
  readonly access: MappedAccess;
}

/** A mapped page. */
export interface MappedPage {
  /** Where it starts. */
  readonly address: U32;
  /** What it allows. */
  readonly access: MappedAccess;
  /** A copy of its bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The mapped pages merged into regions. */
export function regionsOf(store: PageStore): readonly MappedRegion[] {
  const { pageSize } = store.settings;
  const regions: MappedRegion[] = [];
  let start = 0;
  let end = 0;
  let code = NONE;
  function close(): void {
    if (code === NONE) return;
    const access = mappedAccessOf(code);
    regions.push({ start: asU32(start), size: asUsize(end - start), access });
  }
  for (const page of store.mappedPages()) {
    const address = page * pageSize;
    const next = store.permission(page);
    if (address !== end || next !== code) {
      close();
      start = address;
      code = next;
    }
    end = address + pageSize;
  }
  close();
  return regions;
}

/** The mapped pages; one that is unmapped while they are gone through is passed over. */
export function* pagesOf(store: PageStore): Iterable<MappedPage> {
  const { pageSize } = store.settings;
  for (const page of store.mappedPages()) {
    const code = store.permission(page);
    if (code === NONE) continue;
    const bytes = new Uint8Array(pageSize);
    copyOut(store, page * pageSize, bytes);
    yield { address: asU32(page * pageSize), access: mappedAccessOf(code), bytes };
  }
}
