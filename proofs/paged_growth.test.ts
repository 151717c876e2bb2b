/** Many pages: near the end of the address space, and more than a table or buffer first holds. */

import { change } from "../model/paged_regions.ts";
import {
  agrees,
  agreesWithModel,
  allOf,
  defineProof,
  domain,
  type Proof,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  BACKENDS,
  build,
  type Face,
  make,
  nameOf,
  outcomeOf,
  settings,
  value,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/stack_near_the_end_costs_its_pages",
    claim: "pages near 2^32 count as themselves alone in a sparse memory, within an exact limit",
    subject: ["SparseMemory.mapRegion", "SparseMemory.mappedBytes", "SparseMemory.limitBytes"],
    spec: "Gray Paper, appendix A (standard program initialization)",
    strength: "bounded",
    domain: domain.product({ pages: domain.range(0, 9), limitPages: domain.range(0, 9) }),
    reaches: ["ok", "limit-exceeded"],
    implementation: paged,
    mutants: [
      mutant("src/paged/sparse_store.ts", "return (this.#mapped + fresh) *", "return fresh *"),
    ],
    check({ pages, limitPages }, reach, face) {
      const limitBytes = BigInt(4096 * limitPages);
      const given = settings("sparse", 4096, { limitBytes });
      const { real, model } = build(face, given, []);
      let state = model;
      let failure: string | undefined;
      for (let page = 1; page <= pages; page++) {
        const start = 0xfefe_0000 - 4096 * page;
        const step = change(state, "map", start, 4096, "read-write");
        state = step.state;
        const outcome = outcomeOf(real.mapRegion(start, 4096, "read-write"));
        const mapped = { mapped: BigInt(real.mappedBytes), limit: BigInt(real.limitBytes) };
        const bytes = BigInt(state.pages.length) * 4096n;
        failure ??= agreesWithModel(
          { outcome, state: mapped },
          { outcome: step.outcome, state: { mapped: bytes, limit: limitBytes } },
        );
        reach(nameOf(outcome));
      }
      return failure;
    },
  }),
  defineProof({
    id: "paged/growth_keeps_every_byte",
    claim: "mapping page after page, near or far apart, keeps the bytes of those before",
    subject: of("mapRegion", "writeU8"),
    spec: "JAVM map_region",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      count: domain.range(0, 20),
      stride: domain.of(4, 8192),
    }),
    reaches: ["mapped"],
    implementation: paged,
    mutants: [
      mutant("src/paged/page_pool.ts", "      bytes.set(this.bytes);\n", ""),
      mutant(
        "src/paged/flat_store.ts",
        "    bytes.set(from.#bytes.subarray(0, bytes.length));\n",
        "",
      ),
      mutant("src/paged/page_table.ts", "    larger.set(this.leaves);\n", ""),
      mutant("src/paged/page_table.ts", "        root.set(this.root);\n", ""),
      mutant("src/paged/page_table.ts", "return this.#leavesEnd - LEAF_SIZE;", "return LEAF_SIZE;"),
    ],
    check({ backend, count, stride }, reach, face) {
      // Pages of 4 bytes, so that 1024 of them, which share a leaf, span 4096 bytes only.
      const far = backend === "flat" ? stride : stride * 1024;
      const given = settings(backend, 4, { limitBytes: 2n ** 20n });
      const { real } = build(face, given, []);
      for (let i = 0; i < count; i++) {
        value(real.mapRegion(i * far, 4, "read-write"));
        value(real.writeU8(i * far + 1, i + 1));
      }
      reach("mapped");
      const bytes = Array.from(real.pages(), (page) => [page.address, [...page.bytes]]);
      return agrees(bytes, Array.from({ length: count }, (_, i) => [i * far, [0, i + 1, 0, 0]]));
    },
  }),
  defineProof({
    id: "paged/no_memory_has_more_than_a_million_pages",
    claim: "pages are limited to 2^20, however small they are, by a limit that the memory tells",
    subject: of("mapRegion", "withPages", "limitBytes", "mappedBytes"),
    spec: "limits are explicit",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      pageSize: domain.of(4, 8, 64),
      pages: domain.of(0, 2 ** 20, 2 ** 20 + 1, 2 ** 26),
    }),
    reaches: ["ok", "limit-exceeded"],
    implementation: paged,
    mutants: [
      mutant("src/paged/options.ts", "Math.min(wantedBytes, PAGES_MAX * pageSize)", "wantedBytes"),
      mutant(
        "src/paged/options.ts",
        "const PAGES_MAX = 1_048_576;",
        "const PAGES_MAX = 1_048_575;",
      ),
    ],
    check({ backend, pageSize, pages }, reach, face) {
      const given = settings(backend, pageSize, { limitBytes: 2n ** 31n - 2n ** 16n });
      const real = make(face, given);
      const limitBytes = 2n ** 20n * BigInt(pageSize);
      const neededBytes = BigInt(pages * pageSize);
      const isTaken = neededBytes <= limitBytes;
      const error = { kind: "limit-exceeded", neededBytes, limitBytes };
      const outcome = outcomeOf(real.mapRegion(0, pages * pageSize, "read-write"));
      reach(nameOf(outcome));
      const options = { pageSize };
      const made = backend === "flat"
        ? face.FlatMemory.withPages(pages, "read-only", options)
        : face.SparseMemory.withPages(pages, "read-only", options);
      return allOf(
        agrees(BigInt(real.limitBytes), limitBytes),
        agrees(outcome, isTaken ? { ok: undefined } : { error }),
        agrees(made.ok ? "ok" : outcomeOf(made), isTaken ? "ok" : { error }),
        agrees(BigInt(real.mappedBytes), isTaken ? neededBytes : 0n),
        agrees(real.regions().length, isTaken && pages > 0 ? 1 : 0),
      );
    },
  }),
  defineProof({
    id: "paged/page_table_is_limited",
    claim:
      "tiny pages far apart are refused once the page table has its 32 MiB, and have its room " +
      "again when others are unmapped",
    subject: ["SparseMemory.mapRegion", "SparseMemory.resetRegion"],
    spec: "limits are explicit",
    strength: "bounded",
    domain: domain.of(4, 512),
    reaches: ["refused"],
    implementation: paged,
    mutants: [
      mutant("src/paged/page_table.ts", "if (needed > most) return false;", ""),
      mutant("src/paged/page_table.ts", "const LEAVES_MAX = 8192;", "const LEAVES_MAX = 16_384;"),
      mutant("src/paged/page_table.ts", "      this.#free.push(leaf);\n", ""),
      mutant("src/paged/page_table.ts", "leaf === 0 || this.#holdsEntries(leaf)", "leaf === 0"),
      mutant("src/paged/page_table.ts", "      this.root[group] = 0;\n", ""),
    ],
    check(pageSize, reach, face) {
      const real = make(face, settings("sparse", pageSize, { limitBytes: 2n ** 23n }));
      const at = (group: number): number => (group * 1024 + group % 1024) * pageSize;
      const map = (group: number) => real.mapRegion(at(group), pageSize, "read-write");
      for (let group = 0; group < 8191; group++) value(map(group));
      const refused = [8191, 8191].map(() => outcomeOf(map(8191)));
      reach("refused");
      const known = outcomeOf(real.mapRegion(at(5) + pageSize, pageSize, "read-write"));
      value(real.resetRegion(at(7), pageSize, "none"));
      value(real.resetRegion(at(0), pageSize, "none"));
      const again = [7, 8191, 0].map((group) => outcomeOf(map(group)));
      const noRoom = { error: { kind: "no-room" } };
      return allOf(
        agrees(refused, [noRoom, noRoom]),
        agrees([known, ...again], [
          { ok: undefined },
          { ok: undefined },
          { ok: undefined },
          noRoom,
        ]),
        agrees(real.mappedBytes, 8192 * pageSize),
        agrees([5, 7, 8191].map((group) => value(real.permOf(at(group)))), [
          "read-write",
          "read-write",
          "read-write",
        ]),
      );
    },
  }),
];

register(proofs);
