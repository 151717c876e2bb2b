/**
 * The kernel of mode v3: `CALL_RESUME` and `DROP_PAUSED` (the page, "Yields").
 *
 * @module
 */

import { FAULTED, faultValue, returned } from "./kernel_v3_end.ts";
import {
  enterable,
  ENTRY,
  frameOf,
  imageOf,
  laidOut,
  notEntered,
  usedBytes,
} from "./kernel_v3_enter.ts";
import type { Operation } from "./kernel_v3_op_slots.ts";
import { free, held, holding, known, looked, named, put, slotOf } from "./kernel_v3_slots.ts";
import { cut, frameAt, withFrame, withRegisters, withRoot } from "./kernel_v3_stack.ts";
import {
  type Check,
  demand,
  type Entry,
  failed,
  type Flight,
  type Frame,
  outcome,
  type Path,
  present,
  type State,
  stop,
  type World,
} from "./kernel_v3_state.ts";
import type { Cap, CNode, Image, Instance, Pause } from "./kernel_v3_values.ts";

/** One that is paused, of a chain of those that wait for each other. */
interface Link {
  /** It. */
  readonly instance: Instance;
  /** Its slots. */
  readonly root: CNode;
  /** What it needs to go on. */
  readonly pause: Pause;
}

/** What is paused, and all that it waits for, from the outermost on. */
function* chainOf(instance: Instance, room: number): Check<readonly Link[]> {
  yield* demand(room > 0);
  const { status: pause } = instance;
  if (typeof pause === "string") return yield* notEntered(ENTRY.status);
  const root = yield* enterable(instance);
  const link = { instance, root, pause };
  if (pause.callee.length === 0) return [link];
  const found = outcome(held(root, pause.callee));
  if ("stop" in found && found.stop.kind !== "failed") return yield* stop(found.stop);
  const callee = yield* known("done" in found ? found.done : undefined);
  if (callee?.is !== "instance") return yield* notEntered(ENTRY.status);
  return [link, ...yield* chainOf(callee, room - 1)];
}

/** The frames of what goes on, the yielder last, with what moves into its slot 0. */
export function* resumed(
  world: World,
  state: State,
  caller: number | undefined,
  instance: Instance,
  slot0: Cap | undefined,
): Check<{ readonly frames: readonly Frame[]; readonly raised: boolean }> {
  const chain = yield* chainOf(instance, world.maxDepth - state.entries.length);
  const images: { readonly image: Image; readonly runs: Image }[] = [];
  for (const { instance: own, pause } of chain) {
    images.push({ image: yield* imageOf(own.image), runs: yield* imageOf(pause.image) });
  }
  const frames: Frame[] = [];
  let used = usedBytes(state);
  for (const [i, { instance: own, root: before, pause }] of chain.entries()) {
    const { image, runs } = yield* present(images[i]);
    const isLast = i === chain.length - 1;
    const moves = isLast && !pause.raised;
    const root = moves ? put(before, [0], slot0) : before;
    const { memory, regions } = yield* laidOut(world, used, runs, before, pause);
    used += BigInt(memory.pages.length) * 4096n;
    const at = state.entries.length + i;
    const flights = isLast ? [] : [{ path: pause.callee, at: at + 1, handled: undefined }];
    const registers = pause.registers.map((old, r) => moves && (r === 7 || r === 8) ? 0n : old);
    const start = { caller: i === 0 ? caller : at - 1, runs, registers, pc: pause.pc, flights };
    frames.push(frameOf(own, image, root, start, memory, regions));
  }
  return { frames, raised: chain.at(-1)?.pause.raised === true };
}

/** Whether a path leads to the slot that was last in flight and whose yield the Instance handles. */
function handledAt(frame: Frame, path: Path): Flight | undefined {
  const last = frame.flights.at(-1);
  return last?.handled !== undefined && `${last.path}` === `${path}` ? last : undefined;
}

/** The yielder goes on, and its handler waits again. */
function* wentOn(state: State, position: number, frame: Frame, last: Flight): Check<State> {
  const { yielder, raised } = yield* present(last.handled);
  const flights = [...frame.flights.slice(0, -1), { ...last, handled: undefined }];
  const waiting = withFrame(cut(state, state.entries.length - 1), position, { flights });
  if (raised) return waiting;
  const slot0 = yield* named(slotOf(frame.root, 0));
  const given = withRoot(waiting, position, put(frame.root, [0], undefined));
  const target = yield* present(frameAt(given, yielder));
  const moved = withRoot(given, yielder, put(target.root, [0], slot0));
  return withRegisters(moved, yielder, { 7: 0n, 8: 0n });
}

/** `CALL_RESUME`. */
export const callResume: Operation = function* (world, state, position, frame): Check<State> {
  const { path, cap } = yield* holding(frame, 7, "instance");
  const last = handledAt(frame, path);
  if (last !== undefined) return yield* wentOn(state, position, frame, last);
  yield* demand(path[0] !== 0);
  yield* free(frame, path);
  const slot0 = yield* named(slotOf(frame.root, 0));
  const made = outcome(resumed(world, state, position, cap, slot0));
  if ("stop" in made) {
    if (made.stop.kind !== "not-entered") return yield* stop(made.stop);
    const r7 = faultValue({ cause: 6n, detail: made.stop.detail });
    return returned(state, position, path, { r7, r8: FAULTED, slot0, post: undefined });
  }
  const { frames, raised } = made.done;
  const flights = [...frame.flights, { path, at: state.entries.length, handled: undefined }];
  const root = raised ? frame.root : put(frame.root, [0], undefined);
  const waiting = withFrame(state, position, { flights, root });
  const entries = frames.map((each): Entry => ({ kind: "instance", frame: each }));
  return { ...waiting, entries: [...waiting.entries, ...entries] };
};

/** `DROP_PAUSED`. */
export const dropPaused: Operation = function* (_world, state, position, frame): Check<State> {
  const { path, cap } = yield* looked(frame, 7);
  const last = handledAt(frame, path);
  if (last !== undefined) {
    const rest = cut(state, last.at);
    const flights = frame.flights.slice(0, -1);
    return withFrame(rest, position, { flights, root: put(frame.root, path, undefined) });
  }
  yield* demand(path[0] !== 0);
  yield* free(frame, path);
  const instance = yield* known(cap);
  if (instance?.is !== "instance" || typeof instance.status === "string") return yield* failed();
  return withRoot(state, position, put(frame.root, path, undefined));
};
