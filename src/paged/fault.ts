/**
 * Why an operation on a paged memory failed, as error values and as the status numbers of the
 * unboxed tier.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU32 } from "../int/mod.ts";
import type { U32, Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";

/** An access touches a page that does not allow it. Nothing was changed. */
export interface AccessFault<K extends "page-fault" | "write-protected" | "reserved"> {
  /** Tells this error from the others. */
  readonly kind: K;
  /**
   * The start of the first page, in the order in which the access touches them, that does not allow
   * it. A byte beyond the end of the address space counts as on page 0. (Gray Paper's fault address.)
   */
  readonly address: U32;
  /** Where the access starts (JAVM's fault address is this, rounded down to a page). */
  readonly start: U32;
}

/** An access touches an inaccessible page. */
export type PageFault = AccessFault<"page-fault">;
/** A write touches a page that can only be read. */
export type WriteProtected = AccessFault<"write-protected">;
/** An access or a mapping touches an address below the reserved ones' end. */
export type Reserved = AccessFault<"reserved">;

/** Why an access of a guest failed. */
export type PagedFault = PageFault | WriteProtected | Reserved;

/** The start of a region is no multiple of the page size. */
export interface UnalignedStart {
  /** Tells this error from the others. */
  readonly kind: "unaligned-start";
  /** The start asked for. */
  readonly start: Usize;
}

/** The size of a region is no multiple of the page size. */
export interface UnalignedSize {
  /** Tells this error from the others. */
  readonly kind: "unaligned-size";
  /** The size asked for, in bytes. */
  readonly size: Usize;
}

/** A region reaches beyond the address space of 2^32 bytes. */
export interface RegionOverflow {
  /** Tells this error from the others. */
  readonly kind: "overflow";
  /** The start asked for. */
  readonly start: Usize;
  /** The size asked for, in bytes. */
  readonly size: Usize;
}

/** More bytes would be mapped than the limit of the memory allows. */
export interface LimitExceeded {
  /** Tells this error from the others. */
  readonly kind: "limit-exceeded";
  /** What would be mapped in all, in bytes. */
  readonly neededBytes: Usize;
  /** The limit, in bytes. */
  readonly limitBytes: Usize;
}

/**
 * The engine, or the page table (see `PagedOptions`), has no room for this now; a smaller request, or
 * a later one, can succeed.
 */
export interface NoRoom {
  /** Tells this error from the others. */
  readonly kind: "no-room";
}

/** The heap cannot grow by the bytes asked for. */
export interface HeapExhausted {
  /** Tells this error from the others. */
  readonly kind: "heap-exhausted";
  /** The bytes asked for. */
  readonly requestedBytes: U32;
  /** Where the heap ends, and still does. */
  readonly top: Usize;
}

/** Why a typed read failed. */
export type ReadError = PagedFault | InvalidArgument;
/** Why a typed write, or a read or write of a range, failed. */
export type TransferError = PagedFault | NoRoom | InvalidArgument;
/** Why the access of a region could not be changed. */
export type RegionError =
  | UnalignedStart
  | UnalignedSize
  | RegionOverflow
  | PagedFault
  | LimitExceeded
  | NoRoom
  | InvalidArgument;
/** Why a memory could not be made. */
export type CreateError = LimitExceeded | NoRoom | Reserved | InvalidArgument;

/** The engine had no room. */
export const NO_ROOM: NoRoom = Object.freeze({ kind: "no-room" });

/** What is made, when nothing but a lack of room can make that throw. */
export function withRoom<T>(make: () => T): Result<T, NoRoom> {
  try {
    return ok(make());
  } catch {
    return err(NO_ROOM);
  }
}

/** The status of an access that happened. */
export const STATUS_OK = 0;
/** The status of a store for which the engine had no room: not the guest's doing. */
export const STATUS_NO_ROOM = 3;
/** The status of a call with an argument of the wrong type: not the guest's doing. */
export const STATUS_INVALID = 7;

// A page starts at a multiple of four, so its low two bits are free for the kind of failure.
const KIND_MASK = 3;
const INACCESSIBLE = 1;
const PROTECTED = 2;

/** The status of an access that meets an inaccessible page. */
export function inaccessibleAt(pageStart: number): number {
  return pageStart | INACCESSIBLE;
}

/** The status of a write that meets a read-only page. */
export function protectedAt(pageStart: number): number {
  return pageStart | PROTECTED;
}

/** What a status says. */
export interface StatusReport {
  /** How the access ended; `no-room` and `invalid-argument` are not the guest's doing. */
  readonly kind: "ok" | "page-fault" | "write-protected" | "no-room" | "invalid-argument";
  /** The start of the first page that does not allow the access; 0 when it is not about a page. */
  readonly address: U32;
}

/**
 * Reads a status of the unboxed tier. It knows no reserved pages: those are inaccessible ones whose
 * address is below the memory's `reservedBytes`.
 *
 * @param status What a load or store of the unboxed tier gave. Any other value reads as
 *   `invalid-argument`, which is also the status of a call that was none.
 * @returns How the access ended, and the start of the first page that does not allow it.
 *
 * Errors: none. Spec: Gray Paper, appendix A (memory exceptions).
 *
 * @example A load of an inaccessible page
 * ```ts
 * import { readStatus, SparseMemory } from "@ringfence/core/paged";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const made = SparseMemory.create();
 * assert(made.ok);
 * const status = made.value.loadU8(0x2_1004, new Int32Array(2), 0);
 * assertEquals(readStatus(status), { kind: "page-fault", address: 0x2_1000 });
 * ```
 */
export function readStatus(status: number): StatusReport {
  if (status === STATUS_OK) return { kind: "ok", address: asU32(0) };
  if (status === STATUS_NO_ROOM) return { kind: "no-room", address: asU32(0) };
  if (typeof status === "number" && (status | 0) === status) {
    const address = asU32((status & ~KIND_MASK) >>> 0);
    if ((status & KIND_MASK) === INACCESSIBLE) return { kind: "page-fault", address };
    if ((status & KIND_MASK) === PROTECTED) return { kind: "write-protected", address };
  }
  return { kind: "invalid-argument", address: asU32(0) };
}

/** The fault that a status other than ok, no room and invalid stands for. */
export function faultOf(status: number, start: number, reservedBytes: number): PagedFault {
  const { kind, address } = readStatus(status);
  const where = { address, start: asU32(start) };
  if (kind === "write-protected") return { kind, ...where };
  return { kind: address < reservedBytes ? "reserved" : "page-fault", ...where };
}
