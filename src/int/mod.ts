/**
 * Sized integers: total conversions and arithmetic, and 64-bit arithmetic on two 32-bit halves.
 *
 * @module
 */

export type { InvalidArgument } from "../argument.ts";
export type { Err, Ok, Result } from "../result.ts";
export { asI32, asI64, asU16, asU32, asU64, asU8, asUsize } from "./brand.ts";
export { I64, U64 } from "./bigint_types.ts";
export type { IntegerType, OutOfRange, Overflow } from "./integer_type.ts";
export { I32, U16, U32, U8, Usize } from "./number_types.ts";
export * as wide from "./wide.ts";
