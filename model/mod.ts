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
export * as kernelAssist from "./kernel_assist.ts";
export * as kernelCache from "./kernel_cache.ts";
export * as kernelCacheHandles from "./kernel_cache_handles.ts";
export * as kernelCacheStore from "./kernel_cache_store.ts";
export * as kernelCaps from "./kernel_caps.ts";
export * as kernelCompat from "./kernel_compat.ts";
export * as kernelCompatBuild from "./kernel_compat_build.ts";
export * as kernelCompatData from "./kernel_compat_data.ts";
export * as kernelCompatDone from "./kernel_compat_done.ts";
export * as kernelCompatEcall from "./kernel_compat_ecall.ts";
export * as kernelCompatEnd from "./kernel_compat_end.ts";
export * as kernelCompatEnter from "./kernel_compat_enter.ts";
export * as kernelCompatObjects from "./kernel_compat_objects.ts";
export * as kernelCompatSpawn from "./kernel_compat_spawn.ts";
export * as kernelCompatState from "./kernel_compat_state.ts";
export * as kernelImage from "./kernel_image.ts";
export * as kernelShapes from "./kernel_shapes.ts";
export * as kernelSlots from "./kernel_slots.ts";
export * as kernelSsz from "./kernel_ssz.ts";
export * as kernelSszRead from "./kernel_ssz_read.ts";
export * as kernelSszRoot from "./kernel_ssz_root.ts";
export * as kernelStack from "./kernel_stack.ts";
export * as kernelV3 from "./kernel_v3.ts";
export * as kernelV3Call from "./kernel_v3_call.ts";
export * as kernelV3Caps from "./kernel_v3_caps.ts";
export * as kernelV3End from "./kernel_v3_end.ts";
export * as kernelV3Enter from "./kernel_v3_enter.ts";
export * as kernelV3Gas from "./kernel_v3_gas.ts";
export * as kernelV3Hash from "./kernel_v3_hash.ts";
export * as kernelV3Image from "./kernel_v3_image.ts";
export * as kernelV3Images from "./kernel_v3_images.ts";
export * as kernelV3Invoke from "./kernel_v3_invoke.ts";
export * as kernelV3Kernel from "./kernel_v3_kernel.ts";
export * as kernelV3KernelCall from "./kernel_v3_kernel_call.ts";
export * as kernelV3Memory from "./kernel_v3_memory.ts";
export * as kernelV3OpImages from "./kernel_v3_op_images.ts";
export * as kernelV3OpSlots from "./kernel_v3_op_slots.ts";
export * as kernelV3Resume from "./kernel_v3_resume.ts";
export * as kernelV3Slots from "./kernel_v3_slots.ts";
export * as kernelV3Stack from "./kernel_v3_stack.ts";
export * as kernelV3State from "./kernel_v3_state.ts";
export * as kernelV3Store from "./kernel_v3_store.ts";
export * as kernelV3Values from "./kernel_v3_values.ts";
export * as kernelV3Yield from "./kernel_v3_yield.ts";
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
