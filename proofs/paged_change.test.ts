/** What an access learnt of a page does not outlive a change of the page. */

import * as model from "../model/paged.ts";
import { change } from "../model/paged_regions.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  ACCESSES,
  BACKENDS,
  build,
  type Face,
  layout,
  loadUnboxed,
  nameOf,
  outcomeOfStatus,
  settings,
  stateOf,
  stateOfModel,
  storeUnboxed,
  WIDTHS,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const SPARSE = "src/paged/sparse_store.ts";
const FLAT = "src/paged/flat_store.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));
const BITS = 0x1122_3344_5566_7788n;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/no_access_outlives_a_change_of_its_page",
    claim: "loads and stores that used a page before obey what it allows, and see what it holds, " +
      "after any change",
    subject: of("loadU8", "loadU64", "storeU8", "storeU64", "resetRegion", "mapRegion", "clear"),
    spec: "Gray Paper, appendix A (memory access)",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      first: domain.of(...ACCESSES),
      how: domain.of("reset", "map", "protect", "clear"),
      access: domain.of(...ACCESSES),
      width: domain.of(...WIDTHS),
      isBlank: domain.of(false, true),
    }),
    reaches: ["ok", "page-fault", "write-protected"],
    implementation: paged,
    mutants: [
      mutant(
        SPARSE,
        "    this.#refresh();\n    if (code === NONE) return",
        "    if (code === NONE) return",
      ),
      mutant(FLAT, "    this.#forget();\n    if (code !== NONE)", "    if (code !== NONE)"),
      mutant(SPARSE, "is kept\n    }\n    this.#refresh();\n", "is kept\n    }\n"),
      mutant(FLAT, "    this.#forget();\n    this.#bytes = NO", "    this.#bytes = NO"),
      mutant(
        SPARSE,
        "      this.#refresh();\n    }\n    return true;",
        "    }\n    return true;",
      ),
    ],
    check({ backend, first, how, access, width, isBlank }, reach, face) {
      const given = settings(backend, 16);
      const built = build(face, given, layout(16, [isBlank ? "none" : first]));
      const { real } = built;
      let state = built.model;
      if (isBlank) {
        // Mapped, but never written to: sparse pages of this kind share their zeros.
        real.resetRegion(0, 16, first);
        state = change(state, "reset", 0, 16, first).state;
      }
      const out = new Int32Array(4);
      const value = width === 8 ? BITS : Number(BITS % 2n ** 32n);
      const failures: (string | undefined)[] = [];
      /** Loads, stores, and loads again. */
      function use(): void {
        for (const isStore of [false, false, true, true, false]) {
          if (isStore) {
            const step = model.store(state, BigInt(width), 4, value);
            state = step.state;
            const status = storeUnboxed(real, width, 4, BITS);
            const outcome = outcomeOfStatus(face, real, status, 4, undefined);
            reach(nameOf(outcome));
            failures.push(agrees(outcome, step.outcome));
          } else {
            const status = loadUnboxed(real, width, 4, out);
            const loaded = (BigInt((out[2] ?? 0) >>> 0) << 32n) + BigInt((out[1] ?? 0) >>> 0);
            const outcome = outcomeOfStatus(face, real, status, 4, loaded);
            failures.push(agrees(outcome, model.load(state, BigInt(width), 4)));
          }
        }
      }
      use();
      if (how === "clear") {
        real.clear();
        state = { ...state, pages: [], length: backend === "flat" ? 0n : model.SPACE };
      } else {
        Reflect.apply(real[`${how}Region`], real, [0, 16, access]);
        state = change(state, how, 0, 16, access).state;
      }
      use();
      return allOf(...failures, agrees(stateOf(real), stateOfModel(state)));
    },
  }),
];

register(proofs);
