/**
 * Manifests: what is to be published, and what is to be invoked.
 *
 * @module
 */

import { KERNEL_IMAGES } from "../kernel/mod.ts";
import type { KernelImage, KernelMode } from "../kernel/mod.ts";
import { asU8 } from "../int/mod.ts";
import type { U32, U64, U8 } from "../int/mod.ts";
import { ok } from "../result.ts";
import {
  mistake,
  type Named,
  optional,
  type Read,
  readBoolean,
  readBytes,
  readList,
  readRecord,
  readTable,
  readText,
  readU32,
  readU64,
  readU8,
  readWord,
} from "./kernel_reader.ts";

/** A name of the manifest, or a hash; and where it stands. */
export interface Reference {
  readonly path: string;
  readonly to: string;
}

/** What stands under a number: a slot, a register, a row. */
export interface Numbered<T> {
  readonly number: bigint;
  readonly path: string;
  readonly value: T;
}

/** Code: a file of source text, or hexadecimal digits with a mask of one bit for each byte. */
export interface CodePlan {
  readonly source: string | undefined;
  readonly code: Uint8Array | undefined;
  readonly mask: Uint8Array | undefined;
  readonly jumpTable: readonly U32[] | undefined;
}

/** An endpoint; it enters at a label of the source, or at an offset. */
export interface EndpointPlan {
  readonly index: U8;
  readonly entry: U64 | string;
  readonly argRegisters: U8;
  readonly argCnodeSize: U8;
  readonly registers: readonly Numbered<U64>[];
}

/** An image. */
export interface ImagePlan extends CodePlan {
  readonly endpoints: readonly EndpointPlan[];
  readonly mappings: readonly {
    readonly start: U64;
    readonly size: U64;
    readonly source: readonly U32[];
  }[];
  readonly gasSlots: readonly U32[];
  readonly quotaSlots: readonly U32[];
  readonly pinned: readonly Numbered<Reference>[];
  readonly catcherSlot: U32 | undefined;
}

/** Data, in one of three ways. */
export interface DataPlan {
  readonly hex: Uint8Array | undefined;
  readonly text: string | undefined;
  readonly file: string | undefined;
}

/** A cnode. */
export interface CNodePlan {
  readonly sizeLog: U8;
  readonly slots: readonly Numbered<Reference>[];
}

/** An Instance of the kernel. */
export interface KernelPlan {
  readonly image: KernelImage;
  readonly id: U64 | undefined;
  readonly markers: readonly Reference[] | undefined;
}

/** An Instance. */
export interface InstancePlan {
  readonly image: Reference;
  readonly slots: readonly Numbered<Reference>[];
  /** The size of its memory (`compat`). */
  readonly memory: U32 | undefined;
}

/** A manifest. */
export interface Manifest {
  readonly mode: KernelMode;
  readonly images: readonly Named<ImagePlan>[];
  readonly data: readonly Named<DataPlan>[];
  readonly cnodes: readonly Named<CNodePlan>[];
  readonly kernel: readonly Named<KernelPlan>[];
  readonly instances: readonly Named<InstancePlan>[];
  readonly meters: readonly Numbered<U64>[];
  readonly quotas: readonly Numbered<U64>[];
  readonly files: readonly Numbered<Reference>[];
  readonly hostMarkers: readonly Reference[];
  /** What is invoked, or resumed. */
  readonly root: Reference;
  readonly resume: boolean;
  readonly endpoint: U8;
  readonly args: readonly U64[];
  readonly slot0: Reference | undefined;
  readonly gas: U64 | undefined;
  readonly quota: U64 | undefined;
  readonly maxDepth: U32 | undefined;
  readonly memoryBytes: U32 | undefined;
}

const ARGS_MAX = 4;

const readReference: Read<Reference> = (value, path) => {
  const text = readText(value, path);
  return text.ok ? ok({ path, to: text.value }) : mistake(path, "expected a name or a hash");
};

