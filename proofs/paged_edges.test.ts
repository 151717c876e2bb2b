/** What pages that are there need, and what the numbers of the unboxed accesses mean. */

import * as paged from "../src/paged/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { withRoomFor } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof paged>("src/paged/mod.ts");
const FAULT = "src/paged/fault.ts";

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
];

register(proofs);
