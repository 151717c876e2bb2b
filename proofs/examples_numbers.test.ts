/** The example guests that work on numbers give what the host computes. */

import fc from "fast-check";
import { biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { answersAgree, guestMutant, guests } from "./_kit/guests.ts";
import { register } from "./_kit/register.ts";

function little(value: bigint, count: number): Uint8Array {
  return Uint8Array.from(
    { length: count },
    (_, place) => Number(value >> BigInt(8 * place) & 255n),
  );
}

/** Limits with a meaning of their own: squares of primes, pages, and what there is no room for. */
const LIMITS = domain.union(
  domain.range(0, 130),
  domain.of(168, 169, 170, 4095, 4096, 4097, 9_410, 2 ** 32 - 1),
);

/** 64-bit numbers, many of them equal; sometimes with bytes behind them that are not enough for one. */
const NUMBERS = fc.record({
  numbers: fc.array(fc.oneof(biased.unsigned(64), fc.bigInt(0n, 3n)), { maxLength: 40 }),
  surplus: fc.constantFrom(0, 0, 0, 0, 1, 4, 7),
  slice: fc.constantFrom(0n, 1n, 37n),
}).map(({ numbers, surplus, slice }) => ({
  args: Uint8Array.from([
    ...numbers.flatMap((number) => [...little(number, 8)]),
    ...Array(surplus),
  ]),
  slice,
}));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "examples/sieve_gives_the_primes",
    claim:
      "the guest sieve gives the primes below its limit, and panics without a limit and without room",
    subject: ["sieve"],
    spec: "examples/guests/sieve.pvmasm",
    strength: "bounded",
    domain: domain.union(
      domain.product({
        args: domain.map(LIMITS, (limit) => little(BigInt(limit), 4)),
        slice: domain.of(0n, 1n, 1_000n),
      }),
      domain.product({
        args: domain.map(domain.of(0, 1, 3, 5, 8), (length) => new Uint8Array(length)),
        slice: domain.of(0n, 1n),
      }),
    ),
    reaches: ["answer", "panic", "at once", "in slices"],
    implementation: guests,
    mutants: [
      guestMutant("sieve", "branch_ne_imm r8, 4, refuse", "branch_lt_u_imm r8, 4, refuse"),
      guestMutant("sieve", "load_imm r9, 1", "load_imm r9, 0"),
      guestMutant("sieve", "add_64 r10, r3, r2", "add_64 r10, r3, r4"),
      guestMutant("sieve", "mul_64 r5, r4, r4", "add_64 r5, r4, r4\n add_64 r5, r5, r4"),
      guestMutant("sieve", "branch_lt_u r5, r10, mark", "branch_lt_u r4, r10, next"),
      guestMutant("sieve", "shlo_l_imm_64 r8, r8, 2", "shlo_l_imm_64 r8, r8, 1"),
      guestMutant("sieve", "store_ind_u32 [r6], r4", "store_ind_u16 [r6 + 1], r4"),
      guestMutant("sieve", "each:   branch_ge_u r4, r2, list", "each:   branch_ge_u r4, r8, list"),
    ],
    check: (input, reach, { sieve }) => answersAgree(sieve, "sieve", input, reach),
  }),
  defineProof({
    id: "examples/sort_u64_sorts",
    claim:
      "the guest sort_u64 gives its numbers in ascending order, and panics when one is cut short",
    subject: ["sort_u64"],
    spec: "examples/guests/sort_u64.pvmasm",
    strength: "sampled",
    domain: sampled(NUMBERS, {
      runs: 600,
      describe: "up to 40 numbers of 64 bits, with equal ones",
    }),
    reaches: ["answer", "panic", "at once", "in slices"],
    implementation: guests,
    mutants: [
      guestMutant("sort_u64", "and_imm r2, r8, 7", "and_imm r2, r8, 3"),
      guestMutant("sort_u64", "branch_ge_u r12, r5, place", "branch_ge_s r12, r5, place"),
      guestMutant("sort_u64", "branch_ge_u r5, r6, weigh", "branch_ge_s r5, r6, weigh"),
      guestMutant("sort_u64", "branch_ge_u r6, r11, weigh", "branch_ge_u r3, r11, weigh"),
      guestMutant("sort_u64", "shlo_r_imm_64 r10, r8, 4", "shlo_r_imm_64 r10, r8, 5"),
      guestMutant("sort_u64", "branch_le_s_imm r11, 0, done", "branch_le_s_imm r11, 8, done"),
      guestMutant("sort_u64", "store_ind_u64 [r4], r5", "store_ind_u32 [r4], r5"),
    ],
    check: (input, reach, { sort_u64 }) => answersAgree(sort_u64, "sort_u64", input, reach),
  }),
];

register(proofs);
