/**
 * What an invocation puts into the directory: nothing of it before the invocation has its result.
 *
 * @module
 */

import type { U64 } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { CacheDirectory } from "../cache_directory.ts";
import { capHash, refsOf } from "../cap.ts";
import type { Cap } from "../cap.ts";
import { CapRef } from "../cap_ref.ts";
import type { CapTarget } from "../cap_ref.ts";
import { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import { InstanceCap } from "../instance_cap.ts";
import { InstanceCapV3 } from "../instance_v3.ts";
import type { VmError } from "../vm_error.ts";
import { DONE } from "./frame.ts";

/** An error that is not one of arguments: those are checked before they come here. */
export function checkedError<E extends { readonly kind: string }>(
  error: E,
): Exclude<E, { readonly kind: "invalid-argument" }> | VmError {
  if (isChecked(error)) return error;
  return { kind: "invariant", text: "an argument inside the kernel is none" };
}

function isChecked<E extends { readonly kind: string }>(
  error: E,
): error is Exclude<E, { readonly kind: "invalid-argument" }> {
  return error.kind !== "invalid-argument";
}

/** A directory, and what is to be put into it. */
export class Workspace {
  readonly #directory: CacheDirectory;
  readonly #pending = new Map<CapHash, Cap>();
  readonly #settled = new Map<U64, { readonly ref: CapRef; readonly hash: CapHash }>();

  /** Nothing but what the directory has. */
  constructor(directory: CacheDirectory) {
    this.#directory = directory;
  }

  /** What a target names; nothing when it is not there. */
  load(target: CapTarget): Result<Cap | undefined, VmError> {
    if (CapRef.is(target) && this.#settled.has(target.id)) return ok(undefined);
    const pending = CapRef.is(target) ? undefined : this.#pending.get(target);
    if (pending !== undefined) return ok(pending);
    const loaded = this.#directory.load(target);
    return loaded.ok ? loaded : err(checkedError(loaded.error));
  }

  /** Puts a capability into the directory, once there is a result. */
  publish(cap: Cap): Result<CapHash, VmError> {
    const hash = capHash(cap);
    if (!hash.ok) return err(checkedError(hash.error));
    this.#pending.set(hash.value, cap);
    return hash;
  }

  /** Settles the handle of a capability that holds none, once there is a result. */
  settle(ref: CapRef, cap: Cap): Result<CapHash, VmError> {
    const hash = this.publish(cap);
    if (hash.ok) this.#settled.set(ref.id, { ref, hash: hash.value });
    return hash;
  }

  /** A cnode with hashes in the place of what was settled meanwhile. */
  withSettled(cnode: CNodeCap): CNodeCap {
    if (this.#settled.size === 0 || cnode.refCount === 0) return cnode;
    let next = cnode;
    for (const entry of cnode.entries()) {
      const settled = "target" in entry && CapRef.is(entry.target)
        ? this.#settled.get(entry.target.id)
        : undefined;
      const change = settled === undefined ? undefined : next.set(entry.slot, settled.hash);
      if (change?.ok) next = change.value.cnode;
    }
    return next;
  }

  /** Publishes a cnode: what its handles name is settled with it, once there is a result. */
  publishSlots(cnode: CNodeCap): Result<CapHash, VmError> {
    if (cnode.refCount === 0) return this.publish(cnode);
    const refs = refsOf(cnode);
    const gone = refs.find((ref) => this.#settled.has(ref.id));
    if (gone !== undefined) return err({ kind: "instance-missing", id: gone.id });
    const planned = this.#settleAll([...refs]);
    return planned.ok ? this.publish(this.withSettled(cnode)) : planned;
  }

  /** Settles handles of the directory, those below first; they are a stack of what is to be done. */
  #settleAll(open: CapRef[]): Result<undefined, VmError> {
    for (let ref = open.at(-1); ref !== undefined; ref = open.at(-1)) {
      const holders = this.#directory.holders(ref);
      if (!holders.ok) return err(checkedError(holders.error));
      const cap = this.#directory.getInstance(ref);
      if (cap === undefined) return err({ kind: "instance-missing", id: ref.id });
      const isKnown = this.#settled.has(ref.id);
      const below = isKnown ? [] : refsOf(cap).filter(({ id }) => !this.#settled.has(id));
      for (const next of below) open.push(next);
      if (below.length > 0) continue; // those below come first
      open.pop();
      const hash = isKnown ? DONE : this.settle(ref, this.#withHashes(cap));
      if (!hash.ok) return hash;
    }
    return DONE;
  }

  /** A capability with hashes in the place of its handles, which all were settled. */
  #withHashes(cap: Cap): Cap {
    if (CNodeCap.is(cap)) return this.withSettled(cap);
    if (!InstanceCap.is(cap) && !InstanceCapV3.is(cap)) return cap;
    const { rootCnode } = cap.fields;
    const settled = CapRef.is(rootCnode) ? this.#settled.get(rootCnode.id) : undefined;
    const changed = settled === undefined ? undefined : cap.withRootCnode(settled.hash);
    return changed?.ok ? changed.value : cap;
  }

  /** Puts all of it into the directory, or nothing. */
  commit(): Result<undefined, VmError> {
    const put = this.#directory.putAll([...this.#pending.values()]);
    if (!put.ok) return err(checkedError(put.error));
    // What they name is a blob by now: this only makes hashes of the handles.
    for (const { ref } of this.#settled.values()) this.#directory.settle(ref);
    return DONE;
  }
}
