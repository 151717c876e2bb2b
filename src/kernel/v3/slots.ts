/**
 * Slots of the Instance that runs: paths to them, what they hold, and changing them.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { Cap } from "../cap.ts";
import { CNodeCap } from "../cnode_cap.ts";
import { MAX_SOURCE_DEPTH } from "../slot.ts";
import { startsWith } from "./frame.ts";
import type { Frame, Path } from "./frame.ts";
import type { Run } from "./run.ts";
import { FAILED, failure } from "./stop.ts";
import type { Checked, Sure } from "./stop.ts";
import { readMemory } from "./transfer.ts";

/** How many slots a root cnode has, as a power of two. */
export const ROOT_SIZE_LOG = 8;
const ROOT_SLOTS = 256n;
const BY_ADDRESS = 1n << 63n;
const STEP_BYTES = 4;

/** The path that an operand stands for. */
export function pathOf({ machine }: Frame, operand: bigint): Checked<Path> {
  if (operand < ROOT_SLOTS) return ok([Number(operand)]);
  if (operand < BY_ADDRESS) return FAILED;
  const steps = Number((operand >> 32n) & 0x7fff_ffffn);
  if (steps < 1 || steps > MAX_SOURCE_DEPTH) return FAILED;
  const read = readMemory(machine.memory, operand, STEP_BYTES * steps);
  if (!read.ok) return read;
  const view = new DataView(read.value.buffer);
  return ok(Array.from({ length: steps }, (_, index) => view.getUint32(STEP_BYTES * index, true)));
}

/** The path that a register stands for. */
export function pathIn(frame: Frame, register: number): Checked<Path> {
  return pathOf(frame, frame.machine.register(register));
}

/** What a slot of a cnode holds: nothing beyond its last. */
export function heldIn(cnode: CNodeCap, slot: number): Sure<CapTarget | undefined> {
  const content = cnode.content(slot);
  if (content === undefined) return ok(undefined);
  return "missing" in content
    ? failure({ kind: "blob-missing", hash: content.missing })
    : ok(content.target);
}

/** The cnode that holds the last slot of a path; nothing when the path leads nowhere. */
function cnodeAt(run: Run, root: CNodeCap, path: Path): Sure<CNodeCap | undefined> {
  let cnode = root;
  for (const step of path.slice(0, -1)) {
    const held = heldIn(cnode, step);
    if (!held.ok) return held;
    if (held.value === undefined) return ok(undefined);
    const next = run.space.load(held.value);
    if (!next.ok) return next;
    if (!CNodeCap.is(next.value)) return ok(undefined);
    cnode = next.value;
  }
  return ok((path.at(-1) ?? 0) < cnode.capacity ? cnode : undefined);
}

/** A slot that a path leads to. */
export interface Place {
  readonly held: CapTarget | undefined;
}

/** Where a path leads; nothing when it leads nowhere. */
export function placeAt(run: Run, root: CNodeCap, path: Path): Sure<Place | undefined> {
  const cnode = cnodeAt(run, root, path);
  if (!cnode.ok) return cnode;
  if (cnode.value === undefined) return ok(undefined);
  const held = heldIn(cnode.value, path.at(-1) ?? 0);
  return held.ok ? ok({ held: held.value }) : held;
}

/** What the slot of a path holds. */
export function heldAt(run: Run, frame: Frame, path: Path): Checked<CapTarget | undefined> {
  const place = placeAt(run, frame.cnode, path);
  if (!place.ok) return place;
  return place.value === undefined ? FAILED : ok(place.value.held);
}

/** A slot that holds something. */
export interface Full {
  readonly path: Path;
  readonly target: CapTarget;
}

/** The slot that a register stands for, which has to hold something. */
export function fullSlot(run: Run, frame: Frame, register: number): Checked<Full> {
  const path = pathIn(frame, register);
  if (!path.ok) return path;
  const held = heldAt(run, frame, path.value);
  if (!held.ok) return held;
  return held.value === undefined ? FAILED : ok({ path: path.value, target: held.value });
}

/** The capability of one kind in the slot that a register stands for. */
export function capIn<T extends Cap>(
  run: Run,
  frame: Frame,
  register: number,
  is: (cap: unknown) => cap is T,
): Checked<Full & { readonly cap: T }> {
  const full = fullSlot(run, frame, register);
  return full.ok ? ofKind(run, full.value, is) : full;
}

/** The capability of one kind in a slot. */
export function ofKind<T extends Cap>(
  run: Run,
  full: Full,
  is: (cap: unknown) => cap is T,
): Checked<Full & { readonly cap: T }> {
  const cap = run.space.load(full.target);
  if (!cap.ok) return cap;
  return is(cap.value) ? ok({ ...full, cap: cap.value }) : FAILED;
}

/** Whether a slot lies in one that the image pins. */
export function isPinned({ pinned }: Frame, path: Path): boolean {
  return pinned.has(path[0] ?? 0);
}

/** Whether a slot is in flight, or on the way to one that is, or behind one. */
function isInFlight({ outstanding }: Frame, path: Path): boolean {
  return outstanding.some((call) => startsWith(call.path, path) || startsWith(path, call.path));
}

/** Whether an operation may change a slot. */
export function mayChange(frame: Frame, path: Path): boolean {
  return !isPinned(frame, path) && !isInFlight(frame, path);
}

/** The slot of a destination, which has to be there, empty, and free to be changed. */
export function emptySlot(run: Run, frame: Frame, register: number): Checked<Path> {
  const path = pathIn(frame, register);
  if (!path.ok) return path;
  const held = heldAt(run, frame, path.value);
  if (!held.ok) return held;
  return held.value === undefined && mayChange(frame, path.value) ? path : FAILED;
}

/** A cnode with something else in a slot, which lies inside. */
export function withSlot(cnode: CNodeCap, slot: number, target: CapTarget | undefined): CNodeCap {
  const content = cnode.content(slot);
  const same = content === undefined
    ? target === undefined
    : "target" in content && content.target === target;
  if (same) return cnode;
  const change = cnode.set(slot, target);
  return change.ok ? change.value.cnode : cnode;
}

/** A cnode with something else in a slot below; the path leads there. */
function withPath(
  run: Run,
  cnode: CNodeCap,
  path: Path,
  target: CapTarget | undefined,
): Sure<CNodeCap> {
  const [step, ...rest] = path;
  if (step === undefined) return ok(cnode);
  if (rest.length === 0) return ok(withSlot(cnode, step, target));
  const held = heldIn(cnode, step);
  if (!held.ok) return held;
  const child = held.value === undefined ? ok(undefined) : run.space.load(held.value);
  if (!child.ok) return child;
  if (!CNodeCap.is(child.value)) return ok(cnode); // never: the path leads there
  const changed = withPath(run, child.value, rest, target);
  return changed.ok ? ok(withSlot(cnode, step, run.space.make(changed.value))) : changed;
}

/** Puts something into a slot of an Instance, or empties it; the path leads there. */
export function putAt(
  run: Run,
  frame: Frame,
  path: Path,
  target: CapTarget | undefined,
): Sure<undefined> {
  const cnode = withPath(run, frame.cnode, path, target);
  if (!cnode.ok) return err(cnode.error);
  frame.cnode = cnode.value;
  return ok(undefined);
}

/** What slot 0 of an Instance holds. */
export function slot0Of({ cnode }: Frame): Sure<CapTarget | undefined> {
  return heldIn(cnode, 0);
}

/** Puts something into slot 0 of an Instance, or empties it. */
export function setSlot0(frame: Frame, target: CapTarget | undefined): void {
  frame.cnode = withSlot(frame.cnode, 0, target);
}
