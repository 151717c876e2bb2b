/**
 * Publishing an image: what fills its slots is put first, then the image itself.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { CacheDirectory } from "./cache_directory.ts";
import type { Cap } from "./cap.ts";
import { capHash } from "./cap.ts";
import { DataCap } from "./data_cap.ts";
import type { BlobMissing, ImageConvertError, TooLarge, UnresolvedRef } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import { ImageCap } from "./image_cap.ts";
import type { ImageSlotEntry } from "./image_cap.ts";
import { ImageSource } from "./image_source.ts";
import type { SourceData, SourceImage } from "./image_source.ts";
import type { StoreError } from "./store.ts";

/** Why an image was not published; then nothing was. */
export type PublishError =
  | ImageConvertError
  | BlobMissing
  | TooLarge
  | UnresolvedRef
  | StoreError;

/** A slot's entry, and what is to be put for it. */
interface Filling {
  readonly entry: ImageSlotEntry;
  readonly cap: Cap | undefined;
}

function dataFilling(
  { slot, content, size }: SourceData,
): Result<Filling, InvalidArgument | PublishError> {
  // A size beyond 2^53 is refused as too large all the same.
  const bytes = Number(size > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : size);
  const cap = DataCap.inline(content, { size: bytes });
  if (!cap.ok) return cap;
  const hash = capHash(cap.value);
  return hash.ok ? ok({ entry: { slot, capHash: hash.value }, cap: cap.value }) : hash;
}

function filling(
  directory: CacheDirectory,
  given: SourceData | SourceImage,
): Result<Filling, InvalidArgument | PublishError> {
  if ("content" in given) return dataFilling(given);
  const { slot, contentHash } = given;
  const there = directory.load(contentHash);
  if (!there.ok) return there;
  if (there.value === undefined) return err({ kind: "blob-missing", hash: contentHash });
  return ok({ entry: { slot, capHash: contentHash }, cap: undefined });
}

function fillings(
  directory: CacheDirectory,
  given: readonly (SourceData | SourceImage)[],
): Result<readonly Filling[], InvalidArgument | PublishError> {
  const filled: Filling[] = [];
  for (const slot of given) {
    const one = filling(directory, slot);
    if (!one.ok) return one;
    filled.push(one.value);
  }
  return ok(filled);
}

/**
 * Puts an image with all that fills its slots: pinned and initial data, padded to pages. A pinned
 * image is named by its hash and has to be there already.
 *
 * @param directory Where to put them.
 * @param source The image.
 * @returns The hash of the image. Errors: `blob-missing`, `too-large`, those of the conversion;
 *   `store-failed`, `corrupt-blob`; `invalid-argument`. Nothing is put where one occurs.
 */
export function publishImage(
  directory: CacheDirectory,
  source: ImageSource,
): Result<CapHash, InvalidArgument | PublishError> {
  if (!CacheDirectory.is(directory)) {
    return invalidArgument("directory", "a CacheDirectory", directory);
  }
  if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);
  const pinned = fillings(directory, source.fields.pinnedSlots);
  if (!pinned.ok) return pinned;
  const initial = fillings(directory, source.fields.initialSlots);
  if (!initial.ok) return initial;
  const entriesOf = (list: readonly Filling[]) => list.map(({ entry }) => entry);
  const image = ImageCap.fromSource(source, entriesOf(pinned.value), entriesOf(initial.value));
  if (!image.ok) return image;
  const caps = [...pinned.value, ...initial.value].flatMap(({ cap }) =>
    cap === undefined ? [] : [cap]
  );
  const put = directory.putAll([...caps, image.value]);
  return put.ok ? capHash(image.value) : put;
}
