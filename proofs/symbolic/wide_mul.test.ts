/**
 * Multiplication of 64-bit words, for all halves: the product of two halves first, with the floats that
 * it is made of; then the words, on limbs, by the contract that the first proof gives.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { Contract, IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Fault, symbolic } from "../_kit/symbolic.ts";
import {
  areHalves,
  HALF,
  half,
  halfInputs,
  halves,
  OUT,
  WORD,
  written,
} from "../_kit/symbolic_words.ts";

type Terms = Readonly<Record<string, IntTerm>>;

const FILE = "src/int/wide/mul.ts";
const PAIR = ["aLo", "aHi", "bLo", "bHi"] as const;

function bits(of: s.View | undefined): IntTerm {
  return s.unsigned(32, of?.integer ?? 0);
}

/** What the proof of `upper32` shows. */
const upper32: Contract = ([a, b]) => s.signed(32, s.divide(s.multiply(bits(a), bits(b)), HALF));

const limb = (terms: Terms, name: string) => terms[name] ?? s.constant(0);

/** The product of two unsigned words, as the sum of the products of their halves. */
function product(terms: Terms): IntTerm {
  const [aLo, aHi, bLo, bHi] = PAIR.map((name) => limb(terms, name));
  const of = (x: IntTerm | undefined, y: IntTerm | undefined) => s.multiply(x ?? 0, y ?? 0);
  const middle = s.multiply(s.add(of(aLo, bHi), of(aHi, bLo)), HALF);
  return s.add(s.add(of(aLo, bLo), middle), s.multiply(of(aHi, bHi), WORD));
}

/** A word of which a negative one counts as 2^64 less: the other one, times that, comes off. */
function lessFor(terms: Terms, sign: string, lo: string, hi: string): IntTerm {
  const other = s.add(limb(terms, lo), s.multiply(limb(terms, hi), HALF));
  return s.choose(s.atMost(HALF / 2n, limb(terms, sign)), other, 0n);
}

function upper(terms: Terms): IntTerm {
  return s.divide(product(terms), WORD);
}

function upperSU(terms: Terms): IntTerm {
  return s.subtract(upper(terms), lessFor(terms, "aHi", "bLo", "bHi"));
}

/** What the proofs of the simpler products show, for those that build on them. */
function writing(expected: (terms: Terms) => IntTerm): Contract {
  return ([aLo, aHi, bLo, bHi, out, at], tools) => {
    const value = expected({ aLo: bits(aLo), aHi: bits(aHi), bLo: bits(bLo), bHi: bits(bHi) });
    if (out === undefined || at === undefined) return undefined;
    tools.write(out, at.integer, s.signed(32, value));
    tools.write(out, s.add(at.integer, 1n), s.signed(32, s.divide(value, HALF)));
    return undefined;
  };
}

function productOf(
  name: string,
  says: string,
  spec: string,
  twin: Fault,
  expected: (terms: Terms) => IntTerm,
  contracts: Readonly<Record<string, Contract>> = { upper32 },
): Proof {
  return symbolic<string>({
    id: `wide_${name}`,
    says,
    subject: [`wide.${name}`],
    spec,
    file: FILE,
    function: name,
    over: "every aLo, aHi, bLo, bHi, each half in both readings",
    inputs: halfInputs(...PAIR),
    assume: (terms) => areHalves(terms, ...PAIR),
    parameters: (terms) => ({ ...halves(terms, ...PAIR), ...OUT }),
    contracts,
    arithmetic: "limbs",
    twin,
    claim: (terms, result) => s.equal(written(result), s.unsigned(64, expected(terms))),
  });
}

export const proofs: readonly Proof[] = [
  symbolic<string>({
    id: "wide_upper_half_of_product",
    says: "the upper half of a product of halves is exact, though the floats behind it are rounded",
    subject: ["wide.mul"],
    spec: "Wasm core 2.0, 4.3.2 (imul)",
    file: FILE,
    function: "upper32",
    over: "every a and b, each half in both readings",
    inputs: halfInputs("a", "b"),
    assume: (terms) => areHalves(terms, "a", "b"),
    parameters: (terms) => ({ a: half(terms, "a"), b: half(terms, "b") }),
    rounding: true,
    arithmetic: "integers",
    twin: { from: "2 ** -32 + 0.5", to: "2 ** -32 - 0.5" },
    claim: (terms, result) => {
      const exact = s.multiply(limb(terms, "a"), limb(terms, "b"));
      return s.equal(result.value.integer, s.signed(32, s.divide(exact, HALF)));
    },
  }),
  productOf(
    "mul",
    "mul writes a * b modulo 2^64",
    "Wasm core 2.0, 4.3.2 (imul)",
    { from: "+ Math.imul(aHi, bLo)) | 0", to: "+ Math.imul(aHi, bHi)) | 0" },
    product,
  ),
  productOf(
    "mulUpperUU",
    "mulUpperUU writes the upper half of a * b, both unsigned",
    "Gray Paper, appendix A.5 (mul_upper_u_u)",
    {
      from: "carryOf(second, cross) + carryOf((second + back) | 0, back)",
      to: "carryOf(second, cross)",
    },
    upper,
  ),
  productOf(
    "mulUpperSU",
    "mulUpperSU writes the upper half of a * b, a signed and b unsigned",
    "Gray Paper, appendix A.5 (mul_upper_s_u)",
    {
      from: "if ((aHi | 0) < 0) subtractFrom(out, at, bLo, bHi)",
      to: "if ((aHi | 0) < 0) subtractFrom(out, at, aLo, bHi)",
    },
    upperSU,
    { mulUpperUU: writing(upper) },
  ),
  productOf(
    "mulUpperSS",
    "mulUpperSS writes the upper half of a * b, both signed",
    "Gray Paper, appendix A.5 (mul_upper_s_s)",
    {
      from: "if ((bHi | 0) < 0) subtractFrom(out, at, aLo, aHi)",
      to: "if ((bHi | 0) <= 0) subtractFrom(out, at, aLo, aHi)",
    },
    (terms) => s.subtract(upperSU(terms), lessFor(terms, "bHi", "aLo", "aHi")),
    { mulUpperSU: writing(upperSU) },
  ),
];

register(proofs);
