/**
 * The kernel of mode v3: the operations on slots, and those that compare types.
 *
 * @module
 */

import { type Named, payFrom } from "./kernel_v3_gas.ts";
import { extended } from "./kernel_v3_hash.ts";
import { numberOf, rowOf } from "./kernel_v3_kernel.ts";
import { readBytes } from "./kernel_v3_memory.ts";
import {
  cnodeOf,
  destination,
  free,
  held,
  holding,
  isPinned,
  known,
  looked,
  operand,
  pathOf,
  put,
} from "./kernel_v3_slots.ts";
import { frameAt, withRegisters, withRoot } from "./kernel_v3_stack.ts";
import {
  type Check,
  demand,
  type Frame,
  type Path,
  present,
  type State,
  type World,
} from "./kernel_v3_state.ts";
import type { Cap } from "./kernel_v3_values.ts";

/** An operation of the Instance at a position. */
export type Operation = (
  world: World,
  state: State,
  position: number,
  frame: Frame,
) => Check<State>;

/** A quota that an operand names. */
export function* quotaAt(world: World, frame: Frame, register: number): Check<Named> {
  const { cap } = yield* looked(frame, register);
  const id = yield* present(yield* rowOf(world.hashes, "quota", cap));
  return { cap: yield* present(cap), id };
}

/** Puts a new capability into an empty slot. */
export function* fill(state: State, position: number, path: Path, cap: Cap): Check<State> {
  const frame = yield* present(frameAt(state, position));
  yield* cnodeOf(frame.root, path);
  return withRoot(state, position, put(frame.root, path, cap));
}

/** `COPY`. */
export const copy: Operation = function* (_world, state, position, frame): Check<State> {
  const from = yield* looked(frame, 7);
  yield* demand(!isPinned(frame, from.path));
  const cap = yield* present(from.cap);
  return yield* fill(state, position, yield* destination(frame, 8), cap);
};

/** `MOVE`. */
export const move: Operation = function* (_world, state, position, frame): Check<State> {
  const from = yield* looked(frame, 7);
  yield* free(frame, from.path);
  const cap = yield* present(from.cap);
  const to = yield* destination(frame, 8);
  const emptied = withRoot(state, position, put(frame.root, from.path, undefined));
  return yield* fill(emptied, position, to, cap);
};

/** `DROP`. */
export const drop: Operation = function* (_world, state, position, frame): Check<State> {
  const { path } = yield* looked(frame, 7);
  yield* free(frame, path);
  return withRoot(state, position, put(frame.root, path, undefined));
};

/** `SWAP`. */
export const swap: Operation = function* (_world, state, position, frame): Check<State> {
  const [a, b] = [yield* looked(frame, 7), yield* looked(frame, 8)];
  yield* demand(`${a.path.slice(0, -1)}` === `${b.path.slice(0, -1)}`);
  yield* free(frame, a.path);
  yield* free(frame, b.path);
  const root = put(put(frame.root, a.path, b.cap), b.path, a.cap);
  return withRoot(state, position, root);
};

const CNODE_COST = 32n;

/** `MINT_CNODE`. */
export const mintCnode: Operation = function* (world, state, position, frame): Check<State> {
  const to = yield* destination(frame, 7);
  const size = operand(frame, 8);
  yield* demand(size <= 16n);
  const quota = yield* quotaAt(world, frame, 9);
  const paid = yield* payFrom(state, quota, CNODE_COST);
  return yield* fill(paid, position, to, { is: "cnode", sizeLog: Number(size), slots: [] });
};

/** `SAME_TYPE`. */
export const sameType: Operation = function* (_world, state, position, frame): Check<State> {
  const [a, b] = [yield* holding(frame, 7, "instance"), yield* holding(frame, 8, "instance")];
  return withRegisters(state, position, { 7: a.cap.chain === b.cap.chain ? 1n : 0n });
};

/** `TYPE_OF`. */
export const typeOf: Operation = function* (_world, state, position, frame): Check<State> {
  const { cap } = yield* holding(frame, 7, "instance");
  const to = yield* destination(frame, 8);
  return yield* fill(state, position, to, { is: "type", chain: cap.chain });
};

/** `TYPE_EQ`. */
export const typeEq: Operation = function* (_world, state, position, frame): Check<State> {
  const [a, b] = [yield* holding(frame, 7, "type"), yield* holding(frame, 8, "type")];
  return withRegisters(state, position, { 7: a.cap.chain === b.cap.chain ? 1n : 0n });
};

/** A chain, extended by the Images whose paths lie in memory. */
function* extendedBy(
  world: World,
  frame: Frame,
  chain: string,
  address: number,
  count: number,
): Check<string> {
  const number = operand(frame, count);
  yield* demand(number <= 256n);
  const start = operand(frame, address) % 2n ** 32n;
  const bytes = yield* present(readBytes(frame.machine.memory, start, 8n * number));
  let longer = chain;
  for (let i = 0; i < Number(number); i++) {
    const path = yield* pathOf(frame, numberOf(bytes.slice(8 * i, 8 * i + 8)));
    const image = yield* known(yield* held(frame.root, path));
    yield* demand(image?.is === "image");
    longer = extended(world.hashes, longer, yield* present(image));
  }
  return longer;
}

/** `SAME_TYPE_AS`. */
export const sameTypeAs: Operation = function* (world, state, position, frame): Check<State> {
  const [a, b] = [yield* holding(frame, 7, "instance"), yield* holding(frame, 8, "instance")];
  const chain = yield* extendedBy(world, frame, b.cap.chain, 9, 10);
  return withRegisters(state, position, { 7: a.cap.chain === chain ? 1n : 0n });
};

/** `SUBTYPE`. */
export const subtype: Operation = function* (world, state, position, frame): Check<State> {
  const { cap } = yield* holding(frame, 7, "type");
  const chain = yield* extendedBy(world, frame, cap.chain, 8, 9);
  const to = yield* destination(frame, 10);
  return yield* fill(state, position, to, { is: "type", chain });
};
