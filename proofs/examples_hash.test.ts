/** The example guests that hash give what the host computes. */

import fc from "fast-check";
import { defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { answersAgree, guestMutant, guests } from "./_kit/guests.ts";
import { register } from "./_kit/register.ts";

/** So many bytes, different ones for each seed. */
function message(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => (place * 167 + seed * 91 + (place >> 8)) & 255);
}

/** Messages of every length up to some blocks. */
const LENGTHS = domain.map(
  domain.product({ length: domain.range(0, 270), seed: domain.of(0, 1) }),
  ({ length, seed }) => ({ args: message(length, seed), slice: seed === 0 ? 0n : 250n }),
);

const MESSAGES = fc.record({
  args: fc.uint8Array({ maxLength: 700 }),
  slice: fc.constantFrom(0n, 0n, 11n),
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "examples/crc32_of_every_length",
    claim: "the guest crc32 gives the checksum of a message of each length, at once and in slices",
    subject: ["crc32"],
    spec: "examples/guests/crc32.pvmasm",
    strength: "bounded",
    domain: LENGTHS,
    reaches: ["answer", "at once", "in slices"],
    implementation: guests,
    mutants: [
      guestMutant("crc32", "0xedb8_8320", "0xedb8_8321"),
      guestMutant("crc32", "load_imm_64 r6, 0xffff_ffff", "load_imm_64 r6, 0"),
      guestMutant("crc32", "load_imm r4, 8", "load_imm r4, 7"),
      guestMutant("crc32", "branch_lt_u_imm r2, 256, entry", "branch_lt_u_imm r2, 255, entry"),
      guestMutant("crc32", "xor_imm r6, r6, -1", "fallthrough"),
      guestMutant("crc32", "reverse_bytes r6, r6", "shlo_l_imm_64 r6, r6, 32"),
      guestMutant("crc32", "branch_ge_u r7, r8, done", "branch_gt_u_imm r7, 0, done"),
    ],
    check: (input, reach, { crc32 }) => answersAgree(crc32, "crc32", input, reach),
  }),
  defineProof({
    id: "examples/blake2b_of_every_length",
    claim: "the guest blake2b gives the hash of a message of each length, at once and in slices",
    subject: ["blake2b"],
    spec: "RFC 7693, 3; examples/guests/blake2b.pvmasm",
    strength: "bounded",
    domain: LENGTHS,
    reaches: ["answer", "at once", "in slices"],
    implementation: guests,
    mutants: [
      guestMutant("blake2b", ".equ HASH_BYTES, 32", ".equ HASH_BYTES, 64"),
      guestMutant("blake2b", "0xa54ff53a5f1d36f1", "0xa54ff53a5f1d36f0"),
      guestMutant("blake2b", "branch_ne_imm r8, 0, rounds", "jump rounds"),
      guestMutant("blake2b", "rot_r_64_imm r8, r8, 16", "rot_r_64_imm r8, r8, 24"),
      guestMutant("blake2b", "rot_r_64_imm r6, r6, 63", "rot_r_64_imm r6, r6, 1"),
      guestMutant("blake2b", "store_u64 [count], r2", "fallthrough"),
      guestMutant("blake2b", "min_u r2, r8, r2", "max_u r2, r8, r2"),
      guestMutant("blake2b", "8*3, 8*4, 8*9, 8*14", "8*3, 8*4, 8*9, 8*15"),
      guestMutant("blake2b", "fill:   load_imm r4, 0", "fill:   load_imm r4, 1"),
      guestMutant("blake2b", "branch_lt_u_imm r3, sigma_end", "branch_lt_u_imm r3, sigma_end-16"),
    ],
    check: (input, reach, { blake2b }) => answersAgree(blake2b, "blake2b", input, reach),
  }),
  defineProof({
    id: "examples/hashes_of_any_message",
    claim: "the guests crc32 and blake2b give the hashes of messages of any bytes",
    subject: ["crc32", "blake2b"],
    spec: "RFC 7693, 3; examples/guests",
    strength: "sampled",
    domain: sampled(MESSAGES, { runs: 150, describe: "messages of up to 700 bytes" }),
    reaches: ["answer", "at once", "in slices"],
    implementation: guests,
    mutants: [
      guestMutant("crc32", "load_ind_u8 r2, [r7]", "load_ind_i8 r2, [r7]\n and_imm r2, r2, 0x7f"),
      guestMutant("blake2b", "load_ind_u8 r4, [r4]", "load_ind_i8 r4, [r4]\n and_imm r4, r4, 0x7f"),
    ],
    check: (input, reach, { crc32, blake2b }) =>
      answersAgree(crc32, "crc32", input, reach) ??
        answersAgree(blake2b, "blake2b", input, reach),
  }),
];

register(proofs);
