/**
 * Settling: working instances become values named by their hash, those that they hold first.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { CNodeCap, cnodeCapOf } from "./cnode_cap.ts";
import type { SlotContent } from "./cnode_cap.ts";
import { capHash, refsOf } from "./cap.ts";
import type { Cap } from "./cap.ts";
import { CapRef } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { Instances } from "./directory_state.ts";
import type { RefError } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import { InstanceCap, instanceCapOf } from "./instance_cap.ts";
import { InstanceCapV3, instanceV3Of } from "./instance_v3.ts";
import type { Entry } from "./ssz/sparse_tree.ts";
import type { StorePutError } from "./store.ts";
import type { Blob, Blobs } from "./store_blobs.ts";
import { storeFailed } from "./store_call.ts";
import type { U64 } from "../int/mod.ts";

/** What is known of handles that were settled. */
type Settled = ReadonlyMap<U64, CapHash>;

function settledTarget(target: CapTarget, settled: Settled): CapTarget {
  return CapRef.is(target) ? settled.get(target.id) ?? target : target;
}

/** A capability with hashes in the place of the handles that were settled. */
function withHashes(cap: Cap, settled: Settled): Cap {
  if (InstanceCap.is(cap)) {
    const rootCnode = settledTarget(cap.fields.rootCnode, settled);
    return instanceCapOf({ ...cap.fields, rootCnode });
  }
  if (InstanceCapV3.is(cap)) {
    const { fields } = cap;
    return instanceV3Of({ ...fields, rootCnode: settledTarget(fields.rootCnode, settled) });
  }
  if (!CNodeCap.is(cap)) return cap;
  const entries = cap.entries().map((slot): Entry<SlotContent> => [
    slot.slot,
    Object.freeze(
      "target" in slot
        ? { target: settledTarget(slot.target, settled) }
        : { missing: slot.missing },
    ),
  ]);
  const settledCap = cnodeCapOf(cap.sizeLog, entries);
  return settledCap.ok ? settledCap.value : cap;
}

/** The handles below one, itself last: each comes after all that it holds. */
function inOrder(instances: Instances, top: CapRef): readonly CapRef[] {
  const order: CapRef[] = [];
  const open: { readonly ref: CapRef; readonly rest: CapRef[] }[] = [];
  const seen = new Set<U64>();
  const enter = (ref: CapRef): void => {
    if (seen.has(ref.id)) return;
    seen.add(ref.id);
    const cap = instances.get(ref.id);
    open.push({ ref, rest: cap === undefined ? [] : refsOf(cap).toReversed() });
  };
  enter(top);
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const next = last.rest.pop();
    if (next === undefined) {
      order.push(last.ref);
      open.pop();
    } else enter(next);
  }
  return order;
}

/** What a working instance becomes. */
interface Outcome {
  readonly id: U64;
  readonly cap: Cap;
  readonly hash: CapHash;
}

/** What each becomes, those below first; nothing is changed yet. */
function outcomes(instances: Instances, top: CapRef): readonly Outcome[] {
  const settled = new Map<U64, CapHash>();
  const found: Outcome[] = [];
  for (const { id } of inOrder(instances, top)) {
    const working = instances.get(id);
    if (working === undefined) return []; // every handle below leads somewhere
    const cap = refsOf(working).length === 0 ? working : withHashes(working, settled);
    const hash = capHash(cap);
    if (!hash.ok) return []; // what is below was settled: there is no handle left
    settled.set(id, hash.value);
    found.push({ id, cap, hash: hash.value });
  }
  return found;
}

/** The hash of the one that was asked for: those below it come first. */
function topHash(found: readonly Outcome[]): CapHash | undefined {
  return found.at(-1)?.hash;
}

/** What is to be among the blobs once those outcomes are so. */
function blobsOf(found: readonly Outcome[], top: CapRef): readonly Blob[] {
  // What names an Instance's hash must find it; alone it is no more than a snapshot.
  return found.filter(({ id, cap }) => !InstanceCap.is(cap) || id !== top.id)
    .map(({ hash, cap }): Blob => [hash, cap]);
}

function apply(instances: Instances, found: readonly Outcome[]): void {
  const gone = new Map<U64, CapHash>();
  for (const { id, cap, hash } of found) {
    if (InstanceCapV3.is(cap)) instances.rewrite(id, cap);
    else if (InstanceCap.is(cap)) instances.rewrite(id, cap);
    else gone.set(id, hash);
  }
  for (const { id, cap } of instances.holding(gone)) {
    if (!gone.has(id)) instances.rewrite(id, withHashes(cap, gone));
  }
  for (const id of gone.keys()) instances.delete(id);
}

/**
 * Settles a handle of the directory and gives its hash. An Instance stays at work, and the hash is
 * that of what it is now; anything else becomes a blob, and its handle is gone from every slot. The
 * blobs are kept first and at once: where that fails, nothing is changed.
 */
export function settleRef(
  instances: Instances,
  top: CapRef,
  blobs: Blobs,
): Result<CapHash, RefError | StorePutError> {
  const refusal = instances.refusal(top);
  if (refusal !== undefined) return err(refusal);
  const found = outcomes(instances, top);
  const { revision } = instances;
  const kept = blobs.put(blobsOf(found, top));
  if (!kept.ok) return kept;
  if (instances.revision !== revision) {
    return storeFailed("put", "the store changed the directory that it serves");
  }
  apply(instances, found);
  const hash = topHash(found);
  return hash === undefined ? err({ kind: "instance-missing", id: top.id }) : ok(hash);
}
