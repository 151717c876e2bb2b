/**
 * The kernel under the rules of the original: one operation of the program that runs.
 *
 * What goes wrong is a trap, and nothing has changed. An operation that hands over to the driver says so.
 *
 * @module
 */

import { CNODE } from "./kernel_caps.ts";
import { type Done, minted, slotIn, slots } from "./kernel_compat_done.ts";
import { call, setImage, yieldTo } from "./kernel_compat_enter.ts";
import { mintData, open, readData, sameType, save, typeOf } from "./kernel_compat_objects.ts";
import { spawn } from "./kernel_compat_spawn.ts";
import { type Env, type Frame, type State, topFrame } from "./kernel_compat_state.ts";
import { copy, type Done as SlotsDone, drop, move, swap } from "./kernel_slots.ts";

function mintCNode(env: Env, state: State, frame: Frame): Done | undefined {
  const sizeLog = slotIn(frame, 8);
  if (sizeLog > 16n) return undefined;
  return minted(env, state, frame, slotIn(frame, 7), [CNODE, [sizeLog, []]]);
}

type Operation = (env: Env, state: State, frame: Frame) => Done | undefined;

const onSlots =
  (operate: (frame: Frame, a: bigint, b: bigint) => SlotsDone): Operation => (_env, state, frame) =>
    slots(state, frame, operate(frame, slotIn(frame, 7), slotIn(frame, 8)));

const OPERATIONS: readonly (Operation | undefined)[] = [
  (_env, state) => ({ state, exit: "halt" }),
  onSlots(({ cnode, pinned }, a, b) => copy("compat", cnode, pinned, a, b)),
  onSlots(({ cnode, pinned }, a, b) => move("compat", cnode, pinned, a, b)),
  onSlots(({ cnode, pinned }, a) => drop("compat", cnode, pinned, a)),
  onSlots(({ cnode, pinned }, a, b) => swap("compat", cnode, pinned, a, b)),
  mintCNode,
  ...Array.from({ length: 10 }, () => undefined),
  yieldTo,
  setImage,
  spawn,
  undefined,
  sameType,
  typeOf,
  readData,
  mintData,
  open,
  save,
  call,
];

/** Does an operation; nothing where it traps. What has no meaning does nothing. */
export function ecall(env: Env, state: State, number: bigint): Done | undefined {
  if (number >= BigInt(OPERATIONS.length)) return { state };
  const frame = topFrame(state);
  return frame === undefined ? undefined : OPERATIONS[Number(number)]?.(env, state, frame);
}
