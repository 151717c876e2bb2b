/**
 * The working instances of a directory: who holds whose handle. Handles form no cycle, and every
 * handle that an instance holds is that of another instance here.
 *
 * @module
 */

import { asU64 } from "../int/mod.ts";
import type { U64 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { refsOf } from "./cap.ts";
import type { Cap } from "./cap.ts";
import { isRefOf, makeRef } from "./cap_ref.ts";
import type { CapRef } from "./cap_ref.ts";
import type { InstanceMissing, NotHeld, RefCycle, RefError } from "./errors.ts";

/** The handles that an instance holds, and in how many slots each. */
type Below = ReadonlyMap<U64, number>;

interface Entry {
  readonly ref: CapRef;
  cap: Cap;
  below: Below;
  /** How many hold the handle from outside. */
  holds: number;
}

function belowOf(cap: Cap): Below {
  const below = new Map<U64, number>();
  for (const { id } of refsOf(cap)) below.set(id, (below.get(id) ?? 0) + 1);
  return below;
}

/** The working instances, by the ids of their handles. */
export class Instances {
  readonly #entries = new Map<U64, Entry>();
  /** In how many slots each handle is. */
  readonly #slots = new Map<U64, number>();
  #last = 0n;
  #revision = 0;

  /** Another number after every change of what the instances are. */
  get revision(): number {
    return this.#revision;
  }

  /** How many there are. */
  get count(): number {
    return this.#entries.size;
  }

  /** All of them, in the order in which they came. */
  all(): readonly { readonly ref: CapRef; readonly cap: Cap }[] {
    return Array.from(this.#entries.values(), ({ ref, cap }) => ({ ref, cap }));
  }

  /** The capability of a handle that is known to be one of this directory. */
  get(id: U64): Cap | undefined {
    return this.#entries.get(id)?.cap;
  }

  /** Why a handle leads nowhere, if it does not. */
  refusal(ref: CapRef): RefError | undefined {
    if (!isRefOf(ref, this)) return { kind: "foreign-ref", id: ref.id };
    return this.#entries.has(ref.id) ? undefined : missing(ref.id);
  }

  /** Why a capability cannot be taken in: one of its handles leads nowhere. */
  refusalBelow(cap: Cap): RefError | undefined {
    for (const ref of refsOf(cap)) {
      const refusal = this.refusal(ref);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  #count(below: Below, sign: 1 | -1): void {
    this.#revision += 1;
    for (const [id, count] of below) {
      this.#slots.set(id, (this.#slots.get(id) ?? 0) + sign * count);
    }
  }

  /** Takes a capability in, whose handles are all known. */
  add(cap: Cap): CapRef {
    this.#last += 1n;
    const ref = makeRef(asU64(this.#last), this);
    const below = belowOf(cap);
    this.#entries.set(ref.id, { ref, cap, below, holds: 1 });
    this.#count(below, 1);
    return ref;
  }

  /** Puts another capability, whose handles are all known, in the place of one. */
  replace(id: U64, cap: Cap): Result<undefined, RefCycle | InstanceMissing> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return err(missing(id));
    const below = belowOf(cap);
    if (this.#leadsTo(below, id)) return err({ kind: "cycle", id });
    this.#put(entry, cap, below);
    return ok(undefined);
  }

  /** Puts a capability in the place of one that held the same handles and more. */
  rewrite(id: U64, cap: Cap): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#put(entry, cap, belowOf(cap));
  }

  #put(entry: Entry, cap: Cap, below: Below): void {
    this.#count(entry.below, -1);
    this.#count(below, 1);
    entry.cap = cap;
    entry.below = below;
  }

  #leadsTo(below: Below, id: U64): boolean {
    const seen = new Set<U64>(below.keys());
    for (const next of seen) {
      if (next === id) return true;
      for (const deeper of this.#entries.get(next)?.below.keys() ?? []) seen.add(deeper);
    }
    return false;
  }

  /** Lets an instance go. */
  delete(id: U64): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#count(entry.below, -1);
    this.#entries.delete(id);
    this.#slots.delete(id);
  }

  /** Those that hold one of some handles. */
  holding(handles: ReadonlyMap<U64, unknown>): readonly { readonly id: U64; readonly cap: Cap }[] {
    const found: { readonly id: U64; readonly cap: Cap }[] = [];
    for (const [id, { cap, below }] of this.#entries) {
      if ([...below.keys()].some((held) => handles.has(held))) found.push({ id, cap });
    }
    return found;
  }

  /** How many hold a handle: the directory itself, those outside, and slots. */
  holders(id: U64): number {
    const entry = this.#entries.get(id);
    return entry === undefined ? 0 : 1 + entry.holds + (this.#slots.get(id) ?? 0);
  }

  /** One more outside holds a handle, or one fewer. */
  hold(id: U64, change: 1 | -1): Result<undefined, InstanceMissing | NotHeld> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return err(missing(id));
    if (entry.holds + change < 0) return err({ kind: "not-held", id });
    entry.holds += change;
    return ok(undefined);
  }

  /** Drops what nobody but the directory holds, until there is no more; gives how many. */
  sweep(): number {
    const before = this.#entries.size;
    const unheld = [...this.#entries.keys()].filter((id) => this.holders(id) === 1);
    for (let id = unheld.pop(); id !== undefined; id = unheld.pop()) {
      const below = this.#entries.get(id)?.below.keys() ?? [];
      this.delete(id);
      for (const next of below) if (this.holders(next) === 1) unheld.push(next);
    }
    return before - this.#entries.size;
  }
}

function missing(id: U64): InstanceMissing {
  return { kind: "instance-missing", id };
}
