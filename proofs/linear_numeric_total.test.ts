/** Every numeric operation returns for every argument, and agrees with the engine's instruction. */

import fc from "fast-check";
import type { Kind } from "../model/linear_numeric.ts";
import * as numeric from "../src/linear/numeric/mod.ts";
import {
  agrees,
  biased,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import {
  AT,
  conforms,
  crossed,
  doubleOf,
  EDGE_FLOATS,
  EDGES_32,
  EDGES_64,
  type Face,
  mutant,
  namesOf,
  outcomeOf,
  type Target,
  TARGETS,
} from "./_kit/linear_numeric.ts";
import { register } from "./_kit/register.ts";
import { oracle, ORACLE_NAMES } from "./_kit/wasm_oracle.ts";

/** A value that every parameter of a kind takes. */
const TAKEN = { i32: 7, i64: 7n, f32: 7, f64: 7 } as const;

/** The ends of what a parameter takes, and what lies just beyond them. */
const LIMITS: readonly (number | bigint)[] = [
  ...[0, -(2 ** 31) - 1, -(2 ** 31), 2 ** 32 - 1, 2 ** 32],
  ...[-(2n ** 63n) - 1n, -(2n ** 63n), 2n ** 64n - 1n, 2n ** 64n],
];

const hostile = domain.union<Hostile>(
  hostileValues,
  domain.of(...LIMITS.map((value) => ({ code: String(value), make: () => value }))),
);

const asked = TARGETS.filter(({ name }) => ORACLE_NAMES.includes(name));

/** The engine's view of a NaN differs where JavaScript leaves its sign and payload open. */
function isOpen({ name }: Target, args: readonly (number | bigint)[]): boolean {
  return /reinterpretF|copysign$/.test(name) && args.some(Number.isNaN);
}

/** The function gives what the engine's instruction gives, or traps where that traps. */
function agreesWithEngine(
  face: Face,
  target: Target,
  args: readonly (number | bigint)[],
  reach: (outcome: string) => void,
): string | undefined {
  if (isOpen(target, args)) return undefined;
  const outcome = outcomeOf(face, target.name, args);
  const expected = oracle(target.name, args);
  reach(expected === "trap" ? "trap" : "value");
  const actual = "trap" in outcome ? "trap" : "ok" in outcome ? outcome.ok : outcome;
  const failure = agrees(actual, expected);
  return failure === undefined ? undefined : `${target.name}: ${failure}`;
}

const POOLS: Readonly<Record<Kind, readonly (number | bigint)[]>> = {
  i32: EDGES_32,
  i64: EDGES_64,
  f32: EDGE_FLOATS,
  f64: EDGE_FLOATS,
};

const ANY: Readonly<Record<Kind, fc.Arbitrary<number | bigint>>> = {
  i32: fc.oneof(biased.i32(), biased.u32()),
  i64: fc.oneof(biased.signed(64), biased.unsigned(64)),
  f32: fc.oneof(biased.unsigned(64).map(doubleOf), fc.float()),
  f64: fc.oneof(biased.unsigned(64).map(doubleOf), biased.signed(66).map(Number)),
};

/** About so many of a list, evenly. */
function some<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.ceil(list.length / count);
  return list.filter((_, place) => place % step === 0);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/every_argument_is_taken_or_refused",
    claim: "every operation returns for every argument, and names the one that it refuses",
    subject: namesOf(TARGETS),
    spec: "Wasm core 2.0, 4.3",
    strength: "exhaustive",
    domain: crossed(TARGETS, domain.product({ value: hostile, place: domain.range(0, 3) })),
    reaches: [
      "value",
      "invalid-argument",
      "division-by-zero",
      "invalid-conversion",
      "integer-overflow",
    ],
    implementation: numeric,
    mutants: [
      mutant(`${AT}operand.ts`, "!Object.is(value, -0)", "true"),
      mutant(
        `${AT}operand.ts`,
        "BigInt.asIntN(64, value) === value",
        "BigInt.asIntN(63, value) === value",
      ),
      mutant(`${AT}operand.ts`, " || BigInt.asUintN(64, value) === value", ""),
      mutant(`${AT}operand.ts`, 'typeof value === "number" && (', "("),
      mutant(`${AT}operand.ts`, 'typeof value === "bigint" &&', ""),
      mutant(`${AT}operand.ts`, "isInt32(lo) && isInt32(hi)", "isInt32(lo)"),
      mutant(`${AT}operand.ts`, "`${parameter}Hi`, hi", "`${parameter}Lo`, hi"),
      mutant(
        `${AT}operand.ts`,
        'return typeof value === "number" ? undefined : invalidArgument',
        "return value !== undefined ? undefined : invalidArgument",
      ),
      mutant(
        `${AT}i32_division.ts`,
        "DIVISION_BY_ZERO) : undefined",
        "INTEGER_OVERFLOW) : undefined",
      ),
    ],
    check: ({ target, values: { value, place } }, reach, face) => {
      // One argument is hostile, and the later ones are missing.
      const args = target.takes.map((kind, at): unknown => at < place ? TAKEN[kind] : undefined);
      return conforms(face, target, [...args.slice(0, place), value.make()], reach);
    },
  }),

  defineProof({
    id: "linear_numeric/the_engine_agrees_on_edges",
    claim: "every operation gives what the engine's own instruction gives at the edges",
    subject: namesOf(asked),
    spec: "Wasm core 2.0, 4.3",
    strength: "bounded",
    domain: domain.union(...asked.map((target) => {
      const [first = "i32", second] = target.takes;
      const pool = second === undefined ? POOLS[first] : some(POOLS[first], 200);
      const others = second === undefined ? [0] : some(POOLS[second], 25);
      return crossed(
        [target],
        domain.product({ a: domain.of(...pool), b: domain.of(...others) }),
      );
    })),
    reaches: ["value", "trap"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i64_bits.ts`, "unsigned(value) >> (count", "signed(value) >> (count"),
      mutant(`${AT}i32_bits.ts`, "asI32(value << count)", "asI32(value * 2 ** count)"),
      mutant(`${AT}f64_arithmetic.ts`, "ok(-value)", "ok(0 - value)"),
    ],
    check: ({ target, values: { a, b } }, reach, face) =>
      agreesWithEngine(face, target, [a, b].slice(0, target.takes.length), reach),
  }),

  defineProof({
    id: "linear_numeric/the_engine_agrees_on_samples",
    claim: "every operation gives what the engine's own instruction gives",
    subject: namesOf(asked),
    spec: "Wasm core 2.0, 4.3",
    strength: "sampled",
    domain: sampled(
      fc.oneof(...asked.map((target) =>
        fc.record({
          target: fc.constant(target),
          args: fc.tuple(...target.takes.map((kind) => ANY[kind])),
        })
      )),
      { runs: 20_000, describe: "an instruction and operands of its types" },
    ),
    reaches: ["value", "trap"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}i32_bits.ts`, "value >>> -count", "value >>> (31 - count)"),
      mutant(`${AT}f32_conversion.ts`, "singleOf(hiOf(value),", "singleOf(hiOf(value) >>> 0,"),
    ],
    check: ({ target, args }, reach, face) => agreesWithEngine(face, target, args, reach),
  }),
];

register(proofs);
