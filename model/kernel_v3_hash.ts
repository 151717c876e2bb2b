/**
 * The kernel of mode v3: the hashes that name its values. They are taken where values are compared, where a
 * chain is extended, and where a result is told.
 *
 * @module
 */

import type { Cap as Plain } from "./kernel_caps.ts";
import { type Hash, hexBytes, hexText, type Value } from "./kernel_ssz.ts";
import { root } from "./kernel_ssz_root.ts";
import { ANY_CAP } from "./kernel_v3_caps.ts";
import type { Absent, Cap, Image, Instance } from "./kernel_v3_values.ts";

/** The hash functions, and the hash of a capability, perhaps remembered. */
export interface Hashes {
  /** SHA-256. */
  readonly sha: Hash;
  /** Blake2b-256. */
  readonly blake: Hash;
  /** What gives the hash of a capability: {@link hashOf}, or what has asked it before. */
  readonly of: (cap: Cap) => string;
}

const option = (value: Value | undefined): Value => value === undefined ? [0n] : [1n, value];

function plainImage(image: Image, of: (cap: Cap) => string): Plain {
  const path = (steps: readonly number[]): Value =>
    Array.from({ length: 8 }, (_, i) => BigInt(steps[i] ?? 0));
  return [5n, [
    image.code,
    image.mask,
    image.jumps,
    image.endpoints.map((e) => [e.index, e.pc, e.argRegisters, e.argCnodeSize, e.registers]),
    image.mappings.map((m) => [m.start, m.size, path(m.path), BigInt(m.path.length)]),
    image.gasSlots.map(BigInt),
    image.quotaSlots.map(BigInt),
    image.pinned.map(([slot, cap]) => [BigInt(slot), of(cap)]),
    option(image.catcher === undefined ? undefined : BigInt(image.catcher)),
  ]];
}

function plainStatus(status: Instance["status"], of: (cap: Cap) => string): Value {
  if (typeof status === "string") return [status === "idle" ? 0n : 2n];
  const { image, registers, pc, marker, raised, callee, regions } = status;
  const kept = regions.map(({ source, content }): Value => [
    option(source === undefined ? undefined : of(source)),
    of(content),
  ]);
  const steps = callee.map(BigInt);
  return [1n, [of(image), registers, pc, marker, raised ? 1n : 0n, steps, kept]];
}

/** A capability as it is encoded: what it holds by hash. */
export function plainOf(cap: Exclude<Cap, Absent>, of: (cap: Cap) => string): Plain {
  switch (cap.is) {
    case "data":
      return [2n, [cap.content]];
    case "image":
      return plainImage(cap, of);
    case "cnode":
      return [3n, [
        BigInt(cap.sizeLog),
        cap.slots.map(([slot, held]) => {
          const missing = held.is === "absent" && held.inSlot;
          return [BigInt(slot), missing ? 1n : 0n, of(held)];
        }),
      ]];
    case "type":
      return [4n, [cap.chain]];
    case "instance":
      return [6n, [cap.chain, of(cap.image), of(cap.root), plainStatus(cap.status, of)]];
    default:
      return cap.plain;
  }
}

/** The hash of a capability. */
export function hashOf(h: Hashes, cap: Cap): string {
  return cap.is === "absent" ? cap.hash : hexText(root(h.sha, ANY_CAP, plainOf(cap, h.of)));
}

/** A chain, extended by an image. */
export function extended(h: Hashes, chain: string, image: Cap): string {
  return hexText(h.blake([...hexBytes(chain), ...hexBytes(h.of(image))]));
}
