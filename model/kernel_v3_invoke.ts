/**
 * The kernel of mode v3: invocations, as the states that they go through.
 *
 * @module
 */

import { entered } from "./kernel_v3_call.ts";
import { step } from "./kernel_v3.ts";
import { withRow } from "./kernel_v3_kernel.ts";
import { resumed } from "./kernel_v3_resume.ts";
import { outcome, type State, type Stop, type Tables, type World } from "./kernel_v3_state.ts";
import type { Cap, Instance } from "./kernel_v3_values.ts";

/** What a host hands in: what goes into slot 0, and what rows 0 are set to before. */
export interface Given {
  /** What moves into slot 0. */
  readonly slot0: Cap | undefined;
  /** The gas. */
  readonly gas: bigint | undefined;
  /** The quota. */
  readonly quota: bigint | undefined;
}

function begun(tables: Tables, { gas, quota }: Given): State {
  const { meters, quotas, files } = tables;
  return {
    meters: gas === undefined ? meters : withRow(meters, 0n, gas),
    quotas: quota === undefined ? quotas : withRow(quotas, 0n, quota),
    files,
    entries: [],
    used: 0n,
    ending: undefined,
    did: "began",
  };
}

/** The state as the outermost Instance could not be entered. */
function refused(state: State, slot0: Cap | undefined, why: Stop): State | Stop {
  if (why.kind !== "not-entered") return why;
  return { ...state, ending: { kind: "faulted", slot0, cause: 6n, detail: why.detail } };
}

/** The states that an invocation goes through: the last one is its end, or says why there is none. */
export function* invoked(
  world: World,
  tables: Tables,
  instance: Instance,
  endpoint: bigint,
  args: readonly bigint[],
  given: Given,
): Generator<State, State | Stop> {
  const state = begun(tables, given);
  const { slot0 } = given;
  const entry = outcome(entered(world, state, undefined, instance, { endpoint, args, slot0 }));
  if ("stop" in entry) return refused(state, slot0, entry.stop);
  if ("value" in entry.done) {
    const { state: after, value, root, slot0: back } = entry.done;
    const post = { ...instance, root };
    return { ...after, ending: { kind: "halt", value, post, slot0: back } };
  }
  return yield* driven(world, {
    ...state,
    entries: [{ kind: "instance", frame: entry.done.frame }],
  });
}

/** The same for what is paused. */
export function* wentOn(
  world: World,
  tables: Tables,
  instance: Instance,
  given: Given,
): Generator<State, State | Stop> {
  const state = begun(tables, given);
  const made = outcome(resumed(world, state, undefined, instance, given.slot0));
  if ("stop" in made) return refused(state, given.slot0, made.stop);
  const entries = made.done.frames.map((frame) => ({ kind: "instance" as const, frame }));
  return yield* driven(world, { ...state, entries });
}

function* driven(world: World, start: State): Generator<State, State | Stop> {
  let state = start;
  while (state.ending === undefined) {
    yield state;
    const next = outcome(step(world, state));
    if ("stop" in next) return next.stop;
    state = next.done;
  }
  return state;
}
