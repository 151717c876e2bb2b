/**
 * The sized integers that are numbers: `U8`, `U16`, `U32`, `I32` and `Usize`.
 *
 * @module
 */

import { asI32, asU16, asU32, asU8, asUsize } from "./brand.ts";
import type { I32 as I32Brand, U16 as U16Brand, U32 as U32Brand } from "./brand.ts";
import type { U8 as U8Brand, Usize as UsizeBrand } from "./brand.ts";
import { type Arithmetic, type IntegerType, integerType } from "./integer_type.ts";

/** What tells one number type from another. */
interface NumberDefinition<T extends number> {
  readonly name: string;
  readonly bits: number;
  readonly min: number;
  readonly max: number;
  /** Brands an integer known to be in range. */
  readonly brand: (value: number) => T;
  /** A finite number rounded towards zero and taken modulo 2^`bits`; 0 for NaN and the infinities. */
  readonly wrapNumber: (value: number) => number;
  /** The sum and product modulo 2^`bits`, though not always in range. */
  readonly modular: Pick<Arithmetic<number>, "add" | "mul">;
}

/** The difference of two values of a type is always exact. */
function sub(a: number, b: number): number {
  return a - b;
}

/**
 * Float arithmetic rounds to nearest, which never carries a result past an integer that a float
 * holds: it is in range exactly when the exact result is.
 */
const ROUNDED: Arithmetic<number> = {
  add: (a, b) => a + b,
  sub,
  mul: (a, b) => a * b + 0, // turns -0 into 0
};

function numberType<T extends number>(definition: NumberDefinition<T>): IntegerType<number, T> {
  const { name, bits, min, max, brand, wrapNumber, modular } = definition;

  function is(value: unknown): value is T {
    return typeof value === "number" && value >= min && value <= max &&
      Number.isInteger(value) && !Object.is(value, -0);
  }

  function wrap(value: unknown): T {
    if (typeof value === "number") return brand(wrapNumber(value));
    return typeof value === "bigint"
      ? brand(wrapNumber(Number(BigInt.asUintN(bits, value))))
      : brand(0);
  }

  return integerType({
    name,
    bits,
    min: brand(min),
    max: brand(max),
    is,
    wrap,
    brand,
    rounded: ROUNDED,
    modular: { ...modular, sub },
  });
}

/** For types of at most 32 bits: sums are exact, and the low 32 bits of a product suffice. */
const NARROW = { add: (a: number, b: number): number => a + b, mul: Math.imul };

/** An integer from 0 to 255. */
export type U8 = U8Brand;

/**
 * The type of the integers from 0 to 255. Wasm core 2.0, 2.2.2.
 *
 * @example Checked, wrapping and saturating
 * ```ts
 * import { U8 } from "@ringfence/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(U8.from(200), { ok: true, value: U8.wrap(200) });
 * assertEquals(U8.from(256).ok, false);
 * assertEquals(U8.checkedAdd(200, 100).ok, false);
 * assertEquals(Number(U8.wrappingAdd(200, 100)), 44);
 * assertEquals(Number(U8.saturatingAdd(200, 100)), 255);
 * ```
 */
export const U8: IntegerType<number, U8> = numberType({
  name: "U8",
  bits: 8,
  min: 0,
  max: 0xff,
  brand: asU8,
  wrapNumber: (value) => value & 0xff,
  modular: NARROW,
});

/** An integer from 0 to 65,535. */
export type U16 = U16Brand;

/** The type of the integers from 0 to 65,535. Wasm core 2.0, 2.2.2. */
export const U16: IntegerType<number, U16> = numberType({
  name: "U16",
  bits: 16,
  min: 0,
  max: 0xffff,
  brand: asU16,
  wrapNumber: (value) => value & 0xffff,
  modular: NARROW,
});

/** An integer from 0 to 2^32 - 1. */
export type U32 = U32Brand;

/** The type of the integers from 0 to 2^32 - 1. Wasm core 2.0, 2.2.2. */
export const U32: IntegerType<number, U32> = numberType({
  name: "U32",
  bits: 32,
  min: 0,
  max: 0xffff_ffff,
  brand: asU32,
  wrapNumber: (value) => value >>> 0,
  modular: NARROW,
});

/** An integer from -2^31 to 2^31 - 1. */
export type I32 = I32Brand;

/** The type of the integers from -2^31 to 2^31 - 1. Wasm core 2.0, 2.2.2. */
export const I32: IntegerType<number, I32> = numberType({
  name: "I32",
  bits: 32,
  min: -0x8000_0000,
  max: 0x7fff_ffff,
  brand: asI32,
  wrapNumber: (value) => value | 0,
  modular: NARROW,
});

/** How many values `Usize` has. */
const USIZE_COUNT = 2 ** 53;

function wrapUsize(value: number): number {
  const whole = Math.trunc(value) + 0; // turns -0 into 0
  if (whole >= 0 && whole < USIZE_COUNT) return whole;
  if (!Number.isFinite(whole)) return 0;
  const rest = whole % USIZE_COUNT; // the remainder of floats is exact
  return rest < 0 ? rest + USIZE_COUNT : rest + 0;
}

/** An integer from 0 to 2^53 - 1: the offsets and sizes that a number holds exactly. */
export type Usize = UsizeBrand;

/** The type of the integers from 0 to 2^53 - 1: the offsets and sizes that a number holds exactly. */
export const Usize: IntegerType<number, Usize> = numberType({
  name: "Usize",
  bits: 53,
  min: 0,
  max: USIZE_COUNT - 1,
  brand: asUsize,
  wrapNumber: wrapUsize,
  modular: {
    // A sum can be beyond what a float holds; less 2^53 it never is.
    add: (a, b) => a - (USIZE_COUNT - b),
    mul: (a, b) => Number(BigInt.asUintN(53, BigInt(a) * BigInt(b))),
  },
});
