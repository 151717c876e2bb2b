/**
 * Images in their authoring form, and what becomes of one when it is turned into a capability.
 *
 * @module
 */

import { type Cap, IMAGE } from "./kernel_caps.ts";
import {
  at,
  big,
  bytes,
  code,
  container,
  hash,
  list,
  map,
  optional,
  PATH_MAX,
  sorted,
  u32,
  u64,
  u8,
  union,
} from "./kernel_shapes.ts";
import { partsOf, type Shape, type Value } from "./kernel_ssz.ts";

const hostEndpoint = container(u64, u8, u8, map(u8, u64));
const hostMapping = container(u64, u64, container(list(u32)));
const content = container(bytes, u64);
const pinned = map(u32, union(content, container(hash)));
const kept = [list(u32), list(u32), pinned, map(u32, content), optional(u32)];

/** What an image in its authoring form is made of. */
export const HOST_IMAGE: Shape = container(
  ...code,
  map(u8, hostEndpoint),
  list(hostMapping),
  ...kept,
);

/** What became of an image: the capability, or the first thing that is wrong with it. */
export type Converted =
  | { readonly ok: Cap }
  | { readonly error: string; readonly detail?: bigint };

const ENDPOINTS = 64;
const REGISTERS = 13;

function endpointOf(host: Value): Value {
  const given = partsOf(at(host, 3));
  const registers = Array.from({ length: REGISTERS }, (_, i): Value => {
    const entry = given.find((e) => at(e, 0) === BigInt(i));
    return entry === undefined ? 0n : at(entry, 1);
  });
  return [at(host, 0), registers[1] ?? 0n, 0n, at(host, 2), registers];
}

/** Turns an image into a capability; the slots come from the two lists alone. */
export function convert(
  host: Value,
  pinned: readonly Value[],
  initial: readonly Value[],
  endpointsMax: number = ENDPOINTS,
): Converted {
  const given = partsOf(at(host, 3));
  for (const entry of given) {
    const index = big(at(entry, 0));
    if (index >= BigInt(endpointsMax)) {
      return { error: "endpoint-index-out-of-range", detail: index };
    }
    const bad = partsOf(at(at(entry, 1), 3)).find((r) => big(at(r, 0)) >= BigInt(REGISTERS));
    if (bad !== undefined) {
      return { error: "register-index-out-of-range", detail: big(at(bad, 0)) };
    }
  }
  const mappings: Value[] = [];
  for (const entry of partsOf(at(host, 4))) {
    const steps = partsOf(at(at(entry, 2), 0));
    if (steps.length === 0) return { error: "source-path-empty" };
    if (steps.length > PATH_MAX) {
      return { error: "source-path-too-deep", detail: BigInt(steps.length) };
    }
    const path = Array.from({ length: PATH_MAX }, (_, i) => steps[i] ?? 0n);
    mappings.push([at(entry, 0), at(entry, 1), path, BigInt(steps.length)]);
  }
  const none: Value = [0n, 0n, 0n, 0n, Array.from({ length: REGISTERS }, () => 0n)];
  const endpoints = Array.from({ length: endpointsMax }, (_, i) => {
    const entry = given.find((e) => at(e, 0) === BigInt(i));
    return entry === undefined ? none : endpointOf(at(entry, 1));
  });
  const kept = [at(host, 0), at(host, 1), at(host, 2)];
  const slots = [sorted(pinned), sorted(initial)];
  return { ok: [IMAGE, [...kept, endpoints, mappings, ...slots, at(host, 9)]] };
}
