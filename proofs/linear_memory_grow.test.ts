/** Growth: exact sums, zeros, and the active size as the only one that counts. */

import { grow, init } from "../model/linear_memory.ts";
import { load, type LoadName } from "../model/linear_memory_access.ts";
import { agrees, agreesWithModel, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { call, FAR, implementation, kept, kindOf, mutant } from "./_kit/linear_memory.ts";
import { outcomeOf, pair, type Shape, stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7 (memory.grow)";

/** Growth that sums in 32 bits, as a 32-bit target would. */
const SUMS = [
  mutant(
    "backing.ts",
    "return delta <= this.maxPages - old && this.#activate(old + delta, old);",
    "const sum = (old + delta) >>> 0; return sum <= this.maxPages && this.#activate(sum, old);",
  ),
  mutant(
    "backing.ts",
    "return delta <= this.maxPages - old && this.#activate(old + delta, old);",
    "const sum = (old + delta) | 0; return sum <= this.maxPages && this.#activate(sum, old);",
  ),
];
const LIMITS = [
  mutant("backing.ts", "delta <= this.maxPages - old", "delta <= this.maxPages - old + 1"),
  mutant("backing.ts", "delta <= this.maxPages - old", "delta <= this.maxPages"),
];

const BEYOND: readonly LoadName[] = [
  "loadU8",
  "loadU16",
  "loadI32",
  "loadI64",
  "loadF32",
  "loadF64",
];

/** Shapes of which every active page count up to the maximum occurs. */
const SHAPES = domain.union(
  domain.map(
    domain.product({ pages: domain.range(0, 4), pageBytes: domain.of<number>(1, 4, 16) }),
    (shape) => ({ ...shape, max: 4 }),
  ),
  domain.of<Shape>({ pages: 1, max: 4, pageBytes: 65_536 }),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/grow_respects_max_pages",
    claim: "grow by any number gives the old page count and adds zeros exactly when old + delta, " +
      "summed exactly, is at most the maximum, and otherwise gives -1 and changes nothing",
    subject: ["IsolatedMemory.grow"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      shape: SHAPES,
      delta: domain.union(domain.range(0, 9), domain.of(...FAR)),
    }),
    reaches: ["grown", "refused"],
    implementation,
    mutants: [
      ...SUMS,
      ...LIMITS,
      mutant("backing.ts", "delta <= this.maxPages - old", "delta < this.maxPages - old"),
      mutant("backing.ts", "this.#activate(old + delta, old)", "this.#activate(old + 1, old)"),
      mutant("bulk.ts", "backing.grow(delta) ? old : -1", "backing.grow(delta) ? old + delta : -1"),
      mutant("bulk.ts", " || !isNatural(delta, DELTA_MAX)", ""),
    ],
    check({ shape, delta }, reach, face) {
      const { real, model } = pair(face, shape);
      const { state, outcome } = grow(model, delta);
      const given = real.grow(delta);
      reach(given === -1 ? "refused" : "grown");
      return agreesWithModel(
        { outcome: { ok: given }, state: stateOf(real) },
        { outcome, state: stateOfModel(state) },
      );
    },
  }),
  defineProof({
    id: "linear/grow_fails_beyond_max",
    claim: "grow by 3 pages from 2 of 4 gives -1 and leaves 2 pages",
    subject: ["IsolatedMemory.grow", "IsolatedMemory.pageCount"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(1, 64, 65_536),
    reaches: ["refused"],
    implementation,
    mutants: LIMITS,
    check(pageBytes, reach, face) {
      const { real, model } = pair(face, { pages: 2, max: 4, pageBytes });
      if (real.grow(3) === -1) reach("refused");
      return allOf(
        agrees(real.pageCount, 2),
        agrees(stateOf(real), stateOfModel(grow(model, 3).state)),
      );
    },
  }),
  defineProof({
    id: "linear/grow_sum_does_not_wrap",
    claim: "grow by 2^32 - old .. 2^32 - 1 pages, whose 32-bit sum is small, gives -1 and leaves " +
      "memory, contents and accesses as they were",
    subject: ["IsolatedMemory.grow"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({
      old: domain.range(1, 4),
      short: domain.range(1, 8),
      pageBytes: domain.of(4, 65_536),
    }),
    reaches: ["refused"],
    implementation,
    mutants: SUMS,
    check({ old, short, pageBytes }, reach, face) {
      const { real, model } = pair(face, { pages: old, max: 4, pageBytes });
      const given = real.grow(2 ** 32 - short);
      if (given === -1) reach("refused");
      return agreesWithModel(
        { outcome: given, state: stateOf(real) },
        { outcome: -1, state: stateOfModel(model) },
      );
    },
  }),
  defineProof({
    id: "linear/grow_zeroes_new_pages",
    claim: "every byte of a grown page reads zero and every byte before it is kept, also when a " +
      "caller wrote beyond the active bytes, and after init made fewer pages active",
    subject: ["IsolatedMemory.grow", "IsolatedMemory.init", "IsolatedMemory.asSlice"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      pageBytes: domain.of(1, 4, 16, 4096, 32_768, 65_536),
      delta: domain.range(0, 2),
      before: domain.of("nothing", "write beyond", "init", "init, write through an old view"),
    }),
    reaches: ["nothing", "write beyond", "init", "init, write through an old view"],
    implementation,
    mutants: [
      mutant("backing.ts", ".fill(0, kept * this.pageBytes)", ""),
      mutant(
        "backing.ts",
        ".fill(0, kept * this.pageBytes)",
        ".fill(0, kept * this.pageBytes + 1)",
      ),
      mutant("backing.ts", ".fill(0, kept * this.pageBytes)", ".fill(0, 0)"),
      mutant("backing.ts", ".fill(0, kept * this.pageBytes)", ".fill(0, kept)"),
    ],
    check({ pageBytes, delta, before }, reach, face) {
      const { real, model } = pair(face, { pages: 2, max: 4, pageBytes });
      const old = real.asSlice();
      reach(before);
      let expected = model;
      if (before.startsWith("init")) {
        real.init(1);
        expected = init(model, 1).state;
      }
      if (before === "write beyond") {
        new Uint8Array(old.buffer).fill(0xaa, real.activeSize);
      }
      if (before === "init, write through an old view") old.fill(0xbb, real.activeSize);
      real.grow(delta);
      return agrees(stateOf(real), stateOfModel(grow(expected, delta).state));
    },
  }),
  beyondActive(),
];

