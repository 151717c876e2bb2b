/** Which windows generated code has at the end of the address space, and what untouched pages show. */

import * as paged from "../src/paged/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof paged>("src/paged/mod.ts");
const POOL = "src/paged/shared_pool.ts";
const MOVE = "src/paged/shared_move.ts";
const SPACE = 2 ** 32;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/windows_lie_over_pages_in_a_row",
    claim:
      "the window around an address of a row of writable pages is the whole row, wherever in the " +
      "address space it lies",
    subject: ["guestSpaceOf"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.product({
      pageSize: domain.of(4, 8, 4096),
      row: domain.of(1, 3),
      place: domain.of("first", "middle", "upper", "last"),
    }),
    reaches: ["seen"],
    implementation: paged,
    mutants: [
      mutant(POOL, "2 ** (32 - pageShift)", "2 ** (31 - pageShift)"),
      mutant(POOL, "limit: Math.max(0,", "limit: Math.max(1,"),
      mutant(POOL, "base: first * pageSize", "base: page * pageSize"),
      mutant(POOL, "while (first > 0 &&", "while (first > 1 &&"),
      mutant(POOL, "limit: Math.max(0, (end - first)", "limit: Math.max(0, (end - page)"),
    ],
    check({ pageSize, row, place }, reach, face) {
      const memory = value(face.SparseMemory.create({ pageSize, limitBytes: 2 ** 20 }));
      const starts = {
        first: 0,
        middle: 2 ** 20,
        upper: 2 ** 31 - pageSize,
        last: SPACE - row * pageSize,
      };
      const start = starts[place];
      // The main window lies over the longest row: this one is beside it.
      value(memory.mapRegion(2 ** 24, 4 * pageSize, "read-write"));
      value(memory.mapRegion(start, row * pageSize, "read-write", Uint8Array.of(7)));
      const space = face.guestSpaceOf(memory);
      const inside = start + (row >> 1) * pageSize + 1;
      const window = space?.windowAt(inside);
      const bytes = new Uint8Array(space?.words.buffer ?? new ArrayBuffer(0));
      reach("seen");
      return agrees([window?.base, window?.limit], [start, Math.max(0, row * pageSize - 7)]) ??
        agrees(bytes[(start + (window?.delta ?? 0)) >>> 0], 7);
    },
  }),
  defineProof({
    id: "paged/main_window_ends_where_its_pages_do",
    claim:
      "the main window reaches up to the first of its pages that is taken away or protected, and no " +
      "further, in a clone too",
    subject: ["guestSpaceOf", "SparseMemory.resetRegion", "SparseMemory.protectRegion"],
    spec: "Gray Paper, appendix A",
    strength: "exhaustive",
    domain: domain.product({
      pages: domain.range(1, 3),
      gone: domain.range(0, 2),
      how: domain.of("taken", "protected"),
    }),
    reaches: ["none", "some"],
    implementation: paged,
    mutants: [
      mutant(POOL, "page >= this.#mainFirst &&", "page > this.#mainFirst &&"),
      mutant(POOL, "= Math.max(0, size - REACH)", "= Math.max(-1, size - REACH)"),
      mutant(POOL, "      this.#mainEnd = page;\n", "      this.#mainEnd = page + 1;\n"),
    ],
    check({ pages, gone, how }, reach, face) {
      if (gone >= pages) return undefined;
      const pageSize = 16;
      const memory = value(face.SparseMemory.create({ pageSize, limitBytes: 2 ** 12 }));
      value(memory.mapRegion(5 * pageSize, pages * pageSize, "read-write"));
      const space = face.guestSpaceOf(memory);
      const at = (5 + gone) * pageSize;
      if (how === "taken") value(memory.resetRegion(at, pageSize, "none"));
      else value(memory.protectRegion(at, pageSize, "read-only"));
      reach(gone === 0 ? "none" : "some");
      const clone = face.guestSpaceOf(value(memory.clone()));
      const { MAIN_BASE_AT, MAIN_LIMIT_AT } = face.GUEST_LAYOUT;
      const seen = [space, clone].map((one) => [
        one?.words[MAIN_BASE_AT >> 2],
        one?.words[MAIN_LIMIT_AT >> 2],
      ]);
      const expected = [5 * pageSize, Math.max(0, gone * pageSize - 7)];
      return agrees(seen, [expected, expected]);
    },
  }),
  defineProof({
    id: "paged/untouched_pages_share_the_zeros",
    claim:
      "pages of a shared memory that can only be read and were never written show generated code " +
      "the zeros that all of them share; others have a place of their own",
    subject: ["guestSpaceOf"],
    spec: "Gray Paper, appendix A",
    strength: "exhaustive",
    domain: domain.product({
      access: domain.of("read-only", "read-write"),
      hasBytes: domain.of(false, true),
      isLater: domain.of(false, true),
    }),
    reaches: ["zeros", "own"],
    implementation: paged,
    mutants: [
      mutant(
        MOVE,
        "const hasBytes = isWritable || (entry & ~KIND) !== 0;",
        "const hasBytes = isWritable || (entry & KIND) !== 0;",
      ),
    ],
    check({ access, hasBytes, isLater }, reach, face) {
      const pageSize = 4096;
      const memory = value(face.SparseMemory.create({ pageSize, limitBytes: 2 ** 20 }));
      if (isLater) face.guestSpaceOf(memory);
      if (hasBytes) value(memory.mapRegion(5 * pageSize, pageSize, access, Uint8Array.of(3)));
      else value(memory.resetRegion(5 * pageSize, pageSize, access));
      const { PAGE_WORDS, ZEROS_BYTES, CAN_READ, CAN_WRITE } = face.GUEST_LAYOUT;
      const word = face.guestSpaceOf(memory)?.words[(PAGE_WORDS >> 2) + 5] ?? 0;
      const at = ((word & -4096) + 5 * pageSize) >>> 0;
      const isShared = access === "read-only" && !hasBytes;
      reach(isShared ? "zeros" : "own");
      return allOf(
        agrees(at < ZEROS_BYTES, isShared),
        agrees(word & 3, access === "read-only" ? CAN_READ : CAN_READ | CAN_WRITE),
      );
    },
  }),
];

register(proofs);
