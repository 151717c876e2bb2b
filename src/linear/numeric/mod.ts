/**
 * The numeric operations of WebAssembly that can trap, or whose form in JavaScript is subtle
 * (Wasm core 2.0, 4.3), in a group for each type of result.
 *
 * Every operation returns: a wrong argument gives `invalid-argument`, and the first wrong one is
 * named; a trap is an error too.
 *
 * @module
 */

export * as f32 from "./f32.ts";
export * as f64 from "./f64.ts";
export * as i32 from "./i32.ts";
export * as i64 from "./i64.ts";
export * as i64Halves from "./i64_halves.ts";
export type { DivisionError, SignedDivisionError, TruncationError } from "./operand.ts";
// What the signatures speak of
export type { InvalidArgument } from "../../argument.ts";
export type { I32, I64 } from "../../int/mod.ts";
export type { Err, Ok, Result } from "../../result.ts";
export type { I64Halves } from "../load.ts";
export type { TrapKind, TrapOf } from "../trap.ts";
