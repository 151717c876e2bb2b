/**
 * The handles of a directory: who holds them, and what is dropped when nobody does.
 *
 * @module
 */

import type { Directory, Step } from "./kernel_cache.ts";
import { refsOf } from "./kernel_caps.ts";

/** How many hold a handle: the directory, those outside, and the slots of working instances. */
export function holders(state: Directory, id: bigint): bigint {
  const entry = state.entries.find((e) => e.id === id);
  if (entry === undefined) return 0n;
  const slots = state.entries.flatMap((e) => refsOf(e.cap)).filter((ref) => ref === id);
  return 1n + entry.holds + BigInt(slots.length);
}

/** One more holder outside, or one fewer. */
export function hold(state: Directory, id: bigint, change: 1n | -1n): Step {
  const entry = state.entries.find((e) => e.id === id);
  if (entry === undefined) return { state, outcome: { error: "instance-missing", id } };
  if (entry.holds + change < 0n) return { state, outcome: { error: "not-held", id } };
  const held = { ...entry, holds: entry.holds + change };
  const entries = state.entries.map((e) => e.id === id ? held : e);
  return { state: { ...state, entries }, outcome: { ok: undefined } };
}

/** Drops what only the directory holds, until nothing is left to drop; gives how many went. */
export function sweep(state: Directory): Step {
  const left = state.entries.filter((e) => holders(state, e.id) > 1n);
  const dropped = BigInt(state.entries.length - left.length);
  if (dropped === 0n) return { state, outcome: { ok: 0n } };
  const rest = sweep({ ...state, entries: left });
  const more = "ok" in rest.outcome && typeof rest.outcome.ok === "bigint" ? rest.outcome.ok : 0n;
  return { state: rest.state, outcome: { ok: dropped + more } };
}
