/**
 * The operations that give an Instance its image.
 *
 * @module
 */

import { ok } from "../../../result.ts";
import { CNodeCap } from "../../cnode_cap.ts";
import { DataCap } from "../../data_cap.ts";
import type { CapHash } from "../../hash.ts";
import { decodeImageSource, extended } from "../../image_chain.ts";
import { ImageCapV3 } from "../../image_v3.ts";
import { IDLE, instanceV3Of } from "../../instance_v3.ts";
import type { Frame } from "../frame.ts";
import { pinnedBy } from "../image.ts";
import { payActive } from "../meters.ts";
import type { Run } from "../run.ts";
import { capIn, emptySlot, heldIn, mayChange, putAt, ROOT_SIZE_LOG, withSlot } from "../slots.ts";
import { FAILED } from "../stop.ts";
import type { Checked } from "../stop.ts";
import { numberUpTo, readMemory } from "../transfer.ts";
import { moveTo, outlives } from "./slots.ts";
import type { Operations } from "./operation.ts";

const SOURCE_BYTES_MAX = 2 ** 24;
const NO_SLOT = 2n ** 64n - 1n;

function setImage(run: Run, frame: Frame): Checked<undefined> {
  const image = capIn(run, frame, 7, ImageCapV3.is);
  if (!image.ok) return image;
  const hash = run.space.hashOf(image.value.target);
  if (!hash.ok) return hash;
  let { cnode } = frame;
  for (const slot of frame.pinned) cnode = withSlot(cnode, slot, undefined);
  for (const { slot, capHash } of image.value.cap.fields.pinned) {
    const held = heldIn(cnode, slot);
    if (!held.ok) return held;
    if (held.value !== undefined) return FAILED;
    cnode = withSlot(cnode, slot, capHash);
  }
  frame.cnode = cnode;
  frame.imageHash = hash.value;
  frame.chain = extended(frame.chain, hash.value);
  frame.pinned = pinnedBy(image.value.cap);
  return ok(undefined);
}

function deriveSpawn(run: Run, frame: Frame): Checked<undefined> {
  const image = capIn(run, frame, 7, ImageCapV3.is);
  if (!image.ok) return image;
  const slots = capIn(run, frame, 8, CNodeCap.is);
  if (!slots.ok) return slots;
  const { path, cap } = slots.value;
  if (cap.sizeLog !== ROOT_SIZE_LOG || !mayChange(frame, path)) return FAILED;
  const destination = emptySlot(run, frame, 9);
  if (!destination.ok) return destination;
  if (!outlives(destination.value, path)) return FAILED;
  const hash = run.space.hashOf(image.value.target);
  if (!hash.ok) return hash;
  const cnode = image.value.cap.fields.pinned.reduce(
    (under, { slot, capHash }) => withSlot(under, slot, capHash),
    cap,
  );
  const target = run.space.make(instanceV3Of({
    imageHashChain: extended(frame.chain, hash.value),
    imageHash: hash.value,
    rootCnode: run.space.make(cnode),
    status: IDLE,
  }));
  return moveTo(run, frame, { path, target }, destination.value);
}

/** A slot that an image is to pin. */
interface Pin {
  readonly slot: number;
  readonly capHash: CapHash;
}

/** The Data and Images of a cnode, by slot. */
function pinsIn(run: Run, cnode: CNodeCap): Checked<readonly Pin[]> {
  const pins: Pin[] = [];
  for (const { slot } of cnode.entries()) {
    const held = heldIn(cnode, slot);
    if (!held.ok) return held;
    const cap = held.value === undefined ? ok(undefined) : run.space.load(held.value);
    if (!cap.ok) return cap;
    const isPin = DataCap.is(cap.value) || ImageCapV3.is(cap.value);
    if (!isPin || held.value === undefined) continue;
    const hash = run.space.hashOf(held.value);
    if (!hash.ok) return hash;
    pins.push({ slot, capHash: hash.value });
  }
  return ok(pins);
}

function pinsFor(run: Run, frame: Frame): Checked<readonly Pin[]> {
  if (frame.machine.register(9) === NO_SLOT) return ok([]);
  const cnode = capIn(run, frame, 9, CNodeCap.is);
  return cnode.ok ? pinsIn(run, cnode.value.cap) : cnode;
}

function makeImage(run: Run, frame: Frame): Checked<undefined> {
  const { machine } = frame;
  const length = numberUpTo(machine.register(8), SOURCE_BYTES_MAX);
  if (!length.ok) return length;
  const bytes = readMemory(machine.memory, machine.register(7), length.value);
  if (!bytes.ok) return bytes;
  const pins = pinsFor(run, frame);
  if (!pins.ok) return pins;
  const destination = emptySlot(run, frame, 10);
  if (!destination.ok) return destination;
  const source = decodeImageSource(bytes.value);
  if (!source.ok) return FAILED;
  const image = ImageCapV3.create(source.value, pins.value);
  if (!image.ok) return FAILED;
  const paid = payActive(run, frame, length.value);
  if (!paid.ok) return paid;
  return putAt(run, frame, destination.value, run.space.make(image.value));
}

/** The operations that give an Instance its image, by number. */
export const IMAGE_OPERATIONS: Operations = { 17: setImage, 18: deriveSpawn, 19: makeImage };
