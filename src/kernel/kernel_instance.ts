/**
 * Instances of the images that the kernel itself stands for: they are made by the kernel alone.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { CacheDirectory } from "./cache_directory.ts";
import { canonicalData } from "./canonical_data.ts";
import { capHash } from "./cap.ts";
import { CapRef, parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import { CNodeCap } from "./cnode_cap.ts";
import type { CNodeSlotInput } from "./cnode_cap.ts";
import type { DataCap } from "./data_cap.ts";
import type { UnresolvedRef } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import { ROOT_SIZE_LOG } from "./image_v3_rules.ts";
import { IDLE, instanceV3Of } from "./instance_v3.ts";
import type { InstanceCapV3 } from "./instance_v3.ts";
import { kernelImageHash } from "./kernel_image.ts";
import type { KernelImage } from "./kernel_image.ts";
import { orElse, parseHash, parseList, parseRecord, parseU64 } from "./parse.ts";
import type { StorePutError } from "./store.ts";

/** The most markers that a catcher lists. */
export const CATCHER_MARKERS_MAX = 255;

/** An Instance of the kernel, and what it refers to. */
export interface KernelInstanceParts {
  /** The Instance. */
  readonly instance: InstanceCapV3;
  /** Its root cnode. */
  readonly cnode: CNodeCap;
  /** The Data in its slot 1, for a Gas or a Quota. */
  readonly data?: DataCap;
}

/** The parts of an Instance of the kernel, or why there is none. */
export type KernelInstanceResult = Result<KernelInstanceParts, InvalidArgument | UnresolvedRef>;

function partsOf(
  image: KernelImage,
  slots: readonly CNodeSlotInput[],
): Result<{ readonly instance: InstanceCapV3; readonly cnode: CNodeCap }, InvalidArgument> {
  const hash = kernelImageHash(image);
  if (!hash.ok) return hash;
  const cnode = CNodeCap.create(ROOT_SIZE_LOG, slots);
  if (!cnode.ok) return invalidArgument("slots", "slots of a root cnode", slots);
  const rootCnode = capHash(cnode.value);
  if (!rootCnode.ok) return invalidArgument("slots", "hashes", slots);
  const instance = instanceV3Of({
    imageHashChain: hash.value,
    imageHash: hash.value,
    rootCnode: rootCnode.value,
    status: IDLE,
  });
  return ok({ instance, cnode: cnode.value });
}

/** The Data of an id: up to 8 little-endian bytes. */
function idData(id: bigint): DataCap {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, id, true);
  return canonicalData(bytes);
}

function rowInstance(image: "gas" | "quota", id: bigint): KernelInstanceResult {
  const number = parseU64(id, "id");
  if (!number.ok) return number;
  const data = idData(number.value);
  const hash = capHash(data);
  if (!hash.ok) return hash;
  const parts = partsOf(image, [{ slot: 1, target: hash.value }]);
  return parts.ok ? ok({ ...parts.value, data }) : parts;
}

/** The Gas of a meter. */
export function gasInstance(id: bigint): KernelInstanceResult {
  return rowInstance("gas", id);
}

/** The Quota of a row of quotas. */
export function quotaInstance(id: bigint): KernelInstanceResult {
  return rowInstance("quota", id);
}

/** An Instance of the kernel with empty slots. */
export function plainKernelInstance(image: KernelImage): KernelInstanceResult {
  return partsOf(image, []);
}

/** A catcher that lists markers, each once, in the order in which they come first. */
export function catcherInstance(markers: readonly CapTarget[]): KernelInstanceResult {
  const list = parseList(parseTarget)(markers, "markers");
  if (!list.ok) return list;
  const listed = [...new Set(list.value)];
  const ref = listed.find((marker) => CapRef.is(marker));
  if (CapRef.is(ref)) return err({ kind: "unresolved-ref", id: ref.id });
  if (listed.length > CATCHER_MARKERS_MAX) {
    return invalidArgument("markers", `at most ${CATCHER_MARKERS_MAX} markers`, markers);
  }
  return partsOf("yieldcatcher", listed.map((target, index) => ({ slot: index + 1, target })));
}

/** What an Instance of the kernel is issued with. */
export interface KernelInstanceOptions {
  /** For `gas` and `quota`: the row, 0 to 2^64 - 1; 0 unless told. */
  readonly id?: bigint;
  /** For `yieldcatcher`: the Instances that it lists as markers, up to 255; none unless told. */
  readonly markers?: readonly CapHash[];
}

const parseOptions = parseRecord<{
  id: bigint | undefined;
  markers: readonly CapHash[] | undefined;
}>({
  id: orElse(parseU64, undefined),
  markers: orElse(parseList(parseHash), undefined),
});

function issue(image: KernelImage, options: KernelInstanceOptions): KernelInstanceResult {
  const known = kernelImageHash(image);
  if (!known.ok) return known;
  const given = parseOptions(options, "options");
  if (!given.ok) return given;
  const { id, markers } = given.value;
  const row = image === "gas" || image === "quota";
  if (id !== undefined && !row) {
    return invalidArgument("options.id", "an id for gas and quota alone", id);
  }
  if (markers !== undefined && image !== "yieldcatcher") {
    return invalidArgument("options.markers", "markers for yieldcatcher alone", markers);
  }
  if (row) return rowInstance(image, id ?? 0n);
  return image === "yieldcatcher" ? catcherInstance(markers ?? []) : plainKernelInstance(image);
}

/**
 * Issues an Instance of the kernel: puts it and what it refers to. The same Instance is the same
 * value each time; who holds it may use it.
 *
 * @param directory Where to put it.
 * @param image The kernel's image.
 * @param options The row of a Gas or a Quota, or the markers of a catcher.
 * @returns The hash of the Instance. Errors: `store-failed`, `corrupt-blob`; `invalid-argument`.
 *
 * @example The Gas of meter 7
 * ```ts
 * import { CacheDirectory, issueKernelInstance } from "@ringfence/core/kernel";
 * import { assert } from "@std/assert";
 *
 * const directory = new CacheDirectory();
 * const gas = issueKernelInstance(directory, "gas", { id: 7n });
 * assert(gas.ok && directory.containsBlob(gas.value));
 * ```
 */
export function issueKernelInstance(
  directory: CacheDirectory,
  image: KernelImage,
  options: KernelInstanceOptions = {},
): Result<CapHash, InvalidArgument | UnresolvedRef | StorePutError> {
  if (!CacheDirectory.is(directory)) {
    return invalidArgument("directory", "a CacheDirectory", directory);
  }
  const parts = issue(image, options);
  if (!parts.ok) return parts;
  const { instance, cnode, data } = parts.value;
  const caps = data === undefined ? [cnode, instance] : [data, cnode, instance];
  const put = directory.putAll(caps);
  return put.ok ? capHash(instance) : put;
}
