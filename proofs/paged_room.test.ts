/** Where pages find room: in a table with groups far apart, in a clone, beside untouched pages. */

import * as paged from "../src/paged/mod.ts";
import type { SparseMemory } from "../src/paged/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { withRoomFor } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof paged>("src/paged/mod.ts");
const TABLE = "src/paged/page_table.ts";
const POOL = "src/paged/page_pool.ts";
const STORE = "src/paged/store.ts";

/** The pages of a group of the page table. */
const GROUP = 1024;
const PAGE = 4;

/** The pages that a memory has mapped, each with its first byte. */
function held(memory: paged.Memory): readonly (readonly [page: number, byte: number])[] {
  return Array.from(
    memory.pages(),
    ({ address, bytes }) => [address / PAGE, bytes[0] ?? -1] as const,
  );
}

/** Maps a page with bytes. */
function fill(memory: SparseMemory, page: number, byte: number): void {
  value(memory.mapRegion(page * PAGE, PAGE, "read-write", Uint8Array.of(byte, 1, 2, 3)));
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/page_table_has_room_for_every_group",
    claim:
      "pages on both sides of the borders of the page table's groups are mapped and taken away in " +
      "any order, one border or two at a time, and are there in a clone too",
    subject: ["SparseMemory.mapRegion", "SparseMemory.resetRegion", "SparseMemory.pages"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.words(
      domain.of(
        ...([[1, 1, true], [3, 1, true], [5, 2, true], [9, 2, true], [1024, 1, true]] as const),
        ...([[1, 1, false], [5, 2, false]] as const),
      ),
      3,
    ),
    reaches: ["some", "none"],
    implementation: paged,
    mutants: [
      mutant(TABLE, "if (last >= this.root.length)", "if (last > this.root.length)"),
      mutant(TABLE, "this.#leavesEnd) / LEAF_SIZE", "this.#leavesEnd) * LEAF_SIZE"),
      mutant(TABLE, "copy.#leavesEnd = this.#leavesEnd;", ""),
      mutant(TABLE, "if (free !== undefined) return free;", ""),
    ],
    check(deeds, reach, face) {
      const memory = value(face.SparseMemory.create({ pageSize: PAGE, limitBytes: 2 ** 16 }));
      const expected = new Map<number, number>();
      deeds.forEach(([group, groups, isMapped], deed) => {
        const first = group * GROUP - 1;
        const pages = (groups - 1) * GROUP + 2;
        // Only both ends, with bytes: the pages between them would be many.
        for (const page of [first, first + pages - 2, first + pages - 1]) expected.delete(page);
        if (!isMapped) {
          value(memory.resetRegion(first * PAGE, pages * PAGE, "none"));
          return;
        }
        value(memory.mapRegion(first * PAGE, pages * PAGE, "read-write"));
        value(memory.resetRegion((first + 1) * PAGE, (pages - 2) * PAGE, "none"));
        for (const page of [first, first + pages - 1]) {
          value(memory.writeU8(page * PAGE, deed + 1));
          expected.set(page, deed + 1);
        }
      });
      reach(expected.size === 0 ? "none" : "some");
      const sorted = [...expected].sort(([one], [other]) => one - other);
      const clone = value(memory.clone());
      value(clone.mapRegion(2000 * GROUP * PAGE, PAGE, "read-write", Uint8Array.of(9)));
      return allOf(
        agrees(held(memory), sorted),
        agrees(held(clone), [...sorted, [2000 * GROUP, 9]]),
        agrees(held(memory), sorted),
      );
    },
  }),
  defineProof({
    id: "paged/clones_have_the_room_that_was_given_back",
    claim:
      "a clone of a memory of which pages were given back takes as many anew as the limit allows, " +
      "and so does the memory itself, each with its own bytes",
    subject: ["SparseMemory.clone", "SparseMemory.mapRegion"],
    spec: "limits are explicit",
    strength: "exhaustive",
    domain: domain.product({
      given: domain.range(0, 4),
      more: domain.range(0, 2),
      isShared: domain.of(false, true),
    }),
    reaches: ["full", "room"],
    implementation: paged,
    mutants: [
      mutant(POOL, "copy.#free = this.#free.slice();", ""),
      mutant(POOL, "copy.#free = this.#free.slice();", "copy.#free = this.#free;"),
      mutant(POOL, "copy.#end = this.#end;", ""),
    ],
    check({ given, more, isShared }, reach, face) {
      const limitBytes = (4 + more) * PAGE;
      const memory = value(face.SparseMemory.create({ pageSize: PAGE, limitBytes }));
      for (let page = 0; page < 4; page++) fill(memory, page, page + 1);
      value(memory.resetRegion(0, given * PAGE, "none"));
      if (isShared) face.guestSpaceOf(memory);
      const clone = value(memory.clone());
      const fresh = Array.from({ length: given + more }, (_, page) => page + 7);
      for (const page of fresh) fill(clone, page, page + 11);
      for (const page of fresh) fill(memory, page, page + 51);
      reach(given + more === 0 ? "full" : "room");
      const left = [0, 1, 2, 3].slice(given).map((page) => [page, page + 1]);
      return allOf(
        agrees(held(clone), [...left, ...fresh.map((page) => [page, page + 11])]),
        agrees(held(memory), [...left, ...fresh.map((page) => [page, page + 51])]),
        agrees(clone.mapRegion(30 * PAGE, PAGE, "read-only").ok, false),
      );
    },
  }),
  defineProof({
    id: "paged/stores_take_room_for_their_own_pages",
    claim: "a store takes room for the pages that it writes to, and for none beside them",
    subject: ["SparseMemory.storeU8", "SparseMemory.storeU16", "SparseMemory.storeU32"],
    spec: "unboxed accesses of the library",
    strength: "exhaustive",
    domain: domain.product({ width: domain.of(1, 2, 4), left: domain.of(0, 1) }),
    reaches: ["ok", "no-room"],
    implementation: paged,
    mutants: [
      mutant(STORE, "i = 0; i < width; i++) if (!store", "i = -1; i < width; i++) if (!store"),
      mutant(STORE, "i < width; i++) if (!store", "i <= width; i++) if (!store"),
    ],
    check({ width, left }, reach, { SparseMemory, readStatus }) {
      const memory = value(SparseMemory.create({ pageSize: PAGE, limitBytes: 64 * PAGE }));
      value(memory.mapRegion(0, 32 * PAGE, "read-write"));
      // The first page that is written to makes room for seven.
      for (let page = 0; page < 7 - left; page++) value(memory.writeU8((page + 20) * PAGE, 1));
      const at = 9 * PAGE + (width === 4 ? 0 : PAGE - width);
      const status = withRoomFor(0, () => {
        if (width === 1) return memory.storeU8(at, 5);
        return width === 2 ? memory.storeU16(at, 5) : memory.storeU32(at, 5);
      });
      const { kind } = readStatus(status);
      reach(kind);
      return agrees(kind, left === 0 ? "no-room" : "ok") ??
        agrees(Number(value(memory.readU8(at))), left === 0 ? 0 : 5);
    },
  }),
];

register(proofs);
