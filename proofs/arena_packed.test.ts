/** Packed pointers and lengths: a bijection, as one bigint and as two halves. */

import fc from "fast-check";
import * as codec from "../model/arena_codec.ts";
import * as arena from "../src/arena/mod.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import { mutant, outcome, plain, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI, packed result";
const PACKED = "src/arena/packed.ts";

const halfWords = fc.oneof(biased.u32(), biased.i32());

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/packing_is_a_bijection_in_each_byte",
    claim:
      "each of the eight bytes takes each of its values to its own place and back, signed and unsigned",
    subject: ["encodePtrLen", "decodePtrLen", "encodePtrLenHalves", "decodePtrLenHalves"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      place: domain.bigRange(0n, 7n),
      byte: domain.bigRange(0n, 255n),
      ones: domain.of(false, true),
    }),
    reaches: ["pointer", "length"],
    implementation: arena,
    mutants: [
      mutant(PACKED, "(BigInt(words.value[0]) << 32n) |", "(BigInt(words.value[0]) << 24n) |"),
      mutant(PACKED, "value & 0xffff_ffffn", "value & 0x00ff_ffffn"),
      mutant(
        PACKED,
        "ok({ lo: words.value[1], hi: words.value[0] })",
        "ok({ lo: words.value[0], hi: words.value[1] })",
      ),
      mutant(PACKED, "asU32(value >>> 0)", "asU32(value >> 0)"),
    ],
    check({ place, byte, ones }, reach, face) {
      const shift = 256n ** place;
      const packed = byte * shift + (ones ? 2n ** 64n - 1n - 255n * shift : 0n);
      reach(place < 4n ? "length" : "pointer");
      const range = valueOf(face.decodePtrLen(packed));
      const halves = valueOf(face.encodePtrLenHalves(range.ptr, range.len));
      return allOf(
        agrees({ ok: plain(range) }, codec.decode(packed)),
        agrees(face.decodePtrLen(BigInt.asIntN(64, packed)), { ok: true, value: range }),
        agrees(face.encodePtrLen(range.ptr, range.len), { ok: true, value: packed }),
        agrees(face.encodePtrLen(range.ptr | 0, range.len | 0), { ok: true, value: packed }),
        agrees(plain(halves), { lo: packed % 2n ** 32n, hi: packed / 2n ** 32n }),
        agrees(face.decodePtrLenHalves(halves.lo, halves.hi), { ok: true, value: range }),
      );
    },
  }),
  defineProof({
    id: "arena/halves_agree_with_the_whole",
    claim:
      "two halves, signed or unsigned, stand for the same pointer and length as the whole value",
    subject: ["encodePtrLen", "encodePtrLenHalves", "decodePtrLenHalves"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.record({ lo: halfWords, hi: halfWords }), {
      runs: 2000,
      describe: "pairs of 32-bit halves, signed and unsigned",
    }),
    reaches: ["agrees"],
    implementation: arena,
    mutants: [
      mutant(
        PACKED,
        "return ok({ ptr: words.value[1], len: words.value[0] });",
        "return ok({ ptr: words.value[0], len: words.value[1] });",
      ),
      mutant(PACKED, "value >= -(2 ** 31)", "value >= 0"),
      mutant(PACKED, "value < 2 ** 32", "value < 2 ** 31"),
    ],
    check({ lo, hi }, reach, face) {
      const range = valueOf(face.decodePtrLenHalves(lo, hi));
      const packed = BigInt.asUintN(64, (BigInt(hi) << 32n) + BigInt.asUintN(32, BigInt(lo)));
      reach("agrees");
      return allOf(
        agrees({ ok: plain(range) }, codec.decode(packed)),
        agrees(outcome(face.encodePtrLen(hi, lo)), codec.encode(hi, lo)),
        agrees(outcome(face.encodePtrLenHalves(hi, lo)), {
          ok: { lo: packed % 2n ** 32n, hi: packed / 2n ** 32n },
        }),
      );
    },
  }),
];

register(proofs);
