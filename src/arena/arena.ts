/**
 * The guest arena: a bump allocator, and the host's side of the pointer-and-length ABI.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { byteLengthOf } from "../bytes.ts";
import { asU32, asUsize } from "../int/mod.ts";
import type { U32, Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { BYTES, emptyIfReadable, readAt, readTextAt, writeAt } from "./access.ts";
import { ARENA_FIRST_OFFSET, leftAfter, placeAfter, sizeOf } from "./bump.ts";
import type {
  AccessError,
  ArenaAllocationFailed,
  ArenaOverError,
  ChangeError,
  InvalidUtf8,
  TooLong,
} from "./errors.ts";
import { isObject } from "./guest_memory.ts";
import type { GuestMemory } from "./guest_memory.ts";
import { FLAG, readOption } from "./options.ts";
import type { ArenaOptions, ArenaOverOptions, ResetOptions } from "./options.ts";
import { decodePtrLen } from "./packed.ts";
import type { PtrLen } from "./packed.ts";
import { placeAlone, placeOver } from "./placement.ts";
import type { Placement } from "./placement.ts";
import { ownStore } from "./store.ts";
import type { Store } from "./store.ts";
import { decodeLossy, decodeStrict, encodeUtf8 } from "./utf8.ts";

/** Whether a value is an arena as this file makes them. Not part of the public face. */
export let isArena: (value: unknown) => value is Arena;

/** Makes an arena at its place. */
let arenaAt: <E>(placed: Result<Placement, E>) => Result<Arena, E>;

/** The pointer that means "none". */
const NONE: U32 = asU32(0);

/**
 * A bump arena: it hands out 8-aligned pieces of a buffer one after the other, and takes all of
 * them back at once.
 *
 * The guest calls `alloc` through an import and returns packed pointers; the host reads what they
 * point at, and puts its arguments into the arena. A free-standing arena has a buffer of its own,
 * where a pointer is an offset from 8 on. An arena over a memory hands out `base + offset`, and
 * reads and writes anywhere in the memory, since a guest also returns pointers to its own data.
 *
 * Every operation returns a value for every argument, and one that fails changes nothing.
 *
 * Spec: guest arena ABI.
 *
 * @example An argument goes in and comes back
 * ```ts
 * import { Arena } from "@ringfence/core/arena";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const made = Arena.create();
 * assert(made.ok);
 * const arena = made.value;
 * const arg = arena.hostArgStr("hello");
 * assert(arg.ok);
 * assertEquals([Number(arg.value.ptr), Number(arg.value.len)], [8, 5]);
 * assertEquals<unknown>(arena.readString(arg.value.ptr, arg.value.len), { ok: true, value: "hello" });
 * assertEquals(Number(arena.alloc(300_000)), 0); // more than there is
 * ```
 */
export class Arena {
  #store: Store = ownStore(new Uint8Array(0));
  #base = 0;
  #capacity = 0;
  #next: number = ARENA_FIRST_OFFSET;
  #generation = 0;

  static {
    isArena = (value): value is Arena =>
      isObject(value) && #store in value && Object.getPrototypeOf(value) === Arena.prototype;
    arenaAt = (placed) => {
      if (!placed.ok) return placed;
      const arena = new Arena();
      arena.#store = placed.value.store;
      arena.#base = placed.value.base;
      arena.#capacity = placed.value.capacity;
      return ok(arena);
    };
  }

  private constructor() {
    Object.freeze(this); // so that no operation can be replaced from outside
  }

  /**
   * Makes an arena with a buffer of its own, all of it 0.
   *
   * @param options `capacityBytes`: 0 to 2^28; 262,144 unless told.
   * @returns The arena. Errors: `invalid-argument`; `allocation-failed`.
   */
  static create(options?: ArenaOptions): Result<Arena, InvalidArgument | ArenaAllocationFailed> {
    return arenaAt(placeAlone(options));
  }

