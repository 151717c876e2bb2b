/**
 * The kernel of mode v3: its own Instances, as values, and what names a row of its tables.
 *
 * @module
 */

import { hexText } from "./kernel_ssz.ts";
import type { Hashes } from "./kernel_v3_hash.ts";
import { type Bytes, bytesOf, dataOf } from "./kernel_v3_memory.ts";
import { known, ROOT_LOG, slotOf } from "./kernel_v3_slots.ts";
import { type Check, type Row, stop } from "./kernel_v3_state.ts";
import type { Cap, CNode, Instance, Slots } from "./kernel_v3_values.ts";

/** The images that the kernel runs itself, and those that only name something. */
export const LABELS = [
  "yieldcatcher",
  "gas",
  "quota",
  "set_gas_meter",
  "set_storage_quota",
  "mint_gas",
  "mint_quota",
  "create_yield_catcher",
  "oog_marker",
  "storage_exhausted_marker",
  "host_open",
  "host_save",
  "gasmeter",
  "storagequota",
  "file",
] as const;

/** One of them. */
export type Label = typeof LABELS[number];

/** The hash of an image of the kernel: that of its label. */
export function labelHash(h: Hashes, label: Label): string {
  return hexText(h.blake(Array.from(`kernel:${label}`, (letter) => letter.charCodeAt(0))));
}

/** The image of the kernel that a hash stands for. */
export function labelOf(h: Hashes, image: Cap): Label | undefined {
  if (image.is !== "absent") return undefined;
  return LABELS.find((label) => labelHash(h, label) === image.hash);
}

/** A root cnode. */
export function rootOf(slots: Slots): CNode {
  return { is: "cnode", sizeLog: ROOT_LOG, slots };
}

/** An Instance of the kernel. */
export function kernelInstance(h: Hashes, label: Label, slots: Slots = []): Instance {
  const hash = labelHash(h, label);
  const image: Cap = { is: "absent", hash, inSlot: false };
  return { is: "instance", chain: hash, image, root: rootOf(slots), status: "idle" };
}

/** The bytes of a number, the lowest first. */
export function little(value: bigint, count: number): Bytes {
  return Array.from({ length: count }, (_, i) => value / 256n ** BigInt(i) % 256n);
}

/** The number that bytes give, the lowest first. */
export function numberOf(bytes: Bytes): bigint {
  return bytes.reduceRight((n, byte) => 256n * n + byte, 0n);
}

/** A Gas or Quota. */
export function handle(h: Hashes, label: "gas" | "quota", id: bigint): Instance {
  return kernelInstance(h, label, [[1, dataOf(little(id, 8))]]);
}

/** The root cnode of an Instance, if it is a CNode. */
export function* rootCnode(instance: Instance): Check<CNode | undefined> {
  const root = yield* known(instance.root);
  return root?.is === "cnode" ? root : undefined;
}

/** The row that a Gas or Quota names; nothing when it is none. */
export function* rowOf(
  h: Hashes,
  label: "gas" | "quota",
  cap: Cap | undefined,
): Check<bigint | undefined> {
  const instance = yield* known(cap);
  if (instance?.is !== "instance" || labelOf(h, instance.image) !== label) return undefined;
  const root = yield* rootCnode(instance);
  const id = yield* known(root === undefined ? undefined : slotOf(root, 1));
  if (id?.is !== "data") return undefined;
  const bytes = yield* bytesOf(id);
  return bytes.length <= 8 ? numberOf(bytes) : undefined;
}

/** What a table says of a row: nothing is 0. */
export function valueOf(table: readonly Row[], id: bigint): bigint {
  return table.find(([at]) => at === id)?.[1] ?? 0n;
}

/** The table with a row replaced. */
export function withRow(table: readonly Row[], id: bigint, value: bigint): readonly Row[] {
  return [...table.filter(([at]) => at !== id), [id, value]];
}

/** What a catcher lists: its slots from 1 up to the first empty one. */
export function* listed(catcher: Instance): Check<readonly Cap[]> {
  const root = yield* rootCnode(catcher);
  const caps: Cap[] = [];
  for (let slot = 1; root !== undefined && slot < 256; slot++) {
    const cap = slotOf(root, slot);
    if (cap === undefined) break;
    if (cap.is === "absent" && cap.inSlot) yield* stop({ kind: "absent", hash: cap.hash });
    caps.push(cap);
  }
  return caps;
}
