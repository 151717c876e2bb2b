/**
 * The kernel under the rules of the original: what operations have in common.
 *
 * @module
 */

import * as directory from "./kernel_cache.ts";
import { type Cap, capHash } from "./kernel_caps.ts";
import { type Env, type Frame, type State, withTop } from "./kernel_compat_state.ts";
import { type Done as SlotsDone, mint } from "./kernel_slots.ts";

/** What an operation did: nothing where it failed. */
export interface Done {
  /** The state afterwards. */
  readonly state: State;
  /** Where it goes on; in the program where nothing is told. */
  readonly exit?: "halt" | "yield" | "set-image" | "call";
}

const SLOT = 256n;

/** A register of the program that runs. */
export function register(frame: Frame, index: number): bigint {
  return frame.machine.registers[index] ?? 0n;
}

/** The slot that a register names. */
export function slotIn(frame: Frame, index: number): bigint {
  return register(frame, index) % SLOT;
}

/** The frame with another value in a register. */
export function withRegister(frame: Frame, index: number, value: bigint): Frame {
  const registers = frame.machine.registers.map((old, i) => i === index ? value : old);
  return { ...frame, machine: { ...frame.machine, registers } };
}

/** The state with other slots of the program that runs; nothing where the operation failed. */
export function slots(state: State, frame: Frame, done: SlotsDone): Done | undefined {
  return "cnode" in done ? { state: withTop(state, { ...frame, cnode: done.cnode }) } : undefined;
}

/** Puts a capability into the directory and its hash into a slot; nothing where the slot refuses. */
export function minted(
  env: Env,
  state: State,
  frame: Frame,
  dst: bigint,
  cap: Cap,
): Done | undefined {
  const done = slots(
    state,
    frame,
    mint("compat", frame.cnode, frame.pinned, dst, capHash(env.sha, cap)),
  );
  if (done === undefined) return undefined;
  return {
    state: { ...done.state, directory: directory.putCap(env.sha, state.directory, cap).state },
  };
}
