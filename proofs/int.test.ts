/** Proofs of the conversions of the sized integers: `is`, `from`, `wrap`, and the brands. */

import fc from "fast-check";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  hostileValues,
  type Proof,
  type Reach,
  sampled,
} from "../src/proof/mod.ts";
import * as int from "../src/int/mod.ts";
import * as model from "../model/int.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof int;
const mutant = sourceMutants<Face>("src/int/mod.ts");
const NUMBER = "src/int/number_types.ts";
const BIGINT = "src/int/bigint_types.ts";
const COMMON = "src/int/integer_type.ts";
const BRAND = "src/int/brand.ts";

const NAMES = ["U8", "U16", "U32", "I32", "U64", "I64", "Usize"] as const;
const SPEC = "Wasm core 2.0, 2.2.2";

/** The three conversions of each type. */
const CONVERSIONS = NAMES.flatMap((name) => [`${name}.is`, `${name}.from`, `${name}.wrap`]);

/** The three conversions of one type agree with the model on one value. */
function convertsAsModel(face: Face, name: model.IntName, value: unknown, reach: Reach) {
  const type = model.INT_TYPES[name];
  const converted = face[name].from(value);
  reach(converted.ok ? "value" : "out-of-range");
  const outcome = converted.ok ? { ok: converted.value } : { err: converted.error.kind };
  const data = converted.ok ? undefined : [converted.error.type, converted.error.max];
  return allOf(
    agrees(outcome, model.convert(type, value)),
    data && agrees(data, [name, face[name].max]),
    agrees(face[name].is(value), model.isOf(type, value)),
    agrees(face[name].wrap(value), model.wrap(type, value)),
  );
}

/** Whole numbers and halves of them around the powers of two, on both sides of zero. */
const numberEdges = domain.map(
  domain.product({
    power: domain.of(0, 7, 8, 9, 15, 16, 17, 31, 32, 33, 52, 53, 54, 63, 64, 65, 100, 1023),
    delta: domain.of(-2, -1, -0.5, 0, 0.5, 1, 2),
    sign: domain.of(1, -1),
  }),
  ({ power, delta, sign }) => sign * (2 ** power + delta),
);

