/** The guest that plays the game of life plays it as the host does. */

import fc from "fast-check";
import { defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { answersAgree, guestMutant, guests } from "./_kit/guests.ts";
import { register } from "./_kit/register.ts";

const [SIDE, BOARDS] = [3, 2 ** 9];

/** The cells of a small board, out of the bits of a number. */
function cellsOf(bits: number): readonly number[] {
  return Array.from({ length: SIDE * SIDE }, (_, place) => bits >> place & 1);
}

/** Boards of every shape up to 9 by 9; sometimes a cell too few or too many, or a header cut short. */
const GAMES = fc.record({
  width: fc.nat(9),
  height: fc.nat(9),
  generations: fc.constantFrom(0, 1, 2, 5),
  cells: fc.array(fc.nat(1), { minLength: 82, maxLength: 82 }),
  surplus: fc.constantFrom(0, 0, 0, 0, 1, -1, -2),
  slice: fc.constantFrom(0n, 1n, 97n),
}).map(({ width, height, generations, cells, surplus, slice }) => {
  const all = [width, height, generations, 0, ...cells];
  return { args: Uint8Array.from(all.slice(0, 4 + width * height + surplus)), slice };
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "examples/life_follows_its_rules",
    claim: "the guest life gives the next generation of every board of 3 by 3 cells",
    subject: ["life"],
    spec: "examples/guests/life.pvmasm",
    strength: "exhaustive",
    domain: domain.product({
      args: domain.map(
        domain.range(0, BOARDS - 1),
        (bits) => Uint8Array.of(SIDE, SIDE, 1, 0, ...cellsOf(bits)),
      ),
      slice: domain.of(0n),
    }),
    reaches: ["answer", "at once"],
    implementation: guests,
    mutants: [
      guestMutant("life", "xor_imm r3, r3, 3", "xor_imm r3, r3, 2"),
      guestMutant("life", "set_lt_u_imm r3, r3, 1", "set_lt_u_imm r3, r3, 2"),
      guestMutant("life", "or r3, r3, r2 ", "add_64 r3, r3, r2 "),
      guestMutant("life", "rem_u_64 r12, r12, r2", "move_reg r12, r12"),
      guestMutant("life", "load_imm r4, 0", "load_imm r4, 1"),
    ],
    check: (input, reach, { life }) => answersAgree(life, "life", input, reach),
  }),
  defineProof({
    id: "examples/life_goes_on_for_generations",
    claim:
      "the guest life gives any board after some generations, and panics when cells are missing or too many",
    subject: ["life"],
    spec: "examples/guests/life.pvmasm",
    strength: "sampled",
    domain: sampled(GAMES, {
      runs: 500,
      describe: "boards of up to 9 by 9 cells, also empty ones, for up to 5 generations",
      examples: [
        { args: Uint8Array.of(1, 1, 1, 0), slice: 0n },
        { args: Uint8Array.of(0, 200, 255, 255), slice: 0n },
        { args: Uint8Array.of(1, 1, 0, 1, 1), slice: 0n }, // 256 generations
      ],
    }),
    reaches: ["answer", "panic", "at once", "in slices"],
    implementation: guests,
    mutants: [
      guestMutant("life", "load_ind_u16 r3, [r7 + 2]", "load_ind_u8 r3, [r7 + 3]"),
      guestMutant("life", "branch_ne r8, r4, refuse", "branch_lt_u r8, r4, refuse"),
      guestMutant("life", "branch_ne r8, r4, refuse", "branch_lt_u r4, r8, refuse"),
      guestMutant("life", "branch_eq_imm r4, 0, done", "branch_eq_imm r9, 1, done"),
      guestMutant("life", "sub_64 r2, r8, r2", "move_reg r2, r7"),
      guestMutant("life", "add_imm_64 r10, r10, -1", "add_imm_64 r10, r10, -2"),
      guestMutant("life", "load_u64 r2, [cells]", "load_u64 r2, [height]"),
    ],
    check: (input, reach, { life }) => answersAgree(life, "life", input, reach),
  }),
];

register(proofs);
