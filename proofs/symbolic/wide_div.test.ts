/**
 * Division of 64-bit words, in the steps that it is made of.
 *
 * What is not executed here is the float estimate: that it is the quotient or a neighbour of it, and
 * the quotient itself where `isSure` says so, is argued in the source. Everything around it is proved
 * for all words: what follows when the estimate is right or off by one, every other path, the signs and
 * the remainders.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { Contract, IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Given, type Row, rowProof } from "../_kit/symbolic_rows.ts";
import { HALF, OUT, WORD, word, written } from "../_kit/symbolic_words.ts";

const FILE = "src/int/wide/div.ts";
const SPEC = "Gray Paper, appendix A.5 (div_u_64 to rem_s_64)";
const PAIR = { aLo: s.uint(32), aHi: s.uint(32), bLo: s.uint(32), bHi: s.uint(32) };

const A = (g: Given) => word(g("aLo"), g("aHi"));
const B = (g: Given) => word(g("bLo"), g("bHi"));
const halvesOf = (g: Given) => ({
  aLo: g("aLo"),
  aHi: g("aHi"),
  bLo: g("bLo"),
  bHi: g("bHi"),
  ...OUT,
});

function writing(
  value: (a: IntTerm, b: IntTerm) => IntTerm,
): Contract {
  return ([aLo, aHi, bLo, bHi, out, at], tools) => {
    const half = (of: s.View | undefined) => of?.integer ?? s.constant(0);
    const result = value(word(half(aLo), half(aHi)), word(half(bLo), half(bHi)));
    if (out === undefined || at === undefined) return undefined;
    tools.write(out, at.integer, s.signed(32, result));
    tools.write(out, s.add(at.integer, 1n), s.signed(32, s.divide(result, HALF)));
    return undefined;
  };
}

const magnitude = (of: IntTerm) => s.choose(s.less(of, 0n), s.subtract(0n, of), of);

/** What the division of magnitudes is proved to do, and the product. */
const QUOTIENT = writing((a, b) => s.divide(a, b));
const PRODUCT = writing((a, b) => s.unsigned(64, s.multiply(a, b)));

