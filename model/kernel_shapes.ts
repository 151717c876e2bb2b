/**
 * What each kind of capability is made of, and which values are well formed.
 *
 * @module
 */

import { type Hash, hexBytes, partsOf, type Shape, type Value } from "./kernel_ssz.ts";
import { chunksOf, depthFor, mixIn, root, tree } from "./kernel_ssz_root.ts";

/** The bytes of a page. */
export const PAGE = 4096;
/** The greatest size of a CNode: 2^16 slots. */
export const SIZE_LOG_MAX = 16n;
/** The most steps of a path. */
export const PATH_MAX = 8;
const ENDPOINTS_MAX = 256;
const PAGES_MAX = 2 ** 20;
const CNODE_DEPTH = 16;

const uint = (bytes: number): Shape => ({ is: "uint", bytes });
/** The shape of a list. */
export const list = (of: Shape): Shape => ({ is: "list", of });
const vector = (of: Shape, length: number): Shape => ({ is: "vector", of, length });
/** The shape of a container of fields. */
export const container = (...fields: readonly Shape[]): Shape => ({ is: "container", fields });
/** The shape of a union of options; undefined is the one that holds nothing. */
export const union = (...options: readonly (Shape | undefined)[]): Shape => ({
  is: "union",
  options,
});
/** The shape of an integer of 8 bits. */
export const u8: Shape = uint(1);
/** The shape of an integer of 32 bits. */
export const u32: Shape = uint(4);
/** The shape of an integer of 64 bits. */
export const u64: Shape = uint(8);
/** The shape of a hash. */
export const hash: Shape = { is: "hash" };
/** The shape of a byte string of any length. */
export const bytes: Shape = list(u8);
/** The shape of something that may be there. */
export const optional = (some: Shape): Shape => union(undefined, some);

/** The integer that a value is; -1 where it is none. */
export const big = (value: Value | undefined): bigint => typeof value === "bigint" ? value : -1n;
/** A part of a value, from 0; without one, the empty list. */
export const at = (value: Value | undefined, i: number): Value => partsOf(value ?? [])[i] ?? [];

/** Whether the keys, the first parts of the entries, ascend; with `strictly`, without repetition. */
export function ascends(entries: Value, strictly: boolean): boolean {
  const keys = partsOf(entries).map((entry) => big(at(entry, 0)));
  return keys.every((key, i) => i === 0 || key - big(keys[i - 1]) >= (strictly ? 1n : 0n));
}

/** Entries in the order of their keys, those of one key in the order they had. */
export function sorted(entries: readonly Value[]): readonly Value[] {
  return [...entries].sort((a, b) => Number(big(at(a, 0)) - big(at(b, 0))));
}

/** A list in the order of its keys, each of them once. */
export const map = (key: Shape, value: Shape): Shape => ({
  is: "custom",
  as: list(container(key, value)),
  valid: (entries) => ascends(entries, true),
});

/** The hash of a page: the root of its bytes. */
export function pageHash(h: Hash, content: readonly Value[]): readonly number[] {
  const chunks = chunksOf(content.map((byte) => Number(byte)));
  return tree(h, chunks, depthFor(chunks.length));
}

/** A page: empty, loaded with its bytes, or missing with its hash. */
const pageSlot: Shape = {
  is: "custom",
  as: union(undefined, bytes, hash),
  root: (h, page) => {
    if (at(page, 0) === 0n) return chunksOf([0])[0] ?? [];
    return at(page, 0) === 1n ? pageHash(h, partsOf(at(page, 1))) : hexBytes(at(page, 1));
  },
};

/** Bytes padded to whole pages, at least one, or bytes without trailing zeros. */
function isContent(content: Value): boolean {
  const parts = partsOf(content);
  return parts.length === 0 || parts.length % PAGE === 0 || parts.at(-1) !== 0n;
}

function arePages(paged: Value): boolean {
  const [size, pages] = [big(at(paged, 0)), partsOf(at(paged, 1))];
  const fit = pages.every((page) =>
    at(page, 0) !== 1n || BigInt(partsOf(at(page, 1)).length) === size
  );
  return size > 0n && pages.length <= PAGES_MAX && fit;
}

const data = container(union(
  { is: "custom", as: bytes, valid: isContent },
  { is: "custom", as: container(u32, list(pageSlot)), valid: arePages },
));

/** The leaves up to the highest slot in use, and their number hashed in. */
function cnodeRoot(h: Hash, cnode: Value): readonly number[] {
  const entries = partsOf(at(cnode, 1));
  const length = entries.length === 0 ? 0n : big(at(entries.at(-1), 0)) + 1n;
  const half = (depth: number, first: bigint): readonly number[] => {
    const inside = entries.filter((e) => {
      const slot = big(at(e, 0));
      return slot >= first && slot < first + 2n ** BigInt(depth);
    });
    if (inside.length === 0) return tree(h, [], depth);
    if (depth === 0) return hexBytes(at(inside[0], 2));
    const right = first + 2n ** BigInt(depth - 1);
    return h([...half(depth - 1, first), ...half(depth - 1, right)]);
  };
  const sizeLog = root(h, u8, at(cnode, 0));
  return tree(h, [sizeLog, mixIn(h, half(CNODE_DEPTH, 0n), length)], 1);
}

const cnode: Shape = {
  is: "custom",
  as: container(u8, list(container(u32, u8, hash))),
  root: cnodeRoot,
  valid: (value) => {
    const [sizeLog, entries] = [big(at(value, 0)), partsOf(at(value, 1))];
    const fit = entries.every((e) => big(at(e, 0)) < 2n ** sizeLog && big(at(e, 1)) <= 1n);
    return sizeLog <= SIZE_LOG_MAX && fit && ascends(entries, true);
  },
};

const mapping: Shape = {
  is: "custom",
  as: container(u64, u64, vector(u32, PATH_MAX), u8),
  valid: (value) => {
    const live = big(at(value, 3));
    const path = partsOf(at(value, 2));
    return live <= 8n && path.every((step, i) => BigInt(i) < live || step === 0n);
  },
};

const slots: Shape = {
  is: "custom",
  as: list(container(u32, hash)),
  valid: (entries) => ascends(entries, false),
};

const endpoints: Shape = {
  is: "custom",
  as: list(container(u64, u64, u32, u8, vector(u64, 13))),
  valid: (value) => partsOf(value).length <= ENDPOINTS_MAX,
};
/** The shapes of code, its mask and its jump table. */
export const code: readonly Shape[] = [bytes, bytes, list(u32)];
const image = container(...code, endpoints, list(mapping), slots, slots, optional(u32));
const overlay = container(u32, bytes);
const instance = container(hash, hash, hash, list(overlay), u32, vector(u64, 13), u64, u64);

/** What a capability is made of. */
export const CAP: Shape = union(instance, image, data, cnode, container(hash));
