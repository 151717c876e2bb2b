/**
 * Capabilities as plain objects and as text.
 *
 * @module
 */

import {
  CNodeCap,
  DataCap,
  ImageCap,
  ImageCapV3,
  InstanceCap,
  InstanceCapV3,
  recognizeKernelImage,
} from "../kernel/mod.ts";
import type { CacheDirectory, Cap, CapTarget, ImageFields } from "../kernel/mod.ts";
import { hexOf } from "./values.ts";

/** A value of a description; numbers of 64 bits are decimal digits. */
export type Described =
  | string
  | number
  | boolean
  | null
  | readonly Described[]
  | { readonly [name: string]: Described };

/** What a capability is, field by field. */
export type Description = Readonly<Record<string, Described>>;

const SHOWN_BYTES = 64;

function targetText(target: CapTarget): string {
  return typeof target === "string" ? target : "a handle";
}

function dataOf(cap: DataCap): Description {
  const { content } = cap;
  const start = cap.read(0, SHOWN_BYTES);
  return {
    kind: "data",
    form: content.form,
    bytes: cap.contentLength,
    ...(content.form === "paged" ? { pageSize: content.pageSize, pages: content.pageCount } : {}),
    start: start.ok ? hexOf(start.value) : null,
  };
}

/** The slots of a cnode: what is in each, and of which kind as far as it is there. */
function slotsOf(cnode: CNodeCap, directory: CacheDirectory): readonly Described[] {
  return cnode.entries().map((entry) => {
    if ("missing" in entry) return { slot: entry.slot, holds: entry.missing, kind: "missing" };
    const cap = directory.get(entry.target);
    return { slot: entry.slot, holds: targetText(entry.target), kind: cap?.kind ?? "absent" };
  });
}

function imageOf(cap: ImageCap | ImageCapV3): Description {
  const { fields } = cap;
  const { code, jumpTable, mappings, pinned, yieldMarkerSlot } = fields;
  const entries = (list: ImageFields["pinned"]): Described =>
    list.map(({ slot, capHash }) => ({ slot, holds: capHash }));
  return {
    kind: "image",
    mode: ImageCapV3.is(cap) ? "v3" : "compat",
    codeBytes: code.length,
    jumpTargets: jumpTable.length,
    endpoints: fields.endpoints.map((endpoint, at) => ({
      index: "index" in endpoint ? endpoint.index : at,
      entryPc: `${endpoint.entryPc}`,
    })),
    mappings: mappings.map(({ start, size, sourcePath, sourcePathLength }) => ({
      start: `${start}`,
      size: `${size}`,
      source: sourcePath.slice(0, sourcePathLength),
    })),
    ...("gasSlots" in fields
      ? { gasSlots: fields.gasSlots, quotaSlots: fields.quotaSlots }
      : { initial: entries(fields.initial) }),
    pinned: entries(pinned),
    catcherSlot: yieldMarkerSlot ?? null,
  };
}

/** What both kinds of Instances have. */
function instanceOf(
  { fields }: InstanceCap | InstanceCapV3,
  directory: CacheDirectory,
): Description {
  const { imageHashChain, imageHash, rootCnode } = fields;
  const root = directory.get(rootCnode);
  return {
    kind: "instance",
    chain: imageHashChain,
    image: imageHash,
    kernelImage: recognizeKernelImage(imageHash) ?? null,
    rootCnode: targetText(rootCnode),
    slots: CNodeCap.is(root) ? slotsOf(root, directory) : null,
  };
}

function pauseOf({ fields: { status } }: InstanceCapV3): Description {
  if (status.state !== "paused") return { status: status.state };
  const { image, regs, pc, marker, raised, callee, regions } = status.pause;
  const sources: Described = regions.map(({ source, content }) => ({
    source: source ?? null,
    content,
  }));
  const pause = { image, pc: `${pc}`, registers: regs.map(String), marker, raised, callee };
  return { status: status.state, pause: { ...pause, regions: sources } };
}

/** A capability as a plain object. */
export function describeCap(cap: Cap, directory: CacheDirectory): Description {
  if (DataCap.is(cap)) return dataOf(cap);
  if (ImageCap.is(cap) || ImageCapV3.is(cap)) return imageOf(cap);
  if (InstanceCapV3.is(cap)) {
    return { ...instanceOf(cap, directory), mode: "v3", ...pauseOf(cap) };
  }
  if (InstanceCap.is(cap)) {
    const { memSize, regs, pc, gasRemaining } = cap.fields;
    const state = { memoryBytes: memSize, pc: `${pc}`, gas: `${gasRemaining}` };
    return { ...instanceOf(cap, directory), mode: "compat", ...state, registers: regs.map(String) };
  }
  if (CNodeCap.is(cap)) {
    const slots = slotsOf(cap, directory);
    return {
      kind: "cnode",
      sizeLog: cap.sizeLog,
      capacity: cap.capacity,
      used: slots.length,
      slots,
    };
  }
  return { kind: "type", chain: cap.imageHashChain };
}

function valueText(value: Described): string {
  if (typeof value !== "object" || value === null) return `${value ?? "none"}`;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueText).join(" ");
  return Object.entries(value).map(([name, each]) => `${name} ${valueText(each)}`).join(", ");
}

/** A description as lines of text: a line for each field, and one for each item of a list. */
export function linesOf(description: Description): readonly string[] {
  return Object.entries(description).flatMap(([name, value]) => {
    const items = Array.isArray(value) && value.some((item) => typeof item === "object");
    if (!items) return [`${name}: ${valueText(value)}\n`];
    return [`${name}:\n`, ...value.map((item) => `  ${valueText(item)}\n`)];
  });
}
