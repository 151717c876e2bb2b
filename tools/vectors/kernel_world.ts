/** Instances of version 3 for the kernel's vectors: images of a few lines, and what their slots hold. */

import { HOST_IMAGE } from "../../model/kernel_image.ts";
import { serialize, type Value } from "../../model/kernel_ssz.ts";
import { type Hashes, plainOf } from "../../model/kernel_v3_hash.ts";
import { handle, kernelInstance, type Label, rootOf } from "../../model/kernel_v3_kernel.ts";
import { dataOf } from "../../model/kernel_v3_memory.ts";
import { withSlot } from "../../model/kernel_v3_slots.ts";
import { partsOfCap } from "../../model/kernel_v3_store.ts";
import type { Cap, CNode, Image, Instance, Slots } from "../../model/kernel_v3_values.ts";
import type { Cap as Plain } from "../../model/kernel_caps.ts";
import { blake, hashOf, NO_REGISTERS, packed, sha } from "./kernel_code.ts";
import type { Line } from "./pvm_code.ts";

const plains = new WeakMap<Cap, Plain>();
const hashes = new WeakMap<Cap, string>();

/** A capability in the form in which it is encoded. */
export function plain(cap: Cap): Plain | undefined {
  if (cap.is === "absent") return undefined;
  const made = plains.get(cap) ?? plainOf(cap, HASHES.of);
  plains.set(cap, made);
  return made;
}

/** The hash functions of the model; hashes of values are remembered. */
export const HASHES: Hashes = {
  sha,
  blake,
  of(cap) {
    if (cap.is === "absent") return cap.hash;
    const form = plain(cap);
    const hash = hashes.get(cap) ?? (form === undefined ? "" : hashOf(form));
    hashes.set(cap, hash);
    return hash;
  },
};

/** All that a value is made of, itself included, by hash; what is absent is left out. */
export function reachable(
  cap: Cap | undefined,
  found: Map<string, Cap> = new Map(),
): Map<string, Cap> {
  if (cap === undefined || cap.is === "absent" || found.has(HASHES.of(cap))) return found;
  found.set(HASHES.of(cap), cap);
  for (const part of partsOfCap(cap)) reachable(part, found);
  return found;
}

/** Where guests find what they work with. */
export const SLOT = {
  zero: 0,
  empty: 1,
  free: 2,
  data: 3,
  image: 4,
  cnode: 5,
  child: 6,
  second: 7,
  quota: 8,
  gas: 9,
  catcher: 10,
  kernel: 11,
  marker: 12,
  type: 13,
  pinned: 14,
  authored: 15,
  gasToo: 16,
  root: 17,
} as const;

/** Where mappings begin. */
export const AT = {
  scratch: 0x1_0000,
  data: 0x2_0000,
  authored: 0x3_0000,
  pinned: 0x4_0000,
} as const;

/** What is special of an image. */
export interface Special {
  readonly gasSlots?: readonly number[];
  readonly quotaSlots?: readonly number[];
  readonly catches?: boolean;
  readonly pages?: bigint;
  readonly bare?: boolean;
}

/** Data of some bytes. */
export const data = (...bytes: readonly number[]): Cap => dataOf(bytes.map(BigInt));

/** The image of a program, which maps memory unless it is bare. */
export function imageWith(lines: readonly Line[], special: Special = {}): Image {
  const { gasSlots = [], quotaSlots = [], catches = true, pages = 1n, bare = false } = special;
  const { code, mask } = packed(lines);
  const mapping = (start: number, ...path: readonly number[]) => ({
    start: BigInt(start),
    size: 4096n * pages,
    path,
  });
  return {
    is: "image",
    code,
    mask,
    jumps: [],
    endpoints: [0n, 1n, 7n].map((index) => ({
      index,
      pc: 0n,
      argRegisters: 4n,
      argCnodeSize: 0n,
      registers: NO_REGISTERS.with(1, index),
    })),
    mappings: bare ? [] : [
      mapping(AT.scratch),
      mapping(AT.data, SLOT.data),
      mapping(AT.authored, SLOT.authored),
      mapping(AT.pinned, SLOT.pinned),
    ],
    gasSlots,
    quotaSlots,
    pinned: bare ? [] : [[SLOT.pinned, data(9, 8, 7)]],
    catcher: catches ? SLOT.catcher : undefined,
  };
}

/** An Instance of an image with some slots. */
export function instance(image: Image, slots: Slots = []): Instance {
  const held = image.pinned.reduce((all, [slot, cap]) => withSlot(all, slot, cap), slots);
  return { is: "instance", chain: HASHES.of(image), image, root: rootOf(held), status: "idle" };
}

/** An image that `MAKE_IMAGE` can make, as it is authored. */
const MADE: Value = [[0n], [1n], [], [[0n, [0n, 0n, 0n, []]]], [], [], [], [], [], [0n]];
/** Its bytes. */
export const AUTHORED: readonly number[] = serialize(HOST_IMAGE, MADE);

/** An Instance of the kernel. */
export const kernel = (label: Label, slots: Slots = []): Instance =>
  kernelInstance(HASHES, label, slots);

/** Markers that guests yield with. */
export const MARKERS: readonly Instance[] = [handle(HASHES, "gas", 77n), kernel("file")];

/** Small cnodes: one in a slot of the root, with another in it. */
const INNER: CNode = { is: "cnode", sizeLog: 1, slots: [[1, data(3)]] };
const NESTED: CNode = {
  is: "cnode",
  sizeLog: 4,
  slots: [[SLOT.data, data(1, 2)], [SLOT.cnode, INNER]],
};

/** What the slots of a guest hold: its child, and everything that operations work with. */
export function usual(
  image: Image,
  below: Cap,
  changes: Readonly<Record<number, Cap | undefined>> = {},
): Slots {
  const slots: Slots = [
    [SLOT.data, dataOf([BigInt(SLOT.image), 0n, 0n, 0n, 0n, 0n, 0n, 0n, BigInt(SLOT.image)])],
    [SLOT.image, image],
    [SLOT.cnode, NESTED],
    [SLOT.child, below],
    [SLOT.second, kernel("mint_gas")],
    [SLOT.quota, handle(HASHES, "quota", 1n)],
    [SLOT.gas, handle(HASHES, "gas", 1n)],
    [
      SLOT.catcher,
      kernel("yieldcatcher", [
        [1, MARKERS[0] ?? below],
        [2, kernel("oog_marker")],
        [3, kernel("storage_exhausted_marker")],
      ]),
    ],
    [SLOT.kernel, kernel("set_gas_meter")],
    [SLOT.marker, MARKERS[0] ?? below],
    [SLOT.type, { is: "type", chain: HASHES.of(image) }],
    [SLOT.authored, dataOf(AUTHORED.map(BigInt))],
    [SLOT.gasToo, handle(HASHES, "gas", 2n)],
    [SLOT.root, { is: "cnode", sizeLog: 8, slots: [[SLOT.data, data(1)]] }],
  ];
  return Object.entries(changes).reduce<Slots>(
    (all, [slot, cap]) => withSlot(all, Number(slot), cap),
    slots,
  );
}
