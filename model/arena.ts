/**
 * The guest arena: a bump allocator over a piece of memory, and its raw bytes.
 *
 * @module
 */

import { invalid, word } from "./arena_codec.ts";
import type { Outcome } from "./arena_codec.ts";

/** An arena and the memory under it. */
export interface Arena {
  /** Where the arena begins. */
  readonly base: bigint;
  /** Its size in bytes. */
  readonly capacity: bigint;
  /** The offset behind the last allocation. */
  readonly next: bigint;
  /** How often the arena was reset. */
  readonly generation: bigint;
  /** The whole memory; the arena lies in it from `base` on. */
  readonly memory: readonly bigint[];
}

/** A state and what the operation that led to it gave. */
export interface Step<T> {
  /** The state afterwards. */
  readonly state: Arena;
  /** What the operation gave. */
  readonly outcome: T;
}

const FIRST = 8n;
const ALIGNMENT = 8n;
const I32_MAX = 2_147_483_647n;

/** A fresh arena in zeroed memory. */
export function create(base: bigint, capacity: bigint, memorySize: bigint): Arena {
  const memory = Array.from({ length: Number(memorySize) }, () => 0n);
  return { base, capacity, next: FIRST, generation: 0n, memory };
}

/** The number of bytes that an option stands for; the default when it is absent. */
function option(value: unknown, otherwise: bigint): bigint | undefined {
  if (value === undefined) return otherwise;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || Object.is(value, -0)) {
    return undefined;
  }
  return BigInt(value);
}

/** Where an arena begins and how many bytes it has, if it lies in the memory and in 32 bits. */
export function place(
  base: unknown,
  capacity: unknown,
  sizeBytes: bigint,
): Outcome<{ readonly base: bigint; readonly capacity: bigint }> {
  const end = 2n ** 32n;
  const from = option(base, 0n);
  if (from === undefined || from < 0n || from >= end || from % ALIGNMENT !== 0n) {
    return invalid("options.base");
  }
  const capacityBytes = option(capacity, 262_144n);
  if (capacityBytes === undefined || capacityBytes < 0n || capacityBytes > end) {
    return invalid("options.capacityBytes");
  }
  if (from + capacityBytes > sizeBytes || from + capacityBytes > end) {
    return { error: { kind: "arena-outside-memory", base: from, capacityBytes, sizeBytes } };
  }
  return { ok: { base: from, capacity: capacityBytes } };
}

/** The next multiple of the alignment. */
function aligned(state: Arena): bigint {
  return ((state.next + ALIGNMENT - 1n) / ALIGNMENT) * ALIGNMENT;
}

/** The bytes that a single allocation can still have. */
export function left(state: Arena): bigint {
  const bytes = state.capacity - aligned(state);
  return bytes < 0n ? 0n : bytes;
}

/** The size that an argument stands for: 1 to the greatest i32; nothing when it stands for none. */
export function sizeOf(size: unknown): bigint | undefined {
  if (typeof size !== "number" || !Number.isInteger(size)) return undefined;
  const bytes = BigInt(size);
  return bytes < 1n || bytes > I32_MAX ? undefined : bytes;
}

/** A pointer to `size` fresh bytes, or 0. */
export function alloc(state: Arena, size: unknown): Step<bigint> {
  const bytes = sizeOf(size);
  if (bytes === undefined || bytes > left(state)) return { state, outcome: 0n };
  const offset = aligned(state);
  return { state: { ...state, next: offset + bytes }, outcome: state.base + offset };
}

/** Starts again at the first offset, with the arena's bytes cleared or left as they are. */
export function reset(state: Arena, zero: boolean): Arena {
  const memory = state.memory.map((byte, at) =>
    zero && BigInt(at) >= state.base && BigInt(at) < state.base + state.capacity ? 0n : byte
  );
  return { ...state, next: FIRST, generation: state.generation + 1n, memory };
}

/** The bytes of a range, all of which must lie in the memory unless there are none. */
export function bytesAt(state: Arena, ptr: bigint, len: bigint): Outcome<readonly bigint[]> {
  const size = BigInt(state.memory.length);
  if (len > 0n && ptr + len > size) {
    return {
      error: { kind: "outside-memory", pointer: ptr, lengthBytes: len, sizeBytes: size },
    };
  }
  return { ok: state.memory.filter((_, at) => BigInt(at) >= ptr && BigInt(at) < ptr + len) };
}

/** A copy of the bytes at a pointer. */
export function readBytes(
  state: Arena,
  ptr: unknown,
  len: unknown,
): Outcome<readonly bigint[]> {
  const from = word(ptr);
  if (from === undefined) return invalid("ptr");
  const count = word(len);
  return count === undefined ? invalid("len") : bytesAt(state, from, count);
}

/** Puts bytes into the memory. */
export function writeBytes(
  state: Arena,
  ptr: unknown,
  bytes: readonly bigint[],
): Step<Outcome<undefined>> {
  const from = word(ptr);
  if (from === undefined) return { state, outcome: invalid("ptr") };
  const room = bytesAt(state, from, BigInt(bytes.length));
  if ("error" in room) return { state, outcome: room };
  const memory = state.memory.map((byte, at) => bytes[at - Number(from)] ?? byte);
  return { state: { ...state, memory }, outcome: { ok: undefined } };
}
