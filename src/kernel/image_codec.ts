/**
 * How images are written and hashed, as capabilities and in their authoring form.
 *
 * @module
 */

import type { U32, U64 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { ByteString } from "./byte_string.ts";
import type { CapHash } from "./hash.ts";
import { ENDPOINTS_LIMIT, imageCapOf, REGISTER_COUNT } from "./image_cap.ts";
import type { Endpoint, ImageCap, ImageFields, ImageSlotEntry, Mapping } from "./image_cap.ts";
import { imageSourceOf } from "./image_source.ts";
import type {
  ImageSource,
  ImageSourceFields,
  SourceData,
  SourceEndpoint,
  SourceImage,
  SourceMapping,
  SourceRegister,
} from "./image_source.ts";
import { MAX_SOURCE_DEPTH } from "./slot.ts";
import { byteList, hash32, uint32, uint64, uint8 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { list, vector } from "./ssz/composite.ts";
import { container, mapped, option, optional, refined, union } from "./ssz/container.ts";

const endpoint: Ssz<Endpoint> = container<Endpoint>({
  entryPc: uint64,
  stackTop: uint64,
  argCnodeSlot: uint32,
  argCnodeSize: uint8,
  initialRegs: vector(uint64, REGISTER_COUNT),
});

const endpoints: Ssz<readonly Endpoint[]> = refined(
  list(endpoint),
  ({ length }) => length > ENDPOINTS_LIMIT ? `${length} endpoints` : undefined,
);

/** A mapping, with zeros behind its path. */
export const mappingSsz: Ssz<Mapping> = refined(
  container<Mapping>({
    start: uint64,
    size: uint64,
    sourcePath: vector(uint32, MAX_SOURCE_DEPTH),
    sourcePathLength: uint8,
  }),
  ({ sourcePath, sourcePathLength }) => {
    if (sourcePathLength > MAX_SOURCE_DEPTH) return `a path of ${sourcePathLength} steps`;
    const padded = sourcePath.every((step, index) => index < sourcePathLength || step === 0);
    return padded ? undefined : "a step behind the path";
  },
);

/** Whether the keys of entries ascend, each of them once if `once`. */
function ascend<T>(entries: readonly T[], key: (entry: T) => number, once: boolean): boolean {
  return entries.every((entry, index) => {
    const before = entries[index - 1];
    if (before === undefined) return true;
    return once ? key(before) < key(entry) : key(before) <= key(entry);
  });
}

/** A slot that an image fills. */
export const slotEntrySsz: Ssz<ImageSlotEntry> = container<ImageSlotEntry>({
  slot: uint32,
  capHash: hash32,
});

const slots: Ssz<readonly ImageSlotEntry[]> = refined(
  list(slotEntrySsz),
  (entries) => ascend(entries, ({ slot }) => slot, false) ? undefined : "slots out of order",
);

/** The encoding. */
export const imageCapSsz: Ssz<ImageCap> = mapped(
  container<ImageFields>({
    code: byteList,
    bitmask: byteList,
    jumpTable: list(uint32),
    endpoints,
    mappings: list(mappingSsz),
    pinned: slots,
    initial: slots,
    yieldMarkerSlot: optional(uint32),
  }),
  (fields) => ok(imageCapOf(fields)),
  ({ fields }) => fields,
);

/** A list in the order of its keys, each of them once. */
export function keyed<T>(type: Ssz<T>, key: (entry: T) => number): Ssz<readonly T[]> {
  return refined(
    list(type),
    (entries) => ascend(entries, key, true) ? undefined : "keys that do not ascend",
  );
}

/** An entry of a map: the key, then a value that holds the rest. */
interface Keyed<K, V> {
  readonly key: K;
  readonly value: V;
}

type EndpointRow = Omit<SourceEndpoint, "index">;

const sourceEndpoint: Ssz<SourceEndpoint> = mapped(
  container<Keyed<SourceEndpoint["index"], EndpointRow>>({
    key: uint8,
    value: container<EndpointRow>({
      entryPc: uint64,
      argRegisters: uint8,
      argCnodeSize: uint8,
      initialRegs: keyed(
        container<SourceRegister>({ register: uint8, value: uint64 }),
        ({ register }) => register,
      ),
    }),
  }),
  ({ key, value }) => ok(Object.freeze({ index: key, ...value })),
  (source) => ({ key: source.index, value: source }),
);

interface StepsRow {
  readonly steps: readonly U32[];
}

const sourceMapping: Ssz<SourceMapping> = container<SourceMapping>({
  start: uint64,
  size: uint64,
  source: mapped(
    container<StepsRow>({ steps: list(uint32) }),
    ({ steps }) => ok(steps),
    (steps) => ({ steps }),
  ),
});

interface ContentRow {
  readonly content: ByteString;
  readonly size: U64;
}

const content: Ssz<ContentRow> = container<ContentRow>({ content: byteList, size: uint64 });

const sourceData: Ssz<SourceData> = mapped(
  container<Keyed<U32, ContentRow>>({ key: uint32, value: content }),
  ({ key, value }) => ok(Object.freeze({ slot: key, ...value })),
  (data) => ({ key: data.slot, value: data }),
);

interface HashRow {
  readonly contentHash: CapHash;
}

const sourcePinned: Ssz<SourceData | SourceImage> = mapped(
  container<Keyed<U32, ContentRow | HashRow>>({
    key: uint32,
    value: union<ContentRow | HashRow>([
      option("data", content, (cap) => "content" in cap ? cap : undefined, (data) => data),
      option(
        "image",
        container<HashRow>({ contentHash: hash32 }),
        (cap) => "contentHash" in cap ? cap : undefined,
        (image) => image,
      ),
    ]),
  }),
  ({ key, value }) => ok(Object.freeze({ slot: key, ...value })),
  (pinned) => ({ key: pinned.slot, value: pinned }),
);

/** The encoding of the authoring form. */
export const imageSourceSsz: Ssz<ImageSource> = mapped(
  container<ImageSourceFields>({
    code: byteList,
    packedBitmask: byteList,
    jumpTable: list(uint32),
    endpoints: keyed(sourceEndpoint, ({ index }) => index),
    memoryMappings: list(sourceMapping),
    gasSlots: list(uint32),
    quotaSlots: list(uint32),
    pinnedSlots: keyed(sourcePinned, ({ slot }) => slot),
    initialSlots: keyed(sourceData, ({ slot }) => slot),
    yieldMarkerSlot: optional(uint32),
  }),
  (fields) => ok(imageSourceOf(fields)),
  ({ fields }) => fields,
);
