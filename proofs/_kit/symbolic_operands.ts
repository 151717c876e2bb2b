/** The operands of instructions by their definition, as terms, for symbolic proofs. */

import * as s from "../../src/symbolic/mod.ts";
import type { InputRange, IntTerm } from "../../src/symbolic/mod.ts";

export type Terms = Readonly<Record<string, IntTerm>>;

/** How many bytes the code has at most, and where the instruction can begin. */
export const CODE = 30;
export const PC_MAX = 3;

export const bytes = (prefix: string, count: number): Record<string, InputRange> =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`${prefix}${place}`, s.uint(8)]));

export const at = (terms: Terms, name: string): IntTerm => terms[name] ?? s.constant(0);

/** The byte `offset` behind the first of the instruction; 0 behind the end of the code. */
export function byte(terms: Terms, offset: s.Integer): IntTerm {
  const place = s.add(at(terms, "pc"), offset);
  let found: IntTerm = s.constant(0);
  for (let k = 0; k < CODE; k++) {
    const here = s.and(s.equal(place, k), s.less(k, at(terms, "length")));
    found = s.choose(here, at(terms, `c${k}`), found);
  }
  return found;
}

/** `count` little-endian bytes from `offset` on, sign-extended; the count is 0 to 4. */
export function immediate(terms: Terms, offset: s.Integer, count: IntTerm): IntTerm {
  let value: IntTerm = s.constant(0);
  let sum: IntTerm = s.constant(0);
  for (let k = 0; k < 4; k++) {
    sum = s.add(sum, s.shiftLeft(byte(terms, s.add(offset, k)), 8 * k));
    value = s.choose(s.equal(count, k + 1), s.signed(8 * (k + 1), sum), value);
  }
  return value;
}

export const least = (a: IntTerm, b: s.Integer): IntTerm => s.choose(s.less(a, b), a, b);
export const register12 = (of: IntTerm): IntTerm => least(of, 12n);
export const low = (of: IntTerm): IntTerm => register12(s.modulo(of, 16n));
export const high = (of: IntTerm): IntTerm => register12(s.divide(of, 16n));
/** What is left of the instruction behind `used` of its bytes: 0 to 4. */
export const left = (terms: Terms, used: s.Integer): IntTerm => {
  const rest = s.subtract(at(terms, "skip"), used);
  return s.choose(s.less(rest, 0n), 0n, least(rest, 4n));
};
export const selected = (of: IntTerm): IntTerm => least(s.modulo(of, 8n), 4n);

/** The operands by name, those that are not 0; `x` in 64 bits. */
export type Operands = Readonly<Record<string, IntTerm>>;

export const A = (terms: Terms): IntTerm => low(byte(terms, 1));
export const B = (terms: Terms): IntTerm => high(byte(terms, 1));

/** Two immediates, of which a byte at `selector` names the length of the first. */
export function pair(terms: Terms, offset: number, selector: IntTerm): readonly [IntTerm, IntTerm] {
  const length = selected(selector);
  const first = immediate(terms, offset, length);
  const used = s.add(length, offset - 1);
  return [first, immediate(terms, s.add(length, offset), left(terms, used))];
}

export function two(
  terms: Terms,
  offset: number,
  selector: IntTerm,
  second: "y" | "target",
): Operands {
  const [x, y] = pair(terms, offset, selector);
  return second === "y" ? { x, y } : { x, target: s.add(at(terms, "pc"), y) };
}

export const imm = (terms: Terms, offset: number): IntTerm =>
  immediate(terms, offset, left(terms, offset - 1));
export const target = (terms: Terms, offset: number): IntTerm =>
  s.add(at(terms, "pc"), imm(terms, offset));
export const upperNibble = (terms: Terms): IntTerm => s.divide(byte(terms, 1), 16n);
