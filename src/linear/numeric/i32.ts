/**
 * The group of operations that give 32-bit integers.
 *
 * @module
 */

export * from "./i32_bits.ts";
export * from "./i32_conversion.ts";
export * from "./i32_division.ts";
