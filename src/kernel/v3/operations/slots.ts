/**
 * The operations on slots.
 *
 * @module
 */

import { ok } from "../../../result.ts";
import type { CapTarget } from "../../cap_ref.ts";
import { cnodeCapOf } from "../../cnode_cap.ts";
import { CNODE_SIZE_LOG_MAX } from "../../slot.ts";
import { asU8 } from "../../../int/mod.ts";
import type { Frame, Path } from "../frame.ts";
import { samePath, startsWith } from "../frame.ts";
import { payNamed } from "../meters.ts";
import { emptySlot, fullSlot, heldAt, isPinned, mayChange, pathIn, putAt } from "../slots.ts";
import type { Full } from "../slots.ts";
import type { Run } from "../run.ts";
import { broken, FAILED } from "../stop.ts";
import type { Checked } from "../stop.ts";
import { numberUpTo } from "../transfer.ts";
import { quotaIn } from "./quota.ts";
import type { Operations } from "./operation.ts";

const MINT_CNODE_BYTES = 32;

function copy(run: Run, frame: Frame): Checked<undefined> {
  const source = fullSlot(run, frame, 7);
  if (!source.ok) return source;
  if (isPinned(frame, source.value.path)) return FAILED;
  const destination = emptySlot(run, frame, 8);
  if (!destination.ok) return destination;
  return putAt(run, frame, destination.value, source.value.target);
}

/** Whether a destination is still there once another slot is empty. */
export function outlives(destination: Path, emptied: Path): boolean {
  return !startsWith(destination, emptied);
}

/** Empties one slot and fills another. */
export function moveTo(
  run: Run,
  frame: Frame,
  source: Full,
  destination: Path,
): Checked<undefined> {
  const taken = putAt(run, frame, source.path, undefined);
  return taken.ok ? putAt(run, frame, destination, source.target) : taken;
}

function move(run: Run, frame: Frame): Checked<undefined> {
  const source = fullSlot(run, frame, 7);
  if (!source.ok) return source;
  const { path } = source.value;
  if (!mayChange(frame, path)) return FAILED;
  const destination = emptySlot(run, frame, 8);
  if (!destination.ok) return destination;
  if (!outlives(destination.value, path)) return FAILED;
  return moveTo(run, frame, source.value, destination.value);
}

interface Slot {
  readonly path: Path;
  readonly held: CapTarget | undefined;
}

/** The slot that a register stands for, with what it holds. */
function slotIn(run: Run, frame: Frame, register: number): Checked<Slot> {
  const path = pathIn(frame, register);
  if (!path.ok) return path;
  const held = heldAt(run, frame, path.value);
  return held.ok ? ok({ path: path.value, held: held.value }) : held;
}

function drop(run: Run, frame: Frame): Checked<undefined> {
  const slot = slotIn(run, frame, 7);
  if (!slot.ok) return slot;
  const { path } = slot.value;
  return mayChange(frame, path) ? putAt(run, frame, path, undefined) : FAILED;
}

function swap(run: Run, frame: Frame): Checked<undefined> {
  const one = slotIn(run, frame, 7);
  if (!one.ok) return one;
  const other = slotIn(run, frame, 8);
  if (!other.ok) return other;
  const [first, second] = [one.value, other.value];
  if (!samePath(first.path.slice(0, -1), second.path.slice(0, -1))) return FAILED;
  if (!mayChange(frame, first.path) || !mayChange(frame, second.path)) return FAILED;
  const half = putAt(run, frame, first.path, second.held);
  return half.ok ? putAt(run, frame, second.path, first.held) : half;
}

function mintCNode(run: Run, frame: Frame): Checked<undefined> {
  const destination = emptySlot(run, frame, 7);
  if (!destination.ok) return destination;
  const sizeLog = numberUpTo(frame.machine.register(8), CNODE_SIZE_LOG_MAX);
  if (!sizeLog.ok) return sizeLog;
  const quota = quotaIn(run, frame, 9);
  if (!quota.ok) return quota;
  const paid = payNamed(run, quota.value, MINT_CNODE_BYTES);
  if (!paid.ok) return paid;
  const cnode = cnodeCapOf(asU8(sizeLog.value), []);
  if (!cnode.ok) return broken("a cnode without slots in use");
  return putAt(run, frame, destination.value, run.space.make(cnode.value));
}

/** The operations on slots, by number. */
export const SLOT_OPERATIONS: Operations = {
  1: copy,
  2: move,
  3: drop,
  4: swap,
  5: mintCNode,
};
