/**
 * Publishing images of version 3, and their first Instances.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { rawBytes } from "./byte_string.ts";
import { CacheDirectory } from "./cache_directory.ts";
import { canonicalData } from "./canonical_data.ts";
import { capHash } from "./cap.ts";
import type { Cap } from "./cap.ts";
import { parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import { CNodeCap } from "./cnode_cap.ts";
import type { CNodeSlotInput } from "./cnode_cap.ts";
import { DataCap } from "./data_cap.ts";
import type {
  BlobMissing,
  ImageV3Error,
  InvalidCNodeSize,
  SlotOutOfRange,
  UnresolvedRef,
} from "./errors.ts";
import type { CapHash } from "./hash.ts";
import type { ImageSlotEntry } from "./image_cap.ts";
import { ImageSource } from "./image_source.ts";
import type { SourceData, SourceImage } from "./image_source.ts";
import { ImageCapV3 } from "./image_v3.ts";
import { ROOT_SIZE_LOG } from "./image_v3_rules.ts";
import { IDLE, instanceV3Of } from "./instance_v3.ts";
import { parseHash, parseMap, parseRecord, parseU32 } from "./parse.ts";
import type { StoreError, StorePutError } from "./store.ts";
import type { ImageNotFound, SlotKindMismatch } from "./vm_error.ts";

/** Why an image of version 3 was not published; then nothing was. */
export type PublishV3Error =
  | ImageV3Error
  | BlobMissing
  | SlotKindMismatch
  | UnresolvedRef
  | StorePutError
  | StoreError;

/** Why there is no first Instance; then nothing was put. */
export type GenesisError =
  | BlobMissing
  | ImageNotFound
  | SlotOutOfRange
  | InvalidCNodeSize
  | UnresolvedRef
  | StorePutError
  | StoreError;

/** What a slot pins, and what is to be put for it. */
interface Pinning {
  readonly entry: ImageSlotEntry;
  readonly cap: Cap | undefined;
}

function pinning(
  directory: CacheDirectory,
  given: SourceData | SourceImage,
): Result<Pinning, InvalidArgument | PublishV3Error> {
  const { slot } = given;
  if ("content" in given) {
    const cap = canonicalData(rawBytes(given.content));
    const hash = capHash(cap);
    return hash.ok ? ok({ entry: { slot, capHash: hash.value }, cap }) : hash;
  }
  const there = directory.load(given.contentHash);
  if (!there.ok) return there;
  if (there.value === undefined) return err({ kind: "blob-missing", hash: given.contentHash });
  if (!DataCap.is(there.value) && !ImageCapV3.is(there.value)) {
    return err({ kind: "slot-kind-mismatch", slot });
  }
  return ok({ entry: Object.freeze({ slot, capHash: given.contentHash }), cap: undefined });
}

/**
 * Puts an image of version 3 with the Data that it pins, in canonical form. What it pins by hash has
 * to be there already: Data, or an image of version 3.
 *
 * @param directory Where to put them.
 * @param source The image.
 * @returns The hash of the image. Errors: `blob-missing`, `slot-kind-mismatch`, then those of
 *   {@link ImageV3Error}; `store-failed`, `corrupt-blob`; `invalid-argument`. Nothing is put where
 *   one occurs.
 *
 * @example An image that traps at once, and its first Instance
 * ```ts
 * import {
 *   CacheDirectory,
 *   genesisInstance,
 *   ImageSource,
 *   publishImageV3,
 * } from "@ringfence/core/kernel";
 * import { assert } from "@std/assert";
 *
 * const directory = new CacheDirectory();
 * const source = ImageSource.create({ code: Uint8Array.of(0), packedBitmask: Uint8Array.of(1) });
 * const image = source.ok && publishImageV3(directory, source.value);
 * assert(image && image.ok && genesisInstance(directory, image.value).ok);
 * ```
 */
export function publishImageV3(
  directory: CacheDirectory,
  source: ImageSource,
): Result<CapHash, InvalidArgument | PublishV3Error> {
  if (!CacheDirectory.is(directory)) {
    return invalidArgument("directory", "a CacheDirectory", directory);
  }
  if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);
  const pinnings: Pinning[] = [];
  for (const given of source.fields.pinnedSlots) {
    const one = pinning(directory, given);
    if (!one.ok) return one;
    pinnings.push(one.value);
  }
  const image = ImageCapV3.create(source, pinnings.map(({ entry }) => entry));
  if (!image.ok) return image;
  const caps = pinnings.flatMap(({ cap }) => cap === undefined ? [] : [cap]);
  const put = directory.putAll([...caps, image.value]);
  return put.ok ? capHash(image.value) : put;
}

/** A slot and what it is to hold. */
interface Filling {
  readonly slot: number;
  readonly target: CapTarget;
}

const parseFillings = parseMap(
  parseRecord<Filling>({ slot: parseU32, target: parseTarget }),
  ({ slot }) => slot,
);

/** Slots with those that an image pins laid over them. */
function laidOver(
  slots: readonly Filling[],
  pinned: readonly ImageSlotEntry[],
): readonly CNodeSlotInput[] {
  const filled = new Map<number, CapTarget>(slots.map(({ slot, target }) => [slot, target]));
  for (const { slot, capHash: hash } of pinned) filled.set(slot, hash);
  return [...filled].map(([slot, target]) => ({ slot, target }));
}

/**
 * Puts the first Instance of an image: its chain is the hash of the image, it is idle, and its 256
 * slots are those given, under those that the image pins.
 *
 * @param directory Where the image is, and where to put the Instance.
 * @param imageHash The hash of an image of version 3.
 * @param slots What its slots hold, each once: hashes of capabilities, which need not be there yet.
 * @returns The hash of the Instance. Errors: `blob-missing`, `image-not-found` when the hash is not
 *   that of an image of version 3, `slot-out-of-range`, `unresolved-ref` for a handle;
 *   `store-failed`, `corrupt-blob`; `invalid-argument`. Nothing is put where one occurs.
 */
export function genesisInstance(
  directory: CacheDirectory,
  imageHash: CapHash,
  slots: readonly { readonly slot: number; readonly target: CapTarget }[] = [],
): Result<CapHash, InvalidArgument | GenesisError> {
  if (!CacheDirectory.is(directory)) {
    return invalidArgument("directory", "a CacheDirectory", directory);
  }
  const hash = parseHash(imageHash, "imageHash");
  if (!hash.ok) return hash;
  const fillings = parseFillings(slots, "slots");
  if (!fillings.ok) return fillings;
  const image = directory.load(hash.value);
  if (!image.ok) return image;
  if (image.value === undefined) return err({ kind: "blob-missing", hash: hash.value });
  if (!ImageCapV3.is(image.value)) return err({ kind: "image-not-found", hash: hash.value });
  const cnode = CNodeCap.create(
    ROOT_SIZE_LOG,
    laidOver(fillings.value, image.value.fields.pinned),
  );
  if (!cnode.ok) return cnode;
  const rootCnode = capHash(cnode.value);
  if (!rootCnode.ok) return rootCnode;
  const instance = instanceV3Of({
    imageHashChain: hash.value,
    imageHash: hash.value,
    rootCnode: rootCnode.value,
    status: IDLE,
  });
  const put = directory.putAll([cnode.value, instance]);
  return put.ok ? capHash(instance) : put;
}
