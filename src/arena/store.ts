/**
 * Where an arena keeps its bytes, behind one interface that never throws: a buffer of its own, or
 * the memory of a guest.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ArenaAllocationFailed, MemoryFailed } from "./errors.ts";

/** Why a store failed. */
export type StoreError = ArenaAllocationFailed | MemoryFailed;

/** Bytes under an arena. Ranges have been checked against `sizeBytes` before. */
export interface Store {
  /** Whether code that is not the arena's runs right now, in the midst of one of these calls. */
  readonly busy: boolean;
  /** How many bytes there are now. */
  sizeBytes(): number | MemoryFailed;
  /** A copy of some bytes, which nobody else holds. */
  read(offset: number, length: number): Result<Uint8Array<ArrayBuffer>, StoreError>;
  /**
   * Writes the `length` bytes, 1 or more, of an array that others may hold; gives nothing when it
   * cannot be read, or has changed its length meanwhile.
   */
  write(
    offset: number,
    length: number,
    source: Uint8Array,
  ): Result<undefined, StoreError> | undefined;
  /** Clears bytes. */
  clear(offset: number, length: number): Result<undefined, StoreError>;
}

/** What `make` makes, or an error when the engine has no room for `bytes` more. */
export function allocating<T>(bytes: number, make: () => T): Result<T, ArenaAllocationFailed> {
  try {
    return ok(make());
  } catch {
    return err({ kind: "allocation-failed", bytes });
  }
}

/** A store over bytes that nobody else may hold, so that they can be neither detached nor resized. */
export function ownStore(bytes: Uint8Array<ArrayBuffer>): Store {
  return {
    busy: false, // it runs no code but its own
    sizeBytes: () => bytes.length,
    read: (offset, length) => allocating(length, () => bytes.slice(offset, offset + length)),
    write: (offset, length, source) => {
      try {
        bytes.subarray(offset, offset + length).set(source); // throws where it does not fit
        return ok(undefined);
      } catch {
        return undefined;
      }
    },
    clear: (offset, length) => {
      bytes.fill(0, offset, offset + length);
      return ok(undefined);
    },
  };
}
