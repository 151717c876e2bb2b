/** Proofs of the arithmetic of the sized integers: checked, wrapping, saturating. */

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
const COMMON = "src/int/integer_type.ts";

const NAMES = ["U8", "U16", "U32", "I32", "U64", "I64", "Usize"] as const;
const OPERATIONS = ["Add", "Sub", "Mul"] as const;
const POLICIES = ["checked", "wrapping", "saturating"] as const;
const SPEC = "Wasm core 2.0, 4.3.2";

/** The nine operations of some types. */
function arithmeticOf(...names: readonly model.IntName[]): readonly string[] {
  return names.flatMap((name) =>
    POLICIES.flatMap((policy) => OPERATIONS.map((operation) => `${name}.${policy}${operation}`))
  );
}

/** What an operation gave, in the words of the model. */
function outcomeOf(policy: model.Policy, result: unknown): unknown {
  if (policy !== "checked" || typeof result !== "object" || result === null) return { ok: result };
  if ("value" in result) return { ok: result.value };
  const error: unknown = "error" in result ? result.error : undefined;
  if (typeof error !== "object" || error === null || !("kind" in error)) return { err: error };
  return { err: "parameter" in error ? `invalid ${error.parameter}` : error.kind };
}

/** The nine operations of one type agree with the model on one pair of arguments. */
function computesAsModel(face: Face, name: model.IntName, a: unknown, b: unknown, reach: Reach) {
  for (const policy of POLICIES) {
    for (const operation of OPERATIONS) {
      const call: unknown = face[name][`${policy}${operation}`];
      if (typeof call !== "function") return `${name} lacks ${policy}${operation}`;
      const outcome = outcomeOf(policy, Reflect.apply(call, undefined, [a, b]));
      const expected = model.apply(model.INT_TYPES[name], policy, operation, a, b);
      reach("ok" in expected ? "value" : expected.err);
      const failure = agrees(outcome, expected);
      if (failure !== undefined) return `${policy}${operation}: ${failure}`;
    }
  }
  return undefined;
}

/** Ends of ranges, powers of two and their neighbours, brought into the range of a type. */
const EDGES: readonly bigint[] = [0n, 8n, 16n, 26n, 31n, 32n, 52n, 63n]
  .flatMap((power) => [2n ** power - 1n, 2n ** power, -(2n ** power)]);
const edgeIndices = domain.range(0, EDGES.length - 1);

function edgeOf(name: model.IntName, index: number): number | bigint {
  return model.wrap(model.INT_TYPES[name], EDGES[index]);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "int/u8_arithmetic_agrees_with_model",
    claim: "the nine operations of U8 give the model's value or the model's error",
    subject: arithmeticOf("U8"),
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({ a: domain.range(0, 255), b: domain.range(0, 255) }),
    reaches: ["value", "overflow"],
    implementation: int,
    mutants: [
      mutant(COMMON, "result <= max", "result < max"),
      mutant(COMMON, "result >= min", "result > min"),
      mutant(COMMON, "if (result < min) return min;", "if (result < min) return max;"),
      mutant(COMMON, "result > max ? max", "result > max ? min"),
      mutant(COMMON, 'wrappingSub: wrapping("sub")', 'wrappingSub: wrapping("add")'),
      mutant(COMMON, 'saturatingMul: saturating("mul")', 'saturatingMul: wrapping("mul")'),
      mutant(NUMBER, "return a - b;", "return b - a;"),
    ],
    check: ({ a, b }, reach, face) => computesAsModel(face, "U8", a, b, reach),
  }),
  defineProof({
    id: "int/arithmetic_at_edges_agrees_with_model",
    claim: "the nine operations of every type give the model's outcome around powers of two",
    subject: arithmeticOf(...NAMES),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ name: domain.of(...NAMES), a: edgeIndices, b: edgeIndices }),
    reaches: ["value", "overflow"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "a * b + 0", "a * b"),
      mutant(NUMBER, "mul: Math.imul", "mul: (a: number, b: number): number => a * b"),
      mutant(NUMBER, "a - (USIZE_COUNT - b)", "a + b"),
      mutant(NUMBER, "BigInt.asUintN(53, BigInt(a) * BigInt(b))", "BigInt(a * b)"),
      mutant("src/int/bigint_types.ts", "a * b", "a * BigInt(Number(b))"),
    ],
    check: ({ name, a, b }, reach, face) =>
      computesAsModel(face, name, edgeOf(name, a), edgeOf(name, b), reach),
  }),
  defineProof({
    id: "int/arithmetic_agrees_with_model",
    claim: "the nine operations of every type give the model's value or the model's error",
    subject: arithmeticOf(...NAMES),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({
        name: fc.constantFrom(...NAMES),
        a: biased.signed(64),
        b: biased.signed(64),
      }).map(({ name, a, b }) => ({
        name,
        a: model.wrap(model.INT_TYPES[name], a),
        b: model.wrap(model.INT_TYPES[name], b),
      })),
      { runs: 4000, describe: "pairs of values of each type, often at edges" },
    ),
    reaches: ["value", "overflow"],
    implementation: int,
    mutants: [
      mutant(NUMBER, "add: (a: number, b: number): number => a + b", "add: Math.max"),
      mutant(COMMON, "apply(wrap(a), wrap(b)));", "apply(wrap(b), wrap(a)));"),
    ],
    check: ({ name, a, b }, reach, face) => computesAsModel(face, name, a, b, reach),
  }),
  defineProof({
    id: "int/arithmetic_is_total",
    claim: "checked operations name the argument that is no value, the others wrap it first",
    subject: arithmeticOf(...NAMES),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      name: domain.of(...NAMES),
      hostile: hostileValues,
      where: domain.of("a", "b", "both"),
    }),
    reaches: ["value", "overflow", "invalid a", "invalid b"],
    implementation: int,
    mutants: [
      mutant(COMMON, 'if (!is(a)) return invalidArgument("a", `a ${name}`, a);', ""),
      mutant(
        COMMON,
        'if (!is(b)) return invalidArgument("b"',
        'if (!is(b)) return invalidArgument("a"',
      ),
      mutant(COMMON, "wrap(apply(wrap(a), wrap(b)))", "wrap(apply(a, wrap(b)))"),
      mutant(
        COMMON,
        "const result = apply(wrap(a), wrap(b));",
        "const result = apply(wrap(a), b);",
      ),
    ],
    check({ name, hostile, where }, reach, face) {
      const valid = face[name].max;
      return computesAsModel(
        face,
        name,
        where === "b" ? valid : hostile.make(),
        where === "a" ? valid : hostile.make(),
        reach,
      );
    },
  }),
  defineProof({
    id: "int/overflow_says_what_happened",
    claim: "an overflow names the type, the operation and both operands",
    subject: ["U8.checkedAdd", "I64.checkedMul"],
    spec: "none: the library's own",
    strength: "bounded",
    domain: domain.range(1, 255),
    reaches: ["overflow"],
    implementation: int,
    mutants: [mutant(COMMON, "operation, a, b });", "operation, a: b, b: a });")],
    check(value, reach, { U8, I64 }) {
      const sum = U8.checkedAdd(255, value);
      const product = I64.checkedMul(-(2n ** 63n), BigInt(-value));
      if (sum.ok || product.ok) return "a result beyond the range";
      reach("overflow");
      return allOf(
        agrees(sum.error, { kind: "overflow", type: "U8", operation: "add", a: 255, b: value }),
        agrees(product.error, {
          kind: "overflow",
          type: "I64",
          operation: "mul",
          a: -(2n ** 63n),
          b: BigInt(-value),
        }),
      );
    },
  }),
];

register(proofs);
