/** Operations on floats agree with exact arithmetic, and those on their bits with the fields. */

import fc from "fast-check";
import * as numeric from "../src/linear/numeric/mod.ts";
import { biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import {
  AT,
  conforms,
  crossed,
  doubleOf,
  EDGE_FLOATS,
  mutant,
  namesOf,
  singleOf,
  targets,
} from "./_kit/linear_numeric.ts";
import { register } from "./_kit/register.ts";

const single = targets(/\.(nearest|abs|neg|sqrt)$/);
const pairs = targets(/\.(min|max|copysign)$/);
const oneInBits = targets(/\.(abs|neg)Bits$/);
const twoInBits = targets(/\.copysignBits$/);
const all = [...single, ...pairs];

/** The float with some upper bits, in the precision of an operation. */
function upper(name: string, bits: number): number {
  return name.startsWith("f32.") ? singleOf(bits * 65_536) : doubleOf(BigInt(bits) * 2n ** 48n);
}

/** Every fifth of the edges, and all those near a sign, a NaN or an infinity. */
const someEdges = EDGE_FLOATS.filter((value, place) =>
  place % 12 === 0 || value === 0 || !Number.isFinite(value)
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/float_operations_agree_on_upper_halves",
    claim: "every operation on one float agrees for values of its upper bits, nearest for all 16",
    subject: namesOf(single),
    spec: "Wasm core 2.0, 4.3.3",
    strength: "bounded",
    domain: domain.union(
      crossed(targets(/f32\.nearest$/), domain.range(0, 65_535)),
      crossed(targets(/f32\.(abs|neg)$/), domain.map(domain.range(0, 4095), (bits) => bits * 16)),
      crossed(targets(/f32\.sqrt$/), domain.map(domain.range(0, 4095), (bits) => bits * 16 + 1)),
      crossed(targets(/f64\.nearest$/), domain.range(0x3fc0, 0x4380)),
      crossed(targets(/f64\.(nearest|abs|neg)$/), domain.range(0xbfc0, 0xc380)),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}float.ts`, "value < 0 || Object.is(value, -0)", "value < 0"),
      mutant(`${AT}float.ts`, "const WHOLE_FROM = 2 ** 52", "const WHOLE_FROM = 2 ** 51"),
      mutant(
        `${AT}float.ts`,
        "withSign(magnitude + WHOLE_FROM - WHOLE_FROM, value)",
        "Math.round(value)",
      ),
      mutant(`${AT}f32_arithmetic.ts`, "ok(Math.fround(-value))", "ok(Math.fround(0 - value))"),
      mutant(`${AT}f64_arithmetic.ts`, "ok(Math.abs(value))", "ok(value)"),
      mutant.equivalent(
        `${AT}float.ts`,
        "magnitude < WHOLE_FROM",
        "magnitude <= WHOLE_FROM",
        "adding and subtracting 2^52 leaves 2^52 itself as it is",
      ),
    ],
    check: ({ target, values }, reach, face) =>
      conforms(face, target, [upper(target.name, values)], reach),
  }),

  defineProof({
    id: "linear_numeric/float_operations_agree_on_crossed_edges",
    claim: "every operation on floats agrees at every pair of edges, zeros and NaN among them",
    subject: namesOf(all),
    spec: "Wasm core 2.0, 4.3.3",
    strength: "bounded",
    domain: domain.union(
      crossed(single, domain.map(domain.of(...EDGE_FLOATS), (a) => ({ a, b: 0 }))),
      crossed(pairs, domain.product({ a: domain.of(...someEdges), b: domain.of(...someEdges) })),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}f32_arithmetic.ts`, "Math.fround(Math.min(a, b))", "Math.fround(a < b ? a : b)"),
      mutant(`${AT}f64_arithmetic.ts`, "Math.max(a, b)", "(a > b ? a : b)"),
      mutant(`${AT}f32_arithmetic.ts`, "Math.fround(Math.max(a, b))", "Math.max(a, b)"),
      mutant(`${AT}f32_arithmetic.ts`, "Math.sqrt(Math.fround(value))", "Math.sqrt(value)"),
    ],
    check: ({ target, values: { a, b } }, reach, face) =>
      conforms(face, target, [a, b].slice(0, target.takes.length), reach),
  }),

  defineProof({
    id: "linear_numeric/smaller_and_greater_agree_on_all_pairs_of_upper_bits",
    claim: "min, max and copysign agree for all pairs of floats that differ in the upper 6 bits",
    subject: namesOf(pairs),
    spec: "Wasm core 2.0, 4.3.3",
    strength: "bounded",
    domain: crossed(
      pairs,
      domain.product({ a: domain.range(0, 63), b: domain.range(0, 63) }),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}f64_arithmetic.ts`, "Math.min(a, b)", "(a < b ? a : b)"),
      mutant(`${AT}f32_arithmetic.ts`, "Math.fround(withSign(value, sign))", "Math.fround(value)"),
    ],
    check: ({ target, values: { a, b } }, reach, face) =>
      conforms(face, target, [upper(target.name, a * 1024), upper(target.name, b * 1024)], reach),
  }),

  defineProof({
    id: "linear_numeric/float_operations_agree_on_samples",
    claim: "every operation on floats gives the model's value",
    subject: namesOf(all),
    spec: "Wasm core 2.0, 4.3.3",
    strength: "sampled",
    domain: sampled(
      fc.record({
        target: fc.constantFrom(...all),
        a: fc.oneof(biased.unsigned(64).map(doubleOf), biased.u32().map(singleOf), fc.double()),
        b: fc.oneof(biased.unsigned(64).map(doubleOf), biased.u32().map(singleOf)),
      }),
      { runs: 4_000, describe: "an operation and two floats of any bits" },
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}f32_arithmetic.ts`, "ok(Math.fround(Math.abs(value)))", "ok(Math.abs(value))"),
    ],
    check: ({ target, a, b }, reach, face) =>
      conforms(face, target, [a, b].slice(0, target.takes.length), reach),
  }),

  defineProof({
    id: "linear_numeric/signs_in_bits_keep_every_payload",
    claim: "abs, neg and copysign on bits change the sign alone, also of a NaN with any payload",
    subject: namesOf([...oneInBits, ...twoInBits]),
    spec: "Wasm core 2.0, 4.3.3",
    strength: "bounded",
    domain: crossed(
      [...oneInBits, ...twoInBits],
      domain.product({
        upper: domain.range(0, 1023),
        low: domain.of(0, 1),
        sign: domain.of(0, -1),
      }),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}f32_arithmetic.ts`, "bits ^ -0x80000000", "bits | -0x80000000"),
      mutant(`${AT}f64_arithmetic.ts`, "const SIGN = 2n ** 63n", "const SIGN = 2n ** 62n"),
      mutant(`${AT}f64_arithmetic.ts`, "(sign & SIGN)", "(sign & REST)"),
    ],
    check: ({ target, values: { upper, low, sign } }, reach, face) => {
      const args = target.operation.gives === "i32"
        ? [upper * 2 ** 22 + low, sign]
        : [BigInt(upper) * 2n ** 54n + BigInt(low), BigInt(sign)];
      return conforms(face, target, args.slice(0, target.takes.length), reach);
    },
  }),
];

register(proofs);
