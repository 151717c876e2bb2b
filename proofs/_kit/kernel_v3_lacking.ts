/** Values of mode v3 with something in them that is known by its hash alone. */

import { partsOf } from "../../model/kernel_ssz.ts";
import type { Cap, Data, Slots } from "../../model/kernel_v3_values.ts";
import { HASHES } from "./kernel_v3_hashes.ts";

/** A value in which some other one is known by its hash alone. */
export function without(cap: Cap, hash: string): Cap {
  if (cap.is === "absent") return cap;
  if (HASHES.of(cap) === hash) return { is: "absent", hash, inSlot: false };
  return mapParts(cap, (part) => without(part, hash));
}

/** A value in which each that it holds is another one. */
function mapParts(cap: Cap, change: (part: Cap, isInSlot: boolean) => Cap): Cap {
  const inSlots = (held: Slots, isInSlot: boolean): Slots =>
    held.map(([slot, part]) => [slot, change(part, isInSlot)] as const);
  switch (cap.is) {
    case "cnode":
      return { ...cap, slots: inSlots(cap.slots, true) };
    case "image":
      return { ...cap, pinned: inSlots(cap.pinned, false) };
    case "instance": {
      const { status } = cap;
      const parts = { ...cap, image: change(cap.image, false), root: change(cap.root, false) };
      if (typeof status === "string") return parts;
      const regions = status.regions.map(({ source, content }) => ({
        source: source === undefined ? undefined : change(source, false),
        content: change(content, false),
      }));
      return { ...parts, status: { ...status, image: change(status.image, false), regions } };
    }
    default:
      return cap;
  }
}

/** Data whose last page with something in it is known by its hash alone. */
function lackingPage(cap: Data): Data {
  const [form, body = []] = partsOf(cap.content);
  const [size = 0n, pages = []] = partsOf(body);
  if (form === 0n) return cap;
  const all = partsOf(pages);
  return { ...cap, content: [1n, [size, [...all.slice(0, -1), [2n, "ab".repeat(32)]]]] };
}

/**
 * A value in which the slots that hold some other one say that it is missing, and Data of pages lacks
 * its last one.
 */
export function lacking(cap: Cap, hash: string, isInSlot = false): Cap {
  if (cap.is === "absent") return cap;
  if (HASHES.of(cap) !== hash) {
    return mapParts(cap, (part, inSlot) => lacking(part, hash, inSlot));
  }
  if (cap.is === "data" && partsOf(cap.content)[0] === 1n) return lackingPage(cap);
  return isInSlot ? { is: "absent", hash, inSlot: true } : cap;
}
