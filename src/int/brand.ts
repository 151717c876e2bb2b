/**
 * The brands of the sized numbers, and the only casts of the library.
 *
 * A brand carries every range that holds the value, so that inclusion of ranges is inclusion of
 * types: a `U8` is accepted where a `U32`, an `I32` or a `Usize` is wanted.
 *
 * @module
 */

declare const range: unique symbol;

/** Marks a number or bigint as lying in each range named by the keys of `R`. */
interface In<R> {
  readonly [range]: R;
}

/** An integer from 0 to 2^53 - 1: the offsets and sizes that a number holds exactly. */
export type Usize = number & In<{ readonly usize: true }>;
/** An integer from 0 to 2^32 - 1. */
export type U32 = Usize & In<{ readonly u32: true }>;
/** An integer from -2^31 to 2^31 - 1. */
export type I32 = number & In<{ readonly i32: true }>;
/** An integer from 0 to 65,535. */
export type U16 = U32 & I32 & In<{ readonly u16: true }>;
/** An integer from 0 to 255. */
export type U8 = U16 & In<{ readonly u8: true }>;
/** A bigint from 0 to 2^64 - 1. */
export type U64 = bigint & In<{ readonly u64: true }>;
/** A bigint from -2^63 to 2^63 - 1. */
export type I64 = bigint & In<{ readonly i64: true }>;

// Each of these is the identity: the caller has made sure of the range.

/**
 * Brands an integer known to lie in 0..255.
 *
 * @internal
 */
export function asU8(n: number): U8 {
  return n as U8;
}

/**
 * Brands an integer known to lie in 0..65,535.
 *
 * @internal
 */
export function asU16(n: number): U16 {
  return n as U16;
}

/**
 * Brands an integer known to lie in 0..2^32 - 1.
 *
 * @internal
 */
export function asU32(n: number): U32 {
  return n as U32;
}

/**
 * Brands an integer known to lie in -2^31..2^31 - 1.
 *
 * @internal
 */
export function asI32(n: number): I32 {
  return n as I32;
}

/**
 * Brands an integer known to lie in 0..2^53 - 1.
 *
 * @internal
 */
export function asUsize(n: number): Usize {
  return n as Usize;
}

/**
 * Brands a bigint known to lie in 0..2^64 - 1.
 *
 * @internal
 */
export function asU64(n: bigint): U64 {
  return n as U64;
}

/**
 * Brands a bigint known to lie in -2^63..2^63 - 1.
 *
 * @internal
 */
export function asI64(n: bigint): I64 {
  return n as I64;
}
