/** Terms as trees of data: what they mean by definition, and as a face makes them. */

import fc from "fast-check";
import type * as symbolic from "../../src/symbolic/mod.ts";

/** The face under proof. */
export type Face = typeof symbolic;

/** An integer or a truth, by the name of what makes it. */
export interface Tree {
  readonly op: string;
  readonly parts: readonly Tree[];
  /** A constant, a width in bits, or the number of an input. */
  readonly value: bigint;
}

/** The inputs, each from -6 to 9. */
export const INPUTS = 3;
export const LEAST = -6n;
export const GREATEST = 9n;

const INTEGERS_OF_TWO = [
  ...["add", "subtract", "multiply", "bitAnd", "bitOr", "bitXor"],
  ...["divide", "modulo", "shiftLeft", "shiftRight"],
];
const TRUTHS_OF_TWO_INTEGERS = ["equal", "less", "atMost"];
const TRUTHS_OF_TWO = ["and", "or", "implies", "iff"];

const tree = (op: string, parts: readonly Tree[], value = 0n): Tree => ({ op, parts, value });

const { integer } = fc.letrec<{ integer: Tree; truth: Tree }>((tie) => ({
  integer: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -300n, max: 300n }))
      .map((value) => tree("constant", [], value)),
    fc.bigInt({ min: 0n, max: BigInt(INPUTS - 1) }).map((value) => tree("input", [], value)),
    fc.tuple(fc.constantFrom(...INTEGERS_OF_TWO), tie("integer"), tie("integer"))
      .map(([op, a, b]) => tree(op, [a, b])),
    fc.tuple(
      fc.constantFrom("unsigned", "signed"),
      fc.bigInt({ min: 1n, max: 40n }),
      tie("integer"),
    )
      .map(([op, bits, a]) => tree(op, [a], bits)),
    tie("integer").map((a) => tree("bitNot", [a])),
    fc.tuple(tie("truth"), tie("integer"), tie("integer")).map((parts) => tree("choose", parts)),
  ),
  truth: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    fc.boolean().map((value) => tree("truth", [], value ? 1n : 0n)),
    fc.tuple(fc.constantFrom(...TRUTHS_OF_TWO_INTEGERS), tie("integer"), tie("integer"))
      .map(([op, a, b]) => tree(op, [a, b])),
    fc.tuple(tie("integer"), tie("integer"), tie("integer")).map((parts) => tree("within", parts)),
    fc.tuple(fc.constantFrom(...TRUTHS_OF_TWO), tie("truth"), tie("truth"))
      .map(([op, a, b]) => tree(op, [a, b])),
    tie("truth").map((a) => tree("not", [a])),
    fc.tuple(tie("truth"), tie("truth"), tie("truth")).map((parts) => tree("chooseTruth", parts)),
  ),
}));

/** An integer tree with values for its inputs. */
export const TREES: fc.Arbitrary<readonly [Tree, readonly bigint[]]> = fc.tuple(
  integer,
  fc.array(fc.bigInt({ min: LEAST, max: GREATEST }), { minLength: INPUTS, maxLength: INPUTS }),
);

/** A divisor that is above 0, and a count that is small, made of any integer. */
const divisorOf = (value: bigint) => BigInt.asUintN(5, value) + 1n;
const countOf = (value: bigint) => BigInt.asUintN(4, value);

function floor(a: bigint, b: bigint): bigint {
  return (a - (((a % b) + b) % b)) / b;
}

/** What a tree means: 1 and 0 for truths. */
export function meaning({ op, parts, value }: Tree, inputs: readonly bigint[]): bigint {
  const [a = 0n, b = 0n, c = 0n] = parts.map((part) => meaning(part, inputs));
  const bit = (holds: boolean) => holds ? 1n : 0n;
  const meanings: Readonly<Record<string, () => bigint>> = {
    constant: () => value,
    truth: () => value,
    input: () => inputs[Number(value)] ?? 0n,
    add: () => a + b,
    subtract: () => a - b,
    multiply: () => a * b,
    divide: () => floor(a, divisorOf(b)),
    modulo: () => a - floor(a, divisorOf(b)) * divisorOf(b),
    bitAnd: () => a & b,
    bitOr: () => a | b,
    bitXor: () => a ^ b,
    bitNot: () => ~a,
    shiftLeft: () => a << countOf(b),
    shiftRight: () => a >> countOf(b),
    unsigned: () => BigInt.asUintN(Number(value), a),
    signed: () => BigInt.asIntN(Number(value), a),
    choose: () => a === 1n ? b : c,
    equal: () => bit(a === b),
    less: () => bit(a < b),
    atMost: () => bit(a <= b),
    within: () => bit(b <= a && a <= c),
    and: () => a & b,
    or: () => a | b,
    implies: () => bit(a === 0n || b === 1n),
    iff: () => bit(a === b),
    not: () => 1n - a,
    chooseTruth: () => a === 1n ? b : c,
  };
  return meanings[op]?.() ?? 0n;
}

type Term = symbolic.IntTerm | symbolic.Truth;

/** The term that the face makes of a tree. */
export function termOf(face: Face, { op, parts, value }: Tree): Term {
  const [first, second, third] = parts.map((part) => termOf(face, part));
  const integer = (of: Term | undefined) => of?.sort === "integer" ? of : face.constant(NaN);
  const truth = (of: Term | undefined) => of?.sort === "truth" ? of : face.FALSE;
  const [a, b, c] = [integer(first), integer(second), integer(third)];
  const [p, q, r] = [truth(first), truth(second), truth(third)];
  const divisor = () => face.add(face.unsigned(5, b), 1);
  const makers: Readonly<Record<string, () => Term>> = {
    constant: () => face.constant(value),
    truth: () => face.truth(value === 1n),
    input: () => face.input(`i${value}`, LEAST, GREATEST),
    add: () => face.add(a, b),
    subtract: () => face.subtract(a, b),
    multiply: () => face.multiply(a, b),
    divide: () => face.divide(a, divisor()),
    modulo: () => face.modulo(a, divisor()),
    bitAnd: () => face.bitAnd(a, b),
    bitOr: () => face.bitOr(a, b),
    bitXor: () => face.bitXor(a, b),
    bitNot: () => face.bitNot(a),
    shiftLeft: () => face.shiftLeft(a, face.unsigned(4, b)),
    shiftRight: () => face.shiftRight(a, face.unsigned(4, b)),
    unsigned: () => face.unsigned(Number(value), a),
    signed: () => face.signed(Number(value), a),
    choose: () => face.choose(p, b, c),
    equal: () => face.equal(a, b),
    less: () => face.less(a, b),
    atMost: () => face.atMost(a, b),
    within: () => face.within(a, b, c),
    and: () => face.and(p, q),
    or: () => face.or(p, q),
    implies: () => face.implies(p, q),
    iff: () => face.iff(p, q),
    not: () => face.not(p),
    chooseTruth: () => face.chooseTruth(p, q, r),
  };
  return makers[op]?.() ?? face.constant(NaN);
}
