/**
 * 64-bit arithmetic on two 32-bit halves: the hot path under the interpreter.
 *
 * Internal, and without guards: **the caller makes sure** that every half and every count is an
 * integer from -2^31 to 2^32 - 1, that `out` is an `Int32Array`, and that `at` and `at + 1` are
 * indices of it. A half is read by its 32 bits, so that -1 and 2^32 - 1 are the same half. Results
 * are two int32s: the low half at `out[at]`, the high half at `out[at + 1]`. Operands are passed by
 * value, so that the result may go where an operand came from. Nothing is allocated.
 *
 * @module
 */

export { add, neg, sub } from "./wide/add_sub.ts";
export { byteSwap, clz, ctz, extend16S, extend32S, extend8S, popcnt } from "./wide/bits.ts";
export { eq, ltS, ltU } from "./wide/compare.ts";
export { joinS, joinU, split } from "./wide/convert.ts";
export { divS, divU, remS, remU } from "./wide/div.ts";
export { mul, mulUpperSS, mulUpperSU, mulUpperUU } from "./wide/mul.ts";
export { rotl, rotr, shl, shrS, shrU } from "./wide/shift.ts";
