/** Images of version 3 with something wrong with them, as authored images and as encodings. */

import fc from "fast-check";
import type { Cap } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import { IMAGE_V3 } from "../../model/kernel_v3_caps.ts";
import { type Parts, partsOfImage } from "../../model/kernel_v3_images.ts";
import type { ImageSource } from "../../src/kernel/mod.ts";
import { imageV3 } from "./kernel_v3_arbitrary.ts";
import { type Face, valueOf } from "./kernel.ts";

type Mapping = Parts["mappings"][number];

const flipped = (mask: readonly bigint[], n: number): readonly bigint[] => {
  const place = n % Math.max(8 * mask.length, 1);
  return mask.map((byte, i) => {
    const bit = 2n ** BigInt(place % 8);
    if (i !== Math.floor(place / 8)) return byte;
    return (byte / bit) % 2n === 1n ? byte - bit : byte + bit;
  });
};

/** A mapping in the place of one, or behind the others when there is none. */
function changed(parts: Parts, n: number, change: (old: Mapping) => Mapping): Parts {
  const { mappings } = parts;
  const place = n % Math.max(mappings.length, 1);
  const fresh: Mapping = { start: 0n, size: 1n, path: [] };
  const all = mappings.length === 0 ? [fresh] : mappings;
  return { ...parts, mappings: all.map((m, i) => i === place ? change(m) : m) };
}

/** One more mapping. */
function added(parts: Parts, mapping: Mapping): Parts {
  return { ...parts, mappings: [...parts.mappings, mapping] };
}

function withEndpoint(parts: Parts, entry: bigint, registers: readonly bigint[]): Parts {
  const endpoints = parts.endpoints.filter(({ index }) => index !== 255n);
  return { ...parts, endpoints: [...endpoints, { index: 255n, entry, registers }] };
}

const lengthened = (parts: Parts, count: number): Parts => {
  const code = [...parts.code, ...Array.from({ length: count }, () => 0n)];
  const mask = Array.from({ length: Math.ceil(code.length / 8) }, (_, i) => parts.mask[i] ?? 0n);
  return { ...parts, code, mask };
};

const FAR = 1000n * 4096n;

/** What can be wrong, each with a number to choose by. */
const FAULTS: readonly ((parts: Parts, n: number) => Parts)[] = [
  (parts) => ({ ...parts, code: [], mask: [] }),
  (parts, n) => ({ ...parts, code: parts.code.with(n % parts.code.length, 4n) }),
  (parts, n) => ({ ...parts, mask: flipped(parts.mask, n) }),
  (parts) => ({ ...parts, mask: flipped(parts.mask, parts.code.length) }),
  (parts) => ({ ...parts, mask: [...parts.mask, 0n] }),
  (parts) => ({ ...parts, mask: parts.mask.slice(0, -1) }),
  (parts) => ({ ...parts, mask: parts.mask.map((byte, i) => i === 0 ? byte - byte % 2n : byte) }),
  (parts, n) => lengthened(parts, n % 30),
  (parts, n) => ({ ...lengthened({ ...parts, code: [], mask: [1n] }, 25 + n % 2), endpoints: [] }),
  (parts, n) => withEndpoint(parts, BigInt(n % (parts.code.length + 9)), []),
  (parts) => withEndpoint(parts, BigInt(parts.code.length), []),
  (parts) => withEndpoint(parts, 2n ** 64n - 1n, []),
  (parts, n) => withEndpoint(parts, 0n, [BigInt(n % 14)]),
  (parts) => withEndpoint(parts, 0n, [3n, 13n, 255n]),
  (parts, n) => changed(parts, n, (m) => ({ ...m, start: m.start + 1n })),
  (parts, n) => changed(parts, n, (m) => ({ ...m, size: 0n })),
  (parts) => added(parts, { start: 2n ** 32n - 4096n, size: 4096n, path: [] }),
  (parts) => added(parts, { start: 2n ** 32n - 4096n, size: 4097n, path: [] }),
  (parts) => added(parts, { start: 2n ** 63n, size: 2n ** 63n, path: [] }),
  (parts, n) => added(parts, { ...parts.mappings[n % 3] ?? { start: 0n, size: 1n }, path: [] }),
  (parts, n) => {
    const other = parts.mappings[n % 3] ?? { start: 0n, size: 5n };
    return added(parts, { start: other.start + 4096n, size: 1n, path: [] });
  },
  (parts, n) => added(parts, { start: FAR, size: 4096n, path: parts.mappings[n % 3]?.path ?? [] }),
  (parts) => added(parts, { start: 2n * FAR, size: 9n, path: Array.from({ length: 9 }, () => 1n) }),
  (parts) => added(parts, { start: 3n * FAR, size: 9n, path: [256n] }),
  (parts) => added(parts, { start: 4n * FAR, size: 9n, path: [255n, 65_535n, 65_536n] }),
  (parts) => ({ ...parts, gas: [...parts.gas, 256n] }),
  (parts) => ({ ...parts, quota: [...parts.quota, 256n] }),
  (parts) => ({ ...parts, pinned: [...parts.pinned, 256n] }),
  (parts) => ({ ...parts, catcher: [256n] }),
  (parts) => ({ ...parts, pinned: [0n, ...parts.pinned.filter((slot) => slot !== 0n)] }),
  (parts) => ({ ...parts, initial: 1 }),
];

