/**
 * The sized integers: every function of every type against the arithmetic of integers, for all integers
 * that a number holds exactly, and for bigints far beyond the types.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { Contract, IntTerm, Truth } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { symbolic } from "../_kit/symbolic.ts";

/** A type: its name, bits and ends, and the faults of its wrapping. */
interface Type {
  readonly name: string;
  readonly bits: number;
  readonly min: bigint;
  readonly max: bigint;
  readonly big: boolean;
  /** What wraps it, and how that can be wrong. */
  readonly wrap: readonly [string, string];
  /** A piece of its range, and how that can be wrong. */
  readonly end: readonly [string, string];
}

function unsignedType(name: string, bits: number, wrap: Type["wrap"], end: Type["end"]): Type {
  return { name, bits, min: 0n, max: (1n << BigInt(bits)) - 1n, big: bits === 64, wrap, end };
}

function signedType(name: string, bits: number, wrap: Type["wrap"], end: Type["end"]): Type {
  const half = 1n << BigInt(bits - 1);
  return { name, bits, min: -half, max: half - 1n, big: bits === 64, wrap, end };
}

const TYPES: readonly Type[] = [
  unsignedType("U8", 8, ["value & 0xff,", "value & 0x7f,"], ["max: 0xff,", "max: 0x100,"]),
  unsignedType("U16", 16, ["value & 0xffff,", "value & 0xfffe,"], ["max: 0xffff,", "max: 0xfffe,"]),
  unsignedType("U32", 32, ["(value) => value >>> 0", "(value) => value | 0"], [
    "max: 0xffff_ffff,",
    "max: 0x7fff_ffff,",
  ]),
  signedType("I32", 32, ["(value) => value | 0", "(value) => value >>> 0"], [
    "min: -0x8000_0000,",
    "min: -0x7fff_ffff,",
  ]),
  unsignedType("Usize", 53, [
    "return rest < 0 ? rest + USIZE_COUNT",
    "return rest < 0 ? rest + USIZE_COUNT - 1",
  ], ["max: USIZE_COUNT - 1,", "max: USIZE_COUNT - 2,"]),
  unsignedType("U64", 64, ["BigInt.asUintN(64, value),", "BigInt.asIntN(64, value),"], [
    "max: 0xffff_ffff_ffff_ffffn,",
    "max: 0xffff_ffff_ffff_fffen,",
  ]),
  signedType("I64", 64, ["BigInt.asIntN(64, value),", "BigInt.asIntN(63, value),"], [
    "min: -0x8000_0000_0000_0000n,",
    "min: -0x7fff_ffff_ffff_ffffn,",
  ]),
];

const OPERATIONS: readonly (readonly [string, (a: IntTerm, b: IntTerm) => IntTerm])[] = [
  ["Add", s.add],
  ["Sub", s.subtract],
  ["Mul", s.multiply],
];

const KINDS = ["checked", "wrapping", "saturating"] as const;

/** Errors without their texts. */
const CONTRACTS: Readonly<Record<string, Contract>> = {
  invalidArgument: () => ({ ok: false, error: { kind: "invalid-argument" } }),
  describe: () => "",
};

function wrapped({ bits, min }: Type, of: IntTerm): IntTerm {
  return min < 0n ? s.signed(bits, of) : s.unsigned(bits, of);
}

function isOf({ min, max }: Type, of: IntTerm): Truth {
  return s.within(of, min, max);
}

/** The file of a type, and the inputs that are tried: integers of numbers, or bigints. */
function placeOf(type: Type) {
  const file = `src/int/${type.big ? "bigint_types" : "number_types"}.ts`;
  const input = type.big ? s.int(100) : s.range(-(2n ** 53n), 2n ** 53n);
  const of = (term: IntTerm | undefined) => type.big ? s.big(term ?? 0) : term ?? s.constant(0);
  const over = type.big ? "every bigint of 100 bits" : "every integer from -2^53 to 2^53";
  return { file, input, of, over };
}

