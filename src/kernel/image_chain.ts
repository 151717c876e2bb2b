/**
 * Image chains: what an instance is, as the hash of the history of its images; and the hash and
 * encoding of images in their authoring form.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { decodeWith } from "./cap.ts";
import { blake2b256, bytesOfHash, HASH_BYTES, hashOfBytes } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { imageSourceSsz } from "./image_codec.ts";
import { ImageSource } from "./image_source.ts";
import { parseHash } from "./parse.ts";
import type { Malformed } from "./ssz/codec.ts";
import { encode } from "./ssz/container.ts";

/** A chain with a further image's hash. */
export function extended(chain: CapHash, imageHash: CapHash): CapHash {
  const both = new Uint8Array(2 * HASH_BYTES);
  both.set(bytesOfHash(chain));
  both.set(bytesOfHash(imageHash), HASH_BYTES);
  return blake2b256(both);
}

function parseSource(source: unknown): Result<ImageSource, InvalidArgument> {
  return ImageSource.is(source) ? ok(source) : invalidArgument("source", "an ImageSource", source);
}

/**
 * The hash of an image in its authoring form: its SSZ hash tree root. Not that of the capability.
 *
 * @param source The image.
 * @returns The hash. Errors: `invalid-argument`.
 */
export function imageContentHash(source: ImageSource): Result<CapHash, InvalidArgument> {
  const image = parseSource(source);
  return image.ok ? ok(hashOfBytes(imageSourceSsz.root(image.value))) : image;
}

/**
 * The chain of an image without a history.
 *
 * @param source The image.
 * @returns The chain: the image's content hash. Errors: `invalid-argument`.
 */
export function chainGenesis(source: ImageSource): Result<CapHash, InvalidArgument> {
  return imageContentHash(source);
}

/**
 * The chain of an image that follows a chain: Blake2b-256 of the chain and the image's hash.
 *
 * @param chain The chain before.
 * @param image The image: in its authoring form, or the hash by which a slot names it.
 * @returns The chain. Errors: `invalid-argument`.
 *
 * @example A chain remembers the order
 * ```ts
 * import { chainExtend } from "@ringfence/core/kernel";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, b] = ["0a".repeat(32), "0b".repeat(32)];
 * const [ab, ba] = [chainExtend(a, b), chainExtend(b, a)];
 * assertEquals(ab.ok && ba.ok && ab.value !== ba.value, true);
 * ```
 */
export function chainExtend(
  chain: CapHash,
  image: ImageSource | CapHash,
): Result<CapHash, InvalidArgument> {
  const before = parseHash(chain, "chain");
  if (!before.ok) return before;
  const hash = ImageSource.is(image) ? imageContentHash(image) : parseHash(image, "image");
  return hash.ok ? ok(extended(before.value, hash.value)) : hash;
}

/**
 * The SSZ encoding of an image in its authoring form.
 *
 * @param source The image.
 * @returns The bytes. Errors: `invalid-argument`.
 */
export function encodeImageSource(
  source: ImageSource,
): Result<Uint8Array<ArrayBuffer>, InvalidArgument> {
  const image = parseSource(source);
  return image.ok ? ok(encode(imageSourceSsz, image.value)) : image;
}

/**
 * The image in its authoring form that some bytes encode.
 *
 * @param bytes The bytes, all of which have to belong to it.
 * @returns The image. Errors: `malformed`, with the field and its offset; `invalid-argument`.
 */
export function decodeImageSource(
  bytes: Uint8Array,
): Result<ImageSource, InvalidArgument | Malformed> {
  return decodeWith(imageSourceSsz, bytes, "image");
}
