/**
 * The group of operations that give 64-bit integers as bigints.
 *
 * @module
 */

export * from "./i64_bits.ts";
export * from "./i64_conversion.ts";
export * from "./i64_division.ts";
