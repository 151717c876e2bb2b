/** Words of 64 bits in halves, for symbolic proofs: each half in any of its two readings. */

import {
  add,
  and,
  type Argument,
  atMost,
  equal,
  implies,
  type InputRange,
  type IntTerm,
  multiply,
  range,
  type Result,
  signed,
  subtract,
  type Truth,
  typedArray,
  uint,
  unsigned,
} from "../../src/symbolic/mod.ts";

/** One more than the greatest half. */
export const HALF: bigint = 1n << 32n;
/** One more than the greatest word. */
export const WORD: bigint = 1n << 64n;

/** The bits of halves, and whether each is handed over as a negative number. */
export function halfInputs<N extends string>(
  ...names: readonly N[]
): Record<N | `${N}Negative`, InputRange> {
  const inputs: Record<string, InputRange> = {};
  for (const name of names) {
    inputs[name] = uint(32);
    inputs[`${name}Negative`] = range(0, 1);
  }
  return inputs;
}

type Terms = Readonly<Record<string, IntTerm>>;

function term(terms: Terms, name: string): IntTerm {
  const found = terms[name];
  if (found === undefined) throw new Error(`no input is called ${name}`);
  return found;
}

/** A half as it is handed over. */
export function half(terms: Terms, name: string): IntTerm {
  return subtract(term(terms, name), multiply(term(terms, `${name}Negative`), HALF));
}

/** The halves as parameters of their names. */
export function halves(terms: Terms, ...names: readonly string[]): Record<string, Argument> {
  return Object.fromEntries(names.map((name) => [name, half(terms, name)]));
}

/** Only a half with its highest bit set can be negative. */
export function areHalves(terms: Terms, ...names: readonly string[]): Truth {
  return and(
    ...names.map((name) =>
      implies(equal(term(terms, `${name}Negative`), 1n), atMost(HALF / 2n, term(terms, name)))
    ),
  );
}

/** The unsigned word of two halves. */
export function word(lo: IntTerm, hi: IntTerm): IntTerm {
  return add(unsigned(32, lo), multiply(unsigned(32, hi), HALF));
}

/** The unsigned word of the halves `${name}Lo` and `${name}Hi`. */
export function wordOf(terms: Terms, name: string): IntTerm {
  return word(term(terms, `${name}Lo`), term(terms, `${name}Hi`));
}

/** The same word, signed. */
export function signedWordOf(terms: Terms, name: string): IntTerm {
  return signed(64, wordOf(terms, name));
}

/** What a function wrote to its `out`, as an unsigned word. */
export function written(result: Result, at = 0, parameter = "out"): IntTerm {
  const out = result.after(parameter);
  return word(out.item(at).integer, out.item(at + 1).integer);
}

/** Where results go: an array of two halves. */
export const OUT: Readonly<Record<string, Argument>> = {
  out: typedArray("Int32Array", [0, 0]),
  at: 0,
};