  /**
   * Makes an arena in a piece of a memory, which it leaves as it is.
   *
   * @param memory An `IsolatedMemory` or a `MemoryLease`, or what else has `activeSize`, `read`,
   *   `initData` and `fill` as {@link GuestMemory} says, and never shrinks. The paged memories of this
   *   library have other operations and do not fit.
   * @param options `base`: where the piece begins, a multiple of 8 below 2^32, 0 unless told;
   *   `capacityBytes`: its length, 0 to 2^32, 262,144 unless told.
   * @returns The arena. Errors: `invalid-argument`; `arena-outside-memory`; `memory-failed`.
   */
  static over(memory: GuestMemory, options?: ArenaOverOptions): Result<Arena, ArenaOverError> {
    return arenaAt(placeOver(memory, options));
  }

  /** Where in the memory the arena begins, in bytes: 0 for a free-standing one. */
  get base(): U32 {
    return asU32(this.#base);
  }

  /** How many bytes the arena has, with the first 8, which are never handed out. */
  get capacityBytes(): Usize {
    return asUsize(this.#capacity);
  }

  /** Where the last allocation ends, in bytes from the start of the arena: 8 at first. */
  get usedBytes(): Usize {
    return asUsize(this.#next);
  }

  /** How many bytes a single allocation can still have. */
  get leftBytes(): Usize {
    return asUsize(leftAfter(this.#next, this.#capacity));
  }

  /** How often the arena was reset: a pointer is good only in the generation that made it. */
  get generation(): Usize {
    return asUsize(this.#generation);
  }

  /**
   * Hands out fresh bytes, whose contents are whatever was there: the `alloc` of the ABI.
   *
   * @param size How many bytes, 1 to 2^31 - 1.
   * @returns The pointer to the first, a multiple of 8; 0 when they do not fit, for any other size,
   *   and for a call that the memory makes while the arena asks it something.
   */
  alloc(size: number): U32 {
    const bytes = sizeOf(size);
    const offset = placeAfter(this.#next, bytes, this.#capacity);
    if (offset === 0 || this.#store.busy) return NONE;
    this.#next = offset + bytes;
    return asU32(this.#base + offset);
  }

  /**
   * Takes all allocations back: the next one starts at the first offset again, and handles of
   * before are stale. The bytes stay as they are unless `zero` is set.
   *
   * @param options `zero`: whether all bytes of the arena are set to 0.
   * @returns Errors: those of `ChangeError`.
   */
  reset(options?: ResetOptions): Result<undefined, ChangeError> {
    const zero = readOption(options, "zero", FLAG, false);
    if (!zero.ok) return zero;
    if (this.#store.busy) return err({ kind: "arena-busy" });
    if (zero.value) {
      const cleared = this.#store.clear(this.#base, this.#capacity);
      if (!cleared.ok) return cleared;
    }
    this.#next = ARENA_FIRST_OFFSET;
    this.#generation++;
    return ok(undefined);
  }

  /**
   * Copies bytes out.
   *
   * @param ptr Where they begin: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
   * @param len How many, likewise; 0 gives no bytes whatever the pointer.
   * @returns A private copy. Errors: those of `AccessError`.
   */
  readBytes(ptr: number, len: number): Result<Uint8Array<ArrayBuffer>, AccessError> {
    return readAt(this.#store, ptr, len);
  }

  /**
   * Reads UTF-8 text: U+FFFD for each maximal ill-formed piece, as `TextDecoder` does. A byte order
   * mark stays in the text.
   *
   * @param ptr Where it begins: as for `readBytes`.
   * @param len How many bytes, at most 2^28 - 16.
   * @returns The text. Errors: those of `readBytes`; `too-long`.
   */
  readString(ptr: number, len: number): Result<string, AccessError | TooLong> {
    const bytes = readTextAt(this.#store, ptr, len);
    return bytes.ok ? ok(decodeLossy(bytes.value)) : bytes;
  }

  /**
   * Reads UTF-8 text, which has to be well-formed. A byte order mark stays in the text.
   *
   * @param ptr Where it begins: as for `readBytes`.
   * @param len How many bytes, at most 2^28 - 16.
   * @returns The text. Errors: those of `readString`; `invalid-utf8` with the position.
   */
  readStringStrict(ptr: number, len: number): Result<string, AccessError | TooLong | InvalidUtf8> {
    const bytes = readTextAt(this.#store, ptr, len);
    return bytes.ok ? decodeStrict(bytes.value) : bytes;
  }

  /**
   * Copies out the bytes that a packed result points at.
   *
   * @param packed A bigint from -2^63 to 2^64 - 1: 0 for no result; another with length 0 is empty.
   * @returns The bytes, or `undefined` for no result. Errors: those of `readBytes`.
   */
  readPackedBytes(packed: bigint): Result<Uint8Array<ArrayBuffer> | undefined, AccessError> {
    const range = decodePtrLen(packed);
    if (!range.ok) return range;
    return packed === 0n ? ok(undefined) : readAt(this.#store, range.value.ptr, range.value.len);
  }

  /**
   * Reads the text that a packed result points at, as `readString` does.
   *
   * @param packed As for `readPackedBytes`.
   * @returns The text, or `undefined` for no result. Errors: those of `readString`.
   */
  readPackedString(packed: bigint): Result<string | undefined, AccessError | TooLong> {
    const range = decodePtrLen(packed);
    if (!range.ok) return range;
    return packed === 0n ? ok(undefined) : this.readString(range.value.ptr, range.value.len);
  }

  /**
   * Writes bytes.
   *
   * @param ptr Where to begin: an integer from -2^31 to 2^32 - 1, of which the low 32 bits count.
   * @param bytes What to write; no bytes are written anywhere.
   * @returns Errors: those of `readBytes`. No byte is written unless all are.
   */
  writeBytes(ptr: number, bytes: Uint8Array): Result<undefined, AccessError> {
    return writeAt(this.#store, ptr, bytes);
  }

  /**
   * Puts bytes into a fresh allocation, as an argument for a guest function.
   *
   * @param data The bytes.
   * @returns Pointer and length: (0, 0) for no bytes or no room. Errors: those of `ChangeError`.
   */
  hostArgBytes(data: Uint8Array): Result<PtrLen, ChangeError> {
    const lengthBytes = byteLengthOf(data);
    if (lengthBytes === undefined) return invalidArgument("data", BYTES, data);
    const readable = lengthBytes > 0 || emptyIfReadable(data) !== undefined;
    const placed = readable ? this.#place(lengthBytes, data) : undefined;
    return placed ?? invalidArgument("data", BYTES, data);
  }

  /**
   * Puts a string into a fresh allocation as UTF-8, as an argument for a guest function. A surrogate
   * without its partner becomes U+FFFD, as `TextEncoder` does.
   *
   * @param text The string.
   * @returns As for `hostArgBytes`.
   */
  hostArgStr(text: string): Result<PtrLen, ChangeError> {
    if (typeof text !== "string") return invalidArgument("text", "a string", text);
    // A code unit takes a byte at least: what is too long is not encoded at all.
    if (text.length > this.leftBytes) return ok({ ptr: NONE, len: NONE });
    const bytes = encodeUtf8(text);
    if (!bytes.ok) return bytes;
    return this.#place(bytes.value.length, bytes.value) ?? ok({ ptr: NONE, len: NONE });
  }

  /** Writes a fresh allocation, and only then makes it one; nothing when `data` is not readable. */
  #place(length: number, data: Uint8Array): Result<PtrLen, ChangeError> | undefined {
    const offset = placeAfter(this.#next, length, this.#capacity);
    if (offset === 0) return ok({ ptr: NONE, len: NONE });
    if (this.#store.busy) return err({ kind: "arena-busy" });
    const ptr = asU32(this.#base + offset);
    const written = this.#store.write(ptr, length, data);
    if (!written?.ok) return written;
    this.#next = offset + length;
    return ok({ ptr, len: asU32(length) });
  }
}
