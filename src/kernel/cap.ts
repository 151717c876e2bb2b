/**
 * Capabilities of any kind: their hash, their encoding, and the handles that they hold.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asUsize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { CapRef } from "./cap_ref.ts";
import { CNodeCap } from "./cnode_cap.ts";
import { cnodeCapSsz } from "./cnode_codec.ts";
import { DataCap } from "./data_cap.ts";
import { dataCapSsz } from "./data_codec.ts";
import type { TooLarge, UnresolvedRef } from "./errors.ts";
import { hashOfBytes } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { ImageCap } from "./image_cap.ts";
import { imageCapSsz } from "./image_codec.ts";
import { InstanceCap } from "./instance_cap.ts";
import { instanceCapSsz } from "./instance_codec.ts";
import { ImageCapV3 } from "./image_v3.ts";
import { imageV3Ssz } from "./image_v3_codec.ts";
import { InstanceCapV3 } from "./instance_v3.ts";
import { instanceV3Ssz } from "./instance_v3_codec.ts";
import type { Malformed, Ssz } from "./ssz/codec.ts";
import { encode, option, union } from "./ssz/container.ts";
import { TypeCap, typeCapSsz } from "./type_cap.ts";

/** A capability: a value, told apart by its `kind`. */
export type Cap =
  | InstanceCap
  | ImageCap
  | DataCap
  | CNodeCap
  | TypeCap
  | ImageCapV3
  | InstanceCapV3;

/** The kinds of capabilities. */
export type CapKind = Cap["kind"];

/** The longest encoding: 2^31 - 1 bytes. */
const ENCODING_BYTES_MAX = 2 ** 31 - 1;

const capSsz: Ssz<Cap> = union<Cap>([
  option("instance", instanceCapSsz, (cap) => InstanceCap.is(cap) ? cap : undefined, (cap) => cap),
  option("image", imageCapSsz, (cap) => ImageCap.is(cap) ? cap : undefined, (cap) => cap),
  option("data", dataCapSsz, (cap) => DataCap.is(cap) ? cap : undefined, (cap) => cap),
  option("cnode", cnodeCapSsz, (cap) => CNodeCap.is(cap) ? cap : undefined, (cap) => cap),
  option("type", typeCapSsz, (cap) => TypeCap.is(cap) ? cap : undefined, (cap) => cap),
  option("imageV3", imageV3Ssz, (cap) => ImageCapV3.is(cap) ? cap : undefined, (cap) => cap),
  option(
    "instanceV3",
    instanceV3Ssz,
    (cap) => InstanceCapV3.is(cap) ? cap : undefined,
    (cap) => cap,
  ),
]);

/** Whether any value at all is a capability. */
export function isCap(value: unknown): value is Cap {
  return InstanceCap.is(value) || ImageCap.is(value) || DataCap.is(value) ||
    CNodeCap.is(value) || TypeCap.is(value) || ImageCapV3.is(value) || InstanceCapV3.is(value);
}

/** The handles that a capability holds, in the order of its slots; one for each slot. */
export function refsOf(cap: Cap): readonly CapRef[] {
  if (InstanceCap.is(cap) || InstanceCapV3.is(cap)) {
    return CapRef.is(cap.fields.rootCnode) ? [cap.fields.rootCnode] : [];
  }
  if (!CNodeCap.is(cap) || cap.refCount === 0) return [];
  return cap.entries().flatMap((slot) =>
    "target" in slot && CapRef.is(slot.target) ? [slot.target] : []
  );
}

function resolved(cap: Cap): Result<Cap, InvalidArgument | UnresolvedRef> {
  if (!isCap(cap)) return invalidArgument("cap", "a capability", cap);
  const ref = refsOf(cap)[0];
  return ref === undefined ? ok(cap) : err({ kind: "unresolved-ref", id: ref.id });
}

/** The hashes taken so far: capabilities do not change. */
const hashes = new WeakMap<Cap, CapHash>();

/**
 * The hash of a capability: its SSZ hash tree root with SHA-256, which names its content.
 *
 * What stands for content that is not here, a missing page or slot, hashes as the content would. An
 * empty slot below the highest in use hashes as one that holds the hash of 32 zero bytes, which is
 * the hash of nothing that is known.
 *
 * @param cap A capability. A cnode costs the paths of the slots that changed since it was hashed
 *   last, paged data those of the pages.
 * @returns The hash. Errors: `unresolved-ref` when it holds a handle; `invalid-argument`.
 *
 * @example The hash of a type
 * ```ts
 * import { capHash, TypeCap } from "@ringfence/core/kernel";
 * import { assertEquals } from "@std/assert";
 *
 * const type = TypeCap.create("aa".repeat(32));
 * const hash = type.ok ? capHash(type.value) : type;
 * assertEquals(hash, {
 *   ok: true,
 *   value: "8e1e45a8963d634ec27d869ccb0b1640e7c56e3f716ffe61bfe9ac91e81ed17d",
 * });
 * ```
 */
export function capHash(cap: Cap): Result<CapHash, InvalidArgument | UnresolvedRef> {
  const known = isCap(cap) ? hashes.get(cap) : undefined;
  if (known !== undefined) return ok(known);
  const value = resolved(cap);
  if (!value.ok) return value;
  const hash = hashOfBytes(capSsz.root(value.value));
  hashes.set(value.value, hash);
  return ok(hash);
}

/**
 * The SSZ encoding of a capability: the selector of its kind, then its fields. The same capability
 * has one encoding, and an encoding is that of one capability.
 *
 * @param cap A capability.
 * @returns The bytes. Errors: `unresolved-ref` when it holds a handle; `too-large` from 2^31 bytes
 *   on; `invalid-argument`.
 */
export function encodeCap(
  cap: Cap,
): Result<Uint8Array<ArrayBuffer>, InvalidArgument | UnresolvedRef | TooLarge> {
  const value = resolved(cap);
  if (!value.ok) return value;
  const bytes = capSsz.sizeOf(value.value);
  if (bytes > ENCODING_BYTES_MAX) {
    const limitBytes = asUsize(ENCODING_BYTES_MAX);
    return err({ kind: "too-large", bytes: asUsize(bytes), limitBytes });
  }
  return ok(encode(capSsz, value.value));
}

/**
 * The capability that some bytes encode.
 *
 * @param bytes The bytes, all of which have to belong to it.
 * @returns The capability. Errors: `malformed`, with the field and its offset; `invalid-argument`.
 */
export function decodeCap(bytes: Uint8Array): Result<Cap, InvalidArgument | Malformed> {
  return decodeWith(capSsz, bytes, "cap");
}

/** The value that bytes of a caller encode. */
export function decodeWith<T>(
  type: Ssz<T>,
  bytes: Uint8Array,
  name: string,
): Result<T, InvalidArgument | Malformed> {
  const copy = copyBytes(bytes);
  if (copy === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
  const value = type.read({ bytes: copy, from: 0, to: copy.length });
  if (value.ok) return value;
  return err({ ...value.error, field: `${name}${value.error.field}` });
}
