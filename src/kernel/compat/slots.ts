/**
 * The operations on the slots of the program that runs: 1 to 5.
 *
 * @module
 */

import { CNodeCap } from "../cnode_cap.ts";
import { copySlot, dropSlot, moveSlot, swapSlots } from "../slot_operations.ts";
import type { SlotResult, SlotRules } from "../slot_operations.ts";
import { CONTINUE, isWritable, publishInto, setCnode, TRAP } from "./answer.ts";
import type { Operation } from "./answer.ts";
import { slotOf } from "./state.ts";

type OnSlots = (cnode: CNodeCap, rules: SlotRules, a: number, b: number) => SlotResult;

function onSlots(operate: OnSlots): Operation {
  return (_run, frame) => {
    const { rootCnode, pinnedSlots } = frame.now;
    const rules: SlotRules = { mode: "compat", pinned: pinnedSlots };
    const done = operate(rootCnode, rules, slotOf(frame, 7), slotOf(frame, 8));
    if (!done.ok) return TRAP;
    setCnode(frame, done.value);
    return CONTINUE;
  };
}

/** Copies a target. */
export const mgmtCopy: Operation = onSlots(copySlot);
/** Moves a target. */
export const mgmtMove: Operation = onSlots(moveSlot);
/** Empties a slot. */
export const mgmtDrop: Operation = onSlots(dropSlot);
/** Exchanges what two slots hold. */
export const mgmtSwap: Operation = onSlots(swapSlots);

/** Makes an empty cnode. */
export const mgmtMint: Operation = (run, frame) => {
  const cnode = CNodeCap.create(slotOf(frame, 8));
  const dst = slotOf(frame, 7);
  if (!cnode.ok || !isWritable(frame, dst)) return TRAP;
  return publishInto(run, frame, dst, cnode.value);
};
