/**
 * What keeps the blobs of a directory: bytes under the hash of the capability that they encode.
 *
 * @module
 */

import type { Result } from "../result.ts";
import type { TooLarge } from "./errors.ts";
import type { CapHash } from "./hash.ts";

/** Bytes and the hash under which they are kept. */
export interface StoreEntry {
  /** The hash of the capability. */
  readonly hash: CapHash;
  /** The encoding of the capability. */
  readonly bytes: Uint8Array;
}

/**
 * Where a directory keeps its blobs. Every object with these functions will do; none of them is
 * trusted. What one throws, gives as an error, or gives that is no answer, is reported as
 * `store-failed`; bytes that are not those of the hash as `corrupt-blob`.
 *
 * The functions answer at once. They may not change the directory that calls them.
 */
export interface CapStore {
  /** The bytes of a hash; nothing when there are none. */
  get(hash: CapHash): Result<Uint8Array | undefined, unknown>;
  /**
   * Keeps all the entries, or none of them when it fails. What is there already under a hash gives
   * way. Once this returned, the entries are kept for as long as the store promises.
   */
  put(entries: readonly StoreEntry[]): Result<unknown, unknown>;
  /** Whether there are bytes of a hash. */
  has(hash: CapHash): Result<boolean, unknown>;
  /** How many hashes there are bytes of. */
  count(): Result<number, unknown>;
  /**
   * The hashes in ascending order.
   *
   * @param after Only those behind this one; all of them without it.
   * @param limit At most so many: at least 1. Fewer are given only where there are no more.
   */
  hashes(after: CapHash | undefined, limit: number): Result<readonly CapHash[], unknown>;
}

/** The functions of a store. */
export type StoreOperation = keyof CapStore;

/** A store did not do what it was asked for, or gave no answer that makes sense. */
export interface StoreFailed {
  /** Tells this error from the others. */
  readonly kind: "store-failed";
  /** What it was asked for: one of the functions of a store, or to open or close it. */
  readonly operation: StoreOperation | "open" | "close";
  /** What the store said, or what is wrong with its answer: at most 200 characters. */
  readonly message: string;
}

/** The bytes that a store has under a hash are not those of the capability of that hash. */
export interface CorruptBlob {
  /** Tells this error from the others. */
  readonly kind: "corrupt-blob";
  /** The hash that was asked for. */
  readonly hash: CapHash;
  /** What is wrong with the bytes. */
  readonly message: string;
}

/** Why a blob could not be loaded. */
export type StoreError = StoreFailed | CorruptBlob;

/** Why a capability could not be kept: the store failed, or its encoding is too large for one. */
export type StorePutError = StoreFailed | TooLarge;