function readNumbered<T>(read: Read<T>, what: string, max: bigint): Read<readonly Numbered<T>[]> {
  const table = readTable(read);
  return (value, path) => {
    const entries = table(value, path);
    if (!entries.ok) return entries;
    const items: Numbered<T>[] = [];
    for (const { name, path: place, value: item } of entries.value) {
      const number = /^(?:0|[1-9]\d{0,19})$/.test(name) ? BigInt(name) : max + 1n;
      if (number > max) return mistake(place, `the name is no ${what} from 0 to ${max}`);
      items.push({ number, path: place, value: item });
    }
    return ok(items);
  };
}

const U32_MAX = 2n ** 32n - 1n;
const U64_MAX = 2n ** 64n - 1n;
const REGISTER_MAX = 12n;
const none: readonly never[] = [];
const zero: Read<U8> = (value, path) => value === undefined ? ok(asU8(0)) : readU8(value, path);
const readSlots = optional(readNumbered(readReference, "slot", U32_MAX), none);
const readSlotList = optional(readList(readU32), none);

const readEntry: Read<U64 | string> = (value, path) => {
  const number = readU64(value, path);
  if (number.ok) return number;
  const label = readText(value, path);
  return label.ok ? label : mistake(path, "expected a label or an offset");
};

const readEndpoint = readRecord<EndpointPlan>({
  index: readU8,
  entry: readEntry,
  argRegisters: zero,
  argCnodeSize: zero,
  registers: optional(readNumbered(readU64, "register", REGISTER_MAX), none),
});

const readMapping = readRecord<ImagePlan["mappings"][number]>({
  start: readU64,
  size: readU64,
  source: readSlotList,
});

const readImage = readRecord<ImagePlan>({
  source: optional(readText, undefined),
  code: optional(readBytes, undefined),
  mask: optional(readBytes, undefined),
  jumpTable: optional(readList(readU32), undefined),
  endpoints: readList(readEndpoint, 256),
  mappings: optional(readList(readMapping), none),
  gasSlots: readSlotList,
  quotaSlots: readSlotList,
  pinned: readSlots,
  catcherSlot: optional(readU32, undefined),
});

const readData = readRecord<DataPlan>({
  hex: optional(readBytes, undefined),
  text: optional(readText, undefined),
  file: optional(readText, undefined),
});

const readKernel = readRecord<KernelPlan>({
  image: readWord(...KERNEL_IMAGES),
  id: optional(readU64, undefined),
  markers: optional(readList(readReference), undefined),
});

const readInstance = readRecord<InstancePlan>({
  image: readReference,
  slots: readSlots,
  memory: optional(readU32, undefined),
});

const readRows = optional(readNumbered(readU64, "row", U64_MAX), none);

/** Reads a manifest: every field is one that it may have, and of its type. */
export const readManifest: Read<Manifest> = readRecord<Manifest>({
  mode: optional<KernelMode, "v3">(readWord("v3", "compat"), "v3"),
  images: optional(readTable(readImage), none),
  data: optional(readTable(readData), none),
  cnodes: optional(readTable(readRecord<CNodePlan>({ sizeLog: readU8, slots: readSlots })), none),
  kernel: optional(readTable(readKernel), none),
  instances: optional(readTable(readInstance), none),
  meters: readRows,
  quotas: readRows,
  files: optional(readNumbered(readReference, "file", U64_MAX), none),
  hostMarkers: optional(readList(readReference), none),
  root: readReference,
  resume: optional<boolean, false>(readBoolean, false),
  endpoint: zero,
  args: optional(readList(readU64, ARGS_MAX), none),
  slot0: optional(readReference, undefined),
  gas: optional(readU64, undefined),
  quota: optional(readU64, undefined),
  maxDepth: optional(readU32, undefined),
  memoryBytes: optional(readU32, undefined),
});
