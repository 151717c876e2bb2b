/**
 * The reference models: what each operation means, written from the specifications alone.
 *
 * They are slow and plain on purpose: exact integers and lists, no typed arrays, no caches, no
 * mutation that shows outside a function. An operation takes the whole state and gives the next state
 * and an outcome. They import nothing, so that a mistake of the implementation cannot be theirs too.
 *
 * Each is named after the part of `@ringfence/core` that it specifies.
 *
 * @example A memory of one page of four bytes
 * ```ts
 * import { linearMemory } from "@ringfence/core/model";
 * import { assertEquals } from "@std/assert";
 *
 * const made = linearMemory.create(1, 1, { pageSizeBytes: 4 });
 * if ("ok" in made) {
 *   assertEquals(linearMemory.write(made.ok, 2, [7, 8]).outcome, { ok: null });
 *   assertEquals(linearMemory.write(made.ok, 3, [7, 8]).outcome, { trap: "out-of-bounds" });
 * }
 * ```
 *
 * @module
 */

export * as arena from "./arena.ts";
export * as arenaCodec from "./arena_codec.ts";
export * as arenaHost from "./arena_host.ts";
export * as arenaUtf8 from "./arena_utf8.ts";
export * as int from "./int.ts";
export * as linearMemory from "./linear_memory.ts";
export * as linearMemoryAccess from "./linear_memory_access.ts";
export * as linearMemoryValue from "./linear_memory_value.ts";
export * as linearNumeric from "./linear_numeric.ts";
export * as linearNumericFloat from "./linear_numeric_float.ts";
export * as linearNumericInteger from "./linear_numeric_integer.ts";
export * as linearNumericOperations from "./linear_numeric_operations.ts";
export * as linearNumericRounding from "./linear_numeric_rounding.ts";
export * as linearSlot from "./linear_slot.ts";
export * as linearTable from "./linear_table.ts";
export * as wide from "./wide.ts";
