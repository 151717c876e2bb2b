/**
 * The kernel of mode v3: how an Instance gets onto the stack, and how it is told as a value.
 * @module
 */

import type { Hashes } from "./kernel_v3_hash.ts";
import { codeOf } from "./kernel_v3_image.ts";
import { rootCnode, rootOf } from "./kernel_v3_kernel.ts";
import { bytesOf, dataOf, mapped, NO_MEMORY, readBytes, roundedUp } from "./kernel_v3_memory.ts";
import { held, known, ROOT_LOG } from "./kernel_v3_slots.ts";
import {
  type Check,
  type Flight,
  type Frame,
  outcome,
  type Region,
  type State,
  type Stop,
  stop,
  type World,
} from "./kernel_v3_state.ts";
import type { Cap, CNode, Data, Image, Instance, Mapping, Pause } from "./kernel_v3_values.ts";
import { create } from "./pvm.ts";
import type { Memory } from "./paged.ts";

/** Stops because an Instance cannot be entered. */
export function notEntered(detail: bigint): Check<never> {
  return stop({ kind: "not-entered", detail });
}

/** The details of an Instance that cannot be entered. */
export const ENTRY = { status: 1n, image: 2n, endpoint: 3n, memory: 4n, refused: 5n } as const;

/** The bytes that all Instances on the stack map. */
export function usedBytes({ entries }: State): bigint {
  const pages = entries.map((entry) =>
    entry.kind === "instance" ? entry.frame.machine.memory.pages.length : 0
  );
  return pages.reduce((sum, count) => sum + BigInt(count) * 4096n, 0n);
}

/** The root cnode of an Instance that is to be entered. */
export function* enterable(instance: Instance): Check<CNode> {
  const root = yield* rootCnode(instance);
  return root?.sizeLog === ROOT_LOG ? root : yield* notEntered(ENTRY.image);
}

/** Something that has to be an Image of version 3. */
export function* imageOf(cap: Cap): Check<Image> {
  const image = yield* known(cap);
  return image?.is === "image" ? image : yield* notEntered(ENTRY.image);
}

/** Whether a mapping can be written: unless its source is one slot that the image pins. */
export function isWritable(image: Image, { path }: Mapping): boolean {
  return path.length !== 1 || !image.pinned.some(([slot]) => slot === path[0]);
}

/** What an image pins, as slots: a mapping that cannot be written shows it. */
function pinnedRoot({ pinned }: Image): CNode {
  return rootOf(pinned);
}

/** What the source of a mapping holds. A path that leads nowhere cannot be mapped. */
function* sourceOf(root: CNode, { path, size }: Mapping): Check<Data | undefined> {
  if (path.length === 0) return undefined;
  const looked = outcome(held(root, path));
  if ("stop" in looked && looked.stop.kind === "failed") return yield* notEntered(ENTRY.memory);
  if ("stop" in looked) return yield* stop(looked.stop);
  const cap = yield* known(looked.done);
  if (cap !== undefined && cap.is !== "data") return yield* notEntered(ENTRY.memory);
  if (cap !== undefined && BigInt((yield* bytesOf(cap)).length) > roundedUp(size)) {
    return yield* notEntered(ENTRY.memory);
  }
  return cap;
}

/** The memory of an image over some slots; with a pause, what can be written shows what it kept. */
export function* laidOut(
  world: World,
  used: bigint,
  image: Image,
  root: CNode,
  pause: Pause | undefined,
): Check<{ readonly memory: Memory; readonly regions: readonly Region[] }> {
  const total = image.mappings.reduce((sum, { size }) => sum + roundedUp(size), 0n);
  if (used + total > world.memoryBytes) return yield* notEntered(ENTRY.memory);
  const writable = image.mappings.filter((mapping) => isWritable(image, mapping)).length;
  if (pause !== undefined && pause.regions.length !== writable) {
    return yield* notEntered(ENTRY.memory);
  }
  let memory = NO_MEMORY;
  const regions: Region[] = [];
  for (const mapping of image.mappings) {
    const { start, path } = mapping;
    const size = roundedUp(mapping.size);
    const access = isWritable(image, mapping) ? "read-write" : "read-only";
    const kept = access === "read-write" ? pause?.regions[regions.length] : undefined;
    const from = access === "read-write" ? root : pinnedRoot(image);
    const source = kept === undefined ? yield* sourceOf(from, mapping) : kept.source;
    const shown = yield* known(kept === undefined ? source : kept.content);
    if (shown !== undefined && shown.is !== "data") return yield* notEntered(ENTRY.memory);
    const bytes = shown === undefined ? [] : yield* bytesOf(shown);
    if (BigInt(bytes.length) > size) return yield* notEntered(ENTRY.memory);
    memory = mapped(memory, start, size, access, bytes);
    if (access === "read-write") regions.push({ start, size, path, source });
  }
  return { memory, regions };
}

/** What differs between entering at an endpoint and going on. */
export interface Start {
  /** The caller. */
  readonly caller: number | undefined;
  /** The image that runs. */
  readonly runs: Image;
  /** The registers. */
  readonly registers: readonly bigint[];
  /** Where it begins. */
  readonly pc: bigint;
  /** The callee that it waits for. */
  readonly flights: readonly Flight[];
}

/** An Instance on the stack. */
export function frameOf(
  instance: Instance,
  image: Image,
  root: CNode,
  start: Start,
  memory: Memory,
  regions: readonly Region[],
): Frame {
  const { caller, runs, registers, pc, flights } = start;
  const program = {
    code: codeOf(runs),
    dialect: "javm",
    gasModel: "pipeline",
    memoryCycles: 25n,
    readOnlyStore: "page-fault",
  } as const;
  const machine = create(program, { pc, gas: 0n, registers, memory });
  return { chain: instance.chain, image, runs, root, machine, regions, caller, flights };
}

/** An Instance that waits or has yielded, as a value. */
export function pausedValue(
  frame: Frame,
  root: CNode,
  yielded: Pick<Pause, "marker" | "raised" | "callee">,
): Instance {
  const { chain, image, runs, machine, regions } = frame;
  const kept = regions.map(({ start, size, source }) => ({
    source,
    content: dataOf(readBytes(machine.memory, start, size) ?? []),
  }));
  const { registers } = machine;
  const pause: Pause = { image: runs, registers, pc: machine.next.pc, ...yielded, regions: kept };
  return { is: "instance", chain, image, root, status: pause };
}

/** Whether two slots hold the same, perhaps nothing. */
export function isSame(h: Hashes, a: Cap | undefined, b: Cap | undefined): boolean {
  return a === undefined || b === undefined ? a === b : h.of(a) === h.of(b);
}

/** Whether a stop says that something cannot be entered. */
export function isRefusal(why: Stop): why is Extract<Stop, { kind: "not-entered" }> {
  return why.kind === "not-entered";
}
