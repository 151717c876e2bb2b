/**
 * Yields: those of programs and those that the kernel raises, and who catches them.
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import { InstanceCapV3 } from "../instance_v3.ts";
import { plainKernelInstance } from "../kernel_instance.ts";
import type { Frame, Yielded } from "./frame.ts";
import { isOfKernel } from "./kernel_hashes.ts";
import { fault, STATUS, VALUE, YIELDED } from "./leave.ts";
import { firstInForce } from "./meters.ts";
import { pausedValue, storeCallees } from "./pause.ts";
import { hasRoom } from "./run.ts";
import type { Run } from "./run.ts";
import { heldIn, setSlot0, slot0Of } from "./slots.ts";
import { broken } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** The most slots of a catcher: those behind slot 0. */
export const MARKERS_MAX = 255;

/** What a catcher's cnode lists: its slots from 1 on, up to the first that is empty. */
export function listedIn(cnode: CNodeCap): Sure<readonly CapTarget[]> {
  const listed: CapTarget[] = [];
  for (let slot = 1; slot <= MARKERS_MAX; slot++) {
    const held = heldIn(cnode, slot);
    if (!held.ok) return held;
    if (held.value === undefined) break;
    listed.push(held.value);
  }
  return ok(listed);
}

/** The slots in which a list has a marker. */
export function slotsOf(
  run: Run,
  listed: readonly CapTarget[],
  marker: CapTarget,
): Sure<readonly number[]> {
  const slots: number[] = [];
  for (const [index, candidate] of listed.entries()) {
    const same = run.space.same(candidate, marker);
    if (!same.ok) return same;
    if (same.value) slots.push(index + 1);
  }
  return ok(slots);
}

/** The slot of a marker in the catcher of an Instance; 0 when it does not catch it. */
function caughtBy(run: Run, frame: Frame, marker: CapHash): Sure<number> {
  const { yieldMarkerSlot } = frame.image.fields;
  const held = yieldMarkerSlot === undefined ? ok(undefined) : heldIn(frame.cnode, yieldMarkerSlot);
  if (!held.ok) return held;
  const catcher = held.value === undefined ? ok(undefined) : run.space.load(held.value);
  if (!catcher.ok) return catcher;
  if (!InstanceCapV3.is(catcher.value) || !isOfKernel(catcher.value, "yieldcatcher")) return ok(0);
  const root = run.space.load(catcher.value.fields.rootCnode);
  if (!root.ok) return root;
  if (!CNodeCap.is(root.value)) return ok(0);
  const listed = listedIn(root.value);
  if (!listed.ok) return listed;
  const slots = slotsOf(run, listed.value, marker);
  return slots.ok ? ok(slots.value[0] ?? 0) : slots;
}

/** An ancestor that catches a marker. */
interface Catch {
  readonly frame: Frame;
  readonly slot: number;
}

function findCatch(run: Run, yielder: Frame, marker: CapHash): Sure<Catch | undefined> {
  for (let frame = yielder.caller; frame !== undefined; frame = frame.caller) {
    const slot = caughtBy(run, frame, marker);
    if (!slot.ok) return slot;
    if (slot.value > 0) return ok(hasRoom(run, 1) ? { frame, slot: slot.value } : undefined);
  }
  return ok(undefined);
}

/** Has the ancestor that caught a yield go on behind its call. */
function deliver(
  run: Run,
  { frame, slot }: Catch,
  yielded: Yielded,
  payload: CapTarget | undefined,
): Sure<undefined> {
  const call = frame.outstanding.at(-1);
  if (call === undefined || call.handles !== undefined) {
    return broken("a catcher that did not wait");
  }
  if (!run.stack.pushReference(frame.base).ok) return broken("a reference that cannot be pushed");
  call.handles = yielded;
  setSlot0(frame, payload);
  frame.machine.setRegister(VALUE, BigInt(slot));
  frame.machine.setRegister(STATUS, YIELDED);
  return ok(undefined);
}

/** A yield that reaches the host: the outermost Instance is stored as a paused one. */
function yieldToHost(
  run: Run,
  yielded: Yielded,
  payload: CapTarget | undefined,
): Sure<undefined> {
  const outermost = run.stack.frameAt(0);
  if (outermost === undefined) return broken("a yield with nothing on the stack");
  const below = storeCallees(run, outermost, yielded);
  if (!below.ok) return below;
  const value = pausedValue(run, outermost, yielded);
  if (!value.ok) return value;
  const hash = run.space.hashOf(value.value);
  if (!hash.ok) return hash;
  const markerPayload = payload === undefined ? ok(undefined) : run.space.hashOf(payload);
  if (!markerPayload.ok) return markerPayload;
  const results = markerPayload.value === undefined ? [] : [markerPayload.value];
  const stored = run.space.store([hash.value, ...results]);
  if (!stored.ok) return stored;
  run.end = {
    kind: "paused",
    markerPayload: markerPayload.value,
    marker: yielded.marker,
    pausedInstanceHash: hash.value,
    gasUsed: asU64(run.gasUsed),
  };
  return ok(undefined);
}

/** A program yields with a marker. */
export function yieldWith(run: Run, yielder: Frame, target: CapTarget): Sure<undefined> {
  const marker = run.space.hashOf(target);
  if (!marker.ok) return marker;
  const payload = slot0Of(yielder);
  if (!payload.ok) return payload;
  const caught = findCatch(run, yielder, marker.value);
  if (!caught.ok) return caught;
  const toHost = caught.value === undefined && run.host.hostMarkers.includes(marker.value);
  if (caught.value === undefined && !toHost) {
    return fault(run, yielder, { kind: "unhandled-marker" });
  }
  setSlot0(yielder, undefined);
  const yielded = { yielder, marker: marker.value, raised: false };
  return caught.value === undefined
    ? yieldToHost(run, yielded, payload.value)
    : deliver(run, caught.value, yielded, payload.value);
}

const MARKERS = {
  oog_marker: plainKernelInstance("oog_marker"),
  storage_exhausted_marker: plainKernelInstance("storage_exhausted_marker"),
} as const;

/** The hash of a marker of the kernel's own, which is found under it from now on. */
function markerOf(run: Run, image: keyof typeof MARKERS): Sure<CapHash> {
  const parts = MARKERS[image];
  if (!parts.ok) return broken("a marker of the kernel");
  run.space.name(parts.value.cnode);
  return run.space.name(parts.value.instance);
}

/** The kernel raises a yield. */
function raise(
  run: Run,
  yielder: Frame,
  image: keyof typeof MARKERS,
  payload: CapTarget | undefined,
): Sure<undefined> {
  const marker = markerOf(run, image);
  if (!marker.ok) return marker;
  const caught = findCatch(run, yielder, marker.value);
  if (!caught.ok) return caught;
  const yielded = { yielder, marker: marker.value, raised: true };
  return caught.value === undefined
    ? yieldToHost(run, yielded, payload)
    : deliver(run, caught.value, yielded, payload);
}

/** The kernel yields because no meter has any gas. */
export function raiseOutOfGas(run: Run, yielder: Frame): Sure<undefined> {
  const payload = firstInForce(run, "gas", yielder);
  return payload.ok ? raise(run, yielder, "oog_marker", payload.value) : payload;
}

/** The kernel yields because a quota does not suffice. */
export function raiseExhausted(
  run: Run,
  yielder: Frame,
  payload: CapTarget | undefined,
): Sure<undefined> {
  return raise(run, yielder, "storage_exhausted_marker", payload);
}
