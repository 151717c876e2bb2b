/** What pages that are there need, and what the numbers of the unboxed accesses mean. */

import * as paged from "../src/paged/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { withRoomFor } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof paged>("src/paged/mod.ts");
const FAULT = "src/paged/fault.ts";
const POOL = "src/paged/page_pool.ts";
const LAYOUT = "src/paged/shared_layout.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/pages_that_are_there_need_no_room",
    claim: "a change of pages that a memory has room for asks the engine for nothing",
    subject: ["FlatMemory.protectRegion", "FlatMemory.resetRegion"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.product({ pages: domain.range(1, 5), first: domain.range(0, 4) }),
    reaches: ["inside", "to the end"],
    implementation: paged,
    mutants: [
      mutant(
        "src/paged/flat_store.ts",
        "if (needed <= room) return true;",
        "if (needed < room) return true;",
      ),
    ],
    check: ({ pages, first }, reach, { FlatMemory }) => {
      const pageSize = 16;
      const memory = value(FlatMemory.withPages(5, "read-write", { pageSize }));
      if (first + pages > 5) return undefined;
      reach(first + pages === 5 ? "to the end" : "inside");
      const [start, size] = [first * pageSize, pages * pageSize];
      const changes = withRoomFor(0, () => [
        memory.protectRegion(start, size, "read-only"),
        memory.resetRegion(start, size, "read-write"),
      ]);
      return agrees(changes.map(({ ok }) => ok), [true, true]);
    },
  }),
  defineProof({
    id: "paged/statuses_have_their_meaning",
    claim: "the statuses that are no fault of the guest are 0, 3 and 7, and read as what they are",
    subject: ["readStatus"],
    spec: "unboxed accesses of the library",
    strength: "exhaustive",
    domain: domain.of("ok", "no-room", "invalid-argument"),
    reaches: ["read"],
    implementation: paged,
    mutants: [
      mutant(FAULT, "export const STATUS_INVALID = 7;", "export const STATUS_INVALID = 6;"),
      mutant(FAULT, "export const STATUS_NO_ROOM = 3;", "export const STATUS_NO_ROOM = 4;"),
    ],
    check: (kind, reach, { readStatus, STATUS_OK, STATUS_NO_ROOM, STATUS_INVALID }) => {
      const others = kind === "ok" ? STATUS_OK : STATUS_NO_ROOM;
      const status = kind === "invalid-argument" ? STATUS_INVALID : others;
      reach("read");
      const report = readStatus(status);
      return agrees([STATUS_OK, STATUS_NO_ROOM, STATUS_INVALID], [0, 3, 7]) ??
        agrees([report.kind, Number(report.address)], [kind, 0]);
    },
  }),
  defineProof({
    id: "paged/pages_given_back_are_used_again",
    claim: "pages whose bytes were given back are written anew without more room",
    subject: ["SparseMemory.resetRegion", "SparseMemory.mapRegion"],
    spec: "Gray Paper, appendix A",
    strength: "exhaustive",
    domain: domain.range(1, 5),
    reaches: ["again"],
    implementation: paged,
    mutants: [
      mutant(POOL, "    this.#free.push(offset);\n", ""),
      mutant(POOL, "(pages - this.#free.length) *", "(pages + this.#free.length) *"),
    ],
    check: (pages, reach, { SparseMemory }) => {
      const pageSize = 16;
      const memory = value(SparseMemory.create({ pageSize, limitBytes: 5 * pageSize }));
      const bytes = (salt: number) =>
        Uint8Array.from({ length: 5 * pageSize }, (_, at) => at ^ salt);
      value(memory.mapRegion(0, 5 * pageSize, "read-write", bytes(1)));
      value(memory.resetRegion(0, pages * pageSize, "none"));
      const written = bytes(2).subarray(0, pages * pageSize);
      const again = withRoomFor(1, () =>
        // the one copies the bytes that are given
        memory.mapRegion(0, pages * pageSize, "read-write", written));
      reach("again");
      return agrees(again.ok, true) ??
        agrees(value(memory.read(0, pages * pageSize)), written) ??
        agrees(
          value(memory.read(pages * pageSize, (5 - pages) * pageSize)),
          bytes(1).subarray(pages * pageSize),
        );
    },
  }),
  defineProof({
    id: "paged/first_pages_are_not_reserved_ones",
    claim: "a memory whose first addresses are reserved cannot be made with its first pages mapped",
    subject: ["SparseMemory.withPages", "FlatMemory.withPages"],
    spec: "Gray Paper, reserved addresses",
    strength: "exhaustive",
    domain: domain.product({
      backend: domain.of("SparseMemory", "FlatMemory"),
      pages: domain.of(0, 1, 2),
      reservedBytes: domain.of(0, 16, 32),
      access: domain.of("none", "read-only", "read-write"),
    }),
    reaches: ["ok", "reserved"],
    implementation: paged,
    mutants: [
      mutant(
        "src/paged/region.ts",
        'return err({ kind: "reserved", address: asU32(0), start: asU32(0) });\n  }\n  if (pages',
        'return err({ kind: "no-room" });\n  }\n  if (pages',
      ),
      mutant("src/paged/region.ts", "code !== NONE && pages > 0 &&", "code !== NONE &&"),
      mutant("src/paged/region.ts", "code !== NONE && pages > 0 &&", "pages > 0 &&"),
    ],
    check: ({ backend, pages, reservedBytes, access }, reach, face) => {
      const options = { pageSize: 16, limitBytes: 64, reservedBytes };
      const made = face[backend].withPages(pages, access, options);
      const refused = pages > 0 && access !== "none" && reservedBytes > 0;
      reach(made.ok ? "ok" : made.error.kind);
      return agrees(
        made.ok ? "ok" : made.error,
        refused ? { kind: "reserved", address: 0, start: 0 } : "ok",
      );
    },
  }),
  defineProof({
    id: "paged/parts_of_a_shared_memory_lie_apart",
    claim: "what engines and generated code share lies apart, in whole words, without a gap",
    subject: ["guestSpaceOf"],
    spec: "Gray Paper, appendix A",
    strength: "exhaustive",
    domain: domain.of("parts", "context", "pages"),
    reaches: ["parts", "context", "pages"],
    implementation: paged,
    mutants: [
      mutant(LAYOUT, "JUMPS_MAX = 229_376", "JUMPS_MAX = 229_377"),
      mutant(LAYOUT, "CONTEXT + 108", "CONTEXT + 109"),
      mutant(LAYOUT, "CONTEXT + 120", "CONTEXT - 120"),
      mutant(LAYOUT, "2 ** 31 - 2 * MAIN_PAGES", "2 ** 32 - 2 * MAIN_PAGES"),
    ],
    check: (part, reach, { GUEST_LAYOUT: at, guestSpaceOf, SparseMemory }) => {
      reach(part);
      const bytes = guestSpaceOf(value(SparseMemory.create()))?.words.byteLength ?? 0;
      if (bytes < at.MAIN_PAGES) return `it has ${bytes} bytes`;
      if (part === "parts") {
        return agrees(
          [at.CONTEXT, at.JUMPS, at.PAGE_WORDS, at.LOW_PAGES],
          [
            at.ZEROS_BYTES,
            at.CONTEXT + 2 ** 16,
            at.JUMPS + 4 * at.JUMPS_MAX,
            at.PAGE_WORDS + 4 * 2 ** (32 - at.WORD_SHIFT),
          ],
        );
      }
      if (part === "context") {
        return agrees(
          [
            ...[at.REGISTERS_AT, at.FUEL_AT, at.MAIN_BASE_AT, at.MAIN_LIMIT_AT],
            ...[at.SIDE_BASE_AT, at.SIDE_LIMIT_AT, at.SIDE_DELTA_AT],
          ].map((place) => place - at.CONTEXT),
          [0, ...[0, 1, 2, 3, 4, 5].map((word) => 13 * 8 + 4 * word)],
        );
      }
      // Pages of 64 KiB have to fit, and the last place has to stay below 2^31.
      const odd = (at.MAIN_PAGES - at.LOW_PAGES) % 2 ** 16;
      const last = 2 * at.MAIN_PAGES + at.SHARED_LIMIT_BYTES;
      return agrees([odd, last, at.WASM_PAGE], [0, 2 ** 31, 2 ** 16]);
    },
  }),
];

register(proofs);
