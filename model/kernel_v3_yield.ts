/**
 * The kernel of mode v3: yields (the page, "Yields").
 *
 * @module
 */

import { faulted, pausedAt, YIELDED } from "./kernel_v3_end.ts";
import { kernelInstance, labelOf, listed } from "./kernel_v3_kernel.ts";
import type { Operation } from "./kernel_v3_op_slots.ts";
import { holding, known, named, put, slotOf } from "./kernel_v3_slots.ts";
import { ancestors, frameAt, withFrame, withRegisters, withRoot } from "./kernel_v3_stack.ts";
import {
  type Check,
  type Entry,
  type Flight,
  type Frame,
  present,
  type State,
  type World,
} from "./kernel_v3_state.ts";
import type { Cap } from "./kernel_v3_values.ts";

/** The slot in which the catcher of an Instance lists a marker; nothing when it does not. */
function* caughtBy({ hashes }: World, frame: Frame, marker: string): Check<number | undefined> {
  if (frame.runs.catcher === undefined) return undefined;
  const catcher = yield* known(slotOf(frame.root, frame.runs.catcher));
  if (catcher?.is !== "instance" || labelOf(hashes, catcher.image) !== "yieldcatcher") {
    return undefined;
  }
  const place = (yield* listed(catcher)).findIndex((cap) => hashes.of(cap) === marker);
  return place < 0 ? undefined : place + 1;
}

/** A yield on its way: its marker, and what its handler finds in slot 0. */
interface Yield {
  /** The marker. */
  readonly marker: Cap;
  /** Whether the kernel raised it. */
  readonly raised: boolean;
  /** What the handler finds in its slot 0. */
  readonly payload: Cap | undefined;
}

/** The yield of the Instance that runs goes to who catches it. */
function* carried(
  world: World,
  state: State,
  position: number,
  { marker: cap, raised, payload }: Yield,
): Check<State> {
  const marker = world.hashes.of(cap);
  for (const ancestor of ancestors(state, position)) {
    const frame = yield* present(frameAt(state, ancestor));
    const place = yield* caughtBy(world, frame, marker);
    if (place === undefined) continue;
    if (state.entries.length >= world.maxDepth) break;
    const flights = frame.flights.map((flight, i): Flight =>
      i < frame.flights.length - 1
        ? flight
        : { ...flight, handled: { marker, raised, yielder: position } }
    );
    const given = withFrame(state, ancestor, { flights, root: put(frame.root, [0], payload) });
    const told = withRegisters(given, ancestor, { 7: BigInt(place), 8: YIELDED });
    const entry: Entry = { kind: "reference", to: ancestor };
    return { ...told, entries: [...told.entries, entry] };
  }
  if (!raised && !world.hostMarkers.includes(marker)) {
    const frame = yield* present(frameAt(state, position));
    const restored = withRoot(state, position, put(frame.root, [0], payload));
    const whole = yield* present(frameAt(restored, position));
    return yield* faulted(restored, position, whole, { cause: 5n, detail: 0n });
  }
  const post = yield* pausedAt(state, 0, { marker, raised, yielder: position });
  return { ...state, entries: [], ending: { kind: "paused", payload, marker: cap, post } };
}

/** `YIELD`. */
export const yieldOp: Operation = function* (world, state, position, frame): Check<State> {
  const { cap } = yield* holding(frame, 7, "instance");
  const payload = yield* named(slotOf(frame.root, 0));
  const emptied = withRoot(state, position, put(frame.root, [0], undefined));
  return yield* carried(world, emptied, position, { marker: cap, raised: false, payload });
};

/** A yield that the kernel raises, with what is spent. */
export function* raise(
  world: World,
  state: State,
  position: number,
  label: "oog_marker" | "storage_exhausted_marker",
  payload: Cap | undefined,
): Check<State> {
  const marker = kernelInstance(world.hashes, label);
  return yield* carried(world, state, position, { marker, raised: true, payload });
}
