/**
 * The limits of memories and tables, and why one could not be made.
 *
 * @module
 */

import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";

/** The size of a page, in bytes (Wasm core 2.0, 4.2.8). */
export const PAGE_SIZE: U32 = asU32(65_536);

/** The most pages a memory may have: 4 GiB in all (Wasm core 2.0, 3.2.5). */
export const PAGES_MAX: U32 = asU32(65_536);

/** The most slots a table may have (Wasm JavaScript interface 2.0, 10). */
export const TABLE_SLOTS_MAX: U32 = asU32(10_000_000);

/** The memory was asked to begin with more pages than it may have. */
export interface MemoryInitialExceedsMax {
  /** Tells this error from the others. */
  readonly kind: "memory-initial-exceeds-max";
  /** The pages asked for. */
  readonly initial: U32;
  /** The most it may have, in pages. */
  readonly max: U32;
}

/** The table was asked to begin with more slots than it may have. */
export interface TableInitialExceedsMax {
  /** Tells this error from the others. */
  readonly kind: "table-initial-exceeds-max";
  /** The slots asked for. */
  readonly initial: U32;
  /** The most it may have, in slots. */
  readonly max: U32;
}

/** A limit is no whole number, or beyond what is possible. */
export interface LimitOutOfRange {
  /** Tells this error from the others. */
  readonly kind: "limit-out-of-range";
  /** The name of the limit. */
  readonly limit: string;
}

/** The engine has no room for the bytes now; a smaller request, or a later one, can succeed. */
export interface AllocationFailed {
  /** Tells this error from the others. */
  readonly kind: "allocation-failed";
  /** The bytes asked for. */
  readonly bytes: number;
}

/** Why a memory or a table could not be made. */
export type ConstructionError =
  | MemoryInitialExceedsMax
  | TableInitialExceedsMax
  | LimitOutOfRange
  | AllocationFailed;
