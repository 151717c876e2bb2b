/**
 * The isolated linear memory of a guest.
 *
 * @module
 */

import { type InvalidArgument, invalidArgument } from "../argument.ts";
import { asU32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { Backing, Window } from "./backing.ts";
import { isNatural } from "./bounds.ts";
import { MemoryAccess } from "./bulk.ts";
import { lendBacking, type LentMemory } from "./lease.ts";
import { type ConstructionError, PAGE_SIZE, PAGES_MAX } from "./limits.ts";
import { readOptions } from "./options.ts";

/** What else a memory can be made with. */
export interface MemoryOptions {
  /**
   * The size of a page, in bytes: a power of two from 1 to 65,536, which it is when left out
   * (WebAssembly proposal: custom page sizes). Small pages make memories small enough to prove
   * things about completely.
   */
  readonly pageSizeBytes?: number | undefined;
}

/** The most pages that a request may name before it counts as no number of pages at all. */
const REQUEST_MAX = 0xffff_ffff;

/** The page size that some options ask for, 0 when it is impossible; nothing when they are none. */
function pageSizeOf(options: MemoryOptions | undefined): number | undefined {
  if (options === undefined) return PAGE_SIZE;
  return readOptions(
    options,
    ({ pageSizeBytes = PAGE_SIZE }) =>
      isNatural(pageSizeBytes, PAGE_SIZE) && PAGE_SIZE % pageSizeBytes === 0 ? pageSizeBytes : 0,
  );
}

/** Lends a memory, or gives nothing for every other value: the brand alone is asked. */
export let lendMemory: (value: unknown) => LentMemory | undefined;

/** Why a memory cannot begin with so many pages of so many; nothing when it can. */
function refusal(initialPages: number, maxPages: number): ConstructionError | undefined {
  if (!isNatural(initialPages, REQUEST_MAX)) {
    return { kind: "limit-out-of-range", limit: "initialPages" };
  }
  if (!isNatural(maxPages, PAGES_MAX)) return { kind: "limit-out-of-range", limit: "maxPages" };
  return initialPages > maxPages
    ? {
      kind: "memory-initial-exceeds-max",
      initial: asU32(initialPages),
      max: asU32(maxPages),
    }
    : undefined;
}

/**
 * The linear memory of one guest: up to `maxPages` pages, of which the first `pageCount` are active.
 *
 * No operation throws, whatever it is given, and none reaches a byte outside the active pages.
 *
 * @example Store, load, and run off the end
 * ```ts
 * import { IsolatedMemory } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 4);
 * assert(memory.ok);
 * assert(memory.value.storeI32(65_532, -5).ok);
 * assertEquals<unknown>(memory.value.loadI32(65_532), { ok: true, value: -5 });
 * assertEquals(memory.value.loadI32(65_533), { ok: false, error: { kind: "out-of-bounds" } });
 * assertEquals(memory.value.grow(3), 1);
 * assertEquals(memory.value.grow(1), -1);
 * ```
 */
export class IsolatedMemory extends MemoryAccess {
  readonly #window: Window;

  static {
    lendMemory = (value) =>
      typeof value === "object" && value !== null && #window in value
        ? lendBacking(value.#window.backing)
        : undefined;
  }

  private constructor(window: Window) {
    super(window);
    this.#window = Window.from(window);
  }

  /**
   * Makes a memory of zeros.
   *
   * The engine reserves address space for each memory, and gives it back when the memory is garbage:
   * hundreds of thousands can be made one after the other, but only some thousands can be alive
   * (Node 20 refuses at about 13,000, which gives `allocation-failed`). Those who need more share one.
   *
   * @param initialPages The active pages to begin with: 0 to `maxPages`.
   * @param maxPages The most it may grow to: 0 to 65,536 pages.
   * @param options The size of a page, for other than 65,536 bytes; read once.
   * @returns The memory. Errors: `memory-initial-exceeds-max`, `limit-out-of-range` (`initialPages`,
   * `maxPages`, `pageSizeBytes`), `invalid-argument` for options that are no object or cannot be
   * read, `allocation-failed`. Spec: Wasm core 2.0, 4.5.3.3.
   */
  static create(
    initialPages: number,
    maxPages: number,
    options?: MemoryOptions,
  ): Result<IsolatedMemory, ConstructionError | InvalidArgument> {
    const pageBytes = pageSizeOf(options);
    const refused = refusal(initialPages, maxPages);
    if (refused?.kind === "limit-out-of-range") return err(refused);
    if (pageBytes === undefined) {
      return invalidArgument("options", "memory options, or undefined", options);
    }
    if (pageBytes === 0) return err({ kind: "limit-out-of-range", limit: "pageSizeBytes" });
    if (refused !== undefined) return err(refused);
    const backing = Backing.create(initialPages, maxPages, pageBytes);
    return backing === undefined
      ? err({ kind: "allocation-failed", bytes: initialPages * pageBytes })
      : ok(new IsolatedMemory(backing.openWindow()));
  }

  /**
   * Begins anew in place: `initialPages` active pages, all zero. Leases go on, and see it.
   *
   * Bytes that were active before are written over with zeros, which takes the time, and commits the
   * memory, of as many; a fresh memory costs neither.
   *
   * @param initialPages The active pages to begin with: 0 to `maxPages`.
   * @returns Nothing. Errors, nothing changed: `memory-initial-exceeds-max`, `limit-out-of-range`
   * (`initialPages`), `allocation-failed`. Spec: Wasm core 2.0, 4.5.3.3.
   */
  init(initialPages: number): Result<void, ConstructionError> {
    const { backing } = this.#window;
    const refused = refusal(initialPages, backing?.maxPages ?? 0);
    if (refused !== undefined) return err(refused);
    if (backing === undefined || backing.restart(initialPages)) return ok(undefined);
    return err({ kind: "allocation-failed", bytes: initialPages * backing.pageBytes });
  }

  /**
   * The active bytes, as they are: what is written through the view is in the memory.
   *
   * The view is made anew at each call. No standard operation breaks the memory through it: its
   * buffer can be neither detached nor resized. Keep it from code that would mark the buffer as
   * untransferable (`markAsUntransferable` of `node:worker_threads`): Deno then aborts the whole
   * process when the memory grows, as it does for a bare `WebAssembly.Memory`. After `grow` or
   * `init` the view may be empty or stale; ask again.
   *
   * @returns A view of exactly `activeSize` bytes.
   */
  asSlice(): Uint8Array {
    const { bytes } = this.#window;
    return new Uint8Array(bytes.buffer, 0, bytes.length);
  }

  /**
   * Lends the memory, until `revoke` is called.
   *
   * @returns The lease for the borrower, and what ends it.
   */
  lend(): LentMemory {
    return lendBacking(this.#window.backing);
  }
}
