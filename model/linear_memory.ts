/**
 * The reference model of linear memory (Wasm core 2.0, 4.4.7; bulk memory included).
 *
 * A memory is a list of bytes, the size of a page and the most pages. Every operation is a function
 * of the whole memory that gives the next memory and an outcome.
 *
 * @module
 */

import { natural, type Outcome, U32_MAX, USIZE_MAX } from "./linear_slot.ts";
import { bytesOf, pageBytesOf, wordOf } from "./linear_memory_value.ts";

export type { Outcome };

/** The whole state of a memory. */
export interface Memory {
  /** The active bytes. */
  readonly bytes: readonly number[];
  /** The size of a page, in bytes. */
  readonly pageBytes: number;
  /** The most pages that it may have. */
  readonly maxPages: number;
}

/** The next state, and what the operation gave. */
export interface Step<T> {
  /** The state afterwards. */
  readonly state: Memory;
  /** What the operation gave. */
  readonly outcome: Outcome<T>;
}

const OUT_OF_BOUNDS = { trap: "out-of-bounds" };

/** The most pages of any memory. */
const PAGES_MAX = 65_536n;

/**
 * The one bounds check: where `length` bytes from `offset` on lie among `size`; nothing when they
 * do not all lie there. No bytes at all fit at the end, and nowhere beyond it.
 */
export function place(
  size: number,
  offset: unknown,
  length: unknown,
): [number, number] | undefined {
  const [from, count] = [natural(offset, USIZE_MAX), natural(length, USIZE_MAX)];
  if (from === undefined || count === undefined || from + count > BigInt(size)) return undefined;
  return [Number(from), Number(from + count)];
}

/** Some bytes, copied out. */
export function read(memory: Memory, offset: unknown, length: unknown): Outcome<readonly number[]> {
  const at = place(memory.bytes.length, offset, length);
  return at === undefined ? OUT_OF_BOUNDS : { ok: memory.bytes.slice(at[0], at[1]) };
}

/** `init_data`: the bytes written over those at `offset`, all of them or none. The only write. */
export function write(memory: Memory, offset: unknown, bytes: readonly number[]): Step<null> {
  const { bytes: old } = memory;
  const at = place(old.length, offset, bytes.length);
  if (at === undefined) return { state: memory, outcome: OUT_OF_BOUNDS };
  const next = [...old.slice(0, at[0]), ...bytes, ...old.slice(at[1])];
  return { state: { ...memory, bytes: next }, outcome: { ok: null } };
}

/** `memory.fill`. */
export function fill(
  memory: Memory,
  offset: unknown,
  byte: unknown,
  length: unknown,
): Step<null> {
  const at = place(memory.bytes.length, offset, length);
  if (at === undefined) return { state: memory, outcome: OUT_OF_BOUNDS };
  const word = wordOf(byte);
  if (word === undefined) return { state: memory, outcome: { invalid: "byte" } };
  return write(
    memory,
    offset,
    Array.from({ length: at[1] - at[0] }, () => bytesOf(word, 1)).flat(),
  );
}

/** `memory.copy` and `memory.init`: from some bytes (a memory's or a segment's) to a memory. */
export function copy(
  memory: Memory,
  source: readonly number[],
  dst: unknown,
  src: unknown,
  length: unknown,
): Step<null> {
  const from = place(source.length, src, length);
  const to = place(memory.bytes.length, dst, length);
  if (from === undefined || to === undefined) return { state: memory, outcome: OUT_OF_BOUNDS };
  return write(memory, dst, source.slice(from[0], from[1]));
}

/** `memory.size`. */
export function size(memory: Memory): number {
  return memory.bytes.length / memory.pageBytes;
}

/** `memory.grow`: the old page count, or -1 and nothing changed. */
export function grow(memory: Memory, delta: unknown): Step<number> {
  const more = natural(delta, U32_MAX);
  const old = size(memory);
  if (more === undefined || BigInt(old) + more > BigInt(memory.maxPages)) {
    return { state: memory, outcome: { ok: -1 } };
  }
  const bytes = [...memory.bytes, ...zeros(Number(more) * memory.pageBytes)];
  return { state: { ...memory, bytes }, outcome: { ok: old } };
}

/** The bytes of a fresh memory. */
function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

/** Makes a memory of zeros. */
export function create(initial: unknown, max: unknown, options?: unknown): Outcome<Memory> {
  const [pages, maxPages] = [natural(initial, U32_MAX), natural(max, PAGES_MAX)];
  if (pages === undefined) return { invalid: "initialPages" };
  if (maxPages === undefined) return { invalid: "maxPages" };
  const pageBytes = pageBytesOf(options);
  if (typeof pageBytes === "string") return { invalid: pageBytes };
  if (pages > maxPages) return { trap: "memory-initial-exceeds-max" };
  const bytes = zeros(Number(pages) * pageBytes);
  return { ok: { bytes, pageBytes, maxPages: Number(maxPages) } };
}

/** Begins anew with `initial` pages of zeros: the memory that `create` makes, or no change at all. */
export function init(memory: Memory, initial: unknown): Step<null> {
  const { pageBytes, maxPages } = memory;
  const fresh = create(initial, maxPages, { pageSizeBytes: pageBytes });
  return "ok" in fresh
    ? { state: fresh.ok, outcome: { ok: null } }
    : { state: memory, outcome: fresh };
}
