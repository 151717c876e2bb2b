/**
 * The capabilities of version 3: what they are made of, and which values are well formed.
 *
 * @module
 */

import { brokenRule, partsOfImage } from "./kernel_v3_images.ts";
import {
  ascends,
  at,
  big,
  bytes,
  CAP,
  container,
  hash,
  list,
  optional,
  PATH_MAX,
  u32,
  u64,
  u8,
  union,
} from "./kernel_shapes.ts";
import { partsOf, type Shape, type Value } from "./kernel_ssz.ts";

/** The selector of an Image of version 3. */
export const IMAGE_V3 = 5n;
/** The selector of an Instance of version 3. */
export const INSTANCE_V3 = 6n;

const REGIONS_MAX = 2 ** 20;
const registers: Shape = { is: "vector", of: u64, length: 13 };

const mapping = container(u64, u64, { is: "vector", of: u32, length: PATH_MAX }, u8);

/** Whether a mapping's path has up to 8 steps, with zeros behind them. */
function isPadded(value: Value): boolean {
  const live = big(at(value, 3));
  return live <= 8n && partsOf(at(value, 2)).every((step, i) => BigInt(i) < live || step === 0n);
}

function isImage(image: Value): boolean {
  return ascends(at(image, 3), true) && ascends(at(image, 7), true) &&
    partsOf(at(image, 4)).every(isPadded) && brokenRule(partsOfImage(image)) === undefined;
}

const image: Shape = {
  is: "custom",
  as: container(
    ...[bytes, bytes, list(u32)],
    list(container(u8, u64, u8, u8, registers)),
    list(mapping),
    ...[list(u32), list(u32)],
    list(container(u32, hash)),
    optional(u32),
  ),
  valid: isImage,
};

/** Whether steps can lead to a callee: none, or up to 8, of which the first is not slot 0. */
function isCallee(steps: readonly bigint[]): boolean {
  const [first, ...rest] = steps;
  if (first === undefined) return true;
  return first > 0n && first < 256n && rest.length < 8 && rest.every((step) => step < 65_536n);
}

const pause: Shape = {
  is: "custom",
  as: container(
    ...[hash, registers, u64, hash, u8],
    list(u32),
    list(container(optional(hash), hash)),
  ),
  valid: (value) =>
    big(at(value, 4)) <= 1n && isCallee(partsOf(at(value, 5)).map((step) => big(step))) &&
    partsOf(at(value, 6)).length <= REGIONS_MAX,
};

const instance = container(hash, hash, hash, union(undefined, pause, undefined));

const kinds = CAP.is === "union" ? CAP.options : [];

/** What a capability of any version is made of. */
export const ANY_CAP: Shape = union(...kinds, image, instance);
