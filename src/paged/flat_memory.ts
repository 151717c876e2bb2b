/**
 * The flat backend.
 *
 * @module
 */

import type { Result } from "../result.ts";
import { type CreateError, type NoRoom, withRoom } from "./fault.ts";
import { FlatStore } from "./flat_store.ts";
import { Memory } from "./memory.ts";
import { DEFAULT_SETTINGS, type PagedOptions, readSettings } from "./options.ts";
import type { Access } from "./page.ts";
import { mapFirstPages } from "./region.ts";

/**
 * Paged memory in one buffer from address 0 on: the JAVM original's `CopyingMemory`.
 *
 * Fast, and as large as its highest mapped page is high; for memories with holes use `SparseMemory`.
 *
 * @example Mapping, writing, reading
 * ```ts
 * import { FlatMemory } from "@ringfence/core/paged";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const made = FlatMemory.withPages(2, "read-write");
 * assert(made.ok);
 * assert(made.value.writeU32(4094, 0xdead_beef).ok);
 * assertEquals<unknown>(made.value.readU16(4096), { ok: true, value: 0xdead });
 * assertEquals<unknown>(made.value.readU32(8190), {
 *   ok: false,
 *   error: { kind: "page-fault", address: 8192, start: 8190 },
 * });
 * ```
 */
export class FlatMemory extends Memory {
  readonly #store: FlatStore;

  private constructor(given: FlatStore) {
    // Out of the compiler's sight anything can come; it makes an empty memory.
    const store = FlatStore.isStore(given) ? given : new FlatStore(DEFAULT_SETTINGS);
    super(store);
    this.#store = store;
  }

  /**
   * Makes a memory without mapped pages.
   *
   * @param options Page size, limits, what happens at the end of the address space.
   * @returns The memory. Errors: `invalid-argument`, `no-room`.
   */
  static create(options?: PagedOptions): Result<FlatMemory, CreateError> {
    const settings = readSettings(options);
    return settings.ok ? withRoom(() => new FlatMemory(new FlatStore(settings.value))) : settings;
  }

  /**
   * Makes a memory whose buffer holds the first pages, zero. With an access of none they allow
   * nothing, but the buffer reaches over them.
   *
   * @param pages How many, from 0 to 2^32 divided by the page size.
   * @param access What they allow.
   * @param options Page size, limits, what happens at the end of the address space.
   * @returns The memory. Errors: `invalid-argument`, `reserved`, `limit-exceeded`, `no-room`.
   */
  static withPages(
    pages: number,
    access: Access,
    options?: PagedOptions,
  ): Result<FlatMemory, CreateError> {
    const made = FlatMemory.create(options);
    if (!made.ok) return made;
    const store = made.value.#store;
    const mapped = mapFirstPages(store, pages, access, (count) => store.extend(count));
    return mapped.ok ? made : mapped;
  }

  /** A copy that shares nothing with this memory. Errors: `no-room`. */
  override clone(): Result<FlatMemory, NoRoom> {
    return withRoom(() => new FlatMemory(this.#store.clone()));
  }
}
