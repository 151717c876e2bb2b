/** Memories that share their bytes with generated code: where the code finds them. */

import fc from "fast-check";
import * as paged from "../src/paged/mod.ts";
import type { SparseMemory } from "../src/paged/mod.ts";
import { agrees, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { spaceAgrees } from "./_kit/paged_shared.ts";
import { register } from "./_kit/register.ts";

type Face = typeof paged;
const mutant = sourceMutants<Face>("src/paged/mod.ts");
const POOL = "src/paged/shared_pool.ts";
const MOVE = "src/paged/shared_move.ts";

/** What is done to a page: it is made to be read or written, with bytes or without, or taken away. */
const DEEDS = ["write", "write bytes", "read", "read bytes", "take away"] as const;
type Deed = readonly [page: number, deed: typeof DEEDS[number]];

/** The pages that proofs map: the first, some in the middle, and the last of the address space. */
const PLACES = 14;

function addressOf(place: number, pageSize: number): number {
  return (place < 10 ? place : 2 ** 32 / pageSize - PLACES + place) * pageSize;
}

function apply(memory: SparseMemory, [place, deed]: Deed): void {
  const { pageSize } = memory;
  const start = addressOf(place, pageSize);
  const access = deed.startsWith("write") ? "read-write" : "read-only";
  if (deed === "take away") value(memory.resetRegion(start, pageSize, "none"));
  else if (!deed.endsWith("bytes")) value(memory.resetRegion(start, pageSize, access));
  else {
    const bytes = Uint8Array.from({ length: pageSize }, (_, at) => at * 7 + place + 1);
    value(memory.mapRegion(start, pageSize, access, bytes));
  }
}

/** Where the longest run of writable pages begins, or that in which the heap ends. */
function expectedBase(writable: readonly boolean[], heap: number | undefined): number {
  let [best, most] = [heap ?? 0, 0];
  writable.forEach((can, first) => {
    if (!can || writable[first - 1] === true) return;
    let end = first;
    while (writable[end] === true) end++;
    const ends = heap !== undefined && heap >= first && heap <= end;
    const length = ends ? Infinity : end - first;
    if (length > most) [best, most] = [first, length];
  });
  return best;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/generated_code_finds_every_byte",
    claim:
      "windows and page words of a shared memory lead to every byte, allow what the page allows, " +
      "and no window could be wider",
    subject: ["guestSpaceOf", "SparseMemory.mapRegion", "SparseMemory.resetRegion"],
    spec: "Gray Paper, appendix A",
    strength: "sampled",
    domain: sampled(
      fc.record({
        pageSize: fc.constantFrom(8, 4096, 4096),
        before: fc.array(fc.tuple(fc.nat(PLACES - 1), fc.constantFrom(...DEEDS)), {
          maxLength: 12,
        }),
        after: fc.array(fc.tuple(fc.nat(PLACES - 1), fc.constantFrom(...DEEDS)), {
          maxLength: 12,
        }),
      }),
      { runs: 80, describe: "up to 12 changes of pages before the sharing, and after it" },
    ),
    reaches: ["shared"],
    implementation: paged,
    mutants: [
      mutant(POOL, "(entry & KIND) === WRITABLE ? at", "(entry & KIND) !== WRITABLE ? at"),
      mutant(POOL, "(end - first) * pageSize - REACH", "(end - first) * pageSize - 8"),
      mutant(POOL, "if (page === this.#mainEnd && fits(page, entry)) {", "if (false) {"),
      mutant(POOL, "follows(first - 1)) first--;", "follows(first - 1)) break;"),
      mutant(POOL, "Math.max(0, size - REACH);", "size;"),
    ],
    check: ({ pageSize, before, after }, reach, face) => {
      const limitBytes = PLACES * pageSize;
      const memory = value(face.SparseMemory.create({ pageSize, limitBytes }));
      for (const deed of before) apply(memory, deed);
      face.guestSpaceOf(memory);
      reach("shared");
      for (const deed of after) {
        apply(memory, deed);
        const failure = spaceAgrees(face, memory, 10);
        if (failure !== undefined) return failure;
      }
      return spaceAgrees(face, memory, 10) ?? spaceAgrees(face, value(memory.clone()), 10);
    },
  }),
  defineProof({
    id: "paged/main_window_is_the_longest_or_the_heap",
    claim:
      "the main window of a shared memory begins at its longest run of writable pages, or at that in " +
      "which the heap ends",
    subject: ["guestSpaceOf"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.product({
      writable: domain.words(domain.of(true, false), 6),
      heap: domain.of(undefined, 0, 2, 3, 5, 6),
    }),
    reaches: ["placed"],
    implementation: paged,
    mutants: [
      mutant(MOVE, "if (end - first > most || ends)", "if (end - first >= most || ends)"),
      mutant(MOVE, "(page === top || end === top)", "(page === top)"),
      mutant(MOVE, "ends ? Infinity : end - first", "end - first"),
      mutant(MOVE, "store.heap.maxPages > 0 ? top : 0, 0]", "0, 0]"),
    ],
    check: ({ writable, heap }, reach, face) => {
      const pageSize = 16;
      const memory = value(face.SparseMemory.create({ pageSize, limitBytes: 2 ** 12 }));
      writable.forEach((can, page) => {
        value(memory.resetRegion(page * pageSize, pageSize, can ? "read-write" : "read-only"));
      });
      if (heap !== undefined) value(memory.setHeap(0, heap * pageSize, 100));
      const space = face.guestSpaceOf(memory);
      const { MAIN_BASE_AT } = face.GUEST_LAYOUT;
      reach("placed");
      return agrees(
        space?.words[MAIN_BASE_AT >> 2],
        expectedBase(writable, heap) * pageSize,
      ) ?? spaceAgrees(face, memory, 8);
    },
  }),
  defineProof({
    id: "paged/shared_pages_have_room",
    claim:
      "more pages beside the main window than its room holds, and large ones, are found as well",
    subject: ["guestSpaceOf", "SparseMemory.mapRegion"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.of(40, 47, 48, 49, 60),
    reaches: ["found"],
    implementation: paged,
    mutants: [
      mutant(POOL, "this.#low + pageSize <= at.MAIN_PAGES", "this.#low <= at.MAIN_PAGES"),
      mutant(POOL, "this.#low + pageSize <= at.MAIN_PAGES", "this.#low + pageSize < at.MAIN_PAGES"),
      mutant(POOL, "return this.#low - pageSize;", ""),
      mutant(POOL, "if (this.#returned.delete(own)) return own;", ""),
      mutant(POOL, "if (this.#returned.delete(own)) return own;", "this.#returned.delete(own);"),
      mutant(POOL, "first + (pageSize >> at.WORD_SHIFT));", "first + 1);"),
      mutant(POOL, "this.#look();\n    return true;", "return true;"),
    ],
    check: (count, reach, face) => {
      const pageSize = 65_536;
      const memory = value(face.SparseMemory.create({ pageSize, limitBytes: 70 * pageSize }));
      const place = (page: number) =>
        memory.mapRegion(page * pageSize, pageSize, "read-write", Uint8Array.of(page, 1, page));
      value(place(100));
      value(place(101));
      face.guestSpaceOf(memory);
      for (let page = 0; page < count; page++) value(place(2 * page));
      value(place(102));
      reach("found");
      for (let page = 0; page < count; page++) {
        const found = [0, 1, 2].map((at) => Number(value(memory.readU8(2 * page * pageSize + at))));
        if (found.join() !== [2 * page, 1, 2 * page].join()) return `page ${2 * page}: ${found}`;
      }
      // While there is room beside it, nothing stands in the way of the main window.
      const { MAIN_LIMIT_AT } = face.GUEST_LAYOUT;
      const limit = face.guestSpaceOf(memory)?.words[MAIN_LIMIT_AT >> 2];
      if (count <= 48 && limit !== 3 * pageSize - 7) return `the main window has ${limit}`;
      // Pages of it that are taken away, and come again, have their own room again.
      const before = face.guestSpaceOf(memory)?.words[MAIN_LIMIT_AT >> 2];
      for (const page of [102, 101]) value(memory.resetRegion(page * pageSize, pageSize, "none"));
      for (const page of [101, 102]) value(place(page));
      const after = face.guestSpaceOf(memory)?.words[MAIN_LIMIT_AT >> 2];
      if (count <= 48 && after !== before) return `the main window now has ${after}`;
      return spaceAgrees(face, memory, 104) ?? spaceAgrees(face, value(memory.clone()), 104);
    },
  }),
];

register(proofs);
