/** Operations on 64-bit integers agree with their definitions, as bigints and in halves. */

import * as numeric from "../src/linear/numeric/mod.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import {
  argumentsFor,
  AT,
  conforms,
  crossed,
  EDGES_64,
  mutant,
  namesOf,
  targets,
} from "./_kit/linear_numeric.ts";
import { register } from "./_kit/register.ts";

const DIVISIONS = "(div|rem)[SU]";
const SHIFTS = "(shl|shr[SU]|rot[lr])";
const ONE = "(clz|ctz|popcnt|extend\\d+S)";
const operations = (groups: string, names: string) => targets(RegExp(`^${groups}\\.${names}$`));

const i64Divisions = operations("i64(Halves)?", DIVISIONS);
const i64Pairs = operations("i64(Halves)?", `(${DIVISIONS}|${SHIFTS})`);
const i64Single = operations("i64(Halves)?", ONE);
const i64All = [...i64Pairs, ...i64Single];

/** Some of a list, evenly: every so many of it. */
function every<T>(step: number, list: readonly T[]): readonly T[] {
  return list.filter((_, place) => place % step === 0);
}

const small = (
  values: readonly bigint[],
) => [-2n, -1n, 0n, 1n, 2n, 2n ** 64n - 1n, 1n - 2n ** 63n, ...values];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/i64_division_agrees_on_small_pairs",
    claim: "every i64 division agrees for all dividends and divisors of 6 bits, in both forms",
    subject: namesOf(i64Divisions),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "bounded",
    domain: crossed(
      i64Divisions,
      domain.product({ a: domain.bigRange(-32n, 31n), b: domain.bigRange(-32n, 31n) }),
    ),
    reaches: ["value", "division-by-zero"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i64_division.ts`, "if (divisor === 0n) return err(DIVISION_BY_ZERO);", ""),
      mutant(`${AT}i64_division.ts`, "return divisor === 0n ? err", "return divisor === 1n ? err"),
    ],
    check: ({ target, values: { a, b } }, reach, face) =>
      conforms(face, target, argumentsFor(target, [a, b]), reach),
  }),

  defineProof({
    id: "linear_numeric/i64_operations_agree_on_crossed_edges",
    claim: "every i64 operation gives the model's outcome at every pair of edges, in both forms",
    subject: namesOf(i64All),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "bounded",
    domain: domain.union(
      crossed(
        i64Pairs,
        domain.product({
          a: domain.of(...new Set(small(every(6, EDGES_64))), -(2n ** 63n), 2n ** 63n),
          b: domain.of(
            ...new Set(small([...every(12, EDGES_64), 2n ** 32n, 2n ** 64n - 2n ** 32n])),
          ),
        }),
      ),
      crossed(i64Single, domain.map(domain.of(...EDGES_64), (a) => ({ a, b: 0n }))),
    ),
    reaches: ["value", "division-by-zero", "integer-overflow"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i64_division.ts`, "dividend === MIN && divisor === -1n", "divisor === -1n"),
      mutant(`${AT}i64_division.ts`, "/ unsigned(divisor)", "/ signed(divisor)"),
      mutant(`${AT}i64_halves_division.ts`, "dividendLo === 0 && (", "("),
      mutant(`${AT}i64_halves_division.ts`, "(dividendHi | 0) ===", "dividendHi ==="),
      mutant(`${AT}i64_halves_division.ts`, "(divisorLo & divisorHi)", "divisorHi"),
      mutant(`${AT}i64_halves_division.ts`, "divisorLo === 0 && divisorHi", "divisorHi"),
      mutant(`${AT}halves.ts`, "asI32(hi | 0)", "asI32(hi >>> 0)"),
      mutant(
        `${AT}i64_halves_bits.ts`,
        "okHalves(wide.clz(valueLo, valueHi), 0)",
        "okHalves(wide.clz(valueHi, valueLo), 0)",
      ),
    ],
    check: ({ target, values: { a, b } }, reach, face) =>
      conforms(
        face,
        target,
        argumentsFor(target, [a, b].slice(0, target.operation.takes.length)),
        reach,
      ),
  }),
];

register(proofs);
