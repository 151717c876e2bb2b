/** Capabilities of version 3 in the terms of the model. */

import type { Value } from "../../model/kernel_ssz.ts";
import type { CapTarget, ImageV3Fields, InstanceV3Fields } from "../../src/kernel/mod.ts";

const some = (value: number | string | undefined): Value =>
  value === undefined ? [0n] : [1n, typeof value === "string" ? value : BigInt(value)];

/** The fields of an image of version 3. */
export function plainImageV3(fields: ImageV3Fields): readonly Value[] {
  return [
    Array.from(fields.code.toBytes(), BigInt),
    Array.from(fields.bitmask.toBytes(), BigInt),
    fields.jumpTable.map(BigInt),
    fields.endpoints.map((e): Value => [
      BigInt(e.index),
      e.entryPc,
      BigInt(e.argRegisters),
      BigInt(e.argCnodeSize),
      e.initialRegs,
    ]),
    fields.mappings.map((m): Value => [
      m.start,
      m.size,
      m.sourcePath.map(BigInt),
      BigInt(m.sourcePathLength),
    ]),
    fields.gasSlots.map(BigInt),
    fields.quotaSlots.map(BigInt),
    fields.pinned.map(({ slot, capHash }): Value => [BigInt(slot), capHash]),
    some(fields.yieldMarkerSlot),
  ];
}

function plainStatus({ status }: InstanceV3Fields): Value {
  if (status.state === "idle") return [0n];
  if (status.state === "faulted") return [2n];
  const { image, regs, pc, marker, raised, callee, regions } = status.pause;
  const bytes = regions.map(({ source, content }): Value => [some(source), content]);
  return [1n, [image, regs, pc, marker, raised ? 1n : 0n, callee.map(BigInt), bytes]];
}

/** The fields of an Instance of version 3. */
export function plainInstanceV3(
  fields: InstanceV3Fields,
  target: (target: CapTarget) => Value,
): readonly Value[] {
  const { imageHashChain, imageHash, rootCnode } = fields;
  return [imageHashChain, imageHash, target(rootCnode), plainStatus(fields)];
}
