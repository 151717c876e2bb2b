/**
 * Leases: access to a memory that ends when the lender says so.
 *
 * @module
 */

import { type Backing, Window } from "./backing.ts";
import { MemoryAccess } from "./bulk.ts";

/**
 * A memory lent for a while: the run-time form of a borrow.
 *
 * Every operation works on the lender's memory, growth included. Once revoked, every one gives
 * `lease-expired` (`size` and `grow` give -1), also from a callback that runs later, and so do the
 * unboxed and unchecked accesses made from it. It hands out copies, never views.
 *
 * @example A lease that is over
 * ```ts
 * import { IsolatedMemory } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 1);
 * assert(memory.ok);
 * const { lease, revoke } = memory.value.lend();
 * assert(lease.storeI32(0, 7).ok);
 * revoke();
 * assertEquals(lease.loadI32(0), { ok: false, error: { kind: "lease-expired" } });
 * assertEquals<unknown>(memory.value.loadI32(0), { ok: true, value: 7 });
 * ```
 */
export class MemoryLease extends MemoryAccess {}

/** A lease, and the end of it. */
export interface LentMemory {
  /** The access that the borrower gets. */
  readonly lease: MemoryLease;
  /** Ends it, for good. Revoking again changes nothing. */
  readonly revoke: () => void;
}

/** Lends the memory of some bytes; nothing behind it gives a lease that is over from the start. */
export function lendBacking(backing: Backing | undefined): LentMemory {
  const window = backing?.openWindow() ?? new Window();
  return { lease: new MemoryLease(window), revoke: () => window.close() };
}
