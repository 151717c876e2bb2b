/**
 * The kernel of mode v3: the bytes of Data, and the memory of an Instance.
 *
 * @module
 */

import { at, big, PAGE } from "./kernel_shapes.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";
import { type Check, stop } from "./kernel_v3_state.ts";
import type { Data } from "./kernel_v3_values.ts";
import { firstFault, type Memory, type Page } from "./paged.ts";

/** Bytes. */
export type Bytes = readonly bigint[];

/** A page of Data: its bytes, or the hash of what is missing. */
type Part = { readonly bytes: Bytes } | { readonly missing: string; readonly size: number };

const zeros = (count: number): Bytes => new Array<bigint>(count).fill(0n);

/** The pages of Data, those that are inline as one. */
function partsOfData({ content }: Data): readonly Part[] {
  const body = at(content, 1);
  if (at(content, 0) === 0n) return [{ bytes: partsOf(body).map(big) }];
  const size = Number(big(at(body, 0)));
  return partsOf(at(body, 1)).map((page): Part => {
    if (at(page, 0) === 0n) return { bytes: zeros(size) };
    const hash = at(page, 1);
    return typeof hash === "string" ? { missing: hash, size } : { bytes: partsOf(hash).map(big) };
  });
}

/** The bytes of Data without the zeros at their end, the first `most` of them. */
export function* bytesOf(data: Data, most: number = Infinity): Check<Bytes> {
  const parts = partsOfData(data);
  let length = parts.reduce(
    (sum, part) => sum + ("bytes" in part ? part.bytes.length : part.size),
    0,
  );
  for (const part of [...parts].reverse()) {
    if ("missing" in part) return yield* stop({ kind: "absent", hash: part.missing });
    const last = part.bytes.findLastIndex((byte) => byte !== 0n);
    length -= part.bytes.length - 1 - last;
    if (last >= 0) break;
  }
  const bytes: bigint[] = [];
  for (const part of parts) {
    if (bytes.length >= Math.min(length, most)) break;
    if ("missing" in part) return yield* stop({ kind: "absent", hash: part.missing });
    for (const byte of part.bytes) bytes.push(byte);
  }
  return bytes.slice(0, Math.min(length, most));
}

/** Canonical Data of some bytes. */
export function dataOf(bytes: Bytes): Data {
  const length = bytes.findLastIndex((byte) => byte !== 0n) + 1;
  if (length <= PAGE) return { is: "data", content: [0n, bytes.slice(0, length)] };
  const pages = Array.from({ length: Math.ceil(length / PAGE) }, (_, i): Value => {
    const page = bytes.slice(i * PAGE, (i + 1) * PAGE);
    if (page.every((byte) => byte === 0n)) return [0n];
    return [1n, [...page, ...zeros(PAGE - page.length)]];
  });
  return { is: "data", content: [1n, [BigInt(PAGE), pages]] };
}

/** A number of bytes, rounded up to pages. */
export function roundedUp(size: bigint): bigint {
  return (size + BigInt(PAGE) - 1n) / BigInt(PAGE) * BigInt(PAGE);
}

/** A memory without pages. */
export const NO_MEMORY: Memory = {
  backend: "sparse",
  pageSize: BigInt(PAGE),
  limitBytes: 2n ** 32n,
  reservedBytes: 0n,
  wraps: false,
  length: 2n ** 32n,
  pages: [],
  heap: { base: 0n, top: 0n, maxPages: 0n },
};

/** The memory with pages that show some bytes. */
export function mapped(
  memory: Memory,
  start: bigint,
  size: bigint,
  access: Page["access"],
  bytes: Bytes,
): Memory {
  const fresh = Array.from({ length: Number(size) / PAGE }, (_, i): Page => {
    const page = bytes.slice(i * PAGE, (i + 1) * PAGE);
    const from = start + BigInt(i * PAGE);
    return { start: from, access, bytes: [...page, ...zeros(PAGE - page.length)] };
  });
  const pages = [...memory.pages, ...fresh].sort((a, b) => (a.start < b.start ? -1 : 1));
  return { ...memory, pages };
}

/** The bytes that lie somewhere; nothing when the program itself could not read all of them. */
export function readBytes(memory: Memory, start: bigint, count: bigint): Bytes | undefined {
  if (count === 0n) return [];
  if (firstFault(memory, start, count, "read", false) !== undefined) return undefined;
  return memory.pages.flatMap((page) => {
    const [from, to] = [start - page.start, start + count - page.start];
    const isIn = to > 0n && from < BigInt(PAGE);
    return isIn ? page.bytes.slice(Math.max(0, Number(from)), Math.min(PAGE, Number(to))) : [];
  });
}

/** The memory with bytes written; nothing when the program itself could not write all of them. */
export function writeBytes(memory: Memory, start: bigint, bytes: Bytes): Memory | undefined {
  const count = BigInt(bytes.length);
  if (count === 0n) return memory;
  if (firstFault(memory, start, count, "write", false) !== undefined) return undefined;
  const pages = memory.pages.map((page) => {
    const from = Number(page.start - start);
    return from + PAGE <= 0 || from >= bytes.length
      ? page
      : { ...page, bytes: page.bytes.map((old, i) => bytes[from + i] ?? old) };
  });
  return { ...memory, pages };
}

/** How many pages of two byte strings of one size differ. */
export function pagesThatDiffer(a: Bytes, b: Bytes): bigint {
  const starts = Array.from({ length: Math.ceil(a.length / PAGE) }, (_, i) => i * PAGE);
  const differ = starts.filter((from) => {
    const [x, y] = [a.slice(from, from + PAGE), b.slice(from, from + PAGE)];
    return x.some((byte, i) => byte !== (y[i] ?? 0n));
  });
  return BigInt(differ.length);
}
