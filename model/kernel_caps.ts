/**
 * The capabilities as values: the kinds, the handles that they hold, and the hash that names a
 * capability by its content.
 *
 * A capability is the selector of its kind and the list of its fields. A target is a hash, as text,
 * or the id of a handle, as a bigint; only what holds no handle has a hash.
 *
 * @module
 */

import { at, CAP } from "./kernel_shapes.ts";
import { type Hash, hexText, partsOf, type Value } from "./kernel_ssz.ts";
import { root } from "./kernel_ssz_root.ts";

/** A capability: the selector of its kind, then its fields. */
export type Cap = readonly [selector: bigint, fields: readonly Value[]];

/** The selector of an Instance. */
export const INSTANCE = 0n;
/** The selector of an Image. */
export const IMAGE = 1n;
/** The selector of Data. */
export const DATA = 2n;
/** The selector of a CNode. */
export const CNODE = 3n;
/** The selector of a Type. */
export const TYPE = 4n;

/** The handles that a capability holds, in the order of its slots. */
export function refsOf([selector, fields]: Cap): readonly bigint[] {
  const targets = selector === CNODE
    ? partsOf(at(fields, 1)).map((entry) => at(entry, 2))
    : selector === INSTANCE
    ? [at(fields, 2)]
    : [];
  return targets.flatMap((target) => typeof target === "bigint" ? [target] : []);
}

/** The hash of a capability that holds no handle. */
export function capHash(h: Hash, cap: Cap): string {
  return hexText(root(h, CAP, cap));
}
