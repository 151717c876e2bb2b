/**
 * The reference model of modules, and of library modules that borrow a memory for one call.
 *
 * @module
 */

import { create as createMemory } from "./linear_memory.ts";
import type { Memory, Outcome, Step } from "./linear_memory.ts";
import { create as createTable } from "./linear_table.ts";
import type { Table } from "./linear_table.ts";

/** A module: what it owns. */
export interface Module {
  /** Its memory. */
  readonly memory: Memory;
  /** Its table. */
  readonly table: Table;
  /** Its global variables. */
  readonly globals: unknown;
}

/** A library module owns no memory. */
export type LibraryModule = Omit<Module, "memory">;

/** What the options say, each property read; nothing when they are no object or its code threw. */
function read(options: unknown, names: readonly string[]): readonly unknown[] | undefined {
  if (typeof options !== "object" || options === null) return undefined;
  try {
    return names.map((name) => Reflect.get(options, name));
  } catch {
    return undefined;
  }
}

/** Makes a library module. */
export function createLibrary(options: unknown): Outcome<LibraryModule> {
  const given = read(options, ["initialSlots", "maxSlots", "globals"]);
  if (given === undefined) return { invalid: "options" };
  const [initialSlots, maxSlots, globals] = given;
  const table = createTable(initialSlots, maxSlots);
  return "ok" in table ? { ok: { table: table.ok, globals } } : table;
}

/** Makes a module with a memory: what a library module is, and then the memory. */
export function create(options: unknown): Outcome<Module> {
  const given = read(options, ["initialPages", "maxPages", "pageSizeBytes"]);
  if (given === undefined) return { invalid: "options" };
  const bare = createLibrary(options);
  if (!("ok" in bare)) return bare;
  const [initialPages, maxPages, pageSizeBytes] = given;
  const memory = createMemory(initialPages, maxPages, { pageSizeBytes });
  return "ok" in memory ? { ok: { ...bare.ok, memory: memory.ok } } : memory;
}

/** A memory and every loan of it there ever was: whether the call that borrowed it still runs. */
export interface Lending {
  /** Its memory. */
  readonly memory: Memory;
  /** Whether each loan is still good, in their order. */
  readonly loans: readonly boolean[];
}

/** A call begins: the last of the loans is its own. */
export function begin({ memory, loans }: Lending): Lending {
  return { memory, loans: [...loans, true] };
}

/** The call that has the given loan ends, however it does. */
export function end({ memory, loans }: Lending, loan: number): Lending {
  return { memory, loans: loans.map((open, index) => open && index !== loan) };
}

/** An operation through a lease: that of the memory while the call runs, and an error ever after. */
export function use<T>(
  state: Lending,
  loan: number,
  operation: (memory: Memory) => Step<T>,
): { readonly state: Lending; readonly outcome: Outcome<T> } {
  if (state.loans[loan] !== true) return { state, outcome: { trap: "lease-expired" } };
  const { state: memory, outcome } = operation(state.memory);
  return { state: { ...state, memory }, outcome };
}
