/**
 * An Instance of the directory becomes an entry of the stack.
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import type { U64 } from "../../int/mod.ts";
import { PAGE_SIZE, SparseMemory } from "../../paged/mod.ts";
import type { Memory, RegionError } from "../../paged/mod.ts";
import type { Program } from "../../pvm/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { rawBytes } from "../byte_string.ts";
import type { CapTarget } from "../cap_ref.ts";
import { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import { ImageCap } from "../image_cap.ts";
import type { Endpoint } from "../image_cap.ts";
import type { ImageCache } from "../image_cache.ts";
import { InstanceCap } from "../instance_cap.ts";
import type { VmError } from "../vm_error.ts";
import { machineFor, pcOf } from "./frame.ts";
import type { Frame, FrameState } from "./frame.ts";
import { broken } from "./state.ts";
import type { Run } from "./state.ts";
import { checkedError } from "./workspace.ts";

/** What is to be entered, and with what. */
export interface EntryOf {
  readonly instance: CapTarget;
  readonly endpoint: number;
  readonly args: readonly U64[];
  readonly gas: U64;
}

const FIRST_ARG = 7;
const ADDRESSES = 2 ** 32;

/** The program of an image: a mask that is too short has zeros behind it. */
export function programOf(
  imageCache: ImageCache,
  hash: CapHash,
  image: ImageCap,
): Result<Program, VmError> {
  const known = imageCache.get(hash);
  if (known !== undefined) return ok(known);
  const { code, bitmask, jumpTable } = image.fields;
  const mask = rawBytes(bitmask);
  const starts = new Uint8Array(code.length);
  for (let i = 0; i < starts.length; i++) starts[i] = ((mask[i >> 3] ?? 0) >> (i & 7)) & 1;
  const program = imageCache.getOrDecode(hash, rawBytes(code), starts, jumpTable);
  return program.ok ? program : err(checkedError(program.error));
}

/** The image parts of an entry. */
export function imageParts(
  { fields }: ImageCap,
): Pick<FrameState, "yieldMarkerSlot" | "pinnedSlots"> {
  return {
    yieldMarkerSlot: fields.yieldMarkerSlot,
    pinnedSlots: Object.freeze(fields.pinned.map(({ slot }) => slot)),
  };
}

/** The Image of a hash. */
export function loadImage(run: Run, hash: CapHash): Result<ImageCap, VmError> {
  const image = run.workspace.load(hash);
  if (!image.ok) return image;
  return ImageCap.is(image.value) ? ok(image.value) : err({ kind: "image-not-found", hash });
}

function loadRoot(run: Run, target: CapTarget): Result<CNodeCap, VmError> {
  const cap = run.workspace.load(target);
  if (!cap.ok) return cap;
  if (cap.value === undefined) return broken("the root cnode of the Instance is missing");
  if (!CNodeCap.is(cap.value)) return broken("the root cnode of the Instance is no CNode");
  return ok(run.workspace.withSettled(cap.value));
}

/** Bytes rounded up to pages. */
export function toPages(bytes: number): number {
  return Math.ceil(bytes / PAGE_SIZE) * PAGE_SIZE;
}

function regionFailed(error: RegionError): Result<never, VmError> {
  return err(error.kind === "no-room" ? { kind: "no-room" } : { kind: "map-region", error });
}

/** The memory of an Instance: all of its size, and its overlays in their order. */
function memoryOf(run: Run, { fields }: InstanceCap): Result<Memory, VmError> {
  const made = SparseMemory.create({ limitBytes: run.roomBytes, wraps: false });
  if (!made.ok) return err({ kind: "no-room" }); // its options are right
  const memory = made.value;
  const size = toPages(fields.memSize);
  const base = size === 0 ? undefined : memory.mapRegion(0, size, "read-write");
  if (base?.ok === false) return regionFailed(base.error);
  for (const { start, bytes } of fields.rwOverlays) {
    if (bytes.length === 0) continue;
    const region = memory.mapRegion(start, toPages(bytes.length), "read-write", rawBytes(bytes));
    if (!region.ok) return regionFailed(region.error);
  }
  return ok(memory);
}

/** The registers: those of the endpoint, those that the Instance kept, and the arguments. */
function registersOf(
  { initialRegs }: Endpoint,
  { fields }: InstanceCap,
  args: readonly U64[],
): readonly U64[] {
  return fields.regs.map((kept, i) =>
    args[i - FIRST_ARG] ?? (kept === 0n ? initialRegs[i] ?? asU64(0n) : kept)
  );
}

/** The entry of an Instance. The checks come in the order of the original. */
export function buildEntry(run: Run, entry: EntryOf): Result<Frame, VmError> {
  const { instance, endpoint, args, gas } = entry;
  const cap = run.workspace.load(instance);
  if (!cap.ok) return cap;
  if (!InstanceCap.is(cap.value)) return err({ kind: "instance-not-found", target: instance });
  const { imageHash, imageHashChain, rootCnode } = cap.value.fields;
  const image = loadImage(run, imageHash);
  if (!image.ok) return image;
  const root = loadRoot(run, rootCnode);
  if (!root.ok) return root;
  const program = programOf(run.host.imageCache, imageHash, image.value);
  if (!program.ok) return program;
  const at = image.value.fields.endpoints[endpoint];
  if (at === undefined) return broken("the image has no such endpoint");
  const memory = memoryOf(run, cap.value);
  if (!memory.ok) return memory;
  const machine = machineFor(program.value, {
    memory: memory.value,
    gas,
    registers: registersOf(at, cap.value, args),
    pc: pcOf(at.entryPc),
  });
  if (!machine.ok) return machine;
  const now: FrameState = {
    instance,
    imageHashChain,
    imageHash,
    program: program.value,
    rootCnode: root.value,
    ...imageParts(image.value),
    machine: machine.value,
  };
  return ok({ now });
}

/** Whether a region ends within the address space. */
export function endsInside(start: bigint, size: bigint): boolean {
  return start + size <= BigInt(ADDRESSES);
}
