/**
 * The group of operations that give floats of single precision.
 *
 * @module
 */

export * from "./f32_arithmetic.ts";
export * from "./f32_conversion.ts";
