/**
 * The group of operations that give floats of double precision.
 *
 * @module
 */

export * from "./f64_arithmetic.ts";
export * from "./f64_conversion.ts";
