/**
 * WebAssembly linear memory, tables and modules whose every operation returns.
 *
 * Numeric operations: `@ringfence/core/linear/numeric`.
 *
 * @module
 */

// Limits and traps
export * from "./limits.ts";
export * from "./trap.ts";
// Memory
export type { LeaseExpired, MemoryFault } from "./fault.ts";
export { LEASE_EXPIRED } from "./fault.ts";
export type { I64Halves, LoadAccess } from "./load.ts";
export type { NarrowLoadAccess } from "./load_narrow.ts";
export type { AccessError, StoreAccess } from "./store.ts";
export type { MemoryAccess } from "./bulk.ts";
export { MemoryLease } from "./lease.ts";
export type { LentMemory } from "./lease.ts";
export { IsolatedMemory } from "./memory.ts";
export type { MemoryOptions } from "./memory.ts";
export { DataSegment } from "./segment.ts";
// Tables and modules
export type { InvalidArgument } from "../argument.ts";
export type { I32, I64, IntegerType, OutOfRange, Overflow } from "../int/mod.ts";
export type { U16, U32, U64, U8, Usize } from "../int/mod.ts";
export type { Err, Ok, Result } from "../result.ts";
export { callIndirect } from "./call_indirect.ts";
export type { CallIndirectError } from "./call_indirect.ts";
export { ElementSegment } from "./element_segment.ts";
export { LibraryModule } from "./library_module.ts";
export type { CallbackThrew } from "./library_module.ts";
export { Module } from "./module.ts";
export type { LibraryModuleOptions, ModuleOptions } from "./module.ts";
export { Table } from "./table.ts";
export type { TableError } from "./table.ts";
export type { Entry, EntryInput } from "./table_slots.ts";
