/**
 * The hashes of the images that the kernel stands for, at hand.
 *
 * @module
 */

import type { CapHash } from "../hash.ts";
import type { InstanceCapV3 } from "../instance_v3.ts";
import { KERNEL_IMAGES, kernelImageHash } from "../kernel_image.ts";
import type { KernelImage } from "../kernel_image.ts";

const IMAGES: ReadonlyMap<CapHash, KernelImage> = new Map(
  KERNEL_IMAGES.flatMap((image) => {
    const hash = kernelImageHash(image);
    return hash.ok ? [[hash.value, image] as const] : [];
  }),
);

/** The image of the kernel that a hash names, if it does. */
export function kernelImageAt(hash: CapHash): KernelImage | undefined {
  return IMAGES.get(hash);
}

/** Whether an Instance is one of an image of the kernel. */
export function isOfKernel(instance: InstanceCapV3, image: KernelImage): boolean {
  return kernelImageAt(instance.fields.imageHash) === image;
}