const ROWS: readonly Row[] = [
  {
    id: "wide_div_exact_bound",
    says: "words are divided as floats only where both are below 2^53",
    subject: "wide.divU",
    spec: SPEC,
    file: FILE,
    function: "areExact",
    inputs: { aHi: s.int(32), bHi: s.int(32) },
    shows: (g, { value }) => {
      const limit = 2n ** 21n;
      const below = (name: string) => s.less(s.unsigned(32, g(name)), limit);
      return s.iff(value.truth, s.and(below("aHi"), below("bHi")));
    },
    from: "(aHi | bHi) >>> 21 === 0",
    to: "(aHi | bHi) >> 21 === 0 || aHi < 0",
  },
  {
    id: "wide_div_exact_bound_signed",
    says: "signed words are divided as floats only where both are from -2^53 to 2^53 - 1",
    subject: "wide.divS",
    spec: SPEC,
    file: FILE,
    function: "areExactSigned",
    inputs: { aHi: s.int(32), bHi: s.int(32) },
    shows: (g, { value }) => {
      const limit = 2n ** 21n;
      const below = (name: string) => s.within(g(name), -limit, limit - 1n);
      return s.iff(value.truth, s.and(below("aHi"), below("bHi")));
    },
    from: "areExact(aHi ^ (aHi >> 31), bHi ^ (bHi >> 31))",
    to: "areExact(aHi ^ (aHi >> 31), bHi)",
  },
  ...["unsigned", "signed"].map((reading): Row => ({
    id: `wide_div_float_${reading}`,
    says: `a word below 2^53, read as ${reading}, is a float without rounding`,
    subject: "wide.divU",
    spec: SPEC,
    file: FILE,
    function: `${reading}Float`,
    inputs: {
      lo: s.int(32),
      hi: reading === "signed" ? s.int(22) : s.uint(21),
    },
    shows: (g, { value }) =>
      s.equal(value.integer, s.add(s.multiply(g("hi"), HALF), s.unsigned(32, g("lo")))),
    from: reading === "signed" ? "(hi | 0) * HALF + (lo >>> 0)" : "(hi >>> 0) * HALF + (lo >>> 0)",
    to: reading === "signed" ? "(hi | 0) * HALF + (lo | 0)" : "(hi >>> 0) * HALF + (lo | 0)",
  })),
  {
    id: "wide_div_write",
    says: "an integer from -2^53 to 2^53 is written as the word of 64 bits that it is",
    subject: "wide.divS",
    spec: SPEC,
    file: FILE,
    function: "writeFloat",
    inputs: { integer: s.range(-(2n ** 53n), 2n ** 53n) },
    given: (g) => ({ integer: g("integer"), ...OUT }),
    shows: (g, result) => s.equal(written(result), s.unsigned(64, g("integer"))),
    from: "Math.floor(integer / HALF) | 0",
    to: "Math.trunc(integer / HALF) | 0",
  },
  {
    id: "wide_div_small",
    says: "long division by a divisor below 2^21 gives the quotient, half by half",
    subject: "wide.divU",
    spec: SPEC,
    file: FILE,
    function: "divideBySmall",
    inputs: { aLo: s.uint(32), aHi: s.uint(32), b: s.range(1, 2 ** 21 - 1) },
    given: (g) => ({ aLo: g("aLo"), aHi: g("aHi"), b: g("b"), ...OUT }),
    arithmetic: "integers",
    shows: (g, result) => {
      const out = result.after("out");
      const [lo, hi] = [out.item(0).integer, out.item(1).integer];
      // The rest by the two digits of the quotient, each times the divisor.
      const [low, high] = [s.unsigned(32, lo), s.unsigned(32, hi)];
      const upper = s.divide(g("aHi"), g("b"));
      const left = s.add(
        s.multiply(s.subtract(g("aHi"), s.multiply(upper, g("b"))), HALF),
        g("aLo"),
      );
      return s.and(s.equal(high, upper), s.equal(low, s.divide(left, g("b"))));
    },
    from: "((aHi - upper * b) * HALF + aLo) / b",
    to: "((aHi - upper) * HALF + aLo) / b",
  },
  {
    id: "wide_div_great",
    says: "a divisor of at least half of 2^64 fits once or not at all, and the rest is below it",
    subject: "wide.divU",
    spec: SPEC,
    file: FILE,
    function: "divideLong",
    inputs: { ...PAIR, bHi: s.range(2n ** 31n, 2n ** 32n - 1n) },
    given: halvesOf,
    shows: (g, result) => {
      const once = s.atMost(B(g), A(g));
      const rest = s.choose(once, s.subtract(A(g), B(g)), A(g));
      return s.and(s.equal(written(result), s.choose(once, 1n, 0n)), s.less(rest, B(g)));
    },
    from: "ltU(aLo, aHi, bLo, bHi) ? 0 : 1",
    to: "ltU(aLo, aHi, bLo, bHi) ? 1 : 0",
  },
  {
    id: "wide_div_by_zero",
    says: "the quotient by zero is 2^64 - 1",
    subject: "wide.divU",
    spec: SPEC,
    file: FILE,
    function: "divideLong",
    inputs: { aLo: s.uint(32), aHi: s.uint(32) },
    given: (g) => ({ aLo: g("aLo"), aHi: g("aHi"), bLo: 0, bHi: 0, ...OUT }),
    shows: (_, result) => s.equal(written(result), WORD - 1n),
    from: "if ((bLo | bHi) === 0) {\n    out[at] = -1;",
    to: "if ((bLo | bHi) === 0) {\n    out[at] = 0;",
  },
  {
    id: "wide_div_signs",
    says: "the quotient of signed words is that of their magnitudes with the sign of both",
    subject: "wide.divS",
    spec: SPEC,
    file: FILE,
    function: "divideMagnitudes",
    inputs: { aLo: s.int(32), aHi: s.int(32), bLo: s.int(32), bHi: s.int(32) },
    given: halvesOf,
    where: (g) => s.not(s.equal(B(g), 0n)),
    contracts: { divideLong: QUOTIENT },
    arithmetic: "limbs",
    shows: (g, result) => {
      const [a, b] = [s.signed(64, A(g)), s.signed(64, B(g))];
      const whole = s.divide(magnitude(a), magnitude(b));
      const differ = s.not(s.iff(s.less(a, 0n), s.less(b, 0n)));
      return s.equal(
        written(result),
        s.unsigned(64, s.choose(differ, s.subtract(0n, whole), whole)),
      );
    },
    from: "if ((aHi ^ bHi) < 0) neg",
    to: "if ((aHi | bHi) < 0) neg",
  },
  {
    id: "wide_rem_rest",
    says: "what is written is what the dividend has over the product of quotient and divisor",
    subject: "wide.remU",
    spec: SPEC,
    file: FILE,
    function: "writeRest",
    inputs: { ...PAIR, qLo: s.int(32), qHi: s.int(32) },
    given: (g) => ({ ...halvesOf(g), out: s.typedArray("Int32Array", [g("qLo"), g("qHi")]) }),
    contracts: { mul: PRODUCT },
    arithmetic: "limbs",
    shows: (g, result) => {
      const product = s.multiply(word(g("qLo"), g("qHi")), B(g));
      return s.equal(written(result), s.unsigned(64, s.subtract(A(g), product)));
    },
    from: "mul(out[at] ?? 0, out[at + 1] ?? 0, bLo, bHi, out, at);\n  sub(aLo, aHi, out[at] ?? 0",
    to: "mul(out[at] ?? 0, out[at + 1] ?? 0, bLo, aHi, out, at);\n  sub(aLo, aHi, out[at] ?? 0",
  },
];

export const proofs: readonly Proof[] = ROWS.map(rowProof);

register(proofs);
