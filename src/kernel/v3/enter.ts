/**
 * Entering an Instance: when it is called, and when it goes on after a pause.
 *
 * @module
 */

import { Machine } from "../../pvm/mod.ts";
import { ok } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import { ImageCapV3 } from "../image_v3.ts";
import { instanceV3Of } from "../instance_v3.ts";
import type { InstanceCapV3 } from "../instance_v3.ts";
import type { Frame } from "./frame.ts";
import { pinnedBy, registersFor, runningImage } from "./image.ts";
import type { RunningImage } from "./image.ts";
import { callKernel } from "./kernel_calls.ts";
import type { KernelAnswer } from "./kernel_calls.ts";
import { kernelImageAt } from "./kernel_hashes.ts";
import { memoryAtEntry } from "./memory.ts";
import type { Laid } from "./memory.ts";
import { push } from "./run.ts";
import type { Run } from "./run.ts";
import { ROOT_SIZE_LOG, withSlot } from "./slots.ts";
import { broken } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** Why an Instance is not entered: the detail of the fault. */
export const NOT_ENTERED = { status: 1, image: 2, endpoint: 3, memory: 4, refused: 5 } as const;

/** What is called, by whom, and with what. */
export interface Call {
  readonly caller: Frame | undefined;
  readonly target: CapTarget;
  readonly instance: InstanceCapV3;
  readonly endpoint: number;
  readonly args: readonly bigint[];
  /** What moves into its slot 0. */
  readonly payload: CapTarget | undefined;
}

/** It runs; or it is not entered; or it was one of the kernel, and gave an answer. */
export type Entered =
  | { readonly kind: "runs"; readonly frame: Frame }
  | { readonly kind: "refused"; readonly detail: number }
  | {
    readonly kind: "answered";
    readonly value: bigint;
    readonly slot0: CapTarget | undefined;
    readonly target: CapTarget;
  };

function refused(detail: number): Sure<Entered> {
  return ok({ kind: "refused", detail });
}

/** The root cnode of an Instance; nothing when it has none of 256 slots. */
export function rootOf(run: Run, instance: InstanceCapV3): Sure<CNodeCap | undefined> {
  const root = run.space.load(instance.fields.rootCnode);
  if (!root.ok) return root;
  const isRoot = CNodeCap.is(root.value) && root.value.sizeLog === ROOT_SIZE_LOG;
  return ok(isRoot && CNodeCap.is(root.value) ? root.value : undefined);
}

/** The image of a hash; nothing when it is none of version 3. */
function loadImage(run: Run, hash: CapHash): Sure<ImageCapV3 | undefined> {
  if (kernelImageAt(hash) !== undefined) return ok(undefined);
  const image = run.space.load(hash);
  if (!image.ok) return image;
  return ok(ImageCapV3.is(image.value) ? image.value : undefined);
}

/** An image of version 3, ready to run; nothing when it is none. */
export function imageOf(run: Run, hash: CapHash): Sure<RunningImage | undefined> {
  const image = loadImage(run, hash);
  if (!image.ok || image.value === undefined) return image.ok ? ok(undefined) : image;
  return runningImage(run.host.imageCache, hash, image.value);
}

/** The slots that the image of a hash pins; nothing when it is none of version 3. */
export function pinnedOf(run: Run, hash: CapHash): Sure<ReadonlySet<number> | undefined> {
  const image = loadImage(run, hash);
  if (!image.ok) return image;
  return ok(image.value === undefined ? undefined : pinnedBy(image.value));
}

/** Where and with what an Instance starts to run. */
export interface Start {
  readonly caller: Frame | undefined;
  readonly instance: InstanceCapV3;
  readonly image: RunningImage;
  readonly pinned: ReadonlySet<number>;
  readonly cnode: CNodeCap;
  readonly laid: Laid;
  readonly registers: readonly bigint[];
  readonly pc: number;
}

/** Pushes an Instance that starts to run. There is room for it. */
export function start(run: Run, from: Start): Sure<Frame> {
  const { caller, instance, image, pinned, cnode, laid, registers, pc } = from;
  const { memory, regions } = laid;
  const machine = Machine.create(image.program, { memory, gas: 0n, registers, pc });
  if (!machine.ok) return broken(`a machine with a wrong ${machine.error.parameter}`);
  const { imageHashChain: chain, imageHash } = instance.fields;
  const frame: Frame = {
    caller,
    base: run.stack.length,
    image,
    machine: machine.value,
    regions,
    cnode,
    chain,
    imageHash,
    pinned,
    outstanding: [],
  };
  const pushed = push(run, frame);
  return pushed.ok ? ok(frame) : pushed;
}

/** What an Instance of the kernel is after its answer: the same value when nothing changed. */
function afterAnswer(
  run: Run,
  { target, instance }: Call,
  root: CNodeCap,
  answer: KernelAnswer,
): Entered {
  const { value, slot0 } = answer;
  const cnode = withSlot(answer.cnode, 0, undefined);
  if (cnode === root) return { kind: "answered", value, slot0, target };
  const rootCnode = run.space.make(cnode);
  const changed = run.space.make(instanceV3Of({ ...instance.fields, rootCnode }));
  return { kind: "answered", value, slot0, target: changed };
}

/** Enters an Instance that is called. There is room for it on the stack. */
export function enter(run: Run, call: Call): Sure<Entered> {
  const { instance, caller, endpoint, args, payload } = call;
  const { status, imageHash } = instance.fields;
  if (status.state !== "idle") return refused(NOT_ENTERED.status);
  const root = rootOf(run, instance);
  if (!root.ok) return root;
  if (root.value === undefined) return refused(NOT_ENTERED.image);
  const kernel = kernelImageAt(imageHash);
  if (kernel !== undefined) {
    const cnode = root.value;
    const answer = callKernel(kernel, { run, caller, endpoint, args, payload, cnode });
    if (!answer.ok) return answer;
    if (answer.value === undefined) return refused(NOT_ENTERED.refused);
    return ok(afterAnswer(run, call, cnode, answer.value));
  }
  const image = imageOf(run, imageHash);
  if (!image.ok) return image;
  if (image.value === undefined) return refused(NOT_ENTERED.image);
  const defined = image.value.endpoints.get(endpoint);
  if (defined === undefined) return refused(NOT_ENTERED.endpoint);
  const cnode = withSlot(root.value, 0, payload);
  const laid = memoryAtEntry(run, image.value, cnode);
  if (!laid.ok) return laid;
  if (laid.value === undefined) return refused(NOT_ENTERED.memory);
  const frame = start(run, {
    caller,
    instance,
    image: image.value,
    pinned: image.value.pinned,
    cnode,
    laid: laid.value,
    registers: registersFor(defined, args),
    pc: Number(defined.entryPc),
  });
  return frame.ok ? ok({ kind: "runs", frame: frame.value }) : frame;
}
