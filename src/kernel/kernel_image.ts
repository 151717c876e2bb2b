/**
 * The images that the kernel itself stands for: each is known by the hash of its label.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { blake2b256 } from "./hash.ts";
import type { CapHash } from "./hash.ts";

/** The labels, without the `kernel:` that they all begin with. */
export const KERNEL_IMAGES = [
  "gasmeter",
  "storagequota",
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
  "file",
  "host_open",
  "host_save",
] as const;

/** An image that the kernel stands for. */
export type KernelImage = typeof KERNEL_IMAGES[number];

const HASHES: ReadonlyMap<KernelImage, CapHash> = new Map(
  KERNEL_IMAGES.map((image) => [image, blake2b256(new TextEncoder().encode(`kernel:${image}`))]),
);

function isKernelImage(value: unknown): value is KernelImage {
  return KERNEL_IMAGES.some((image) => image === value);
}

/**
 * The hash of an image that the kernel stands for: Blake2b-256 of its label.
 *
 * @param image Which one.
 * @returns The hash. Errors: `invalid-argument`.
 */
export function kernelImageHash(image: KernelImage): Result<CapHash, InvalidArgument> {
  const hash = isKernelImage(image) ? HASHES.get(image) : undefined;
  return hash === undefined ? invalidArgument("image", "a kernel image", image) : ok(hash);
}

/**
 * The image that the kernel stands for under a hash.
 *
 * @param hash Any value.
 * @returns The image; nothing for any other value.
 */
export function recognizeKernelImage(hash: CapHash): KernelImage | undefined {
  for (const [image, own] of HASHES) if (own === hash) return image;
  return undefined;
}
