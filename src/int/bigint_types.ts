/**
 * The sized integers that are bigints: `U64` and `I64`.
 *
 * @module
 */

import { asI64, asU64 } from "./brand.ts";
import type { I64 as I64Brand, U64 as U64Brand } from "./brand.ts";
import { type Arithmetic, type IntegerType, integerType } from "./integer_type.ts";

/** What tells one bigint type from another. */
interface BigintDefinition<T extends bigint> {
  readonly name: string;
  readonly min: bigint;
  readonly max: bigint;
  /** Brands a bigint known to be in range. */
  readonly brand: (value: bigint) => T;
  /** A bigint taken modulo 2^64. */
  readonly wrapBigint: (value: bigint) => bigint;
}

const EXACT: Arithmetic<bigint> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
};

function bigintType<T extends bigint>(definition: BigintDefinition<T>): IntegerType<bigint, T> {
  const { name, min, max, brand, wrapBigint } = definition;

  function is(value: unknown): value is T {
    return typeof value === "bigint" && value >= min && value <= max;
  }

  function wrap(value: unknown): T {
    if (typeof value === "bigint") return brand(wrapBigint(value));
    return typeof value === "number" && Number.isFinite(value)
      ? brand(wrapBigint(BigInt(Math.trunc(value))))
      : brand(0n);
  }

  return integerType({
    name,
    bits: 64,
    min: brand(min),
    max: brand(max),
    is,
    wrap,
    brand,
    rounded: EXACT,
    modular: EXACT,
  });
}

/** A bigint from 0 to 2^64 - 1. */
export type U64 = U64Brand;

/**
 * The type of the bigints from 0 to 2^64 - 1. Wasm core 2.0, 2.2.2.
 *
 * @example Any value at all becomes one of the type
 * ```ts
 * import { U64 } from "@ringfence/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(BigInt(U64.wrap(-1n)), 2n ** 64n - 1n);
 * assertEquals(BigInt(U64.wrap("five")), 0n);
 * ```
 */
export const U64: IntegerType<bigint, U64> = bigintType({
  name: "U64",
  min: 0n,
  max: 0xffff_ffff_ffff_ffffn,
  brand: asU64,
  wrapBigint: (value) => BigInt.asUintN(64, value),
});

/** A bigint from -2^63 to 2^63 - 1. */
export type I64 = I64Brand;

/** The type of the bigints from -2^63 to 2^63 - 1. Wasm core 2.0, 2.2.2. */
export const I64: IntegerType<bigint, I64> = bigintType({
  name: "I64",
  min: -0x8000_0000_0000_0000n,
  max: 0x7fff_ffff_ffff_ffffn,
  brand: asI64,
  wrapBigint: (value) => BigInt.asIntN(64, value),
});
