/** What the rarer operations on words mean, and what is proved of products and quotients. */

import * as s from "../../src/symbolic/mod.ts";
import type { Contract, IntTerm } from "../../src/symbolic/mod.ts";
import { type Meaning, quotient, remainder, signed, turned, wideContract } from "./symbolic_alu.ts";
import { HALF, WORD } from "./symbolic_words.ts";

/** The bits that it has not, unsigned. */
export const inverse = (of: IntTerm): IntTerm => s.subtract(WORD - 1n, of);
const top = HALF * HALF;

/** The products and quotients of words, which are proved on their own. */
const MEANINGS: Readonly<Record<string, (a: IntTerm, b: IntTerm) => IntTerm>> = {
  divU: (a, b) => quotient(a, b, s.constant(WORD - 1n)),
  divS: (a, b) => quotient(signed(a), signed(b), s.constant(-1n)),
  remU: remainder,
  remS: (a, b) => remainder(signed(a), signed(b)),
  mulUpperUU: (a, b) => s.divide(s.multiply(a, b), top),
  mulUpperSS: (a, b) => s.divide(s.multiply(signed(a), signed(b)), top),
  mulUpperSU: (a, b) => s.divide(s.multiply(signed(a), b), top),
};

export const CONTRACTS: Readonly<Record<string, Contract>> = Object.fromEntries(
  Object.entries(MEANINGS).map(([name, meaning]) => [name, wideContract(meaning)]),
);

export function wide(name: string): Meaning {
  return (a, b) => MEANINGS[name]?.(a, b) ?? s.constant(0);
}

export const turnedDown: (bits: number) => Meaning = (bits) => (a, b) => {
  const of = s.unsigned(bits, a);
  return turned(bits, of, s.modulo(s.subtract(0n, b), BigInt(bits)));
};
