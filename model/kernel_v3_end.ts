/**
 * The kernel of mode v3: how calls end (the page, "Calls"), and what is stored of those that do not.
 *
 * @module
 */

import { isSame, pausedValue } from "./kernel_v3_enter.ts";
import { pay } from "./kernel_v3_gas.ts";
import { bytesOf, dataOf, pagesThatDiffer, readBytes } from "./kernel_v3_memory.ts";
import type { Operation } from "./kernel_v3_op_slots.ts";
import { held, isPinned, known, named, operand, put, slotOf } from "./kernel_v3_slots.ts";
import { cut, frameAt, withFrame, withRegisters } from "./kernel_v3_stack.ts";
import {
  type Check,
  type Fault,
  type Frame,
  type Handled,
  outcome,
  type Path,
  type Region,
  type State,
  stop,
  type World,
} from "./kernel_v3_state.ts";
import type { Cap, CNode, Instance } from "./kernel_v3_values.ts";

/** How a call ended, as its caller sees it. */
export interface End {
  /** r7. */
  readonly r7: bigint;
  /** r8. */
  readonly r8: bigint;
  /** What comes back in slot 0. */
  readonly slot0: Cap | undefined;
  /** What the slot of the target holds afterwards. */
  readonly post: Cap | undefined;
}

/** What r8 tells of a call that halted. */
export const HALTED = 0n;
/** What r8 tells of a call that yielded. */
export const YIELDED = 1n;
/** What r8 tells of a call that faulted. */
export const FAULTED = 2n;

/** The caller goes on behind its call: two registers, its slot 0, and the slot of the callee. */
export function returned(
  state: State,
  caller: number,
  path: Path,
  end: End,
): State {
  const frame = frameAt(state, caller);
  if (frame === undefined) return state;
  const root = put(put(frame.root, path, end.post), [0], end.slot0);
  const flights = frame.flights.filter((flight) => `${flight.path}` !== `${path}`);
  return withRegisters(withFrame(state, caller, { root, flights }), caller, {
    7: end.r7,
    8: end.r8,
  });
}

/** A fault as r7 tells it. */
export function faultValue({ cause, detail }: Fault): bigint {
  return cause + 256n * detail;
}

/** Those in flight below an Instance, stored in its slots as what they are: paused. */
export function* stored(state: State, frame: Frame): Check<CNode> {
  let root = frame.root;
  for (const { path, at, handled } of frame.flights) {
    if (handled === undefined) continue;
    root = put(root, path, yield* pausedAt(state, at, handled));
  }
  return root;
}

/** An Instance on the stack out of which a yield came, as a value, with all that it waits for. */
export function* pausedAt(
  state: State,
  position: number,
  { marker, raised, yielder }: Handled,
): Check<Instance> {
  const frame = frameAt(state, position);
  if (frame === undefined) return yield* stop({ kind: "failed" });
  const root = yield* stored(state, frame);
  const awaited = position === yielder ? undefined : frame.flights.at(-1);
  const yielded = { marker, raised, callee: awaited?.path ?? [] };
  if (awaited === undefined) return pausedValue(frame, root, yielded);
  const callee = yield* pausedAt(state, awaited.at, { marker, raised, yielder });
  return pausedValue(frame, put(root, awaited.path, callee), yielded);
}

/** What a mapping writes back: nothing when what its source holds stands. */
function* writtenBack(
  world: World,
  frame: Frame,
  region: Region,
): Check<{ readonly pages: bigint; readonly data: Cap } | undefined> {
  if (region.path.length === 0 || isPinned(frame, region.path)) return undefined;
  const looked = outcome(held(frame.root, region.path));
  if ("stop" in looked) return looked.stop.kind === "failed" ? undefined : yield* stop(looked.stop);
  if (!isSame(world.hashes, looked.done, region.source)) return undefined;
  const source = yield* known(region.source);
  const bytes = readBytes(frame.machine.memory, region.start, region.size) ?? [];
  const before = source?.is === "data" ? yield* bytesOf(source) : [];
  const pages = pagesThatDiffer(bytes, before);
  return pages === 0n ? undefined : { pages, data: dataOf(bytes) };
}

/** `HALT`. */
export const halt: Operation = function* (world, state, position, frame): Check<State> {
  let [root, pages] = [frame.root, 0n];
  for (const region of frame.regions) {
    const written = yield* writtenBack(world, frame, region);
    if (written === undefined) continue;
    pages += written.pages;
    root = put(root, region.path, written.data);
  }
  const paid = yield* pay(world, state, position, 4096n * pages);
  const slot0 = yield* named(slotOf(root, 0));
  const whole = put(yield* stored(paid, { ...frame, root }), [0], undefined);
  const value = operand(frame, 7);
  const post: Instance = {
    is: "instance",
    chain: frame.chain,
    image: frame.image,
    root: whole,
    status: "idle",
  };
  return ended(paid, position, frame, { r7: value, r8: HALTED, slot0, post });
};

/** The stack without an Instance and all above it, its caller going on; or the end of it all. */
function ended(
  state: State,
  position: number,
  { caller }: Frame,
  end: End & { readonly post: Cap },
): State {
  const rest = cut(state, position);
  if (caller === undefined) {
    const { r7: value, slot0, post } = end;
    return { ...rest, ending: { kind: "halt", value, post, slot0 } };
  }
  const path = frameAt(rest, caller)?.flights.at(-1)?.path ?? [];
  return returned(rest, caller, path, end);
}

/** The Instance that runs faults: it and all above it are gone. */
export function* faulted(state: State, position: number, frame: Frame, fault: Fault): Check<State> {
  const rest = cut(state, position);
  const slot0 = yield* named(slotOf(frame.root, 0));
  if (frame.caller === undefined) return { ...rest, ending: { kind: "faulted", slot0, ...fault } };
  const path = frameAt(rest, frame.caller)?.flights.at(-1)?.path ?? [];
  const end = { r7: faultValue(fault), r8: FAULTED, slot0, post: undefined };
  return returned(rest, frame.caller, path, end);
}
