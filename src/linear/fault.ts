/**
 * Why an access to memory was refused.
 *
 * @module
 */

import type { TrapOf } from "./trap.ts";

/** A lease was used after it had been revoked. */
export interface LeaseExpired {
  /** Tells this error from the others. */
  readonly kind: "lease-expired";
}

/** An access outside the active memory, or through a lease that is over. */
export type MemoryFault = TrapOf<"out-of-bounds"> | LeaseExpired;

/** A lease was used after it had been revoked. */
export const LEASE_EXPIRED: LeaseExpired = Object.freeze({ kind: "lease-expired" });
