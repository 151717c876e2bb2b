/** Proofs of 64-bit division on halves. */

import fc from "fast-check";
import { biased, defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import * as int from "../src/int/mod.ts";
import * as model from "../model/wide.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { bytePairs, edgePairs, type Pair, resultOf, SIGNED, UNSIGNED } from "./_kit/halves.ts";

type Face = typeof int;
const mutant = sourceMutants<Face>("src/int/mod.ts");
const DIV = "src/int/wide/div.ts";

const DIVISIONS = ["divU", "divS", "remU", "remS"] as const;
const SUBJECT = DIVISIONS.map((name) => `wide.${name}`);
const SPEC = "Gray Paper, appendix A.5";

const LEAST = 2n ** 63n;
const MINUS_ONE = 2n ** 64n - 1n;

/** Which of the special rulings a pair falls under. */
function caseOf({ a, b }: Pair): string {
  if (b === 0n) return "by zero";
  if (a === LEAST && b === MINUS_ONE) return "least by -1";
  return model.BINARY.remU(a, b) === 0n ? "without remainder" : "with remainder";
}

/** Quotients and remainders agree with the model on one pair of words. */
function dividesAsModel({ wide }: Face, pair: Pair, reach: Reach): string | undefined {
  const { a, b } = pair;
  reach(caseOf(pair));
  const forms = [UNSIGNED, SIGNED].map((split) => [...split(a), ...split(b)] as const);
  for (const name of DIVISIONS) {
    const expected = model.BINARY[name](a, b);
    for (const [aLo, aHi, bLo, bHi] of forms) {
      const actual = resultOf((out, at) => wide[name](aLo, aHi, bLo, bHi, out, at));
      if (actual !== expected) return `${name}: got ${actual}, expected ${expected}`;
    }
  }
  return undefined;
}

const ORDINARY = ["by zero", "without remainder", "with remainder"];

/** Words of any length in bits: as many short ones as long ones. */
const words = fc.tuple(biased.unsigned(64), fc.bigInt({ min: 0n, max: 63n }))
  .map(([word, dropped]) => word / 2n ** dropped);

/** Dividends on and beside a multiple of the divisor, where an estimate is a neighbour's. */
const nearMultiples = fc.record({
  b: words.map((word) => word === 0n ? 1n : word),
  quotient: words,
  delta: fc.constantFrom(-1n, 0n, 1n),
}).map(({ b, quotient, delta }) => ({
  a: model.wordOf((quotient % (2n ** 64n / b)) * b + delta),
  b,
}));

/** A word of so many bits, none fewer. */
function longWord(bits: bigint): fc.Arbitrary<bigint> {
  return fc.bigInt({ min: 2n ** (bits - 1n), max: 2n ** bits - 1n });
}

/**
 * Great quotients, of 40 to 48 bits, of great dividends: beside a multiple of the divisor by so
 * little that an estimate may fall on its other side, and by about as much as an estimate may be off.
 */
const greatQuotients = fc.record({
  bits: fc.bigInt({ min: 40n, max: 48n }),
  size: fc.constantFrom(63n, 64n),
  part: fc.constantFrom(0n, 2n ** 4n, 2n ** 5n, 2n ** 6n, 2n ** 9n, 2n ** 10n, 2n ** 64n),
  above: fc.boolean(),
  signs: fc.constantFrom([1n, 1n], [1n, -1n], [-1n, 1n], [-1n, -1n]),
}).chain(({ bits, size, part, above, signs: [ofA = 1n, ofB = 1n] }) =>
  fc.record({ quotient: longWord(bits), b: longWord(size - bits) }).map(({ quotient, b }) => {
    const delta = part === 0n ? 0n : b / part || 1n;
    const a = quotient * b + (above ? delta : -delta);
    // What has 64 bits has no sign to spare.
    return size === 64n
      ? { a: model.wordOf(a), b }
      : { a: model.wordOf(ofA * a), b: model.wordOf(ofB * b) };
  })
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "wide/division_of_bytes_agrees_with_model",
    claim: "quotients and remainders of all pairs of sign-extended bytes are the model's",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: bytePairs,
    reaches: ORDINARY,
    implementation: int,
    mutants: [
      mutant(DIV, "const rounded = Math.trunc(estimate);", "const rounded = Math.floor(estimate);"),
      mutant(DIV, "const rounded = Math.floor(estimate);", "const rounded = Math.round(estimate);"),
      mutant(DIV, "Math.floor(integer / HALF) | 0", "Math.trunc(integer / HALF) | 0"),
      mutant(DIV, "b !== 0 && (", "("),
      mutant(DIV, "b !== 0 && areExact(", "areExact("),
      mutant(DIV, "Math.trunc(a / b) * b", "Math.floor(a / b) * b"),
      mutant(DIV, "if (b === 0) {\n    out[at] = -1;", "if (b === 0) {\n    out[at] = 0;"),
    ],
    check: (pair, reach, face) => dividesAsModel(face, pair, reach),
  }),
  defineProof({
    id: "wide/division_at_edges_agrees_with_model",
    claim:
      "quotients and remainders are the model's where signs and the exactness of floats turn over",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: edgePairs,
    reaches: [...ORDINARY, "least by -1"],
    implementation: int,
    mutants: [
      mutant(DIV, "(rest > MARGIN || rounded === 0)", "rest >= 0"),
      mutant(DIV, ">>> 21 === 0;", ">>> 23 === 0;"),
      mutant(DIV, "if ((bLo | bHi) === 0) {", "if (bLo === 0) {"),
      mutant(DIV, "ltU(aLo, aHi, bLo, bHi) ? 0 : 1", "1"),
      mutant(DIV, "writeFloat(estimate - 1, out, at)", "writeFloat(estimate, out, at)"),
      mutant(DIV, "if ((aHi ^ bHi) < 0) neg(", "if ((aHi | bHi) < 0) neg("),
      mutant(DIV, "(bHi | 0) < 0 ? negatedHi : bHi", "bHi"),
    ],
    check: (pair, reach, face) => dividesAsModel(face, pair, reach),
  }),
  defineProof({
    id: "wide/division_agrees_with_model",
    claim: "quotients and remainders of any two words of any lengths are the model's",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.record({ a: words, b: words }), {
      runs: 8000,
      describe: "pairs of words of 1 to 64 bits, often at edges",
    }),
    reaches: ORDINARY,
    implementation: int,
    mutants: [
      mutant(DIV, "MARGIN = 2 ** -6", "MARGIN = -1"),
      mutant(DIV, "(aHi - upper * b) * HALF + aLo", "(aHi - upper * b) * HALF"),
      mutant(DIV, "out[at + 1] = upper | 0;", "out[at + 1] = 0;"),
      mutant(DIV, "bLo >>> 21 === 0", "bLo >>> 31 === 0"),
    ],
    check: (pair, reach, face) => dividesAsModel(face, pair, reach),
  }),
  defineProof({
    id: "wide/division_near_multiples_agrees_with_model",
    claim: "quotients and remainders are the model's where the dividend is beside a multiple",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(nearMultiples, {
      runs: 8000,
      describe: "multiples of words of 1 to 64 bits, and their neighbours",
      // A divisor that no float holds beside a dividend that one does.
      examples: [2n ** 53n + 1n, -(2n ** 53n) - 1n].map((b) => ({
        a: model.wordOf(-(2n ** 53n)),
        b: model.wordOf(b),
      })),
    }),
    reaches: ["without remainder", "with remainder"],
    implementation: int,
    mutants: [
      mutant(DIV, "writeFloat(estimate + 1, out, at)", "writeFloat(estimate, out, at)"),
      mutant(DIV, "if (restHi >> 30 === -1)", "if (false)"),
      mutant(DIV, "(estimate / HALF) | 0", "0"),
      mutant(DIV, "rest < 1 - MARGIN", "rest < 1"),
      mutant(DIV, "rest > MARGIN ||", "rest >= 0 ||"),
      mutant(DIV, "bHi ^ (bHi >> 31));", "0);"),
    ],
    check: (pair, reach, face) => dividesAsModel(face, pair, reach),
  }),
  defineProof({
    id: "wide/division_with_great_quotients_agrees_with_model",
    claim: "quotients and remainders are the model's where an estimate is as far off as it may be",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(greatQuotients, {
      runs: 8000,
      describe: "quotients of 40 to 48 bits, beside an integer by none to a sixteenth of one",
      examples: [
        { a: 14403711386638421069n, b: 3785142n },
        { a: 13691130647090565942n, b: 50327n },
      ],
    }),
    reaches: ["without remainder", "with remainder"],
    implementation: int,
    mutants: [
      mutant(DIV, "MARGIN = 2 ** -6", "MARGIN = 2 ** -12"),
      mutant(DIV, "MARGIN = 2 ** -6", "MARGIN = 2 ** -10"),
      mutant.equivalent(
        DIV,
        "MARGIN = 2 ** -6",
        "MARGIN = 2 ** -9",
        "a quotient from 2^43 to 2^44 has an exact divisor, and is off by at most 2^-10 for the dividend and 2^-10 for itself",
      ),
      mutant.equivalent(
        DIV,
        "ESTIMATE_END = 2 ** 44",
        "ESTIMATE_END = 2 ** 47",
        "a quotient from 2^46 to 2^47 has an exact divisor, and is off by at most 2^-7 for the dividend and 2^-7 for itself",
      ),
      mutant(DIV, "ESTIMATE_END = 2 ** 44", "ESTIMATE_END = 2 ** 48"),
      mutant(DIV, "ESTIMATE_END = 2 ** 44", "ESTIMATE_END = 2 ** 53"),
      mutant(DIV, "Math.abs(estimate) < ESTIMATE_END", "estimate < ESTIMATE_END"),
      mutant(DIV, "rest < 1 - MARGIN", "rest < 1"),
    ],
    check: (pair, reach, face) => dividesAsModel(face, pair, reach),
  }),
];

register(proofs);
