/** ALU operations for symbolic proofs: register places, definitions on 64 bits, and case slices. */

import * as s from "../../src/symbolic/mod.ts";
import type {
  Argument,
  Contract,
  InputRange,
  IntTerm,
  Result,
  Truth,
} from "../../src/symbolic/mod.ts";
import { HALF, word } from "./symbolic_words.ts";

type Terms = Readonly<Record<string, IntTerm>>;

/** What an operation gives for the operands `a` and `b`, unsigned words, and the old `d`. */
export type Meaning = (a: IntTerm, b: IntTerm, d: IntTerm) => IntTerm;

/** Three registers of any content, and which of them the operands are: the same ones or others. */
export const ALU_INPUTS: Record<string, InputRange> = {
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, place) => [`w${place}`, s.int(32)]),
  ),
  d: s.range(0, 2),
  a: s.range(0, 2),
  b: s.range(0, 2),
};

function at(terms: Terms, name: string): IntTerm {
  return terms[name] ?? s.constant(0);
}

/** The words of the registers. */
export function registers(terms: Terms): Argument {
  const elements = Array.from({ length: 6 }, (_, place) => at(terms, `w${place}`));
  return s.typedArray("Int32Array", elements);
}

/** The place of an operand's register. */
export function place(terms: Terms, name: string): IntTerm {
  return s.multiply(at(terms, name), 2n);
}

/** The word that an operand's register holds before. */
export function operand(terms: Terms, name: string): IntTerm {
  const register = (of: number) => word(at(terms, `w${2 * of}`), at(terms, `w${2 * of + 1}`));
  const which = at(terms, name);
  return s.choose(
    s.equal(which, 0n),
    register(0),
    s.choose(s.equal(which, 1n), register(1), register(2)),
  );
}

/** Whether the register `d` holds the meaning afterwards, and the others what they held. */
export function means(
  terms: Terms,
  result: Result,
  array: string,
  meaning: Meaning,
): Truth {
  const after = result.after(array);
  const value = meaning(operand(terms, "a"), operand(terms, "b"), operand(terms, "d"));
  const holds = [0, 1, 2].map((register) => {
    const now = word(after.item(2 * register).integer, after.item(2 * register + 1).integer);
    const old = word(at(terms, `w${2 * register}`), at(terms, `w${2 * register + 1}`));
    return s.equal(now, s.choose(s.equal(at(terms, "d"), register), s.unsigned(64, value), old));
  });
  return s.and(...holds);
}

/** The signed reading of a word. */
export function signed(of: IntTerm): IntTerm {
  return s.signed(64, of);
}

/** The low half, read as signed, in 64 bits: what an operation of 32 bits gives. */
export function narrow(of: IntTerm): IntTerm {
  return s.signed(32, of);
}

/** The low half, unsigned. */
export function low(of: IntTerm): IntTerm {
  return s.unsigned(32, of);
}

/** Turned up by a count below the width. */
export function turned(bits: number, of: IntTerm, count: IntTerm): IntTerm {
  return s.add(
    s.unsigned(bits, s.shiftLeft(of, count)),
    s.shiftRight(of, s.subtract(bits, count)),
  );
}

/** The quotient rounded towards zero; `none` for a divisor of zero. */
export function quotient(a: IntTerm, b: IntTerm, none: IntTerm): IntTerm {
  const magnitude = (of: IntTerm) => s.choose(s.less(of, 0n), s.subtract(0n, of), of);
  const whole = s.divide(magnitude(a), magnitude(b));
  const differ = s.not(s.iff(s.less(a, 0n), s.less(b, 0n)));
  return s.choose(s.equal(b, 0n), none, s.choose(differ, s.subtract(0n, whole), whole));
}

/** What the quotient rounded towards zero leaves; the dividend for a divisor of zero. */
export function remainder(a: IntTerm, b: IntTerm): IntTerm {
  const magnitude = (of: IntTerm) => s.choose(s.less(of, 0n), s.subtract(0n, of), of);
  const rest = s.modulo(magnitude(a), magnitude(b));
  const result = s.choose(s.less(a, 0n), s.subtract(0n, rest), rest);
  return s.choose(s.equal(b, 0n), a, result);
}

/** The operations on words that are proved on their own, as contracts of `src/int/wide`. */
export function wideContract(meaning: (a: IntTerm, b: IntTerm) => IntTerm): Contract {
  return ([aLo, aHi, bLo, bHi, out, at], tools) => {
    const half = (of: s.View | undefined) => of?.integer ?? s.constant(0);
    const value = meaning(word(half(aLo), half(aHi)), word(half(bLo), half(bHi)));
    if (out === undefined || at === undefined) return undefined;
    tools.write(out, at.integer, s.signed(32, value));
    tools.write(out, s.add(at.integer, 1n), s.signed(32, s.divide(value, HALF)));
    return undefined;
  };
}

/**
 * The text of a function that does what one case of the inner loop does, made of the statements of that
 * case as they stand. It returns 0 where the loop goes on to the next record, 1 where it enters the
 * next block, 2 where a jump is taken, and 100 and more where it stops.
 */
export function slicedCase(text: string, label: string): string {
  const [, body = "", ...more] = text.split(new RegExp(`\\n {12}case ${label}:`));
  if (more.length > 0 || body === "") throw new Error(`no case ${label}, or several`);
  const statements = body.split(/\n {12}(?:case|default)\b/)[0] ?? "";
  return `
    export function played_${label}(w, table, memory, i, d, a, b) {
      let reason = -1;
      let detail = 0;
      enter: do {
        taken: {
          failed: {
            switch (0) {
              default: ${
    statements.replace(/^[^\n]*\n/, (line) => line.includes("{") ? "{\n" : "\n")
  }
            }
            return 0;
          }
          return 3;
        }
        return 2;
      } while (false);
      return reason >= 0 ? 100 + reason : 1;
    }`;
}
