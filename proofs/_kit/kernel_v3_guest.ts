/** Small Instances whose program is given line by line, for proofs of single rules of mode v3. */

import { handle, kernelInstance, type Label, rootOf } from "../../model/kernel_v3_kernel.ts";
import { dataOf } from "../../model/kernel_v3_memory.ts";
import { slotOf, withSlot } from "../../model/kernel_v3_slots.ts";
import type { State, Stop, Tables } from "../../model/kernel_v3_state.ts";
import type { Cap, Image, Instance, Slots } from "../../model/kernel_v3_values.ts";
import type { Reach } from "../../src/proof/mod.ts";
import type { Face } from "./kernel.ts";
import { ask, type Line, SLOT } from "./kernel_programs.ts";
import type { ImageSpec, InstanceSpec } from "./kernel_programs_scenes.ts";
import { imagesOf, MARKERS, slotsOf } from "./kernel_programs_worlds.ts";
import { HASHES } from "./kernel_v3_hashes.ts";
import { bothCall, type HostCall, type Limits, type Pair, pairOf } from "./kernel_v3_lockstep.ts";
import { pausedOf, PLAIN_CALL } from "./kernel_v3_scene.ts";

/** What is special of a guest. */
export type Special = Partial<Omit<ImageSpec, "lines">>;

const PLAIN: Omit<ImageSpec, "lines"> = {
  ending: "halt",
  mappings: ["scratch", "data", "authored"],
  pages: 1,
  gasSlots: [],
  quotaSlots: [],
  catches: true,
  pinsData: [SLOT.pinned],
  pinsImage: false,
};

/** The image of a program. */
export function imageWith(lines: readonly Line[], special: Special = {}): Image {
  const [image] = imagesOf([{ ...PLAIN, ...special, lines }]);
  if (image === undefined) throw new Error("no image");
  return image;
}

const SPEC: InstanceSpec = {
  image: 0,
  child: undefined,
  second: undefined,
  status: "idle",
  kernel: 3,
  kernelToo: 5,
  listed: 15,
  gas: 1,
  quota: 1,
  bytes: 0,
  empty: [],
  payload: true,
};

/** An Instance of an image, with what programs work with in its slots, some of it replaced. */
export function instanceWith(
  image: Image,
  replaced: Readonly<Record<number, Cap | undefined>> = {},
): Instance {
  const usual = slotsOf(SPEC, [image, LEAF], image, { child: IDLE, second: PAUSED });
  const slots = Object.entries(replaced).reduce<Slots>(
    (all, [slot, cap]) => withSlot(all, Number(slot), cap),
    usual,
  );
  return { is: "instance", chain: HASHES.of(image), image, root: rootOf(slots), status: "idle" };
}

/** An Instance that does nothing but halt, with 9 in r7. */
export const LEAF: Image = imageWith([], { mappings: [], pinsData: [] });

/** An Instance of an image with some slots and no other. */
export function bare(image: Image, slots: Slots = []): Instance {
  return { is: "instance", chain: HASHES.of(image), image, root: rootOf(slots), status: "idle" };
}

/** An idle Instance that halts at once. */
export const IDLE: Instance = bare(LEAF);

const [marker = IDLE] = MARKERS;

/** An Instance that yields with the first marker twice, and halts with what it was told then. */
export const YIELDER: Instance = bare(
  imageWith([ask(16, [SLOT.marker]), ask(16, [SLOT.marker]), { kind: "show" }], {
    mappings: [],
    pinsData: [],
  }),
  [[SLOT.marker, marker]],
);

/** One that has yielded to the host. */
export const PAUSED: Instance = pausedOf(YIELDER) ?? IDLE;

/** An Instance that cannot be entered. */
export const BROKEN: Instance = { ...IDLE, status: "faulted" };

/** A Gas, a Quota, an Instance of the kernel, and data, as they are put into slots. */
export const gas = (id: bigint): Instance => handle(HASHES, "gas", id);
export const quota = (id: bigint): Instance => handle(HASHES, "quota", id);
export const kernel = (label: Label, slots: Slots = []): Instance =>
  kernelInstance(HASHES, label, slots);
export const data = (...bytes: readonly number[]): Cap => dataOf(bytes.map(BigInt));

/** A line that writes a byte. */
export const store = (address: number, value: number): Line => ({ kind: "store", address, value });

/** A catcher that lists some markers. */
export const catching = (...markers: readonly Instance[]): Instance =>
  kernel("yieldcatcher", markers.map((each, i) => [i + 1, each] as const));

/** Calls the child, and does something once it has yielded; r7 of the yield is what it halts with. */
export const handler = (...lines: readonly Line[]): Image =>
  imageWith([ask(26, [SLOT.child, 0]), ...lines, { kind: "show" }], { mappings: [], pinsData: [] });

/** Tables in which some rows have something. */
export const TABLES: Tables = {
  meters: [[1n, 900n], [2n, 5000n]],
  quotas: [[1n, 10_000n], [2n, 40n]],
  files: [[2n, dataOf([7n])]],
};

/** How a single call went on both sides. */
export interface Went {
  readonly failure: string | undefined;
  readonly end: State | Stop;
  readonly pair: Pair;
  /** What the model did, step by step. */
  readonly did: readonly string[];
}

/** Calls an Instance, on both sides. */
export function goes(
  face: Face,
  top: Instance,
  special: Partial<HostCall> = {},
  limits?: Limits,
): Went {
  const pair = pairOf(face, limits, TABLES);
  return continues(pair, { ...PLAIN_CALL, quota: 20_000n, instance: top, ...special });
}

/** One more call, on both sides. */
export function continues(pair: Pair, call: HostCall): Went {
  const did: string[] = [];
  const { failure, end } = bothCall(pair, call, (state) => did.push(state.did));
  return { failure, end, pair, did };
}

/** The Instance that a call left behind. */
export function postOf({ end }: Went): Instance | undefined {
  if ("kind" in end || end.ending === undefined || end.ending.kind === "faulted") return undefined;
  return end.ending.post.is === "instance" ? end.ending.post : undefined;
}

/** What a slot of it holds. */
export function slotIn(went: Went, slot: number): Cap | undefined {
  const root = postOf(went)?.root;
  return root?.is === "cnode" ? slotOf(root, slot) : undefined;
}

/** Reports what happened, as far as a proof wants to know it. */
export function reachOnly(reach: Reach, wanted: readonly string[], did: readonly string[]): void {
  for (const what of did) if (wanted.includes(what)) reach(what);
}

/** How a call ended, in a word. */
export function endOf({ end }: Went): string {
  return "kind" in end ? end.kind : end.ending?.kind ?? "none";
}