/** The same for bigints, up to some that are a megabit long. */
const bigintEdges = domain.map(
  domain.product({
    power: domain.of(0n, 7n, 8n, 16n, 31n, 32n, 52n, 53n, 63n, 64n, 65n, 1024n, 2n ** 20n),
    delta: domain.bigRange(-2n, 2n),
    sign: domain.of(1n, -1n),
  }),
  ({ power, delta, sign }) => sign * (2n ** power + delta),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "int/narrow_conversions_agree_with_model",
    claim: "U8 and U16 take, refuse and wrap every integer around their ranges as the model does",
    subject: ["U8.is", "U8.from", "U8.wrap", "U16.is", "U16.from", "U16.wrap"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.union<{ name: model.IntName; value: number }>(
      domain.product({ name: domain.of("U8"), value: domain.range(-1_024, 1_024) }),
      domain.product({ name: domain.of("U16"), value: domain.range(-70_000, 140_000) }),
    ),
    reaches: ["value", "out-of-range"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "value <= max", "value < max"),
      mutant(NUMBER, "value >= min", "value > min"),
      mutant(NUMBER, "value & 0xff,", "value & 0x7f,"),
      mutant(NUMBER, "value & 0xffff,", "Math.abs(value) & 0xffff,"),
      mutant(NUMBER, "max: 0xffff,", "max: 0x10000,"),
    ],
    check: ({ name, value }, reach, face) => convertsAsModel(face, name, value, reach),
  }),
  defineProof({
    id: "int/conversions_at_edges_agree_with_model",
    claim: "every type takes, refuses and wraps the neighbours of powers of two as the model does",
    subject: CONVERSIONS,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      name: domain.of(...NAMES),
      value: domain.union<number | bigint>(numberEdges, bigintEdges),
    }),
    reaches: ["value", "out-of-range"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "Number.isInteger(value)", "true"),
      mutant(NUMBER, "(value) => value >>> 0", "(value) => value | 0"),
      mutant(NUMBER, "(value) => value | 0", "(value) => value >>> 0"),
      mutant(NUMBER, "min: -0x8000_0000", "min: -0x7fff_ffff"),
      mutant(NUMBER, "whole < USIZE_COUNT", "whole <= USIZE_COUNT"),
      mutant(NUMBER, "Math.trunc(value) + 0;", "Math.floor(value) + 0;"),
      mutant(NUMBER, "Number(BigInt.asUintN(bits, value))", "Number(value)"),
      mutant(BIGINT, "BigInt.asUintN(64, value)", "BigInt.asUintN(63, value)"),
      mutant(BIGINT, "BigInt.asIntN(64, value)", "BigInt.asUintN(64, value)"),
      mutant(BIGINT, "value <= max", "value < max"),
      mutant(BIGINT, "value >= min", "value > min"),
      mutant(BIGINT, "Math.trunc(value)", "Math.round(value)"),
      mutant(NUMBER, "rest < 0 ? rest + USIZE_COUNT", "rest <= 0 ? rest + USIZE_COUNT"),
    ],
    check: ({ name, value }, reach, face) => convertsAsModel(face, name, value, reach),
  }),
  defineProof({
    id: "int/conversions_agree_with_model",
    claim: "every type takes, refuses and wraps numbers and bigints as the model does",
    subject: CONVERSIONS,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({
        name: fc.constantFrom(...NAMES),
        value: fc.oneof(
          fc.double(),
          biased.signed(66),
          biased.signed(66).map(Number),
          biased.unsigned(300),
        ),
      }),
      { runs: 5000, describe: "doubles, and integers of up to 300 bits in both forms" },
    ),
    reaches: ["value", "out-of-range"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "whole % USIZE_COUNT", "(whole + 1) % USIZE_COUNT"),
      mutant(BIGINT, "Number.isFinite(value)", "true"),
    ],
    check: ({ name, value }, reach, face) => convertsAsModel(face, name, value, reach),
  }),
  defineProof({
    id: "int/conversions_are_total",
    claim: "every type refuses and wraps any value at all without running its code",
    subject: CONVERSIONS,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ name: domain.of(...NAMES), hostile: hostileValues }),
    reaches: ["value", "out-of-range"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "!Object.is(value, -0)", "true"),
      mutant(NUMBER, 'typeof value === "number" && value >= min', "Number(value) >= min"),
      mutant(NUMBER, "if (!Number.isFinite(whole)) return 0;", ""),
      mutant(NUMBER, ": brand(0);", ": brand(Number(value));"),
      mutant(COMMON, "given: describe(value)", "given: String(value)"),
    ],
    check: ({ name, hostile }, reach, face) => convertsAsModel(face, name, hostile.make(), reach),
  }),
  defineProof({
    id: "int/ranges_are_those_of_the_model",
    claim: "each type has the model's ends, which it takes, and 2^bits values",
    subject: NAMES.map((name) => `${name}.is`),
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...NAMES),
    reaches: ["number", "bigint"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "max: 0xff,", "max: 0xfe,"),
      mutant(NUMBER, "bits: 53", "bits: 54"),
      mutant(BIGINT, "bits: 64", "bits: 63"),
    ],
    check(name, reach, face) {
      const { is, min, max, bits } = face[name];
      reach(typeof max === "bigint" ? "bigint" : "number");
      const { min: least, max: greatest } = model.INT_TYPES[name];
      return allOf(
        agrees([BigInt(min), BigInt(max)], [least, greatest]),
        agrees(2n ** BigInt(bits), greatest - least + 1n),
        agrees([is(min), is(max)], [true, true]),
      );
    },
  }),
  defineProof({
    id: "int/brands_change_nothing",
    claim: "a brand returns the integer that it is given",
    subject: ["asU8", "asU16", "asU32", "asI32", "asUsize", "asU64", "asI64"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(0, 255),
    reaches: ["branded"],
    implementation: int,
    mutants: [
      mutant(BRAND, "return n as U8;", "return (n & 0x7f) as U8;"),
      mutant(BRAND, "return n as I64;", "return (-n) as I64;"),
    ],
    check(value, reach, { asU8, asU16, asU32, asI32, asUsize, asU64, asI64 }) {
      reach("branded");
      const big = BigInt(value);
      const numbers = [asU8, asU16, asU32, asI32, asUsize].map((brand) => brand(value));
      return allOf(
        agrees(numbers, [value, value, value, value, value]),
        agrees([asU64(big), asI64(big)], [big, big]),
      );
    },
  }),
];

register(proofs);
