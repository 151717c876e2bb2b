/** The content of a capability in the plain form of the vectors. */

import type {
  Cap,
  CapTarget,
  ImageFields,
  ImageV3Fields,
  InstanceV3Fields,
} from "../../../src/kernel/mod.ts";

/** Integers as decimal strings, hashes as text, containers and lists as lists. */
export type Plain = string | readonly Plain[];

const whole = (value: number | bigint): string => value.toString();
const wholes = (values: Iterable<number | bigint>): Plain => Array.from(values, whole);
const option = (value: Plain | undefined): Plain => value === undefined ? ["0"] : ["1", value];
const target = (value: CapTarget): Plain => typeof value === "string" ? value : whole(value.id);

interface Mapping {
  readonly start: bigint;
  readonly size: bigint;
  readonly sourcePath: readonly number[];
  readonly sourcePathLength: number;
}

const mappings = (list: readonly Mapping[]): Plain =>
  list.map((m) => [whole(m.start), whole(m.size), wholes(m.sourcePath), whole(m.sourcePathLength)]);

const entries = (list: ImageFields["pinned"]): Plain =>
  list.map(({ slot, capHash }) => [whole(slot), capHash]);

const slotOption = (slot: number | undefined): Plain =>
  option(slot === undefined ? undefined : whole(slot));

function image(fields: ImageFields): Plain {
  return [
    wholes(fields.code.toBytes()),
    wholes(fields.bitmask.toBytes()),
    wholes(fields.jumpTable),
    fields.endpoints.map((e) => [
      whole(e.entryPc),
      whole(e.stackTop),
      whole(e.argCnodeSlot),
      whole(e.argCnodeSize),
      wholes(e.initialRegs),
    ]),
    mappings(fields.mappings),
    entries(fields.pinned),
    entries(fields.initial),
    slotOption(fields.yieldMarkerSlot),
  ];
}

function imageV3(fields: ImageV3Fields): Plain {
  return [
    wholes(fields.code.toBytes()),
    wholes(fields.bitmask.toBytes()),
    wholes(fields.jumpTable),
    fields.endpoints.map((e) => [
      whole(e.index),
      whole(e.entryPc),
      whole(e.argRegisters),
      whole(e.argCnodeSize),
      wholes(e.initialRegs),
    ]),
    mappings(fields.mappings),
    wholes(fields.gasSlots),
    wholes(fields.quotaSlots),
    entries(fields.pinned),
    slotOption(fields.yieldMarkerSlot),
  ];
}

function status({ status }: InstanceV3Fields): Plain {
  if (status.state === "idle") return ["0"];
  if (status.state === "faulted") return ["2"];
  const { image, regs, pc, marker, raised, callee, regions } = status.pause;
  const kept = regions.map(({ source, content }): Plain => [option(source), content]);
  return ["1", [image, wholes(regs), whole(pc), marker, raised ? "1" : "0", wholes(callee), kept]];
}

function data(cap: Cap & { readonly kind: "data" }): Plain {
  const { content } = cap;
  if (content.form === "inline") return [["0", wholes(content.bytes.toBytes())]];
  const pages = Array.from({ length: content.pageCount }, (_, i): Plain => {
    const page = cap.page(i);
    if (page === undefined || page.state === "empty") return ["0"];
    return page.state === "loaded" ? ["1", wholes(page.bytes.toBytes())] : ["2", page.hash];
  });
  return [["1", [whole(content.pageSize), pages]]];
}

/** The content of a capability. */
export function plainOf(cap: Cap): Plain {
  switch (cap.kind) {
    case "instance": {
      const { fields: f } = cap;
      const head = [f.imageHashChain, f.imageHash, target(f.rootCnode)];
      if ("status" in f) return [...head, status(f)];
      const overlays = f.rwOverlays.map(({ start, bytes }): Plain => [
        whole(start),
        wholes(bytes.toBytes()),
      ]);
      return [
        ...head,
        overlays,
        whole(f.memSize),
        wholes(f.regs),
        whole(f.pc),
        whole(f.gasRemaining),
      ];
    }
    case "image":
      return "gasSlots" in cap.fields ? imageV3(cap.fields) : image(cap.fields);
    case "data":
      return data(cap);
    case "cnode":
      return [
        whole(cap.sizeLog),
        cap.entries().map((slot): Plain =>
          "missing" in slot
            ? [whole(slot.slot), "1", slot.missing]
            : [whole(slot.slot), "0", target(slot.target)]
        ),
      ];
    default:
      return [cap.imageHashChain];
  }
}
