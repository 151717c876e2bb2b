/**
 * The group of operations that give 64-bit integers as halves.
 *
 * @module
 */

export * from "./i64_halves_bits.ts";
export * from "./i64_halves_conversion.ts";
export * from "./i64_halves_division.ts";