function beyondActive(): Proof {
  const page = kept({ pages: 1, max: 2, pageBytes: 65_536 });
  const tiny = kept({ pages: 1, max: 2, pageBytes: 16 });
  return defineProof({
    id: "linear/access_beyond_active_pages_rejected",
    claim:
      "with 1 of 2 pages active, a load anywhere in the second page traps as in the model and " +
      "one in the first succeeds: the active size decides, not the maximum or the room held",
    subject: BEYOND.map((name) => `IsolatedMemory.${name}`),
    spec: "Wasm core 2.0, 4.4.7",
    strength: "bounded",
    domain: domain.union(
      domain.product({
        name: domain.of(...BEYOND),
        tinyPage: domain.of<boolean>(true),
        offset: domain.range(0, 40),
      }),
      domain.product({
        name: domain.of<LoadName>("loadI32"),
        tinyPage: domain.of<boolean>(false),
        offset: domain.range(65_500, 131_080),
      }),
    ),
    reaches: ["value", "out-of-bounds"],
    implementation,
    mutants: [
      mutant(
        "backing.ts",
        "this.size = size;",
        "this.size = backing.maxPages * backing.pageBytes;",
      ),
      mutant("backing.ts", "this.size = size;", "this.size = buffer.byteLength;"),
      mutant("backing.ts", "this.size = size;", "this.size = size - backing.pageBytes;"),
    ],
    check({ name, tinyPage, offset }, reach, face) {
      const { real, model } = (tinyPage ? tiny : page)(face);
      const expected = load(model, name, offset);
      reach(kindOf(expected));
      return agrees(outcomeOf(call(real, name, [offset])), expected);
    },
  });
}

register(proofs);
