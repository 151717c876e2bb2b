/**
 * Library modules: a table and global variables, and the memory of whoever calls them.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { LentMemory, MemoryLease } from "./lease.ts";
import type { LimitOutOfRange, TableInitialExceedsMax } from "./limits.ts";
import { type IsolatedMemory, lendMemory } from "./memory.ts";
import type { LibraryModuleOptions } from "./module.ts";
import { readOptions } from "./options.ts";
import { Table } from "./table.ts";

/** The callback did not return: it threw, or the stack ended. The memory is as it left it. */
export interface CallbackThrew {
  /** Tells this error from the others. */
  readonly kind: "callback-threw";
  /** What it threw: any value, untouched. */
  readonly thrown: unknown;
}

/**
 * A module without a memory of its own, as a shared library: it borrows its caller's for one call.
 *
 * Spec: Wasm core 2.0, 4.2.5 (a module that imports its memory).
 *
 * @example A lease that outlives the call is worth nothing
 * ```ts
 * import { IsolatedMemory, LibraryModule } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 1);
 * const library = LibraryModule.create({ initialSlots: 0, maxSlots: 0, globals: { calls: 0 } });
 * assert(memory.ok && library.ok);
 * const kept = library.value.withMemory(memory.value, (lease) => {
 *   library.value.globals.calls += 1;
 *   lease.storeI32(0, 42);
 *   return lease;
 * });
 * assert(kept.ok);
 * assertEquals<unknown>(memory.value.loadI32(0), { ok: true, value: 42 });
 * assertEquals(kept.value.loadI32(0), { ok: false, error: { kind: "lease-expired" } });
 * ```
 */
export class LibraryModule<G> {
  /** The module's own table. */
  readonly table: Table;
  /** The module's global variables, as they were given. */
  globals: G;

  private constructor(table: Table, globals: G) {
    this.table = table;
    this.globals = globals;
  }

  /**
   * Makes a library module with an empty table.
   *
   * @param options The limits of the table and the globals; each is read once.
   * @returns The module. Errors: `limit-out-of-range` naming the option; `table-initial-exceeds-max`;
   *   `invalid-argument` for options that are no object or cannot be read.
   */
  static create<G>(
    options: LibraryModuleOptions<G>,
  ): Result<LibraryModule<G>, TableInitialExceedsMax | LimitOutOfRange | InvalidArgument> {
    const given = readOptions(options, ({ initialSlots, maxSlots, globals }) => ({
      initialSlots,
      maxSlots,
      globals,
    }));
    if (given === undefined) return invalidArgument("options", "library module options", options);
    const table = Table.create(given.initialSlots, given.maxSlots);
    return table.ok ? ok(new LibraryModule(table.value, given.globals)) : table;
  }

  /**
   * Runs a callback that may use a caller's memory, through a lease that ends with the call.
   *
   * The lease ends when the callback returns or throws. An async callback returns at its first
   * `await`, so it can use the lease before that and no later; its promise is the value. Calls may
   * be nested, for the same memory too and through any number of libraries: each has a lease of its
   * own, and each lease is good until its own call ends, whatever becomes of the others. Only the
   * owner can lend: a lease is refused as `memory`.
   *
   * @param memory The memory to lend.
   * @param callback What to run, with the lease as its only argument.
   * @returns What the callback returned. Errors: `callback-threw`; `invalid-argument`, and then
   *   nothing was run.
   */
  withMemory<R>(
    memory: IsolatedMemory,
    callback: (lease: MemoryLease) => R,
  ): Result<R, CallbackThrew | InvalidArgument> {
    if (typeof callback !== "function") {
      return invalidArgument("callback", "a function", callback);
    }
    let loan: LentMemory | undefined;
    try {
      // Once for nothing: what ends a lease is then compiled and has had room on the stack. Without
      // this, a callback that runs where the stack ends can keep its lease.
      lendMemory(memory)?.revoke();
      loan = lendMemory(memory);
    } catch (thrown) {
      return err({ kind: "callback-threw", thrown }); // the stack has ended, before the callback ran
    }
    if (loan === undefined) return invalidArgument("memory", "an IsolatedMemory", memory);
    try {
      return ok(callback(loan.lease));
    } catch (thrown) {
      return err({ kind: "callback-threw", thrown });
    } finally {
      loan.revoke();
    }
  }
}
