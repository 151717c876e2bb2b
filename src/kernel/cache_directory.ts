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
import type { CapHash } from "./hash.ts";
import { parseHash } from "./parse.ts";
import { settleRef } from "./settle.ts";

/** The directory of capabilities. */
export class CacheDirectory {
  readonly #blobs = new Map<CapHash, Cap>();
  readonly #instances = new Instances();

  /** An empty directory. */
  constructor() {
    Object.freeze(this);
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is CacheDirectory {
    return typeof value === "object" && value !== null && #blobs in value;
  }

  /** How many blobs there are. */
  get blobCount(): Usize {
    return asUsize(this.#blobs.size);
  }

  /** How many working instances there are. */
  get instanceCount(): Usize {
    return asUsize(this.#instances.count);
  }

  /**
   * Puts a capability among the blobs, once. What it refers to is not looked at.
   *
   * @param cap The capability.
   * @returns Its hash. Errors: `unresolved-ref` when it holds a handle; `invalid-argument`.
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
  putCap(cap: Cap): Result<CapHash, InvalidArgument | UnresolvedRef> {
    const hash = capHash(cap);
    if (hash.ok && !this.#blobs.has(hash.value)) this.#blobs.set(hash.value, cap);
    return hash;
  }

  /**
   * The same under a hash that the caller gives, which is checked.
   *
   * @param hash The hash that the capability has.
   * @param cap The capability.
   * @returns Its hash. Errors: `hash-mismatch`; `unresolved-ref`; `invalid-argument`.
   */
  putCapWithHash(
    hash: CapHash,
    cap: Cap,
  ): Result<CapHash, InvalidArgument | UnresolvedRef | HashMismatch> {
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
   * @returns The capability; nothing when the directory does not have it.
   */
  get(target: CapTarget): Cap | undefined {
    return CapRef.is(target) ? this.getInstance(target) : this.getBlob(target);
  }

  /**
   * The blob of a hash.
   *
   * @param hash A hash.
   * @returns The capability; nothing when the directory does not have it.
   */
  getBlob(hash: CapHash): Cap | undefined {
    return this.#blobs.get(hash);
  }

  /**
   * Whether there is a blob of a hash.
   *
   * @param hash A hash.
   */
  containsBlob(hash: CapHash): boolean {
    return this.#blobs.has(hash);
  }

  /**
   * The working instance of a handle.
   *
   * @param ref A handle.
   * @returns The capability; nothing when the directory does not have it.
   */
  getInstance(ref: CapRef): Cap | undefined {
    return this.#refusal(ref).ok ? this.#instances.get(ref.id) : undefined;
  }

  /** Every blob with its hash, in no promised order. */
  blobs(): (readonly [hash: CapHash, cap: Cap])[] {
    return [...this.#blobs];
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
   *   blob. Errors: `invalid-argument`.
   */
  promoteBlobToInstance(hash: CapHash): Result<CapRef | undefined, InvalidArgument> {
    const parsed = parseHash(hash, "hash");
    if (!parsed.ok) return parsed;
    const cap = this.#blobs.get(parsed.value);
    return ok(cap === undefined ? undefined : this.#instances.add(cap)); // blobs hold no handle
  }

  /**
   * Turns a target into a hash. A hash is given back without being looked up. What a handle names is
   * settled after all that it holds: an Instance stays at work and the hash is that of its present
   * state, which is put among the blobs only when what is settled with it refers to it; anything
   * else becomes a blob, and its handle turns into the hash wherever an instance holds it.
   *
   * @param target A hash or a handle.
   * @returns The hash. Errors: `foreign-ref`, `instance-missing`; `invalid-argument`.
   */
  settle(target: CapTarget): Result<CapHash, InvalidArgument | RefError> {
    const parsed = parseTarget(target, "target");
    if (!parsed.ok) return parsed;
    if (!CapRef.is(parsed.value)) return ok(parsed.value);
    const refusal = this.#instances.refusal(parsed.value);
    if (refusal !== undefined) return err(refusal);
    const hash = settleRef(this.#instances, parsed.value, (name, cap) => {
      if (!this.#blobs.has(name)) this.#blobs.set(name, cap);
    });
    return hash === undefined ? err({ kind: "instance-missing", id: parsed.value.id }) : ok(hash);
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
