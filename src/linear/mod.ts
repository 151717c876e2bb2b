/**
 * WebAssembly linear memory, tables, modules and numeric operations whose every operation returns.
 *
 * @module
 */

// Limits and traps
export * from "./limits.ts";
export * from "./trap.ts";
// Memory
// Tables and modules
// Numeric operations
