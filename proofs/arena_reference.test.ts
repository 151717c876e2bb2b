/** The unit tests of the original arena that allocate, under their names, each widened to a domain. */

import * as model from "../model/arena.ts";
import * as arena from "../src/arena/mod.ts";
import {
  agrees,
  agreesWithModel,
  allOf,
  defineProof,
  domain,
  type Proof,
} from "../src/proof/mod.ts";
import { arenaOf, modelOf, modelState, mutant, plain, stateOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI";
const I32_MIN = -(2 ** 31);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/guest_alloc_returns_zero_for_non_positive",
    claim: "a size that is not positive gives 0 and changes nothing",
    subject: ["Arena.alloc"],
    spec: `${SPEC}, alloc`,
    strength: "bounded",
    domain: domain.union(
      domain.range(-4096, 1),
      domain.range(I32_MIN, I32_MIN + 8),
      domain.of(2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1),
    ),
    reaches: ["none", "pointer"],
    implementation: arena,
    mutants: [
      mutant("src/arena/bump.ts", "size > 0 && size <= leftAfter", "size <= leftAfter"),
      mutant("src/arena/bump.ts", "size > 0 && size <= SIZE_MAX", "size > 1 && size <= SIZE_MAX"),
      mutant(
        "src/arena/bump.ts",
        "return size > 0 && size <= SIZE_MAX ? size : 0;",
        "return (size | 0) > 0 ? size | 0 : 0;",
      ),
    ],
    check(size, reach, face) {
      const actual = arenaOf(face, 64);
      const expected = model.alloc(modelOf(64), size);
      const pointer = plain(actual.alloc(size));
      reach(pointer === 0n ? "none" : "pointer");
      return agreesWithModel(
        { outcome: pointer, state: stateOf(actual, 64) },
        { outcome: expected.outcome, state: modelState(expected.state) },
      );
    },
  }),
  defineProof({
    id: "arena/guest_alloc_aligned_to_eight",
    claim:
      "a second allocation begins at the first multiple of 8 behind the first, as the model says",
    subject: ["Arena.create", "Arena.alloc"],
    spec: `${SPEC}, alloc`,
    strength: "bounded",
    domain: domain.product({ first: domain.range(1, 40), second: domain.range(1, 40) }),
    reaches: ["adjacent", "padded"],
    implementation: arena,
    mutants: [
      mutant("src/arena/bump.ts", "Math.ceil(next", "Math.floor(next"),
      mutant(
        "src/arena/bump.ts",
        "return Math.ceil(next / ARENA_ALIGNMENT) * ARENA_ALIGNMENT;",
        "return (Math.floor(next / ARENA_ALIGNMENT) + 1) * ARENA_ALIGNMENT;",
      ),
      mutant(
        "src/arena/bump.ts",
        "ARENA_ALIGNMENT: U32 = asU32(8)",
        "ARENA_ALIGNMENT: U32 = asU32(4)",
      ),
    ],
    check({ first, second }, reach, face) {
      const actual = arenaOf(face, 128);
      const pointers = [actual.alloc(first), actual.alloc(second)];
      const one = model.alloc(modelOf(128), first);
      const two = model.alloc(one.state, second);
      reach(first % 8 === 0 ? "adjacent" : "padded");
      return agrees(pointers.map(plain), [one.outcome, two.outcome]);
    },
  }),
  defineProof({
    id: "arena/guest_alloc_returns_zero_when_exhausted",
    claim:
      "an allocation succeeds if and only if it fits the capacity; else 0, and nothing changes",
    subject: ["Arena.alloc"],
    spec: `${SPEC}, alloc`,
    strength: "bounded",
    domain: domain.product({
      capacity: domain.range(0, 33),
      first: domain.range(0, 18),
      second: domain.union(domain.range(1, 27), domain.of(2 ** 31 - 8, 2 ** 31 - 1)),
    }),
    reaches: ["fits", "exhausted"],
    implementation: arena,
    mutants: [
      mutant("src/arena/bump.ts", "size <= leftAfter", "size < leftAfter"),
      mutant(
        "src/arena/bump.ts",
        "size <= leftAfter(next, capacity)",
        "size <= leftAfter(next, capacity) + 1",
      ),
      mutant("src/arena/bump.ts", "capacity - alignedFrom(next)", "capacity - next"),
      mutant(
        "src/arena/arena.ts",
        "if (offset === 0 || this.#store.busy) return NONE;",
        "if (offset === 0) this.#next += 8;\n    if (offset === 0 || this.#store.busy) return NONE;",
      ),
    ],
    check({ capacity, first, second }, reach, face) {
      const actual = arenaOf(face, capacity);
      actual.alloc(first);
      const pointer = plain(actual.alloc(second));
      const expected = model.alloc(model.alloc(modelOf(capacity), first).state, second);
      reach(pointer === 0n ? "exhausted" : "fits");
      return agreesWithModel(
        { outcome: pointer, state: stateOf(actual, capacity) },
        { outcome: expected.outcome, state: modelState(expected.state) },
      );
    },
  }),
  defineProof({
    id: "arena/reset_arena_recycles_space",
    claim: "after a reset the same sizes give the same pointers, whatever was allocated before",
    subject: ["Arena.reset", "Arena.generation"],
    spec: `${SPEC}, reset`,
    strength: "bounded",
    domain: domain.product({
      before: domain.words(domain.of(1, 8, 13), 3),
      sizes: domain.words(domain.of(-1, 1, 7, 8, 9, 24), 3),
    }),
    reaches: ["fits", "exhausted"],
    implementation: arena,
    mutants: [
      mutant("src/arena/arena.ts", "this.#next = ARENA_FIRST_OFFSET;", ""),
      mutant("src/arena/arena.ts", "this.#next = ARENA_FIRST_OFFSET;", "this.#next = 0;"),
      mutant("src/arena/arena.ts", "this.#generation++;", ""),
    ],
    check({ before, sizes }, reach, face) {
      const fresh = arenaOf(face, 48);
      const reused = arenaOf(face, 48);
      for (const size of before) reused.alloc(size);
      reused.reset();
      const pointers = sizes.map((size) => fresh.alloc(size));
      reach(pointers.every((pointer) => pointer !== 0) ? "fits" : "exhausted");
      return allOf(
        agrees(sizes.map((size) => reused.alloc(size)), pointers),
        agrees([fresh.generation, reused.generation], [0, 1]),
      );
    },
  }),
];

register(proofs);
