/**
 * Sized integers: total conversions, and 64-bit arithmetic on two 32-bit halves.
 *
 * @module
 */

export type { I32, I64, U16, U32, U64, U8, Usize } from "./brand.ts";
export { asI32, asI64, asU16, asU32, asU64, asU8, asUsize } from "./brand.ts";
