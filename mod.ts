/**
 * Guest memory, tables, modules and an arena whose every operation returns: a value, a trap, or a
 * description of what is wrong with an argument. Nothing throws.
 *
 * Everything here is also to be had by room: `@ringfence/core/linear`, `@ringfence/core/arena`. The
 * proof toolkit, which brings fast-check, is `@ringfence/core/proof` alone, and the reference models
 * are `@ringfence/core/model`.
 *
 * @example A load inside and a load outside of a memory
 * ```ts
 * import { IsolatedMemory } from "@ringfence/core";
 * import { assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 2);
 * if (memory.ok) {
 *   memory.value.storeI32(0, 42);
 *   assertEquals<unknown>(memory.value.loadI32(0), { ok: true, value: 42 });
 *   assertEquals<unknown>(memory.value.loadI32(65_536), { ok: false, error: { kind: "out-of-bounds" } });
 * }
 * ```
 *
 * @module
 */

export type { InvalidArgument } from "./src/argument.ts";
export * from "./src/result.ts";
export { I32, I64, U16, U32, U64, U8, Usize } from "./src/int/mod.ts";
export type { IntegerType, OutOfRange, Overflow } from "./src/int/mod.ts";
export * from "./src/linear/mod.ts";
export { f32, f64, i32, i64, i64Halves } from "./src/linear/numeric/mod.ts";
export type {
  DivisionError,
  SignedDivisionError,
  TruncationError,
} from "./src/linear/numeric/mod.ts";
export * from "./src/arena/mod.ts";

// Both rooms have a type of this name.
export type { AccessError } from "./src/linear/mod.ts";
export type { AccessError as ArenaAccessError } from "./src/arena/mod.ts";
