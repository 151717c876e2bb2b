/** Counts and orders of bits, by their definition, for symbolic proofs. */

import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm } from "../../src/symbolic/mod.ts";

/** The bits, lowest first. */
export function bitsOf(of: IntTerm, count: number): readonly IntTerm[] {
  return Array.from({ length: count }, (_, at) => s.modulo(s.shiftRight(of, at), 2n));
}

/** How many of the bits are set. */
export function ones(of: IntTerm, count: number): IntTerm {
  let sums = bitsOf(of, count);
  while (sums.length > 1) {
    sums = sums.flatMap((sum, at) => at % 2 === 0 ? [s.add(sum, sums[at + 1] ?? 0)] : []);
  }
  return sums[0] ?? s.constant(0);
}

/** The place of the first 1, else the number of places. */
export function firstOne(bits: readonly IntTerm[]): IntTerm {
  return bits.reduceRight(
    (rest, bit, at) => s.choose(s.equal(bit, 1n), at, rest),
    s.constant(bits.length),
  );
}

/** The eight bytes in reverse. */
export function reversed(of: IntTerm): IntTerm {
  return Array.from(
    { length: 8 },
    (_, at) => s.shiftLeft(s.unsigned(8, s.shiftRight(of, 8 * at)), 56 - 8 * at),
  )
    .reduce((sum, byte) => s.add(sum, byte));
}
