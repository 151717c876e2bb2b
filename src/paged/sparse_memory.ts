/**
 * The sparse backend.
 *
 * @module
 */

import type { Result } from "../result.ts";
import { type CreateError, type NoRoom, withRoom } from "./fault.ts";
import type { GuestSpace } from "./guest_space.ts";
import { SparseStore } from "./sparse_store.ts";
import { Memory } from "./memory.ts";
import { DEFAULT_SETTINGS, type PagedOptions, readSettings } from "./options.ts";
import type { Access } from "./page.ts";
import { mapFirstPages } from "./region.ts";

/** A memory without pages, as `SparseMemory.create()` makes it, for what has to have one. */
export let emptyMemory: () => SparseMemory;

/**
 * The memory as generated code works on it, for engines; its pages are moved to where that can reach
 * them.
 * Nothing for what is no sparse memory, and when there is no room for it.
 */
export let guestSpaceOf: (value: unknown) => GuestSpace | undefined;

/**
 * Paged memory that holds pages on demand: only those that were written to take room, so that a
 * stack near 4 GiB costs a few pages.
 *
 * @example Mapping, writing, reading
 * ```ts
 * import { SparseMemory } from "@ringfence/core/paged";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const made = SparseMemory.withPages(2, "read-write");
 * assert(made.ok);
 * assert(made.value.writeU32(4094, 0xdead_beef).ok);
 * assertEquals<unknown>(made.value.readU16(4096), { ok: true, value: 0xdead });
 * assertEquals<unknown>(made.value.readU32(8190), {
 *   ok: false,
 *   error: { kind: "page-fault", address: 8192, start: 8190 },
 * });
 * ```
 */
export class SparseMemory extends Memory {
  readonly #store: SparseStore;

  static {
    emptyMemory = () => new SparseMemory(new SparseStore(DEFAULT_SETTINGS));
    guestSpaceOf = (value) => {
      const isOne = typeof value === "object" && value !== null && #store in value;
      return isOne ? value.#store.share() : undefined;
    };
  }

  private constructor(given: SparseStore) {
    // Out of the compiler's sight anything can come; it makes an empty memory.
    const store = SparseStore.isStore(given) ? given : new SparseStore(DEFAULT_SETTINGS);
    super(store);
    this.#store = store;
  }

  /**
   * Makes a memory without mapped pages.
   *
   * @param options Page size, limits, what happens at the end of the address space.
   * @returns The memory. Errors: `invalid-argument`, `no-room`.
   */
  static create(options?: PagedOptions): Result<SparseMemory, CreateError> {
    const settings = readSettings(options);
    return settings.ok
      ? withRoom(() => new SparseMemory(new SparseStore(settings.value)))
      : settings;
  }

  /**
   * Makes a memory whose first pages are mapped and zero.
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
  ): Result<SparseMemory, CreateError> {
    const made = SparseMemory.create(options);
    if (!made.ok) return made;
    const store = made.value.#store;
    const mapped = mapFirstPages(store, pages, access);
    return mapped.ok ? made : mapped;
  }

  /** A copy that shares nothing with this memory. Errors: `no-room`. */
  override clone(): Result<SparseMemory, NoRoom> {
    return withRoom(() => new SparseMemory(this.#store.clone()));
  }
}
