/** Proofs of shifts, rotations, counts of bits and changes of form of words in two halves. */

import fc from "fast-check";
import {
  agrees,
  biased,
  defineProof,
  domain,
  type Proof,
  type Reach,
  sampled,
} from "../src/proof/mod.ts";
import * as int from "../src/int/mod.ts";
import * as model from "../model/wide.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { edgeWords, resultOf, SIGNED, UNSIGNED } from "./_kit/halves.ts";

type Face = typeof int;
const mutant = sourceMutants<Face>("src/int/mod.ts");
const SHIFT = "src/int/wide/shift.ts";
const BITS = "src/int/wide/bits.ts";
const CONVERT = "src/int/wide/convert.ts";
const ADD_SUB = "src/int/wide/add_sub.ts";

const SHIFTS = ["shl", "shrU", "shrS", "rotl", "rotr"] as const;
const UNARY = ["neg", "byteSwap"] as const;
const EXTENSIONS = ["extend8S", "extend16S", "extend32S"] as const;
const COUNTS = ["clz", "ctz", "popcnt"] as const;
const BITS_SUBJECT = [...UNARY, ...EXTENSIONS, ...COUNTS].map((name) => `wide.${name}`);
const SPEC = "Wasm core 2.0, 4.3.2";

/** Shifts and rotations agree with the model on one word and count. */
function shiftsAsModel(
  { wide }: Face,
  { a, count }: { readonly a: bigint; readonly count: number },
  reach: Reach,
): string | undefined {
  const places = model.wordOf(BigInt(count)) % 64n;
  reach(places === 0n ? "not at all" : places < 32n ? "within the halves" : "past a half");
  for (const split of [UNSIGNED, SIGNED]) {
    const [aLo, aHi] = split(a);
    for (const name of SHIFTS) {
      const expected = model.SHIFT[name](a, places);
      const actual = resultOf((out, at) => wide[name](aLo, aHi, count, out, at));
      if (actual !== expected) return `${name}: got ${actual}, expected ${expected}`;
    }
  }
  return undefined;
}

/** Counts, extensions, negation and the reversal of bytes agree with the model on one word. */
function readsAsModel({ wide }: Face, a: bigint, reach: Reach): string | undefined {
  reach(a === 0n ? "zero" : "not zero");
  for (const split of [UNSIGNED, SIGNED]) {
    const [lo, hi] = split(a);
    for (const name of UNARY) {
      const expected = model.UNARY[name](a);
      const actual = resultOf((out, at) => wide[name](lo, hi, out, at));
      if (actual !== expected) return `${name}: got ${actual}, expected ${expected}`;
    }
    for (const name of EXTENSIONS) {
      const expected = model.EXTEND[name](a);
      const actual = resultOf((out, at) => wide[name](lo, out, at));
      if (actual !== expected) return `${name}: got ${actual}, expected ${expected}`;
    }
    for (const name of COUNTS) {
      const failure = agrees(wide[name](lo, hi), model.COUNT[name](a));
      if (failure !== undefined) return `${name}: ${failure}`;
    }
  }
  return undefined;
}

const COUNT_REACHES = ["not at all", "within the halves", "past a half"];

