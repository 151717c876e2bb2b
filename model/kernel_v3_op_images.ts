/**
 * The kernel of mode v3: the operations that change and make images, and those on Data and files.
 *
 * @module
 */

import { activeQuota, pay, payFrom } from "./kernel_v3_gas.ts";
import { extended } from "./kernel_v3_hash.ts";
import { decoded } from "./kernel_v3_image.ts";
import { rootOf, valueOf, withRow } from "./kernel_v3_kernel.ts";
import { bytesOf, dataOf, readBytes, writeBytes } from "./kernel_v3_memory.ts";
import { fill, type Operation, quotaAt } from "./kernel_v3_op_slots.ts";
import {
  destination,
  free,
  holding,
  known,
  named,
  operand,
  put,
  ROOT_LOG,
  slotOf,
  withSlot,
} from "./kernel_v3_slots.ts";
import { withFrame, withRegisters, withRoot } from "./kernel_v3_stack.ts";
import {
  type Check,
  demand,
  failed,
  type Frame,
  present,
  type State,
  type World,
} from "./kernel_v3_state.ts";
import type { Cap, Image, Instance, Slots } from "./kernel_v3_values.ts";

const address = (frame: Frame, register: number) => operand(frame, register) % 2n ** 32n;

/** `SET_IMAGE`. */
export const setImage: Operation = function* ({ hashes }, state, position, frame): Check<State> {
  const { cap: image } = yield* holding(frame, 7, "image");
  const emptied = frame.image.pinned.reduce(
    (slots, [slot]) => withSlot(slots, slot, undefined),
    frame.root.slots,
  );
  let slots = emptied;
  for (const [slot, cap] of image.pinned) {
    const there = yield* named(slotOf(rootOf(emptied), slot));
    yield* demand(there === undefined);
    slots = withSlot(slots, slot, cap);
  }
  const root = { ...frame.root, slots };
  return withFrame(state, position, { image, chain: extended(hashes, frame.chain, image), root });
};

/** `DERIVE_SPAWN`. */
export const deriveSpawn: Operation = function* ({ hashes }, state, position, frame): Check<State> {
  const { cap: image } = yield* holding(frame, 7, "image");
  const from = yield* holding(frame, 8, "cnode");
  yield* free(frame, from.path);
  yield* demand(from.cap.sizeLog === ROOT_LOG);
  const to = yield* destination(frame, 9);
  const slots = image.pinned.reduce(
    (below, [slot, cap]) => withSlot(below, slot, cap),
    from.cap.slots,
  );
  const chain = extended(hashes, frame.chain, image);
  const made: Instance = { is: "instance", chain, image, root: rootOf(slots), status: "idle" };
  const emptied = withRoot(state, position, put(frame.root, from.path, undefined));
  return yield* fill(emptied, position, to, made);
};

const NO_CNODE = 2n ** 64n - 1n;

/** What the slots of a CNode pin: Data and Images. */
function* pinnedBy(frame: Frame, register: number): Check<Slots> {
  if (operand(frame, register) === NO_CNODE) return [];
  const { cap } = yield* holding(frame, register, "cnode");
  const pinned: (readonly [number, Cap])[] = [];
  for (const [slot, held] of cap.slots) {
    const whole = yield* known(held);
    if (whole?.is === "data" || whole?.is === "image") pinned.push([slot, whole]);
  }
  return pinned;
}

/** `MAKE_IMAGE`. */
export const makeImage: Operation = function* (world, state, position, frame): Check<State> {
  const length = operand(frame, 8);
  yield* demand(length <= 2n ** 24n);
  const bytes = yield* present(readBytes(frame.machine.memory, address(frame, 7), length));
  const pinned = yield* pinnedBy(frame, 9);
  const to = yield* destination(frame, 10);
  const image: Image = yield* present(decoded(bytes, pinned));
  return yield* fill(yield* pay(world, state, position, length), position, to, image);
};

const least = (a: bigint, b: bigint) => a < b ? a : b;

/** `READ_DATA`. */
export const readData: Operation = function* (_world, state, position, frame): Check<State> {
  const { cap } = yield* holding(frame, 7, "data");
  const most = Number(least(operand(frame, 9), 2n ** 32n));
  const bytes = yield* bytesOf(cap, most);
  const memory = yield* present(writeBytes(frame.machine.memory, address(frame, 8), bytes));
  const written = withFrame(state, position, { machine: { ...frame.machine, memory } });
  return withRegisters(written, position, { 7: BigInt(bytes.length) });
};

/** `MINT_DATA`. */
export const mintData: Operation = function* (world, state, position, frame): Check<State> {
  const length = operand(frame, 8);
  yield* demand(length <= 2n ** 28n);
  const bytes = yield* present(readBytes(frame.machine.memory, address(frame, 7), length));
  const quota = yield* quotaAt(world, frame, 9);
  const to = yield* destination(frame, 10);
  const data = dataOf(bytes);
  const cost = BigInt((yield* bytesOf(data)).length);
  return yield* fill(yield* payFrom(state, quota, cost), position, to, data);
};

/** `OPEN`. */
export const open: Operation = function* (_world, state, position, frame): Check<State> {
  const to = yield* destination(frame, 8);
  const file = state.files.find(([id]) => id === operand(frame, 7));
  const data = yield* known(file?.[1]);
  return data === undefined ? yield* failed() : yield* fill(state, position, to, data);
};

/** The state with one more file, and its number. */
export function saved(state: State, data: Cap): { readonly state: State; readonly id: bigint } {
  const id = state.files.reduce((most, [known]) => known > most ? known : most, 0n) + 1n;
  return { state: { ...state, files: [...state.files, [id, data]] }, id };
}

/** `SAVE`. */
export const save: Operation = function* (world, state, position, frame): Check<State> {
  const { cap } = yield* holding(frame, 7, "data");
  const quota = yield* quotaAt(world, frame, 8);
  const size = BigInt((yield* bytesOf(cap)).length);
  const { state: after, id } = saved(yield* payFrom(state, quota, size), cap);
  return withRegisters(after, position, { 7: id });
};

/** Saves Data that a kernel Instance was given: paid by the first quota of the caller that suffices. */
export function* saveFor(
  world: World,
  state: State,
  caller: number,
  data: Cap,
  size: bigint,
): Check<{ readonly state: State; readonly id: bigint } | undefined> {
  const { id } = yield* activeQuota(world, state, caller, size);
  if (id === undefined) return undefined;
  const left = valueOf(state.quotas, id) - size;
  return saved({ ...state, quotas: withRow(state.quotas, id, left) }, data);
}
