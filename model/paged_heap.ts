/**
 * The reference model of the heap of a paged memory: a pointer that `sbrk` moves up.
 *
 * @module
 */

import { integer, invalid, SPACE } from "./paged.ts";
import { change } from "./paged_regions.ts";
import type { Memory, Step } from "./paged.ts";

/** Where the heap must end: after the most pages it may have, and within the address space. */
function heapLimit(memory: Memory): bigint {
  const end = memory.heap.base + memory.heap.maxPages * memory.pageSize;
  return end < SPACE ? end : SPACE;
}

/** Says where the heap is; it must be in order. */
export function setHeap(memory: Memory, base: unknown, top: unknown, maxPages: unknown): Step {
  const refuse = (parameter: string): Step => ({ state: memory, outcome: invalid(parameter) });
  const from = integer(base, 0n, SPACE - 1n);
  if (from === undefined) return refuse("base");
  const to = integer(top, from, SPACE);
  if (to === undefined) return refuse("top");
  const most = integer(maxPages, 0n, SPACE / memory.pageSize);
  if (most === undefined) return refuse("maxPages");
  const heap = { base: from, top: to, maxPages: most };
  return { state: { ...memory, heap }, outcome: { ok: undefined } };
}

/** Moves the top of the heap up and gives the old one; the pages that it passes become accessible. */
export function sbrk(memory: Memory, size: unknown): Step {
  const count = integer(size, 0n, SPACE - 1n);
  if (count === undefined) return { state: memory, outcome: invalid("size") };
  const { top } = memory.heap;
  if (count === 0n) return { state: memory, outcome: { ok: top } };
  const refused: Step = {
    state: memory,
    outcome: { error: { kind: "heap-exhausted", requestedBytes: count, top } },
  };
  if (top + count > heapLimit(memory)) return refused;
  let state = memory;
  const page = memory.pageSize;
  for (let at = top - top % page; at < top + count; at += page) {
    if (state.pages.some((other) => other.start === at)) continue;
    const mapped = change(state, "map", Number(at), Number(page), "read-write");
    if ("error" in mapped.outcome) return refused;
    state = mapped.state;
  }
  const heap = { ...state.heap, top: top + count };
  return { state: { ...state, heap }, outcome: { ok: top } };
}
