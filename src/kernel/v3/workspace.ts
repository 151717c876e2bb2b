/**
 * The values of an invocation: those that it made, by handles of its own, and those that it read. They
 * are hashed when a hash is asked for, and stored when the invocation ends well.
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { capHash, refsOf } from "../cap.ts";
import type { Cap } from "../cap.ts";
import type { CacheDirectory } from "../cache_directory.ts";
import { CapRef, makeRef } from "../cap_ref.ts";
import type { CapTarget } from "../cap_ref.ts";
import { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import { ImageCapV3 } from "../image_v3.ts";
import { InstanceCapV3, instanceV3Of } from "../instance_v3.ts";
import { broken, failure } from "./stop.ts";
import type { HostError, Sure } from "./stop.ts";

/** The hashes that a capability without handles names. */
function hashesIn(cap: Cap): readonly CapTarget[] {
  if (CNodeCap.is(cap)) {
    return cap.entries().flatMap((slot) => "target" in slot ? [slot.target] : []);
  }
  if (ImageCapV3.is(cap)) return cap.fields.pinned.map(({ capHash }) => capHash);
  if (!InstanceCapV3.is(cap)) return [];
  const { rootCnode, imageHash, status } = cap.fields;
  const own = [rootCnode, imageHash];
  if (status.state !== "paused") return own;
  const { image, marker, regions } = status.pause;
  const sources = regions.flatMap(({ source }) => source === undefined ? [] : [source]);
  return [...own, image, marker, ...sources, ...regions.map(({ content }) => content)];
}

/** The values of an invocation. */
export class Workspace {
  readonly #directory: CacheDirectory;
  /** What was made: weakly, so that what no slot holds any more takes no room. */
  readonly #made = new WeakMap<CapRef, Cap>();
  readonly #hashes = new WeakMap<CapRef, CapHash>();
  /** What was made and hashed. */
  readonly #known = new Map<CapHash, Cap>();
  readonly #loaded = new Map<CapHash, Cap>();
  #last = 0;

  constructor(directory: CacheDirectory) {
    this.#directory = directory;
  }

  /** A handle of a new value, which may hold handles of this workspace. */
  make(cap: Cap): CapRef {
    const ref = makeRef(asU64(BigInt(++this.#last)), this);
    this.#made.set(ref, cap);
    return ref;
  }

  /** The hash of a new value without handles, under which it is found from now on. */
  name(cap: Cap): Sure<CapHash> {
    const hash = capHash(cap);
    if (!hash.ok) return broken("a value to be named holds a handle");
    this.#known.set(hash.value, cap);
    return hash;
  }

  /** The value of a target. */
  load(target: CapTarget): Sure<Cap> {
    const known = CapRef.is(target)
      ? this.#made.get(target)
      : this.#loaded.get(target) ?? this.#known.get(target);
    if (known !== undefined) return ok(known);
    if (CapRef.is(target)) return failure({ kind: "instance-missing", id: target.id });
    const found = this.#find(target);
    if (!found.ok) return found;
    if (found.value === undefined) return failure({ kind: "blob-missing", hash: target });
    return ok(found.value);
  }

  /** The value of a hash; nothing when there is none. */
  find(hash: CapHash): Sure<Cap | undefined> {
    const known = this.#loaded.get(hash) ?? this.#known.get(hash);
    return known === undefined ? this.#find(hash) : ok(known);
  }

  #find(hash: CapHash): Sure<Cap | undefined> {
    const loaded = this.#directory.load(hash);
    if (!loaded.ok) {
      const { error } = loaded;
      return error.kind === "invalid-argument" ? broken("not a hash") : failure(error);
    }
    if (loaded.value !== undefined) this.#loaded.set(hash, loaded.value);
    return ok(loaded.value);
  }

  /** The hash of a target. */
  hashOf(target: CapTarget): Sure<CapHash> {
    if (!CapRef.is(target)) return ok(target);
    const open: CapRef[] = [target];
    for (let ref = open.at(-1); ref !== undefined; ref = open.at(-1)) {
      const cap = this.#made.get(ref);
      if (cap === undefined) return failure({ kind: "instance-missing", id: ref.id });
      const before = open.length;
      if (!this.#hashes.has(ref)) {
        for (const below of refsOf(cap)) if (!this.#hashes.has(below)) open.push(below);
      }
      if (open.length > before) continue; // those below come first
      open.pop();
      if (this.#hashes.has(ref)) continue;
      const hash = this.name(this.#withHashes(cap));
      if (!hash.ok) return hash;
      this.#hashes.set(ref, hash.value);
    }
    const hash = this.#hashes.get(target);
    return hash === undefined ? broken("a handle without a hash") : ok(hash);
  }

  /** A value with hashes in the place of its handles, which all have one. */
  #withHashes(cap: Cap): Cap {
    if (InstanceCapV3.is(cap)) {
      const hash = this.#hashIfRef(cap.fields.rootCnode);
      return hash === undefined ? cap : instanceV3Of({ ...cap.fields, rootCnode: hash });
    }
    if (!CNodeCap.is(cap) || cap.refCount === 0) return cap;
    let cnode = cap; // slot by slot, so that the rest keeps the hashes that it has
    for (const slot of cap.entries()) {
      const hash = "target" in slot ? this.#hashIfRef(slot.target) : undefined;
      if (hash === undefined) continue;
      const change = cnode.set(slot.slot, hash);
      if (change.ok) cnode = change.value.cnode;
    }
    return cnode;
  }

  #hashIfRef(target: CapTarget): CapHash | undefined {
    return CapRef.is(target) ? this.#hashes.get(target) : undefined;
  }

  /** Whether two slots hold the same. */
  same(one: CapTarget | undefined, other: CapTarget | undefined): Sure<boolean> {
    if (one === other) return ok(true);
    if (one === undefined || other === undefined) return ok(false);
    const first = this.hashOf(one);
    if (!first.ok) return first;
    const second = this.hashOf(other);
    return second.ok ? ok(first.value === second.value) : second;
  }

  /** Stores what was made and some hashes lead to: all of it or nothing. */
  store(hashes: readonly CapHash[]): Result<undefined, HostError> {
    const open: CapTarget[] = [...hashes];
    const seen = new Set<CapTarget>();
    const caps: Cap[] = [];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const cap = CapRef.is(next) || seen.has(next) ? undefined : this.#known.get(next);
      seen.add(next);
      if (cap === undefined) continue;
      caps.push(cap);
      for (const below of hashesIn(cap)) open.push(below);
    }
    return this.put(caps.reverse());
  }

  /** Puts values without handles into the directory. */
  put(caps: readonly Cap[]): Result<undefined, HostError> {
    const put = this.#directory.putAll(caps);
    if (put.ok) return ok(undefined);
    const { error } = put;
    return error.kind === "invalid-argument"
      ? broken(`the directory cannot take ${caps.length} values`)
      : failure(error);
  }
}
