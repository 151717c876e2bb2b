/**
 * The kernel of mode v3: which meter is charged, and which quota pays (the page, "Gas and quota").
 *
 * @module
 */

import { handle, rowOf, valueOf, withRow } from "./kernel_v3_kernel.ts";
import { known, slotOf } from "./kernel_v3_slots.ts";
import { frameAt } from "./kernel_v3_stack.ts";
import { type Check, type State, stop, type World } from "./kernel_v3_state.ts";
import type { Cap } from "./kernel_v3_values.ts";

/** A Gas or Quota that is in force, and the row that it names. */
export interface Named {
  /** It. */
  readonly cap: Cap;
  /** The row. */
  readonly id: bigint;
}

/** Those that are in force for an Instance, one after the other: its own, its caller's, or row 0. */
function* inForce<T>(
  world: World,
  state: State,
  position: number,
  label: "gas" | "quota",
  pick: (found: Named) => T | undefined,
): Check<{ readonly picked: T | undefined; readonly first: Named | undefined }> {
  const frame = frameAt(state, position);
  if (frame === undefined) {
    const own = { cap: handle(world.hashes, label, 0n), id: 0n };
    return { picked: pick(own), first: own };
  }
  const slots = label === "gas" ? frame.runs.gasSlots : frame.runs.quotaSlots;
  if (slots.length === 0) return yield* inForce(world, state, frame.caller ?? -1, label, pick);
  let first: Named | undefined;
  for (const slot of slots) {
    const cap = yield* known(slotOf(frame.root, slot));
    const id = yield* rowOf(world.hashes, label, cap);
    if (cap === undefined || id === undefined) continue;
    first ??= { cap, id };
    const picked = pick({ cap, id });
    if (picked !== undefined) return { picked, first };
  }
  return { picked: undefined, first };
}

/** The first meter in force that is not spent; nothing, with the Gas that the handler finds. */
export function* activeMeter(
  world: World,
  state: State,
  position: number,
): Check<{ readonly id: bigint | undefined; readonly payload: Cap | undefined }> {
  const hasGas = ({ id }: Named) => valueOf(state.meters, id) > 0n ? id : undefined;
  const { picked, first } = yield* inForce(world, state, position, "gas", hasGas);
  return { id: picked, payload: first?.cap };
}

/** The first quota in force that suffices; nothing, with the Quota that the handler finds. */
export function* activeQuota(
  world: World,
  state: State,
  position: number,
  cost: bigint,
): Check<{ readonly id: bigint | undefined; readonly payload: Cap | undefined }> {
  const suffices = ({ id }: Named) => valueOf(state.quotas, id) >= cost ? id : undefined;
  const { picked, first } = yield* inForce(world, state, position, "quota", suffices);
  return { id: picked, payload: first?.cap };
}

/** Pays a cost from one quota; raises a yield when it does not suffice. */
export function* payFrom(state: State, { cap, id }: Named, cost: bigint): Check<State> {
  const left = valueOf(state.quotas, id) - cost;
  if (left < 0n) return yield* stop({ kind: "spent", payload: cap });
  return cost === 0n ? state : { ...state, quotas: withRow(state.quotas, id, left) };
}

/** Pays a cost from the first quota in force that suffices; nothing is always paid. */
export function* pay(world: World, state: State, position: number, cost: bigint): Check<State> {
  if (cost === 0n) return state;
  const { id, payload } = yield* activeQuota(world, state, position, cost);
  if (id === undefined) return yield* stop({ kind: "spent", payload });
  return { ...state, quotas: withRow(state.quotas, id, valueOf(state.quotas, id) - cost) };
}
