/**
 * The directory over a store: several puts at once, and a store that fails. While it fails, what has
 * to ask it gives an error and changes nothing; all else is as without one.
 *
 * @module
 */

import { type Directory, get, putCap, settle, type Step } from "./kernel_cache.ts";
import { type Cap, INSTANCE, refsOf } from "./kernel_caps.ts";
import type { Hash, Value } from "./kernel_ssz.ts";

/** A directory, and whether its store does what it is asked for. */
export interface Stored {
  /** The directory. */
  readonly directory: Directory;
  /** Whether the store does what it is asked for. */
  readonly works: boolean;
}

const FAILED = { error: "store-failed" };

/** Puts several capabilities: all of them, or none where one holds a handle. */
export function putAll(h: Hash, state: Directory, caps: readonly Cap[]): Step {
  const [first, ...rest] = caps;
  if (first === undefined) return { state, outcome: { ok: [] } };
  const put = putCap(h, state, first);
  if ("error" in put.outcome) return put;
  const others = putAll(h, put.state, rest);
  if ("error" in others.outcome) return { state, outcome: others.outcome };
  const hashes = Array.isArray(others.outcome.ok) ? others.outcome.ok : [];
  return { state: others.state, outcome: { ok: [put.outcome.ok, ...hashes] } };
}

/** An operation that puts, while the store does or does not work; it asks the store last. */
export function putting({ directory, works }: Stored, step: Step, puts = true): Step {
  if (works || !puts || "error" in step.outcome) return step;
  return { state: directory, outcome: FAILED };
}

/** Whether settling a target puts anything: an Instance that holds no handle stays as it is. */
function settlingPuts(state: Directory, target: Value): boolean {
  const cap = typeof target === "bigint" ? get(state, target) : undefined;
  return cap !== undefined && (cap[0] !== INSTANCE || refsOf(cap).length > 0);
}

/** Settles; all that becomes a blob is put at once, before anything else changes. */
export function settleStored(h: Hash, stored: Stored, target: Value): Step {
  const { directory } = stored;
  return putting(stored, settle(h, directory, target), settlingPuts(directory, target));
}

/** What a target names; or that the store fails, where it is asked. */
export function load({ directory, works }: Stored, target: Value): Step {
  const asks = typeof target !== "bigint";
  const outcome = works || !asks ? { ok: get(directory, target) } : FAILED;
  return { state: directory, outcome };
}

/** What a target names, as far as the store gives it. */
export function getStored(stored: Stored, target: Value): Step {
  const { state, outcome } = load(stored, target);
  return { state, outcome: "error" in outcome ? { ok: undefined } : outcome };
}

/** An operation that begins with a blob, which the store has to give. */
export function loading({ directory, works }: Stored, step: Step): Step {
  return works ? step : { state: directory, outcome: FAILED };
}
