/**
 * What every sized integer type offers, and what its operations have in common.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { describe } from "../describe.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";

/** A value is not one of the type. */
export interface OutOfRange {
  /** Tells this error from the others. */
  readonly kind: "out-of-range";
  /** The name of the type, such as `U8`. */
  readonly type: string;
  /** The least value of the type. */
  readonly min: number | bigint;
  /** The greatest value of the type. */
  readonly max: number | bigint;
  /** What was given, in words: the type, and the value where it can be shown without running its code. */
  readonly given: string;
}

/** The exact result of an operation on two values of a type is not a value of it. */
export interface Overflow {
  /** Tells this error from the others. */
  readonly kind: "overflow";
  /** The name of the type, such as `U8`. */
  readonly type: string;
  /** The operation. */
  readonly operation: "add" | "sub" | "mul";
  /** The first operand. */
  readonly a: number | bigint;
  /** The second operand. */
  readonly b: number | bigint;
}

/**
 * A sized integer type with values `T`, which are numbers or bigints (`V`).
 *
 * Every function is total: it returns for any argument, runs no code of the argument, and never
 * throws. -0, fractions, NaN and the infinities are values of no type, nor is a bigint a value of a
 * number type or a number one of a bigint type.
 *
 * Arithmetic comes in three kinds, exact for all operands: `checked…` refuses a result beyond the
 * range, `wrapping…` takes it modulo 2^`bits`, `saturating…` takes the end of the range that is
 * nearest. Checked operations refuse an operand that is no value of the type; the others first bring
 * each operand into the range with `wrap`.
 */
export interface IntegerType<V extends number | bigint, T extends V> {
  /** How many bits tell the values apart: there are 2^`bits` of them. */
  readonly bits: number;
  /** The least value. */
  readonly min: T;
  /** The greatest value. */
  readonly max: T;
  /** Whether any value at all is one of the type. */
  readonly is: (value: unknown) => value is T;
  /** The value itself when it is one of the type. Errors: `out-of-range`. */
  readonly from: (value: unknown) => Result<T, OutOfRange>;
  /**
   * The value of the type for any value at all: numbers are rounded towards zero, then numbers and
   * bigints are taken modulo 2^`bits`, exactly. NaN, the infinities and all else give 0.
   */
  readonly wrap: (value: unknown) => T;
  /** `a + b`. Errors: `overflow`, `invalid-argument`. */
  readonly checkedAdd: (a: V, b: V) => Result<T, Overflow | InvalidArgument>;
  /** `a - b`. Errors: `overflow`, `invalid-argument`. */
  readonly checkedSub: (a: V, b: V) => Result<T, Overflow | InvalidArgument>;
  /** `a * b`. Errors: `overflow`, `invalid-argument`. */
  readonly checkedMul: (a: V, b: V) => Result<T, Overflow | InvalidArgument>;
  /** `a + b` modulo 2^`bits`. */
  readonly wrappingAdd: (a: V, b: V) => T;
  /** `a - b` modulo 2^`bits`. */
  readonly wrappingSub: (a: V, b: V) => T;
  /** `a * b` modulo 2^`bits`. */
  readonly wrappingMul: (a: V, b: V) => T;
  /** `a + b`, or the nearest end of the range. */
  readonly saturatingAdd: (a: V, b: V) => T;
  /** `a - b`, or the nearest end of the range. */
  readonly saturatingSub: (a: V, b: V) => T;
  /** `a * b`, or the nearest end of the range. */
  readonly saturatingMul: (a: V, b: V) => T;
}

/** Addition, subtraction and multiplication. */
export interface Arithmetic<V> {
  /** `a + b`. */
  readonly add: (a: V, b: V) => V;
  /** `a - b`. */
  readonly sub: (a: V, b: V) => V;
  /** `a * b`. */
  readonly mul: (a: V, b: V) => V;
}

/** What tells one type from another. */
export interface Definition<V extends number | bigint, T extends V> {
  /** The name, for errors. */
  readonly name: string;
  /** How many bits tell the values apart. */
  readonly bits: number;
  /** The least value. */
  readonly min: T;
  /** The greatest value. */
  readonly max: T;
  /** Whether any value at all is one of the type. */
  readonly is: (value: unknown) => value is T;
  /** The value of the type for any value at all. */
  readonly wrap: (value: unknown) => T;
  /** Brands a value known to be in range. */
  readonly brand: (value: V) => T;
  /** Monotonic, and exact wherever the result is in range: beyond it, the result may be rounded. */
  readonly rounded: Arithmetic<V>;
  /** Congruent to the exact result modulo 2^`bits`, though not always in range. */
  readonly modular: Arithmetic<V>;
}

/** Makes a type from what tells it from the others. */
export function integerType<V extends number | bigint, T extends V>(
  definition: Definition<V, T>,
): IntegerType<V, T> {
  const { name, bits, min, max, is, wrap, brand, rounded, modular } = definition;

  function checked(operation: Overflow["operation"]) {
    const apply = rounded[operation];
    return (a: V, b: V): Result<T, Overflow | InvalidArgument> => {
      if (!is(a)) return invalidArgument("a", `a ${name}`, a);
      if (!is(b)) return invalidArgument("b", `a ${name}`, b);
      const result = apply(a, b);
      return result >= min && result <= max
        ? ok(brand(result))
        : err({ kind: "overflow", type: name, operation, a, b });
    };
  }

  function wrapping(operation: Overflow["operation"]) {
    const apply = modular[operation];
    return (a: V, b: V): T => wrap(apply(wrap(a), wrap(b)));
  }

  function saturating(operation: Overflow["operation"]) {
    const apply = rounded[operation];
    return (a: V, b: V): T => {
      const result = apply(wrap(a), wrap(b));
      if (result < min) return min;
      return result > max ? max : brand(result);
    };
  }

  return Object.freeze({
    bits,
    min,
    max,
    is,
    from: (value: unknown): Result<T, OutOfRange> =>
      is(value)
        ? ok(value)
        : err({ kind: "out-of-range", type: name, min, max, given: describe(value) }),
    wrap,
    checkedAdd: checked("add"),
    checkedSub: checked("sub"),
    checkedMul: checked("mul"),
    wrappingAdd: wrapping("add"),
    wrappingSub: wrapping("sub"),
    wrappingMul: wrapping("mul"),
    saturatingAdd: saturating("add"),
    saturatingSub: saturating("sub"),
    saturatingMul: saturating("mul"),
  });
}
