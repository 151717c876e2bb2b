/** Seeds: the numbers that they give, alike everywhere. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as random from "../src/cli/conform_random.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof random;
const RANDOM = "src/cli/conform_random.ts";
const mutant = sourceMutants<Face>(RANDOM);
const SPEC = "Ringfence, conformance of other implementations";

/** The numbers of a seed, computed with whole numbers (splitmix, 32 bits). */
function numbersOf(seed: number, count: number): readonly number[] {
  const mask = 2n ** 32n;
  const step = (value: bigint, shift: bigint, by: bigint) =>
    ((value ^ (value >> shift)) * by) % mask;
  return Array.from({ length: count }, (_, index) => {
    const state = BigInt.asUintN(32, BigInt(seed) + 0x9e37_79b9n * BigInt(index + 1));
    const mixed = step(step(state, 16n, 0x21f0_aaadn), 15n, 0x735a_2d97n);
    return Number(mixed ^ (mixed >> 15n));
  });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/seeds_decide_numbers",
    claim:
      "a seed gives the numbers of its generator, and draws are their parts of what is drawn from",
    subject: ["Random.next", "Random.below", "Random.pick", "Random.once"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(0, 1, 2, 77, 2 ** 31, 2 ** 32 - 1, 2 ** 32 + 1),
    reaches: ["drawn"],
    implementation: random,
    mutants: [
      mutant(RANDOM, "this.#state = seed | 0;", "this.#state = 0;"),
      mutant(RANDOM, "(this.#state + 0x9e37_79b9) | 0", "(this.#state + 0x9e37_79b9) | 1"),
      mutant(RANDOM, "(mixed ^ (mixed >>> 15)) >>> 0", "(mixed ^ (mixed >>> 14)) >>> 0"),
      mutant(RANDOM, "this.below(times) === 0", "this.below(times) === 1"),
      mutant(RANDOM, "/ 2 ** 32 * limit", "/ 2 ** 31 * limit"),
    ],
    check: (seed, reach, { Random }) => {
      const made = () => new Random(seed);
      const [next, below, once, pick] = [made(), made(), made(), made()];
      const wanted = numbersOf(seed, 40);
      const part = (value: number, of: number) => Math.floor(value / 2 ** 32 * of);
      reach("drawn");
      return allOf(
        agrees(wanted.map(() => next.next()), wanted),
        agrees(wanted.map(() => below.below(7)), wanted.map((value) => part(value, 7))),
        agrees(wanted.map(() => once.once(3)), wanted.map((value) => part(value, 3) === 0)),
        agrees(
          wanted.map(() => pick.pick(["a", "b", "c"])),
          wanted.map((value) => ["a", "b", "c"][part(value, 3)]),
        ),
      );
    },
  }),
];

register(proofs);
