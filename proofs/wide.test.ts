/** Proofs of 64-bit arithmetic on halves: sums, products and comparisons of two words. */

import fc from "fast-check";
import { agrees, biased, defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import * as int from "../src/int/mod.ts";
import * as model from "../model/wide.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { bytePairs, edgePairs, type Pair, resultOf, SIGNED, UNSIGNED } from "./_kit/halves.ts";

type Face = typeof int;
const mutant = sourceMutants<Face>("src/int/mod.ts");
const ADD_SUB = "src/int/wide/add_sub.ts";
const MUL = "src/int/wide/mul.ts";
const COMPARE = "src/int/wide/compare.ts";

const SUMS = ["add", "sub", "mul"] as const;
const UPPER = ["mulUpperUU", "mulUpperSS", "mulUpperSU"] as const;
const COMPARISONS = ["eq", "ltU", "ltS"] as const;
const SUBJECT = [...SUMS, ...UPPER, ...COMPARISONS].map((name) => `wide.${name}`);
const SPEC = "Wasm core 2.0, 4.3.2; Gray Paper, appendix A.5";

/** Sums, products and comparisons agree with the model on one pair of words. */
function computesAsModel({ wide }: Face, { a, b }: Pair, reach: Reach): string | undefined {
  const forms = [UNSIGNED, SIGNED].map((split) => [...split(a), ...split(b)] as const);
  for (const name of [...SUMS, ...UPPER]) {
    const expected = model.BINARY[name](a, b);
    for (const [aLo, aHi, bLo, bHi] of forms) {
      const actual = resultOf((out, at) => wide[name](aLo, aHi, bLo, bHi, out, at));
      if (actual !== expected) return `${name}: got ${actual}, expected ${expected}`;
    }
  }
  for (const name of COMPARISONS) {
    const expected = model.COMPARE[name](a, b);
    reach(`${name} ${expected}`);
    for (const [aLo, aHi, bLo, bHi] of forms) {
      const failure = agrees(wide[name](aLo, aHi, bLo, bHi), expected);
      if (failure !== undefined) return `${name}: ${failure}`;
    }
  }
  return undefined;
}

const REACHES = COMPARISONS.flatMap((name) => [`${name} true`, `${name} false`]);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "wide/sums_and_products_of_bytes_agree_with_model",
    claim: "sums, products and comparisons of all pairs of sign-extended bytes are the model's",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: bytePairs,
    reaches: REACHES,
    implementation: int,
    mutants: [
      mutant(ADD_SUB, "(aHi + bHi) | 0", "(aHi - bHi) | 0"),
      mutant(ADD_SUB, "(aLo - bLo) | 0", "(bLo - aLo) | 0"),
      mutant(MUL, "+ Math.imul(aHi, bLo)) | 0", ") | 0"),
      mutant(MUL, "if ((bHi | 0) < 0) subtractFrom(out, at, aLo, aHi);", ""),
      mutant(COMPARE, "const a = aHi | 0;", "const a = aHi >>> 0;"),
      mutant(COMPARE, "(aLo ^ bLo) |", "(aLo & bLo) |"),
    ],
    check: (pair, reach, face) => computesAsModel(face, pair, reach),
  }),
  defineProof({
    id: "wide/sums_and_products_at_edges_agree_with_model",
    claim: "sums, products and comparisons are the model's where carries and signs turn over",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: edgePairs,
    reaches: REACHES,
    implementation: int,
    mutants: [
      mutant(ADD_SUB, "(lo >>> 0) < (aLo >>> 0)", "lo < aLo"),
      mutant(ADD_SUB, "(lo >>> 0) < (aLo >>> 0)", "(lo >>> 0) <= (aLo >>> 0)"),
      mutant(ADD_SUB, "(aLo >>> 0) < (bLo >>> 0)", "(aLo >>> 0) <= (bLo >>> 0)"),
      mutant(MUL, "carried = carryOf(second, cross) +", "carried = "),
      mutant(MUL, "+ carryOf(third, first)", ""),
      mutant(MUL, "+ carryOf(lo, top)", ""),
      mutant(MUL, "if ((aHi | 0) < 0) subtractFrom(out, at, bLo, bHi);", ""),
    ],
    check: (pair, reach, face) => computesAsModel(face, pair, reach),
  }),
  defineProof({
    id: "wide/sums_and_products_agree_with_model",
    claim: "sums, products and comparisons of any two words are the model's",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({ a: biased.unsigned(64), b: biased.unsigned(64) }),
      { runs: 5000, describe: "pairs of words, often at edges", examples: [{ a: 7n, b: 7n }] },
    ),
    reaches: REACHES,
    implementation: int,
    mutants: [
      mutant(MUL, "upper32(aLo, bHi) + carried", "upper32(aLo, bHi)"),
      mutant(MUL, "(third + top) | 0", "(third + cross) | 0"),
      mutant(MUL, "(a >>> 0) * (b >>> 0) - low", "(a >>> 0) * (b >>> 0)"),
      mutant(MUL, "2 ** -32 + 0.5", "2 ** -32"),
      mutant(MUL, "const low = Math.imul(a, b) >>> 0;", "const low = Math.imul(a, b);"),
    ],
    check: (pair, reach, face) => computesAsModel(face, pair, reach),
  }),
];

register(proofs);
