/**
 * Modules: a memory of their own, a table and global variables.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ConstructionError } from "./limits.ts";
import { IsolatedMemory } from "./memory.ts";
import { readOptions } from "./options.ts";
import { Table } from "./table.ts";

/** What every module is made from: the limits of its table, and its global variables. */
export interface LibraryModuleOptions<G> {
  /** How many slots the table begins with: 0 to `maxSlots`. */
  readonly initialSlots: number;
  /** How many slots the table may ever have: 0 to `TABLE_SLOTS_MAX`. */
  readonly maxSlots: number;
  /** The global variables; any value, which the module hands out as it is. */
  readonly globals: G;
}

/** What a module with a memory is made from. */
export interface ModuleOptions<G> extends LibraryModuleOptions<G> {
  /** How many pages the memory begins with: 0 to `maxPages`. */
  readonly initialPages: number;
  /** How many pages the memory may ever have: 0 to 65,536. */
  readonly maxPages: number;
  /** The size of a page in bytes, where it is not 65,536; see `MemoryOptions`. */
  readonly pageSizeBytes?: number | undefined;
}

/**
 * A module that owns its memory, its table and its global variables: nothing else reaches them.
 *
 * Spec: Wasm core 2.0, 4.2.5 and 4.5.4.
 *
 * @example Two modules share nothing
 * ```ts
 * import { Module } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const limits = { initialPages: 1, maxPages: 4, initialSlots: 2, maxSlots: 8 };
 * const one = Module.create({ ...limits, globals: { counter: 0 } });
 * const two = Module.create({ ...limits, globals: { counter: 0 } });
 * assert(one.ok && two.ok);
 * assert(one.value.memory.storeI32(0, -1).ok);
 * one.value.globals.counter += 1;
 * assertEquals<unknown>(two.value.memory.loadI32(0), { ok: true, value: 0 });
 * assertEquals(two.value.globals.counter, 0);
 * ```
 */
export class Module<G> {
  /** The module's own memory. */
  readonly memory: IsolatedMemory;
  /** The module's own table. */
  readonly table: Table;
  /** The module's global variables, as they were given. */
  globals: G;

  private constructor(memory: IsolatedMemory, table: Table, globals: G) {
    this.memory = memory;
    this.table = table;
    this.globals = globals;
  }

  /**
   * Makes a module with a zeroed memory and an empty table.
   *
   * @param options The limits and the globals; each is read once.
   * @returns The module. Errors: `limit-out-of-range` naming the option; `table-initial-exceeds-max`;
   *   `memory-initial-exceeds-max`; `allocation-failed`; `invalid-argument` for options that are no
   *   object or cannot be read. Those of the table come first.
   */
  static create<G>(
    options: ModuleOptions<G>,
  ): Result<Module<G>, ConstructionError | InvalidArgument> {
    const given = readOptions(
      options,
      ({ initialPages, maxPages, pageSizeBytes, initialSlots, maxSlots, globals }) => ({
        initialPages,
        maxPages,
        pageSizeBytes,
        initialSlots,
        maxSlots,
        globals,
      }),
    );
    if (given === undefined) return invalidArgument("options", "module options", options);
    const table = Table.create(given.initialSlots, given.maxSlots);
    if (!table.ok) return table;
    const memory = IsolatedMemory.create(given.initialPages, given.maxPages, {
      pageSizeBytes: given.pageSizeBytes,
    });
    return memory.ok ? ok(new Module(memory.value, table.value, given.globals)) : memory;
  }
}
