/** The images and Instances of scenes, in the terms of the model. */

import { HOST_IMAGE } from "../../model/kernel_image.ts";
import { serialize, type Value } from "../../model/kernel_ssz.ts";
import { imageOf } from "../../model/kernel_v3_image.ts";
import { handle, kernelInstance, LABELS, rootOf } from "../../model/kernel_v3_kernel.ts";
import { dataOf } from "../../model/kernel_v3_memory.ts";
import { withSlot } from "../../model/kernel_v3_slots.ts";
import type { Cap, Data, Image, Instance, Slots } from "../../model/kernel_v3_values.ts";
import { HASHES } from "./kernel_v3_hashes.ts";
import { ADDRESS, IMAGE_PATHS, type Line, SLOT } from "./kernel_programs.ts";
import { assembled } from "./kernel_programs_code.ts";
import type { ImageSpec, InstanceSpec } from "./kernel_programs_scenes.ts";

const filled = (count: number) => Array.from({ length: count }, (_, i) => BigInt(i % 7));

/** Data of several sizes, most of it with the paths of images at its beginning. */
const DATA: readonly Data[] = [
  IMAGE_PATHS,
  [],
  [...IMAGE_PATHS, 0n, 9n],
  filled(4097),
  filled(9000),
].map(dataOf);
const EMPTY = dataOf([]);

const GASES = [0n, 1n, 2n, 3n].map((id) => handle(HASHES, "gas", id));
const QUOTAS = [0n, 1n, 2n, 3n].map((id) => handle(HASHES, "quota", id));
const KERNEL = LABELS.map((label) => kernelInstance(HASHES, label));

/** Markers that programs yield with. */
export const MARKERS: readonly Instance[] = [
  handle(HASHES, "gas", 77n),
  kernelInstance(HASHES, "file"),
  kernelInstance(HASHES, "oog_marker"),
  kernelInstance(HASHES, "storage_exhausted_marker"),
];

/** An authored image that `MAKE_IMAGE` can make. */
const MADE: Value = [
  [0n],
  [1n],
  [],
  [[0n, [0n, 0n, 0n, []]]],
  [],
  [],
  [],
  [],
  [],
  [0n],
];

/** Its encoding. */
export const AUTHORED: readonly bigint[] = serialize(HOST_IMAGE, MADE).map(BigInt);

const AUTHORED_DATA = dataOf(AUTHORED);

const PATHS: Readonly<Record<keyof typeof ADDRESS, readonly number[]>> = {
  scratch: [],
  data: [SLOT.data],
  authored: [SLOT.authored],
  pinned: [SLOT.pinned],
  nested: [SLOT.cnode, SLOT.data],
  payload: [SLOT.payload],
};

/** The images of a scene; each may pin the one behind it. */
export function imagesOf(specs: readonly ImageSpec[]): readonly Image[] {
  const images: Image[] = [];
  for (const spec of [...specs].reverse()) {
    const end: readonly Line[] = spec.ending === "halt"
      ? [{ kind: "operation", number: 0, operands: [], how: "always", by: "ecalli" }]
      : spec.ending === "trap"
      ? [{ kind: "trap" }]
      : [];
    const { code, mask, lines } = assembled([...spec.lines, ...end], AUTHORED.length);
    const endpoints: Value = [0, lines[1] ?? 0, lines[2] ?? 0].map((pc, i): Value => [
      BigInt(i),
      [BigInt(pc), 4n, 0n, [[BigInt(i), 5n], [8n, 1n]]],
    ]);
    const mappings: Value = spec.mappings.map((name): Value => [
      BigInt(ADDRESS[name]),
      BigInt(4096 * spec.pages),
      [PATHS[name].map(BigInt)],
    ]);
    const data: Slots = spec.pinsData.map((slot) => [slot, DATA[0] ?? EMPTY] as const);
    const next = images[0];
    const pinned: Slots = spec.pinsImage && next !== undefined
      ? withSlot(data, SLOT.pinnedImage, next)
      : data;
    const catcher: Value = spec.catches ? [1n, BigInt(SLOT.catcher)] : [0n];
    const slots = [spec.gasSlots.map(BigInt), spec.quotaSlots.map(BigInt)];
    const image = imageOf(
      [code, mask, [], endpoints, mappings, ...slots, [], [], catcher],
      pinned,
    );
    if (image === undefined) throw new Error("the generator made what is no image");
    images.unshift(image);
  }
  return images;
}

/** What the slots of an Instance hold, pinned slots included. */
export function slotsOf(
  spec: InstanceSpec,
  images: readonly Image[],
  image: Image,
  below: { readonly child: Cap | undefined; readonly second: Cap | undefined },
): Slots {
  const catcher = MARKERS.filter((_, i) => (spec.listed >> i) % 2 === 1);
  const wanted: Slots = [
    [SLOT.data, DATA[spec.bytes]],
    [SLOT.image, images[(spec.image + 1) % images.length] ?? image],
    [SLOT.child, below.child ?? KERNEL[spec.kernelToo]],
    [SLOT.second, below.second ?? KERNEL[spec.kernel]],
    [SLOT.quota, QUOTAS[spec.quota]],
    [SLOT.gas, GASES[spec.gas]],
    [
      SLOT.catcher,
      kernelInstance(HASHES, "yieldcatcher", catcher.map((cap, i) => [i + 1, cap] as const)),
    ],
    [SLOT.kernel, KERNEL[spec.kernel]],
    [SLOT.marker, MARKERS[spec.bytes % 2]],
    [SLOT.type, { is: "type", chain: HASHES.of(image) } as const],
    [SLOT.authored, AUTHORED_DATA],
    [SLOT.gasToo, GASES[(spec.gas + 1) % 4]],
    [SLOT.kernelToo, KERNEL[spec.kernelToo]],
    [SLOT.payload, spec.payload ? MARKERS[0] : undefined],
  ].flatMap(([slot, cap]): Slots =>
    typeof slot !== "number" || cap === undefined || typeof cap === "number" ||
      spec.empty.includes(slot)
      ? []
      : [[slot, cap]]
  );
  const sorted = [...wanted].sort(([a], [b]) => a - b);
  const nested: Slots = sorted.filter(([slot]) => slot % 2 === 1 || slot === SLOT.child);
  const small = (spec.bytes + spec.gas) % 3 === 0;
  const cnode: Cap = {
    is: "cnode",
    sizeLog: small ? 4 : 8,
    slots: nested.filter(([slot]) => !small || slot < 16),
  };
  const whole = spec.empty.includes(SLOT.cnode) ? sorted : withSlot(sorted, SLOT.cnode, cnode);
  return image.pinned.reduce((slots, [slot, cap]) => withSlot(slots, slot, cap), whole);
}

/** An Instance of a scene; `paused` makes one that is paused of an idle one, if it can. */
export function instanceOf(
  spec: InstanceSpec,
  images: readonly Image[],
  paused: (instance: Instance) => Instance | undefined,
): Instance {
  const image = images[spec.image % images.length];
  if (image === undefined) throw new Error("a scene without images");
  const sub = (each: InstanceSpec | undefined) =>
    each === undefined ? undefined : instanceOf(each, images, paused);
  const below = { child: sub(spec.child), second: sub(spec.second) };
  const root = rootOf(slotsOf(spec, images, image, below));
  const chain = HASHES.of(image);
  const idle: Instance = { is: "instance", chain, image, root, status: "idle" };
  if (spec.status === "idle") return idle;
  return spec.status === "faulted" ? { ...idle, status: "faulted" } : paused(idle) ?? idle;
}
