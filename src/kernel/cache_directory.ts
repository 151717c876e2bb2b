/**
 * The directory of capabilities, in two tiers: blobs, named by their hash and never changed, and
 * working instances, named by a handle.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asUsize } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { capHash, isCap } from "./cap.ts";
import type { Cap } from "./cap.ts";
import { CapRef, parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import { Instances } from "./directory_state.ts";
import type { HashMismatch, NotHeld, RefCycle, RefError, UnresolvedRef } from "./errors.ts";
import { isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { parseHash } from "./parse.ts";
import { settleRef } from "./settle.ts";
import type { StoreError, StoreFailed, StorePutError } from "./store.ts";
import { allBlobs, BlobsInMemory, blobsOf } from "./store_blobs.ts";
import type { Blob, Blobs } from "./store_blobs.ts";
import { blobsFor } from "./store_options.ts";
import type { DirectoryOptions } from "./store_options.ts";

/** The directory of capabilities. */
export class CacheDirectory {
  #blobs: Blobs = new BlobsInMemory();
  readonly #instances = new Instances();

  /** An empty directory, which keeps its blobs in memory. */
  constructor() {
    Object.freeze(this);
  }

  /**
   * A directory over a store: its blobs are those of the store, and what it reports as put is what
   * the store has kept.
   *
   * @param options `store`: a store of any kind; memory without one. `cacheBytes`: the capabilities
   *   put or loaded last are kept as they are too, so that they are neither loaded nor put again, as
   *   long as their encodings have no more bytes together; 2^26 unless told.
   * @returns The directory, without working instances. Errors: `invalid-argument`.
   */
  static create(options: DirectoryOptions = {}): Result<CacheDirectory, InvalidArgument> {
    const blobs = blobsFor(options);
    if (!blobs.ok) return blobs;
    const directory = new CacheDirectory();
    directory.#blobs = blobs.value;
    return ok(directory);
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is CacheDirectory {
    return typeof value === "object" && value !== null && #blobs in value;
  }

  /** How many blobs there are; 0 where the store does not say. */
  get blobCount(): Usize {
    const count = this.#blobs.count();
    return count.ok ? count.value : asUsize(0);
  }

  /** How many working instances there are. */
  get instanceCount(): Usize {
    return asUsize(this.#instances.count);
  }

  /**
   * Puts a capability among the blobs, once. What it refers to is not looked at.
   *
   * @param cap The capability.
   * @returns Its hash. Errors: `unresolved-ref` when it holds a handle; `store-failed`; `too-large`
   *   for a store from 2^31 bytes on; `invalid-argument`.
   *
   * @example Putting and getting
   * ```ts
   * import { CacheDirectory, CNodeCap } from "@ringfence/core/kernel";
   * import { assert } from "@std/assert";
   *
   * const directory = new CacheDirectory();
   * const cnode = CNodeCap.create(8);
   * assert(cnode.ok);
   * const hash = directory.putCap(cnode.value);
   * assert(hash.ok && directory.get(hash.value) === cnode.value);
   * ```
   */
  putCap(cap: Cap): Result<CapHash, InvalidArgument | UnresolvedRef | StorePutError> {
    const hash = capHash(cap);
    if (!hash.ok) return hash;
    const put = this.#blobs.put([[hash.value, cap]]);
    return put.ok ? hash : put;
  }

  /**
   * Puts several capabilities among the blobs: all of them, or none where one of them fails.
   *
   * @param caps The capabilities: at most 2^20.
   * @returns Their hashes, in the same order. Errors: those of `putCap`.
   */
  putAll(
    caps: readonly Cap[],
  ): Result<readonly CapHash[], InvalidArgument | UnresolvedRef | StorePutError> {
    const blobs = blobsOf(caps, "caps");
    if (!blobs.ok) return blobs;
    const put = this.#blobs.put(blobs.value);
    return put.ok ? ok(Object.freeze(blobs.value.map(([hash]) => hash))) : put;
  }

  /**
   * The same under a hash that the caller gives, which is checked.
   *
   * @param hash The hash that the capability has.
   * @param cap The capability.
   * @returns Its hash. Errors: `hash-mismatch`; those of `putCap`.
   */
  putCapWithHash(
    hash: CapHash,
    cap: Cap,
  ): Result<CapHash, InvalidArgument | UnresolvedRef | HashMismatch | StorePutError> {
    const given = parseHash(hash, "hash");
    if (!given.ok) return given;
    const actual = capHash(cap);
    if (!actual.ok || actual.value === given.value) return this.putCap(cap);
    return err({ kind: "hash-mismatch", given: given.value, actual: actual.value });
  }

  /**
   * The capability that a target names.
   *
   * @param target A hash or a handle.
   * @returns The capability; nothing when the directory does not have it, or the store fails.
   */
  get(target: CapTarget): Cap | undefined {
    return CapRef.is(target) ? this.getInstance(target) : this.getBlob(target);
  }

  /**
   * The same, for who has to tell what is missing from what could not be loaded.
   *
   * @param target A hash or a handle.
   * @returns The capability; nothing when the directory does not have it. Errors: `store-failed`;
   *   `corrupt-blob` when the store has other bytes under the hash; `invalid-argument`.
   */
  load(target: CapTarget): Result<Cap | undefined, InvalidArgument | StoreError> {
    if (CapRef.is(target)) return ok(this.getInstance(target));
    const hash = parseHash(target, "target");
    return hash.ok ? this.#blobs.get(hash.value) : hash;
  }

  /** The blob of a hash; nothing when the directory does not have it, or the store fails. */
  getBlob(hash: CapHash): Cap | undefined {
    const cap = isCapHash(hash) ? this.#blobs.get(hash) : undefined;
    return cap?.ok ? cap.value : undefined;
  }

  /** Whether there is a blob of a hash; `false` where the store does not say. */
  containsBlob(hash: CapHash): boolean {
    const has = isCapHash(hash) ? this.#blobs.has(hash) : undefined;
    return has?.ok === true && has.value;
  }

  /** The working instance of a handle; nothing when the directory does not have it. */
  getInstance(ref: CapRef): Cap | undefined {
    return this.#refusal(ref).ok ? this.#instances.get(ref.id) : undefined;
  }

  /** The hash of every blob, in no promised order. Errors: `store-failed`, also beyond 2^20 hashes. */
  blobHashes(): Result<readonly CapHash[], StoreFailed> {
    return this.#blobs.hashes();
  }

  /** Every blob with its hash, in no promised order, as far as the store gives them. */
  blobs(): Blob[] {
    return allBlobs(this.#blobs);
  }

  /** Every working instance with its handle, in no promised order. */
  instances(): (readonly [ref: CapRef, cap: Cap])[] {
    return this.#instances.all().map(({ ref, cap }) => [ref, cap] as const);
  }

  /**
   * Takes a capability in as a working instance.
   *
   * @param cap The capability; the handles that it holds are ones of this directory.
   * @returns A handle, which the caller holds until it is released. Errors: `foreign-ref`,
   *   `instance-missing`; `invalid-argument`.
   */
  putInstance(cap: Cap): Result<CapRef, InvalidArgument | RefError> {
    if (!isCap(cap)) return invalidArgument("cap", "a capability", cap);
    const refusal = this.#instances.refusalBelow(cap);
    return refusal === undefined ? ok(this.#instances.add(cap)) : err(refusal);
  }

  /**
   * Replaces a working instance.
   *
   * @param ref Its handle.
   * @param cap The capability to take its place.
   * @returns Nothing. Errors: `foreign-ref`, `instance-missing`, of the handle and of those that
   *   the capability holds; `cycle` when the instance would hold itself; `invalid-argument`.
   */
  setInstance(ref: CapRef, cap: Cap): Result<undefined, InvalidArgument | RefError | RefCycle> {
    const known = this.#refusal(ref);
    if (!known.ok) return known;
    if (!isCap(cap)) return invalidArgument("cap", "a capability", cap);
    const refusal = this.#instances.refusalBelow(cap);
    return refusal === undefined ? this.#instances.replace(ref.id, cap) : err(refusal);
  }

  /**
   * Makes a working instance of a blob, which it shares.
   *
   * @param hash The blob's hash.
   * @returns A handle, which the caller holds until it is released; nothing when there is no such
   *   blob. Errors: `store-failed`, `corrupt-blob`; `invalid-argument`.
   */
  promoteBlobToInstance(
    hash: CapHash,
  ): Result<CapRef | undefined, InvalidArgument | StoreError> {
    const parsed = parseHash(hash, "hash");
    if (!parsed.ok) return parsed;
    const got = this.#blobs.get(parsed.value);
    if (!got.ok) return got;
    const cap = got.value; // blobs hold no handle
    return ok(cap === undefined ? undefined : this.#instances.add(cap));
  }

  /**
   * Turns a target into a hash. A hash is given back without being looked up. What a handle names is
   * settled after all that it holds: an Instance stays at work and the hash is that of its present
   * state, which is put among the blobs only when what is settled with it refers to it; anything
   * else becomes a blob, and its handle turns into the hash wherever an instance holds it.
   *
   * @param target A hash or a handle.
   * @returns The hash. Errors: `foreign-ref`, `instance-missing`; `store-failed`, `too-large`;
   *   `invalid-argument`. All that is settled is put at once, or nothing is changed.
   */
  settle(target: CapTarget): Result<CapHash, InvalidArgument | RefError | StorePutError> {
    const parsed = parseTarget(target, "target");
    if (!parsed.ok) return parsed;
    if (!CapRef.is(parsed.value)) return ok(parsed.value);
    return settleRef(this.#instances, parsed.value, this.#blobs);
  }

  /**
   * How many hold a handle: the directory, the callers, and the slots of working instances.
   *
   * @param ref A handle.
   * @returns How many; 0 when the directory does not have it. Errors: `foreign-ref`;
   *   `invalid-argument`.
   */
  holders(ref: CapRef): Result<Usize, InvalidArgument | RefError> {
    const known = this.#refusal(ref);
    if (!known.ok && known.error.kind !== "instance-missing") return known;
    return ok(asUsize(this.#instances.holders(ref.id)));
  }

  /**
   * A caller holds a handle once more.
   *
   * @param ref A handle.
   * @returns Nothing. Errors: `foreign-ref`, `instance-missing`; `invalid-argument`.
   */
  retain(ref: CapRef): Result<undefined, InvalidArgument | RefError | NotHeld> {
    const known = this.#refusal(ref);
    return known.ok ? this.#instances.hold(ref.id, 1) : known;
  }

  /**
   * A caller holds a handle once less. Nothing is dropped before the next sweep.
   *
   * @param ref A handle.
   * @returns Nothing. Errors: `not-held` when no caller holds it; `foreign-ref`,
   *   `instance-missing`; `invalid-argument`.
   */
  release(ref: CapRef): Result<undefined, InvalidArgument | RefError | NotHeld> {
    const known = this.#refusal(ref);
    return known.ok ? this.#instances.hold(ref.id, -1) : known;
  }

  /** Drops the working instances that nobody but the directory holds, and those only they held. */
  sweepInstances(): Usize {
    return asUsize(this.#instances.sweep());
  }

  #refusal(ref: CapRef): Result<undefined, InvalidArgument | RefError> {
    if (!CapRef.is(ref)) return invalidArgument("ref", "a CapRef", ref);
    const refusal = this.#instances.refusal(ref);
    return refusal === undefined ? ok(undefined) : err(refusal);
  }
}
