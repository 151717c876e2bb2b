/**
 * What an operation of a program gives to the driver.
 *
 * @module
 */

import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { CapRef } from "../cap_ref.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { Cap } from "../cap.ts";
import type { CNodeCap } from "../cnode_cap.ts";
import { isInside } from "../slot.ts";
import type { VmError } from "../vm_error.ts";
import type { Frame } from "./frame.ts";
import { slotOf } from "./state.ts";
import type { Run } from "./state.ts";

/** Where it goes on; `trap` when the operation failed, and nothing has changed. */
export type Answer = "continue" | "trap" | "halt" | "yield" | "set-image" | "call";

/** An answer, or why the whole call cannot go on. */
export type Answered = Result<Answer, VmError>;

/** An operation. */
export type Operation = (run: Run, frame: Frame) => Answered;

/** It goes on. */
export const CONTINUE: Answered = ok("continue");
/** A check failed. */
export const TRAP: Answered = ok("trap");

/** Gives an entry other slots. */
export function setCnode(frame: Frame, rootCnode: CNodeCap): void {
  frame.now = { ...frame.now, rootCnode };
}

/** Whether a result of the kernel may be written to a slot. */
export function isWritable({ now }: Frame, slot: number): boolean {
  return isInside(slot, now.rootCnode.sizeLog) && !now.pinnedSlots.some((pin) => pin === slot);
}

/** Writes a target to a slot that was found to be writable. */
export function bind(frame: Frame, slot: number, target: CapTarget | undefined): Answered {
  const change = frame.now.rootCnode.set(slot, target);
  if (!change.ok) return TRAP;
  setCnode(frame, change.value.cnode);
  return CONTINUE;
}

/** The target in the slot that a register names. */
export function targetIn(frame: Frame, register: number): CapTarget | undefined {
  return frame.now.rootCnode.get(slotOf(frame, register));
}

/** The hash in the slot that a register names; nothing for a handle. */
export function hashIn(frame: Frame, register: number): string | undefined {
  const target = targetIn(frame, register);
  return CapRef.is(target) ? undefined : target;
}

/** What the slot names that a register names; nothing when it is not there. */
export function capIn(run: Run, frame: Frame, register: number): Result<Cap | undefined, VmError> {
  const target = targetIn(frame, register);
  return target === undefined ? ok(undefined) : run.workspace.load(target);
}

/** Publishes a capability and writes its hash to a slot that was found to be writable. */
export function publishInto(run: Run, frame: Frame, slot: number, cap: Cap): Answered {
  const hash = run.workspace.publish(cap);
  return hash.ok ? bind(frame, slot, hash.value) : hash;
}
