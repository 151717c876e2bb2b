/**
 * Division by a float estimate: that an estimate which is the quotient, or a neighbour of it, leads to
 * the quotient. That the estimate is one of these is argued in the source.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { Contract, IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Given, type Row, rowProof } from "../_kit/symbolic_rows.ts";
import { HALF, OUT, word, written } from "../_kit/symbolic_words.ts";

const FILE = "src/int/wide/div.ts";
const SPEC = "Gray Paper, appendix A.5 (div_u_64 to rem_s_64)";

const A = (g: Given) => word(g("aLo"), g("aHi"));

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

const PRODUCT = writing((a, b) => s.unsigned(64, s.multiply(a, b)));

/** A dividend, a divisor and what the quotient leaves of them; the quotient is any that is possible. */
const ESTIMATED = {
  aLo: s.uint(32),
  aHi: s.uint(32),
  b: s.range(2n ** 21n, 2n ** 63n - 1n),
  rest: s.range(0, 2n ** 63n - 1n),
  quotient: s.range(0, 2n ** 43n - 1n),
};

const input = (name: keyof typeof ESTIMATED) =>
  s.input(name, ESTIMATED[name].min, ESTIMATED[name].max);

/**
 * What subtraction leaves where the product of the estimate is taken off the dividend: the rest, and a
 * divisor less or more where the estimate is off by one.
 */
function leaves(off: number): Contract {
  return ([, , , , out, at], tools) => {
    const left = s.subtract(input("rest"), s.multiply(input("b"), off));
    if (out === undefined || at === undefined) return undefined;
    tools.write(out, at.integer, s.signed(32, left));
    tools.write(out, s.add(at.integer, 1n), s.signed(32, s.divide(left, HALF)));
    return undefined;
  };
}

/** The division by an estimate, where the estimate is given. */
function fromEstimate(text: string): string {
  const start = text.indexOf("function divideByEstimate(");
  const end = text.indexOf("/** Writes the quotient of two unsigned words without an estimate");
  return text.slice(start, end)
    .replace("function divideByEstimate(", "export function fromEstimate(estimate: number,")
    .replace(/const estimate = .*;/, "");
}

function estimateRow(off: -1 | 0 | 1): Row {
  const where = off === 0 ? "right" : off === 1 ? "one too great" : "one too small";
  return {
    id: `wide_div_estimate_${where.replaceAll(" ", "_")}`,
    says: `an estimate of the quotient that is ${where} leads to the quotient`,
    subject: "wide.divU",
    spec: SPEC,
    file: FILE,
    function: "fromEstimate",
    harness: fromEstimate,
    inputs: ESTIMATED,
    over: "every divisor from 2^21 to 2^63 - 1, quotient and rest that there can be",
    where: (g) =>
      s.and(
        s.less(g("rest"), g("b")),
        s.atMost(-off, g("quotient")),
        s.equal(
          A(g),
          s.unsigned(64, s.add(s.multiply(g("quotient"), g("b")), g("rest"))),
        ),
        // Three roundings are off by less than 2^14 in units of the dividend: only next to a multiple
        // of the divisor does that lead to a neighbour of the quotient.
        off === 1 ? s.atMost(s.subtract(g("b"), g("rest")), 2n ** 14n) : s.TRUE,
        off === -1 ? s.atMost(g("rest"), 2n ** 14n) : s.TRUE,
      ),
    given: (g) => ({
      estimate: s.add(g("quotient"), off),
      aLo: g("aLo"),
      aHi: g("aHi"),
      bLo: s.unsigned(32, g("b")),
      bHi: s.divide(g("b"), HALF),
      ...OUT,
    }),
    contracts: { sub: leaves(off), mul: PRODUCT },
    arithmetic: "limbs",
    shows: (g, result) => s.equal(written(result), g("quotient")),
    from: off === 1
      ? "writeFloat(estimate - 1, out, at)"
      : off === 0
      ? "ltU(restLo, restHi, bLo, bHi)) writeFloat(estimate, out, at)"
      : "else writeFloat(estimate + 1, out, at)",
    to: off === 1
      ? "writeFloat(estimate, out, at)"
      : off === 0
      ? "ltU(restLo, restHi, bLo, bHi)) writeFloat(estimate + 1, out, at)"
      : "else writeFloat(estimate, out, at)",
  };
}

export const proofs: readonly Proof[] = [estimateRow(0), estimateRow(1), estimateRow(-1)].map(
  rowProof,
);

register(proofs);
