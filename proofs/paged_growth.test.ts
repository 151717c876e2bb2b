/** Many pages: near the end of the address space, and more than a table or buffer first holds. */

import { change } from "../model/paged_regions.ts";
import { agrees, agreesWithModel, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { BACKENDS, build, type Face, nameOf, outcomeOf, settings, value } from "./_kit/paged.ts";
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
      mutant("src/paged/flat_store.ts", "      bytes.set(this.#bytes);\n", ""),
      mutant("src/paged/page_table.ts", "      leaves.set(this.leaves);\n", ""),
      mutant("src/paged/page_table.ts", "        root.set(this.root);\n", ""),
      mutant("src/paged/page_table.ts", "this.#leavesEnd = start + LEAF_SIZE;", ""),
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
];

register(proofs);