function conversion(type: Type, member: "is" | "wrap"): Proof {
  const { file, input, of, over } = placeOf(type);
  const [from, to] = member === "is" ? type.end : type.wrap;
  return symbolic<"value">({
    id: `int_${type.name}_${member}`,
    says: member === "is"
      ? `${type.name}.is holds for exactly the integers of the type`
      : `${type.name}.wrap gives the integer of the type that is the same modulo 2^${type.bits}`,
    subject: [`${type.name}.${member}`],
    spec: "Wasm core 2.0, 2.2.2",
    file,
    harness: `export function played(value) { return ${type.name}.${member}(value); }`,
    function: "played",
    over,
    inputs: { value: input },
    parameters: ({ value }) => ({ value: of(value) }),
    contracts: CONTRACTS,
    twin: { from, to },
    claim: ({ value }, result) =>
      member === "is"
        ? s.iff(result.value.truth, isOf(type, value))
        : s.equal(result.value.integer, wrapped(type, value)),
  });
}

/** What an operation gives, and whether it is an error by name. */
function expectation(
  type: Type,
  kind: typeof KINDS[number],
  apply: (a: IntTerm, b: IntTerm) => IntTerm,
): (a: IntTerm, b: IntTerm, result: s.View) => Truth {
  return (a, b, result) => {
    if (kind === "checked") {
      const exact = apply(a, b);
      const valid = s.and(isOf(type, a), isOf(type, b));
      const fits = isOf(type, exact);
      return s.and(
        s.iff(result.isText("invalid-argument"), s.not(valid)),
        s.iff(result.isText("overflow"), s.and(valid, s.not(fits))),
        s.implies(s.and(valid, fits), s.and(result.isInteger, s.equal(result.integer, exact))),
      );
    }
    const exact = apply(wrapped(type, a), wrapped(type, b));
    const { min, max } = type;
    return s.equal(
      result.integer,
      kind === "wrapping"
        ? wrapped(type, exact)
        : s.choose(s.less(exact, min), min, s.choose(s.less(max, exact), max, exact)),
    );
  };
}

const SAYS = {
  checked: "gives the exact result where it is of the type, and else refuses it",
  wrapping: "gives the result modulo the size of the type, for operands of any size",
  saturating: "gives the exact result, or the nearest end of the type",
} as const;

const FAULTS: Readonly<Record<typeof KINDS[number], readonly [string, string]>> = {
  checked: ["result >= min && result <= max", "result > min && result <= max"],
  wrapping: ["wrap(apply(wrap(a), wrap(b)))", "wrap(apply(wrap(a), wrap(a)))"],
  saturating: [
    "return result > max ? max : brand(result)",
    "return result > max ? min : brand(result)",
  ],
};

function arithmetic(
  type: Type,
  kind: typeof KINDS[number],
  operation: string,
  apply: (a: IntTerm, b: IntTerm) => IntTerm,
): Proof {
  const { file, input, of, over } = placeOf(type);
  const member = `${kind}${operation}`;
  // A difference of unsigned integers is never beyond the upper end, only below the lower one.
  const [from, to] = kind === "saturating" && operation === "Sub"
    ? ["if (result < min) return min", "if (result < min) return max"]
    : kind === "checked" && operation === "Mul"
    ? ["result >= min && result <= max", "result >= min"]
    : FAULTS[kind];
  const unwrapped = kind === "checked" ? "result.ok ? result.value : result.error.kind" : "result";
  const expected = expectation(type, kind, apply);
  return symbolic<"a" | "b">({
    id: `int_${type.name}_${member}`,
    says: `${type.name}.${member} ${SAYS[kind]}`,
    subject: [`${type.name}.${member}`],
    spec: "Wasm core 2.0, 4.3.2",
    file,
    harness: `export function played(a, b) {
      const result = ${type.name}.${member}(a, b);
      return ${unwrapped};
    }`,
    function: "played",
    over: `${over}, for both operands`,
    inputs: { a: input, b: input },
    parameters: ({ a, b }) => ({ a: of(a), b: of(b) }),
    contracts: CONTRACTS,
    rounding: !type.big,
    // A wrapped product of int32s is one of words: its low bits do not depend on the signs.
    arithmetic: operation === "Mul" && member !== "wrappingMul" || type.bits > 32
      ? "limbs"
      : "words",
    twin: { file: "src/int/integer_type.ts", from, to },
    claim: ({ a, b }, result) => expected(a, b, result.value),
  });
}

export const proofs: readonly Proof[] = TYPES.flatMap((type) => [
  conversion(type, "is"),
  conversion(type, "wrap"),
  ...KINDS.flatMap((kind) =>
    OPERATIONS.map(([name, apply]) => arithmetic(type, kind, name, apply))
  ),
]);

register(proofs);
