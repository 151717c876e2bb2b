/**
 * The directory of capabilities: blobs, named by their hash and never changed, and working instances,
 * named by a handle. An operation gives the directory afterwards and its outcome.
 *
 * @module
 */

import { type Cap, capHash, CNODE, INSTANCE, refsOf } from "./kernel_caps.ts";
import { at } from "./kernel_shapes.ts";
import { type Hash, partsOf, type Value } from "./kernel_ssz.ts";

/** A working instance: its handle, its capability, and how many hold the handle from outside. */
export interface Entry {
  /** The number of the handle. */
  readonly id: bigint;
  /** The capability. */
  readonly cap: Cap;
  /** How many hold the handle from outside. */
  readonly holds: bigint;
}

/** A directory. */
export interface Directory {
  /** The blobs, by hash. */
  readonly blobs: readonly (readonly [hash: string, cap: Cap])[];
  /** The working instances. */
  readonly entries: readonly Entry[];
  /** The number of the next handle, from 1. */
  readonly next: bigint;
}

/** What an operation gives back. */
export type Outcome =
  | { readonly ok: unknown }
  | { readonly error: string; readonly id?: bigint; readonly hash?: string };

/** The directory afterwards, and the outcome. */
export type Step = { readonly state: Directory; readonly outcome: Outcome };

/** The directory without anything in it. */
export const EMPTY: Directory = { blobs: [], entries: [], next: 1n };

const entryOf = (state: Directory, id: bigint) => state.entries.find((e) => e.id === id);
const missing = (state: Directory, id: bigint): Step => ({
  state,
  outcome: { error: "instance-missing", id },
});

function withEntry(state: Directory, entry: Entry): Directory {
  return { ...state, entries: state.entries.map((e) => e.id === entry.id ? entry : e) };
}

/** Puts a capability among the blobs; what it refers to is not looked at, except that a handle has no hash. */
export function putCap(h: Hash, state: Directory, cap: Cap): Step {
  const id = refsOf(cap)[0];
  if (id !== undefined) return { state, outcome: { error: "unresolved-ref", id } };
  const hash = capHash(h, cap);
  const known = state.blobs.some(([other]) => other === hash);
  const blobs = known ? state.blobs : [...state.blobs, [hash, cap] as const];
  return { state: { ...state, blobs }, outcome: { ok: hash } };
}

/** The same under a hash that the caller gives, which has to be right. */
export function putCapWithHash(h: Hash, state: Directory, hash: string, cap: Cap): Step {
  const step = putCap(h, state, cap);
  if (!("ok" in step.outcome) || step.outcome.ok === hash) return step;
  return { state, outcome: { error: "hash-mismatch", hash } };
}

/** What a target names. */
export function get(state: Directory, target: Value): Cap | undefined {
  if (typeof target === "bigint") return entryOf(state, target)?.cap;
  return state.blobs.find(([hash]) => hash === target)?.[1];
}

/** Takes a capability in as a working instance; the caller holds its handle. */
export function putInstance(state: Directory, cap: Cap): Step {
  const lost = refsOf(cap).find((id) => entryOf(state, id) === undefined);
  if (lost !== undefined) return missing(state, lost);
  const entries = [...state.entries, { id: state.next, cap, holds: 1n }];
  return { state: { ...state, entries, next: state.next + 1n }, outcome: { ok: state.next } };
}

function reaches(state: Directory, cap: Cap, id: bigint): boolean {
  return refsOf(cap).some((ref) => {
    const below = entryOf(state, ref);
    return ref === id || (below !== undefined && reaches(state, below.cap, id));
  });
}

/** Replaces a working instance, unless it would then hold itself. */
export function setInstance(state: Directory, id: bigint, cap: Cap): Step {
  const entry = entryOf(state, id);
  if (entry === undefined) return missing(state, id);
  const lost = refsOf(cap).find((ref) => entryOf(state, ref) === undefined);
  if (lost !== undefined) return missing(state, lost);
  if (reaches(state, cap, id)) return { state, outcome: { error: "cycle", id } };
  return { state: withEntry(state, { ...entry, cap }), outcome: { ok: undefined } };
}

/** Makes a working instance of a blob. */
export function promote(state: Directory, hash: string): Step {
  const cap = get(state, hash);
  return cap === undefined ? { state, outcome: { ok: undefined } } : putInstance(state, cap);
}

/** A capability with every target that is the handle replaced by the hash. */
function resolved([selector, fields]: Cap, id: bigint, hash: string): Cap {
  const target = (value: Value): Value => value === id ? hash : value;
  if (selector === INSTANCE) return [selector, fields.map((f, i) => i === 2 ? target(f) : f)];
  if (selector !== CNODE) return [selector, fields];
  const slots = partsOf(at(fields, 1)).map((e) => [at(e, 0), at(e, 1), target(at(e, 2))]);
  return [selector, [at(fields, 0), slots]];
}

/** The working instance without handles below it, each settled in its turn. */
function settledBelow(h: Hash, state: Directory, id: bigint): Directory {
  const cap = entryOf(state, id)?.cap;
  const ref = cap === undefined ? undefined : refsOf(cap)[0];
  if (ref === undefined) return state;
  const step = settle(h, state, ref);
  const entry = entryOf(step.state, id);
  const hash = "ok" in step.outcome ? `${step.outcome.ok}` : "";
  if (entry === undefined) return step.state;
  const below = get(step.state, ref);
  const stored = below === undefined ? step.state : putCap(h, step.state, below).state;
  const next = withEntry(stored, { ...entry, cap: resolved(entry.cap, ref, hash) });
  return settledBelow(h, next, id);
}

/**
 * Turns a working instance into a hash. An Instance stays, and the hash is that of its present state;
 * anything else becomes a blob, and every handle of it in the directory becomes that hash.
 */
export function settle(h: Hash, before: Directory, target: Value): Step {
  if (typeof target !== "bigint") return { state: before, outcome: { ok: target } };
  if (entryOf(before, target) === undefined) return missing(before, target);
  const state = settledBelow(h, before, target);
  const cap: Cap = entryOf(state, target)?.cap ?? [0n, []];
  const hash = capHash(h, cap);
  if (cap[0] === INSTANCE) return { state, outcome: { ok: hash } };
  const left = state.entries.filter((e) => e.id !== target);
  const entries = left.map((e) => ({ ...e, cap: resolved(e.cap, target, hash) }));
  return putCap(h, { ...state, entries }, cap);
}
