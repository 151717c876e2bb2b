/** Random capabilities, in the terms of the model. */

import { Buffer } from "node:buffer";
import fc from "fast-check";
import { type Cap, CNODE, DATA, IMAGE, INSTANCE, TYPE } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import { biased } from "../../src/proof/mod.ts";

/** A few hashes, so that they meet again. */
export const HASHES: readonly string[] = ["11", "22", "ab", "ff"].map((byte) => byte.repeat(32));

export const hash: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HASHES),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) =>
    Buffer.from(bytes).toString("hex")
  ),
);
export const u8: fc.Arbitrary<bigint> = biased.unsigned(8);
export const u32: fc.Arbitrary<bigint> = biased.unsigned(32);
export const u64: fc.Arbitrary<bigint> = biased.unsigned(64);
export const bytes: fc.Arbitrary<Value> = biased.bytes(70).map((list) => Array.from(list, BigInt));

export function list<T>(of: fc.Arbitrary<T>, maxLength = 4): fc.Arbitrary<T[]> {
  return fc.array(of, { maxLength });
}

/** Entries with ascending keys, each once. */
export function keyed(
  key: fc.Arbitrary<bigint>,
  value: fc.Arbitrary<readonly Value[]>,
): fc.Arbitrary<Value[]> {
  return fc.uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([k]) => k }).map((list) =>
    list.sort(([a], [b]) => Number(a - b)).map(([k, v]): Value => [k, ...v])
  );
}

export const optionU32: fc.Arbitrary<Value> = fc.oneof(
  fc.constant<Value>([0n]),
  u32.map((n): Value => [1n, n]),
);

const registers = fc.array(u64, { minLength: 13, maxLength: 13 });
const instance = fc.tuple(
  hash,
  hash,
  hash,
  list(fc.tuple(u32, bytes)),
  u32,
  registers,
  u64,
  u64,
);

const path = list(u32, 8).map((steps): readonly [Value, bigint] => [
  Array.from({ length: 8 }, (_, i) => steps[i] ?? 0n),
  BigInt(steps.length),
]);
const mapping = fc.tuple(u64, u64, path).map(([start, size, [steps, live]]): Value => [
  start,
  size,
  steps,
  live,
]);
const entries = list(fc.tuple(u32, hash)).map((all) => all.sort(([a], [b]) => Number(a - b)));
const endpoint = fc.tuple(u64, u64, u32, u8, registers);
const image = fc.tuple(
  bytes,
  bytes,
  list(u32, 12),
  list(endpoint),
  list(mapping),
  entries,
  entries,
  optionU32,
);

const page: fc.Arbitrary<(size: number) => Value> = fc.oneof(
  fc.constant(() => [0n]),
  hash.map((h) => () => [2n, h]),
  biased.bytes(64).map((b) => (size: number): Value => [
    1n,
    Array.from({ length: size }, (_, i) => BigInt(b[i] ?? 7)),
  ]),
);
const paged = fc.tuple(fc.constantFrom(1, 4, 32, 33, 70), list(page, 6)).map((
  [size, pages],
): Value => [1n, [BigInt(size), pages.map((p) => p(size))]]);
const stripped = biased.bytes(40).map((list) => {
  const end = list.findLastIndex((byte) => byte !== 0);
  return Array.from(list.slice(0, end + 1), BigInt);
});
const padded = biased.bytes(40).map((list) =>
  Array.from({ length: 4096 }, (_, i) => BigInt(list[i] ?? 0))
);
const inline = fc.oneof({ weight: 5, arbitrary: stripped }, padded).map((b): Value => [0n, b]);

/** A slot, near the ends of a cnode of that size. */
export function slotIn(sizeLog: bigint): fc.Arbitrary<bigint> {
  const size = 2n ** sizeLog;
  const low = size < 8n ? size : 8n;
  return fc.oneof(
    fc.bigInt(0n, low - 1n),
    fc.bigInt(size - low, size - 1n),
    fc.bigInt(0n, size - 1n),
  );
}

/** A cnode whose slots hold targets of some kind, or missing content. */
export function cnodeOf(target: fc.Arbitrary<Value>): fc.Arbitrary<readonly Value[]> {
  const content = fc.oneof(
    { weight: 3, arbitrary: target.map((t): readonly Value[] => [0n, t]) },
    hash.map((h): readonly Value[] => [1n, h]),
  );
  return fc.constantFrom(0n, 1n, 4n, 8n, 16n).chain((sizeLog) =>
    keyed(slotIn(sizeLog), content).map((slots) => [sizeLog, slots])
  );
}

/** A capability without handles. */
export const cap: fc.Arbitrary<Cap> = fc.oneof(
  instance.map((f): Cap => [INSTANCE, f]),
  image.map((f): Cap => [IMAGE, f]),
  fc.oneof(inline, paged).map((content): Cap => [DATA, [content]]),
  cnodeOf(hash).map((f): Cap => [CNODE, f]),
  hash.map((h): Cap => [TYPE, [h]]),
);

const content = fc.tuple(bytes, u64);
const key8 = fc.oneof(u8, fc.bigInt(0n, 13n));
const hostEndpoint = fc.tuple(u64, u8, u8, keyed(key8, fc.tuple(u64)));
const steps = fc.oneof(
  { weight: 8, arbitrary: fc.array(u32, { minLength: 1, maxLength: 8 }) },
  list(u32, 10),
);

/** An image in its authoring form. */
export const hostImage: fc.Arbitrary<Value> = fc.tuple(
  bytes,
  bytes,
  list(u32),
  keyed(fc.oneof({ weight: 6, arbitrary: fc.bigInt(0n, 63n) }, u8), hostEndpoint.map((e) => [e])),
  list(fc.tuple(u64, u64, fc.tuple(steps))),
  list(u32),
  list(u32),
  keyed(
    u32,
    fc.oneof(content.map((c): Value => [0n, c]), hash.map((h): Value => [1n, [h]])).map((c) => [c]),
  ),
  keyed(u32, content.map((c) => [c])),
  optionU32,
);