/** Images with up to two things wrong with them. */
export const faulty: fc.Arbitrary<Parts> = fc.tuple(
  imageV3,
  fc.array(fc.tuple(fc.constantFrom(...FAULTS), fc.nat(400)), { maxLength: 2, size: "max" }),
).map(([image, faults]) =>
  faults.reduce(
    (parts, [fault, n]) => parts.code.length === 0 ? parts : fault(parts, n),
    partsOfImage(image),
  )
);

const NOTHING = "00".repeat(32);

/** The authored image of some parts. */
export function sourceOf(face: Face, parts: Parts): ImageSource {
  return valueOf(face.ImageSource.create({
    code: Uint8Array.from(parts.code, Number),
    packedBitmask: Uint8Array.from(parts.mask, Number),
    endpoints: parts.endpoints.map(({ index, entry, registers }) => ({
      index: Number(index),
      entryPc: entry,
      initialRegs: registers.map((register) => ({ register: Number(register), value: 7n })),
    })),
    memoryMappings: parts.mappings.map(({ start, size, path }) => ({
      start,
      size,
      source: path.map(Number),
    })),
    gasSlots: parts.gas.map(Number),
    quotaSlots: parts.quota.map(Number),
    initialSlots: parts.initial > 0 ? [{ slot: 1, content: new Uint8Array(1) }] : [],
    ...parts.catcher.length > 0 ? { yieldMarkerSlot: Number(parts.catcher[0]) } : {},
  }));
}

/** What the parts pin. */
export function pinsOf(parts: Parts): { slot: number; capHash: string }[] {
  return parts.pinned.map((slot) => ({ slot: Number(slot), capHash: NOTHING }));
}

/** The capability of some parts, in the terms of the model, whether it is well formed or not. */
export function capOf(parts: Parts): Cap {
  const registers = (given: readonly bigint[]): Value =>
    Array.from({ length: 13 }, (_, i) => given.includes(BigInt(i)) ? 7n : 0n);
  return [IMAGE_V3, [
    parts.code,
    parts.mask,
    [],
    parts.endpoints.map(({ index, entry, registers: own }): Value => [
      index,
      entry,
      0n,
      0n,
      registers(own),
    ]),
    parts.mappings.map(({ start, size, path }): Value => [
      start,
      size,
      Array.from({ length: 8 }, (_, i) => path[i] ?? 0n),
      BigInt(path.length),
    ]),
    parts.gas,
    parts.quota,
    parts.pinned.toSorted((a, b) => Number(a - b)).map((slot): Value => [slot, NOTHING]),
    parts.catcher.length > 0 ? [1n, parts.catcher[0] ?? 0n] : [0n],
  ]];
}
