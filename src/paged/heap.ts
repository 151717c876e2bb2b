/**
 * The heap: a pointer that `sbrk` moves up, mapping the pages that it passes.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32, asUsize } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { HeapExhausted } from "./fault.ts";
import { isAddress, isWhole, NONE, READ_WRITE, SPACE } from "./page.ts";
import { prepareToMap } from "./region.ts";
import type { PageStore } from "./store.ts";

/** Says where the heap is. */
export function setHeap(
  store: PageStore,
  base: unknown,
  top: unknown,
  maxPages: unknown,
): Result<void, InvalidArgument> {
  if (!isAddress(base)) {
    return invalidArgument("base", "a whole number from 0 to 4,294,967,295", base);
  }
  if (!isWhole(top, base, SPACE)) {
    return invalidArgument("top", "a whole number from the base to 4,294,967,296", top);
  }
  if (!isWhole(maxPages, 0, SPACE / store.settings.pageSize)) {
    return invalidArgument("maxPages", "a whole number of pages of the address space", maxPages);
  }
  store.heap = { base, top, maxPages };
  return ok(undefined);
}

/** Moves the top of the heap up and gives the old one. */
export function sbrk(
  store: PageStore,
  size: unknown,
): Result<Usize, HeapExhausted | InvalidArgument> {
  if (!isAddress(size)) {
    return invalidArgument("size", "a whole number from 0 to 4,294,967,295", size);
  }
  const { base, top, maxPages } = store.heap;
  if (size === 0) return ok(asUsize(top));
  const { pageSize, reservedBytes } = store.settings;
  const exhausted = err(
    {
      kind: "heap-exhausted",
      requestedBytes: asU32(size),
      top: asUsize(top),
    } as const,
  );
  if (top + size > Math.min(base + maxPages * pageSize, SPACE)) return exhausted;
  const first = Math.floor(top / pageSize);
  const count = Math.ceil((top + size) / pageSize) - first;
  if (first * pageSize < reservedBytes) return exhausted;
  if (prepareToMap(store, first, count, 0) !== undefined) return exhausted;
  for (let page = first; page < first + count; page++) {
    if (store.permission(page) === NONE) store.setPermission(page, 1, READ_WRITE);
  }
  store.heap = { base, top: top + size, maxPages };
  return ok(asUsize(top));
}
