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
export * as linearModule from "./linear_module.ts";
export * as linearNumeric from "./linear_numeric.ts";
export * as linearNumericFloat from "./linear_numeric_float.ts";
export * as linearNumericInteger from "./linear_numeric_integer.ts";
export * as linearNumericOperations from "./linear_numeric_operations.ts";
export * as linearNumericRounding from "./linear_numeric_rounding.ts";
export * as linearSlot from "./linear_slot.ts";
export * as linearTable from "./linear_table.ts";
export * as paged from "./paged.ts";
export * as pagedHeap from "./paged_heap.ts";
export * as pagedRegions from "./paged_regions.ts";
export * as pvm from "./pvm.ts";
export * as pvmAlu from "./pvm_alu.ts";
export * as pvmBlocks from "./pvm_blocks.ts";
export * as pvmDecode from "./pvm_decode.ts";
export * as pvmEffect from "./pvm_effect.ts";
export * as pvmForms from "./pvm_forms.ts";
export * as pvmHost from "./pvm_host.ts";
export * as pvmHostCore from "./pvm_host_core.ts";
export * as pvmHostMemory from "./pvm_host_memory.ts";
export * as pvmHostRun from "./pvm_host_run.ts";
export * as pvmHostState from "./pvm_host_state.ts";
export * as pvmOpcodes from "./pvm_opcodes.ts";
export * as pvmPipeline from "./pvm_pipeline.ts";
export * as pvmProgram from "./pvm_program.ts";
export * as pvmProgramFields from "./pvm_program_fields.ts";
export * as pvmProgramStart from "./pvm_program_start.ts";
export * as pvmProgramText from "./pvm_program_text.ts";
export * as wide from "./wide.ts";
