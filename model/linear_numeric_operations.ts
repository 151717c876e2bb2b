/**
 * The table of the numeric operations, each by the definition it has in the specification
 * (Wasm core 2.0, 4.3).
 *
 * @module
 */

import type { Kind, Operands, Operation } from "./linear_numeric.ts";
import * as floats from "./linear_numeric_float.ts";
import type { Float, Format } from "./linear_numeric_float.ts";
import { BINARY, type Outcome, signed, UNARY, unsigned } from "./linear_numeric_integer.ts";
import * as rounding from "./linear_numeric_rounding.ts";

type Table = Readonly<Record<string, Operation>>;
type Takes = Operation["takes"];

const INT_BITS = { i32: 32n, i64: 64n } as const;
const FORMATS = { f32: floats.F32, f64: floats.F64 } as const;

const ofInts = (
  takes: Takes,
  gives: Kind,
  apply: (a: bigint, b: bigint) => Outcome<bigint | Float>,
): Operation => ({ takes, gives, apply: ({ ints }) => apply(ints[0] ?? 0n, ints[1] ?? 0n) });

const ofFloats = (
  takes: Takes,
  gives: Kind,
  apply: (a: Float, b: Float) => Outcome<bigint | Float>,
): Operation => ({
  takes,
  gives,
  apply: ({ floats: [a = floats.NAN, b = floats.NAN] }: Operands) => apply(a, b),
});

const one = (kind: Kind): Takes => [["value", kind]];

/** How the two parameters of an operation on integers are called. */
function namesOf(operation: string): readonly [string, string] {
  return /^(div|rem)/.test(operation) ? ["dividend", "divisor"] : ["value", "count"];
}

/** The operations on one or two integers. */
function integerOperations(kind: "i32" | "i64"): Table {
  const bits = INT_BITS[kind];
  const table: Record<string, Operation> = {};
  for (const [name, apply] of Object.entries(BINARY)) {
    const [first, second] = namesOf(name);
    table[`${kind}.${name}`] = ofInts(
      [[first, kind], [second, kind]],
      kind,
      (a, b) => apply(bits, a, b),
    );
  }
  for (const [name, apply] of Object.entries(UNARY)) {
    if (kind === "i32" && name === "extend32S") continue;
    table[`${kind}.${name}`] = ofInts(one(kind), kind, (i) => ({ ok: apply(bits, i) }));
  }
  return table;
}

/** The truncations of floats to integers. */
function truncations(kind: "i32" | "i64"): Table {
  const end = 2n ** INT_BITS[kind];
  const ranges = { S: { min: -end / 2n, max: end / 2n - 1n }, U: { min: 0n, max: end - 1n } };
  const table: Record<string, Operation> = {};
  for (const from of ["f32", "f64"] as const) {
    for (const [sign, range] of Object.entries(ranges)) {
      const suffix = `${from.toUpperCase()}${sign}`;
      table[`${kind}.trunc${suffix}`] = ofFloats(
        one(from),
        kind,
        (x) => rounding.truncate(x, range),
      );
      table[`${kind}.truncSat${suffix}`] = ofFloats(
        one(from),
        kind,
        (x) => ({ ok: rounding.saturate(x, range) }),
      );
    }
  }
  return table;
}

/** The bits of a float with the sign bit replaced. */
function withSign(bits: bigint, i: bigint, sign: (old: bigint) => bigint): bigint {
  const half = 2n ** (bits - 1n);
  const whole = unsigned(bits, i);
  return whole % half + sign(whole / half) * half;
}

/** The operations on floats, and the conversions that give them. */
function floatOperations(kind: "f32" | "f64", int: "i32" | "i64"): Table {
  const format: Format = FORMATS[kind];
  const bits = INT_BITS[int];
  const two: Takes = [["a", kind], ["b", kind]];
  const fromSigns: Takes = [["bits", int], ["sign", int]];
  const bitsOf: Takes = [["bits", int]];
  const signOf = (i: bigint) => unsigned(bits, i) / 2n ** (bits - 1n);
  const table: Record<string, Operation> = {
    min: ofFloats(two, kind, (a, b) => ({ ok: rounding.least(a, b) })),
    max: ofFloats(two, kind, (a, b) => ({ ok: rounding.greatest(a, b) })),
    nearest: ofFloats(one(kind), kind, (x) => ({ ok: rounding.nearest(x) })),
    abs: ofFloats(one(kind), kind, (x) => ({ ok: rounding.signedAs(x, false) })),
    neg: ofFloats(one(kind), kind, (x) => ({
      ok: rounding.signedAs(x, !rounding.isNegative(x)),
    })),
    copysign: ofFloats([["value", kind], ["sign", kind]], kind, (x, y) => ({
      ok: rounding.signedAs(x, rounding.isNegative(y)),
    })),
    absBits: ofInts(bitsOf, int, (i) => ({ ok: withSign(bits, i, () => 0n) })),
    negBits: ofInts(bitsOf, int, (i) => ({ ok: withSign(bits, i, (old) => 1n - old) })),
    copysignBits: ofInts(fromSigns, int, (i, s) => ({ ok: withSign(bits, i, () => signOf(s)) })),
    [`reinterpret${int.toUpperCase()}`]: ofInts(bitsOf, kind, (i) => ({
      ok: floats.ofBits(format, unsigned(bits, i)),
    })),
  };
  for (const from of ["i32", "i64"] as const) {
    const read = { S: signed, U: unsigned };
    for (const [sign, as] of Object.entries(read)) {
      table[`convert${from.toUpperCase()}${sign}`] = ofInts(one(from), kind, (i) => ({
        ok: floats.ofInteger(as(INT_BITS[from], i)),
      }));
    }
  }
  return Object.fromEntries(Object.entries(table).map(([name, is]) => [`${kind}.${name}`, is]));
}

/** Every operation, by the name `group.operation`. */
export const OPERATIONS: Table = {
  ...integerOperations("i32"),
  ...truncations("i32"),
  "i32.wrapI64": ofInts(one("i64"), "i32", (i) => ({ ok: i })),
  "i32.reinterpretF32": ofFloats(one("f32"), "i32", (x) => ({ ok: floats.toBits(floats.F32, x) })),
  ...integerOperations("i64"),
  ...truncations("i64"),
  "i64.extendI32S": ofInts(one("i32"), "i64", (i) => ({ ok: signed(32n, i) })),
  "i64.extendI32U": ofInts(one("i32"), "i64", (i) => ({ ok: unsigned(32n, i) })),
  "i64.reinterpretF64": ofFloats(one("f64"), "i64", (x) => ({ ok: floats.toBits(floats.F64, x) })),
  ...floatOperations("f32", "i32"),
  "f32.sqrt": ofFloats(one("f32"), "f32", (x) => ({ ok: rounding.root(floats.F32, x) })),
  "f32.demoteF64": ofFloats(one("f64"), "f32", (x) => ({ ok: x })),
  ...floatOperations("f64", "i64"),
  "f64.promoteF32": ofFloats(one("f32"), "f64", (x) => ({ ok: x })),
};
