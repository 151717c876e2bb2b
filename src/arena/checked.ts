/**
 * The arena with generations checked: handles in place of pointers.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { byteLengthOf } from "../bytes.ts";
import { asU32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { isArena } from "./arena.ts";
import type { Arena } from "./arena.ts";
import { sizeOf } from "./bump.ts";
import type {
  AccessError,
  ArenaBusy,
  ArenaFull,
  HandleTooSmall,
  StaleHandle,
  UnknownHandle,
} from "./errors.ts";
import { makeHandle } from "./handle.ts";
import type { ArenaHandle } from "./handle.ts";
import type { PtrLen } from "./packed.ts";

/** Why a handle is refused. */
export type HandleError = StaleHandle | UnknownHandle;

/** What a handle stands for. */
interface Grant extends PtrLen {
  readonly arena: Arena;
  readonly generation: number;
}

/**
 * An arena that hands out handles, which a reset makes stale: what is read or written through a
 * handle is what was allocated under it, never a later allocation at the same place.
 *
 * It works on an arena that can be used directly too. A handle is good only where it was made; no
 * other object passes for one.
 *
 * Spec: guest arena ABI, generation.
 *
 * @example A handle does not outlive a reset
 * ```ts
 * import { Arena, CheckedArena } from "@ringfence/core/arena";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const arena = Arena.create({ capacityBytes: 64 });
 * assert(arena.ok);
 * const checked = CheckedArena.over(arena.value);
 * assert(checked.ok);
 * const handle = checked.value.alloc(4);
 * assert(handle.ok);
 * assertEquals<unknown>(checked.value.read(handle.value), { ok: true, value: new Uint8Array(4) });
 * arena.value.reset();
 * assertEquals(checked.value.read(handle.value), {
 *   ok: false,
 *   error: { kind: "stale-handle", handleGeneration: 0, arenaGeneration: 1 },
 * });
 * ```
 */
export class CheckedArena {
  #arena: Arena | undefined;
  readonly #grants = new WeakMap<object, Grant>();

  private constructor() {
    Object.freeze(this);
  }

  /**
   * Checks the generations of an arena.
   *
   * @param arena The arena, which stays usable.
   * @returns Errors: `invalid-argument`.
   */
  static over(arena: Arena): Result<CheckedArena, InvalidArgument> {
    if (!isArena(arena)) return invalidArgument("arena", "an arena", arena);
    const checked = new CheckedArena();
    checked.#arena = arena;
    return ok(checked);
  }

  /**
   * Allocates.
   *
   * @param size How many bytes, 1 to 2^31 - 1.
   * @returns The handle. Errors: `invalid-argument`; `arena-full`; `arena-busy`.
   */
  alloc(size: number): Result<ArenaHandle, InvalidArgument | ArenaFull | ArenaBusy> {
    const wantedBytes = sizeOf(size);
    if (wantedBytes === 0) return invalidArgument("size", "an integer from 1 to 2^31 - 1", size);
    const arena = this.#arena;
    const leftBytes = arena?.leftBytes ?? 0;
    if (arena === undefined || wantedBytes > leftBytes) {
      return err({ kind: "arena-full", wantedBytes, leftBytes });
    }
    const ptr = arena.alloc(wantedBytes);
    if (ptr === 0) return err({ kind: "arena-busy" }); // there was room: it can be nothing else
    const handle = makeHandle();
    const { generation } = arena;
    this.#grants.set(handle, { arena, ptr, len: asU32(wantedBytes), generation });
    return ok(handle);
  }

  /**
   * Where the allocation of a handle lies, to tell the guest.
   *
   * @param handle A handle that this object made since the last reset.
   * @returns Pointer and length. Errors: `stale-handle`; `unknown-handle`.
   */
  rangeOf(handle: ArenaHandle): Result<PtrLen, HandleError> {
    const held = this.#held(handle);
    return held.ok ? ok({ ptr: held.value.ptr, len: held.value.len }) : held;
  }

  /**
   * Copies out the bytes of a handle, all of them.
   *
   * @param handle A handle that this object made since the last reset.
   * @returns A private copy. Errors: `stale-handle`; `unknown-handle`; those of `Arena.readBytes`.
   */
  read(handle: ArenaHandle): Result<Uint8Array<ArrayBuffer>, HandleError | AccessError> {
    const held = this.#held(handle);
    return held.ok ? held.value.arena.readBytes(held.value.ptr, held.value.len) : held;
  }

  /**
   * Writes bytes at the start of the allocation of a handle.
   *
   * @param handle A handle that this object made since the last reset.
   * @param bytes As many as the allocation has, or fewer.
   * @returns Errors: `stale-handle`; `unknown-handle`; `handle-too-small`; those of
   *   `Arena.writeBytes`.
   */
  write(
    handle: ArenaHandle,
    bytes: Uint8Array,
  ): Result<undefined, HandleError | HandleTooSmall | AccessError> {
    const held = this.#held(handle);
    if (!held.ok) return held;
    const wantedBytes = byteLengthOf(bytes) ?? 0;
    const handleBytes = held.value.len;
    if (wantedBytes > handleBytes) {
      return err({ kind: "handle-too-small", wantedBytes, handleBytes });
    }
    return held.value.arena.writeBytes(held.value.ptr, bytes);
  }

  /** What a handle stands for, while it stands for it. */
  #held(handle: ArenaHandle): Result<Grant, HandleError> {
    const grant = this.#grants.get(handle);
    if (grant === undefined) return err({ kind: "unknown-handle" });
    const arenaGeneration = grant.arena.generation;
    return grant.generation === arenaGeneration
      ? ok(grant)
      : err({ kind: "stale-handle", handleGeneration: grant.generation, arenaGeneration });
  }
}