/** One byte at each place, and runs of set bits of each length from the bottom. */
const sparseWords = domain.union(
  domain.map(
    domain.product({ byte: domain.bigRange(0n, 255n), place: domain.bigRange(0n, 7n) }),
    ({ byte, place }) => byte * 256n ** place,
  ),
  domain.map(domain.bigRange(0n, 64n), (length) => 2n ** length - 1n),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "wide/shifts_at_edges_agree_with_model",
    claim: "shifts and rotations by every amount are the model's for words of edge halves",
    subject: SHIFTS.map((name) => `wide.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ a: edgeWords, count: domain.range(0, 63) }),
    reaches: COUNT_REACHES,
    implementation: int,
    mutants: [
      mutant(SHIFT, "(aHi << count) | (aLo >>> 1 >>> ~count)", "aHi << count"),
      mutant(SHIFT, "aLo >>> 1 >>> ~count", "aLo >>> -count"),
      mutant(SHIFT, "out[at + 1] = aHi >>> count;", "out[at + 1] = aHi >> count;"),
      mutant(SHIFT, "out[at + 1] = aHi >> 31;", "out[at + 1] = 0;"),
      mutant(SHIFT, "const lo = (count & 32) === 0 ? aLo : aHi;", "const lo = aLo;"),
      mutant(SHIFT, "aLo, aHi, -count, out", "aLo, aHi, 63 - count, out"),
    ],
    check: (input, reach, face) => shiftsAsModel(face, input, reach),
  }),
  defineProof({
    id: "wide/shifts_take_any_amount_modulo_64",
    claim: "shifts and rotations by any 32-bit amount, read as signed or not, are the model's",
    subject: SHIFTS.map((name) => `wide.${name}`),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({ a: biased.unsigned(64), count: fc.oneof(biased.u32(), biased.i32()) }),
      { runs: 4000, describe: "words and counts from -2^31 to 2^32 - 1, often at edges" },
    ),
    reaches: COUNT_REACHES,
    implementation: int,
    mutants: [
      mutant(SHIFT, "out[at] = 0;\n    out[at + 1] = aLo << count;", "out[at] = aLo;"),
      mutant(SHIFT, "const rest = ~count;", "const rest = 31 - Math.abs(count);"),
    ],
    check: (input, reach, face) => shiftsAsModel(face, input, reach),
  }),
  defineProof({
    id: "wide/bits_of_bytes_agree_with_model",
    claim: "counts, extensions, negation and byte order are the model's for one byte at each place",
    subject: BITS_SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: sparseWords,
    reaches: ["zero", "not zero"],
    implementation: int,
    mutants: [
      mutant(BITS, "(aHi | 0) === 0 ? 32 + Math.clz32(aLo)", "(aHi | 0) === 0 ? Math.clz32(aLo)"),
      mutant(BITS, "a & -a", "a"),
      mutant(BITS, "(a | 0) === 0 ? 32 : 31", "31"),
      mutant(BITS, "popcnt32(aLo) + popcnt32(aHi)", "popcnt32(aLo) + popcnt32(aLo)"),
      mutant(BITS, "aLo << 24 >> 24", "aLo << 24 >>> 24"),
      mutant(BITS, "aLo << 16 >> 16", "aLo << 15 >> 15"),
      mutant(BITS, "out[at + 1] = aLo >> 31;", "out[at + 1] = 0;"),
      mutant(BITS, "const lo = byteSwap32(aHi);", "const lo = byteSwap32(aLo);"),
    ],
    check: readsInTurn,
  }),
  defineProof({
    id: "wide/bits_agree_with_model",
    claim: "counts, extensions, negation and byte order of any word are the model's",
    subject: BITS_SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(biased.unsigned(64), { runs: 4000, describe: "words, often at edges" }),
    reaches: ["zero", "not zero"],
    implementation: int,
    mutants: [
      mutant(ADD_SUB, "Number(lo === 0)", "1"),
      mutant(BITS, "(a >>> 8) & 0xff00", "a >>> 8"),
      mutant(BITS, "(nibbles >>> 4)", "(nibbles >>> 5)"),
    ],
    check: readsInTurn,
  }),
  defineProof({
    id: "wide/bigints_split_and_join_as_model",
    claim: "a bigint splits into the halves of its low 64 bits, which join to it, signed or not",
    subject: ["wide.split", "wide.joinU", "wide.joinS"],
    spec: "Wasm core 2.0, 4.3.2 (wrap, signed)",
    strength: "sampled",
    domain: sampled(fc.oneof(biased.unsigned(66), biased.signed(66)), {
      runs: 4000,
      describe: "integers from -2^65 to 2^66 - 1, often at edges",
    }),
    reaches: ["negative", "not negative"],
    implementation: int,
    mutants: [
      mutant(
        CONVERT,
        "out[at + 1] = bytes.getInt32(4, true);",
        "out[at + 1] = bytes.getInt32(3, true);",
      ),
      mutant(CONVERT, "bytes.getBigUint64(0, true)", "bytes.getBigUint64(0, false)"),
      mutant(CONVERT, "BigInt.asIntN(64, joinU(aLo, aHi))", "BigInt.asIntN(63, joinU(aLo, aHi))"),
    ],
    check(value, reach, { wide }) {
      const word = model.wordOf(value);
      reach(model.signedOf(word) < 0n ? "negative" : "not negative");
      for (const split of [UNSIGNED, SIGNED]) {
        const [lo, hi] = split(word);
        const joined = [wide.joinU(lo, hi), wide.joinS(lo, hi)];
        const failure = agrees(joined, [word, model.signedOf(word)]);
        if (failure !== undefined) return failure;
      }
      return agrees(resultOf((out, at) => wide.split(value, out, at)), word);
    },
  }),
];

function readsInTurn(a: bigint, reach: Reach, face: Face): string | undefined {
  return readsAsModel(face, a, reach);
}

register(proofs);
