/** Conversions to floats, changes of precision and reinterpretations agree with exact values. */

import fc from "fast-check";
import * as numeric from "../src/linear/numeric/mod.ts";
import { biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import {
  argumentsFor,
  AT,
  conforms,
  crossed,
  doubleOf,
  EDGES_32,
  EDGES_64,
  mutant,
  namesOf,
  neighbours,
  singleOf,
  type Target,
  targets,
} from "./_kit/linear_numeric.ts";
import { register } from "./_kit/register.ts";

const fromI32 = targets(/\.(convert|extend)I32/);
const fromI64 = targets(/\.convertI64/);
const wraps = targets(/wrapI64/);
const bitsOfFloat = targets(/\.reinterpretF/);
const floatOfBits = targets(/\.reinterpretI/);
const resized = targets(/\.(demote|promote)/);

interface Case {
  readonly target: Target;
  readonly values: number | bigint;
}

/** For each length above single precision: what lies on both sides of ties between two floats. */
const ties = domain.product({
  shift: domain.range(1, 40),
  significand: domain.of(...[0n, 1n, 2n, 3n, 2n ** 23n - 2n, 2n ** 23n - 1n]),
  part: domain.of(0n, 1n, 2n, 3n),
  beside: domain.range(-1, 1),
  negative: domain.of(false, true),
});

/** Integers that one low bit, each of those below a single in turn, takes off a tie. */
const nearTies = domain.product({
  shift: domain.of(20, 29, 33, 39, 40),
  significand: domain.of(0n, 1n, 2n ** 23n - 1n),
  part: domain.of(2n),
  beside: domain.map(
    domain.product({ bit: domain.range(0, 37), below: domain.of(false, true) }),
    ({ bit, below }) => below ? -(2 ** bit) : 2 ** bit,
  ),
  negative: domain.of(false, true),
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/integers_convert_at_edges",
    claim: "every conversion of an integer gives the model's value, however the integer is read",
    subject: namesOf([...fromI32, ...fromI64, ...wraps]),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "bounded",
    domain: domain.union<Case>(
      crossed(fromI32, domain.of(...EDGES_32)),
      crossed([...fromI64, ...wraps], domain.of(...EDGES_64)),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}f64_conversion.ts`, "ok(value >>> 0)", "ok(value | 0)"),
      mutant(`${AT}f32_conversion.ts`, "Math.fround(value | 0)", "value | 0"),
      mutant(
        `${AT}f64_conversion.ts`,
        "(valueHi | 0) * 0x100000000 + (valueLo >>> 0)",
        "(valueHi | 0) * 0x100000000 + (valueLo | 0)",
      ),
      mutant(`${AT}i64_conversion.ts`, "BigInt(value >>> 0)", "BigInt(value)"),
      mutant(`${AT}word.ts`, "BigInt.asIntN(32, value))", "BigInt.asUintN(32, value))"),
    ],
    check: ({ target, values }, reach, face) =>
      conforms(face, target, argumentsFor(target, [values]), reach),
  }),

  defineProof({
    id: "linear_numeric/integers_convert_with_one_rounding",
    claim: "a 64-bit integer beside a tie between two singles is rounded once, in both forms",
    subject: namesOf(fromI64),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "bounded",
    domain: crossed(fromI64, domain.union(ties, nearTies)),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}float.ts`, "(lo & 0xffff) !== 0 && top % 2 === 0 ? top + 1 : top", "top"),
      mutant(`${AT}float.ts`, "&& top % 2 === 0", ""),
      mutant(`${AT}float.ts`, "(lo & 0xffff) !== 0 &&", ""),
      ...Array.from(
        { length: 16 },
        (_, bit) => mutant(`${AT}float.ts`, "(lo & 0xffff)", `(lo & ${0xffff - 2 ** bit})`),
      ),
      mutant(
        `${AT}float.ts`,
        "if (hi >= -0x100000 && hi < 0x100000)",
        "if (hi >= -0x7fffffff && hi < 0x7fffffff)",
      ),
      mutant.equivalent(
        `${AT}float.ts`,
        "hi >= -0x100000 && hi < 0x100000",
        "hi >= -0x80000 && hi < 0x80000",
        "the two branches agree wherever double precision holds the integer",
      ),
    ],
    check: ({ target, values: { shift, significand, part, beside, negative } }, reach, face) => {
      // Four parts make one step between neighbouring floats; the second is the tie.
      const quarters = (2n ** 23n + significand) * 4n + part;
      const magnitude = (quarters * 2n ** BigInt(shift)) / 4n + BigInt(beside);
      const value = negative ? -magnitude : magnitude;
      return conforms(face, target, argumentsFor(target, [BigInt.asIntN(64, value)]), reach);
    },
  }),

  defineProof({
    id: "linear_numeric/integers_convert_on_samples",
    claim: "every conversion of an integer to a float gives the model's value",
    subject: namesOf([...fromI64, ...fromI32]),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "sampled",
    domain: sampled(
      fc.record({
        target: fc.constantFrom(...fromI64, ...fromI32),
        value: fc.oneof(biased.signed(64), biased.unsigned(64)),
      }),
      { runs: 4_000, describe: "a conversion and an integer, biased to the edges" },
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}f32_conversion.ts`, "singleOf(hiOf(value) >>> 0,", "singleOf(hiOf(value),"),
    ],
    check: ({ target, value }, reach, face) => {
      const is32 = target.operation.takes[0]?.[1] === "i32";
      const values = is32 ? [Number(BigInt.asIntN(32, value))] : [value];
      return conforms(face, target, argumentsFor(target, values), reach);
    },
  }),

  defineProof({
    id: "linear_numeric/precision_changes_with_one_rounding",
    claim: "a double at or beside a tie between two singles becomes the model's single",
    subject: namesOf(resized),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "bounded",
    domain: crossed(
      resized,
      domain.named(
        "the ties above 4,096 singles, with both neighbours",
        domain.product({ step: domain.range(0, 4095), place: domain.range(0, 2) }),
      ),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(
        `${AT}f32_conversion.ts`,
        'notFloat("value", value) ?? ok(Math.fround(value))',
        'notFloat("value", value) ?? ok(value)',
      ),
      mutant(`${AT}f64_conversion.ts`, "ok(Math.fround(value))", "ok(value)"),
    ],
    check: ({ target, values: { step, place } }, reach, face) => {
      const bits = step * 0x100000 + 0x7ffff;
      const tie = (singleOf(bits) + singleOf(bits + 1)) / 2;
      return conforms(face, target, [neighbours(tie)[place]], reach);
    },
  }),

  defineProof({
    id: "linear_numeric/reinterpretations_agree_on_upper_halves",
    claim: "bits become the model's float, and a float the model's bits, for all upper 12 bits",
    subject: namesOf([...bitsOfFloat, ...floatOfBits]),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "bounded",
    domain: crossed(
      [...bitsOfFloat, ...floatOfBits],
      domain.product({ upper: domain.range(0, 4095), low: domain.of(0, 0x1234) }),
    ),
    reaches: ["value"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}float.ts`, "return 0x7fc00000", "return 0x7fc00001"),
      mutant(`${AT}float.ts`, "give(0, 0x7ff80000)", "give(1, 0x7ff80000)"),
      mutant(
        `${AT}float.ts`,
        "scratch.setFloat32(0, value);",
        "scratch.setFloat32(0, value, true);",
      ),
      mutant(`${AT}float.ts`, "scratch.setInt32(4, lo);", ""),
      mutant(
        `${AT}float.ts`,
        "give(scratch.getInt32(4), scratch.getInt32(0))",
        "give(scratch.getInt32(0), scratch.getInt32(4))",
      ),
    ],
    check: ({ target, values: { upper, low } }, reach, face) => {
      const single = upper * 16 * 65_536 + low;
      const double = BigInt(upper * 16) * 2n ** 48n + BigInt(low);
      const isSingle = /F32|I32/.test(target.name);
      const float = isSingle ? singleOf(single) : doubleOf(double);
      const bits = isSingle ? single : double;
      const value = /reinterpretF/.test(target.name) ? float : bits;
      return conforms(face, target, argumentsFor(target, [value]), reach);
    },
  }),
];

register(proofs);
