/** Division, shifts, rotations, counts and extensions of integers agree with their definitions. */

import fc from "fast-check";
import * as numeric from "../src/linear/numeric/mod.ts";
import { biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import {
  argumentsFor,
  AT,
  conforms,
  crossed,
  EDGES_32,
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

const i32Divisions = operations("i32", DIVISIONS);
const i32Pairs = operations("i32", `(${DIVISIONS}|${SHIFTS})`);
const i32Single = operations("i32", ONE);
const i64Divisions = operations("i64(Halves)?", DIVISIONS);
const i64Pairs = operations("i64(Halves)?", `(${DIVISIONS}|${SHIFTS})`);
const i64Single = operations("i64(Halves)?", ONE);
const i64All = [...i64Pairs, ...i64Single];
const shifts = operations("i(32|64|64Halves)", SHIFTS);

/** Some of a list, evenly: every so many of it. */
function every<T>(step: number, list: readonly T[]): readonly T[] {
  return list.filter((_, place) => place % step === 0);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/i32_division_agrees_on_all_pairs_of_bytes",
    claim: "every i32 division of two bytes gives the model's value or trap",
    subject: namesOf(i32Divisions),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "bounded",
    domain: crossed(
      i32Divisions,
      domain.product({ a: domain.range(-128, 127), b: domain.range(-128, 127) }),
    ),
    reaches: ["value", "division-by-zero"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i32_division.ts`, "if (divisor === 0) return err(DIVISION_BY_ZERO);", ""),
      mutant(`${AT}i32_division.ts`, "dividend === MIN && divisor === -1", "divisor === -1"),
      mutant(`${AT}i32_division.ts`, "(dividend / divisor) | 0", "Math.floor(dividend / divisor)"),
      mutant(
        `${AT}i32_division.ts`,
        "return divisor === 0 ? err",
        "return divisor === 1 ? err",
      ),
    ],
    check: ({ target, values: { a, b } }, reach, face) => conforms(face, target, [a, b], reach),
  }),

  defineProof({
    id: "linear_numeric/i32_operations_agree_on_crossed_edges",
    claim: "every i32 operation on two integers gives the model's outcome at every pair of edges",
    subject: namesOf(i32Pairs),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "bounded",
    domain: crossed(
      i32Pairs,
      domain.product({
        a: domain.of(...EDGES_32),
        b: domain.of(...new Set([-2, -1, 0, 1, 2, 2 ** 32 - 1, ...every(4, EDGES_32)])),
      }),
    ),
    reaches: ["value", "division-by-zero", "integer-overflow"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i32_division.ts`, "if (dividend === MIN && divisor === -1)", "if (false)"),
      mutant(`${AT}i32_division.ts`, "(dividend >>> 0) /", "(dividend | 0) /"),
      mutant(`${AT}i32_division.ts`, "(dividend | 0) %", "(dividend >>> 0) %"),
      mutant(`${AT}i32_division.ts`, "% (divisor >>> 0)", "% (divisor | 0)"),
      mutant(`${AT}i32_bits.ts`, "value >>> -count", "value >> -count"),
      mutant(`${AT}i32_bits.ts`, "value << -count", "value << (31 - count)"),
      mutant(`${AT}operand.ts`, "|| value === value >>> 0", ""),
    ],
    check: ({ target, values: { a, b } }, reach, face) => conforms(face, target, [a, b], reach),
  }),

  defineProof({
    id: "linear_numeric/i32_counts_and_extensions_agree_on_all_small_fields",
    claim: "every i32 operation on one integer agrees for all values of a field of its bits",
    subject: namesOf(i32Single),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "bounded",
    domain: domain.union(
      crossed(operations("i32", "extend\\d+S"), domain.range(0, 65_535)),
      ...[0, 10, 22].map((shift) =>
        crossed(
          i32Single,
          domain.named(
            `0..1023 from bit ${shift}`,
            domain.map(domain.range(0, 1023), (field) => field * 2 ** shift),
          ),
        )
      ),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i32_bits.ts`, "wide.ctz(value, 1)", "wide.ctz(value, 0)"),
      mutant(`${AT}i32_bits.ts`, "Math.clz32(value)", "Math.clz32(value >>> 1)"),
      mutant(`${AT}i32_bits.ts`, "(value << 24) >> 24", "(value << 24) >>> 24"),
    ],
    check: ({ target, values }, reach, face) => conforms(face, target, [values], reach),
  }),

  defineProof({
    id: "linear_numeric/shifts_agree_for_every_count",
    claim: "every shift and rotation takes its count modulo its width",
    subject: namesOf(shifts),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "bounded",
    domain: crossed(
      shifts,
      domain.product({
        bits: domain.of(...new Set([1n, 0x80000001n, 0xfedcba9876543210n, ...every(60, EDGES_64)])),
        count: domain.range(-70, 200),
      }),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i64_bits.ts`, "value << (count & 63n)", "value << (count & 31n)"),
      mutant(`${AT}i64_bits.ts`, "okWord(signed(value) >>", "okWord(value >>"),
      mutant(`${AT}i64_bits.ts`, "64n - (count & 63n)", "count & 63n"),
      mutant(
        `${AT}i64_halves_bits.ts`,
        "shifted(wide.rotr, valueLo, valueHi, countLo)",
        "shifted(wide.rotr, valueLo, valueHi, countHi)",
      ),
    ],
    check: ({ target, values: { bits, count } }, reach, face) => {
      const is32 = target.operation.gives === "i32";
      const values = is32 ? [Number(BigInt.asIntN(32, bits)), count] : [bits, BigInt(count)];
      return conforms(face, target, argumentsFor(target, values), reach);
    },
  }),

  defineProof({
    id: "linear_numeric/integer_operations_agree_on_samples",
    claim: "every operation on one or two integers gives the model's outcome",
    subject: namesOf([...i32Pairs, ...i32Single, ...i64All]),
    spec: "Wasm core 2.0, 4.3.2",
    strength: "sampled",
    domain: sampled(
      fc.record({
        target: fc.constantFrom(...i32Pairs, ...i32Single, ...i64All),
        a: fc.oneof(biased.signed(64), biased.unsigned(64)),
        b: fc.oneof(biased.signed(64), biased.unsigned(64), fc.bigInt({ min: -64n, max: 64n })),
      }),
      {
        runs: 10_000,
        describe: "an operation and two integers, biased to the edges",
        examples: [
          ...i32Divisions.map((target) => ({ target, a: -(2n ** 31n), b: -1n })),
          ...i64Divisions.map((target) => ({ target, a: -(2n ** 63n), b: -1n })),
        ],
      },
    ),
    reaches: ["value", "division-by-zero", "integer-overflow"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i32_division.ts`, "const MIN = -0x80000000", "const MIN = -0x7fffffff"),
      mutant(`${AT}i64_division.ts`, "% unsigned(divisor)", "% signed(divisor)"),
    ],
    check: ({ target, a, b }, reach, face) => {
      const is32 = target.operation.gives === "i32";
      const values = [a, b].slice(0, target.operation.takes.length);
      const args = is32 ? values.map((value) => Number(BigInt.asIntN(32, value))) : values;
      return conforms(face, target, argumentsFor(target, args), reach);
    },
  }),
];

register(proofs);
