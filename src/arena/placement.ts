/**
 * Where a new arena lies: the options, checked.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { ARENA_ALIGNMENT, ARENA_CAPACITY_BYTES_DEFAULT, ARENA_CAPACITY_BYTES_MAX } from "./bump.ts";
import type { ArenaAllocationFailed, ArenaOverError } from "./errors.ts";
import { guestStore, isObject } from "./guest_memory.ts";
import type { GuestMemory } from "./guest_memory.ts";
import { bytesUpTo, readOption } from "./options.ts";
import { allocating, ownStore } from "./store.ts";
import type { Store } from "./store.ts";

/** Beyond every 32-bit pointer: where the address space of a guest ends, in bytes. */
const ADDRESS_SPACE_BYTES = 2 ** 32;

/** Where an arena lies. */
export interface Placement {
  /** What holds its bytes. */
  readonly store: Store;
  /** Where in the store it begins, in bytes. */
  readonly base: number;
  /** How many bytes it has. */
  readonly capacity: number;
}

/** A buffer of its own. */
export function placeAlone(
  options: unknown,
): Result<Placement, InvalidArgument | ArenaAllocationFailed> {
  const type = bytesUpTo(ARENA_CAPACITY_BYTES_MAX, 1);
  const capacity = readOption(options, "capacityBytes", type, ARENA_CAPACITY_BYTES_DEFAULT);
  if (!capacity.ok) return capacity;
  const bytes = allocating(capacity.value, () => new Uint8Array(capacity.value));
  return bytes.ok ? ok({ store: ownStore(bytes.value), base: 0, capacity: capacity.value }) : bytes;
}

/** A piece of a memory. */
export function placeOver(
  memory: GuestMemory,
  options: unknown,
): Result<Placement, ArenaOverError> {
  if (!isObject(memory)) return invalidArgument("memory", "a memory", memory);
  const baseType = bytesUpTo(ADDRESS_SPACE_BYTES - ARENA_ALIGNMENT, ARENA_ALIGNMENT);
  const begin = readOption(options, "base", baseType, 0);
  if (!begin.ok) return begin;
  const base = begin.value;
  const type = bytesUpTo(ADDRESS_SPACE_BYTES, 1);
  const size = readOption(options, "capacityBytes", type, ARENA_CAPACITY_BYTES_DEFAULT);
  if (!size.ok) return size;
  const capacity = size.value;
  const store = guestStore(memory);
  const sizeBytes = store.sizeBytes();
  if (typeof sizeBytes !== "number") return err(sizeBytes);
  return base + capacity > Math.min(sizeBytes, ADDRESS_SPACE_BYTES)
    ? err({ kind: "arena-outside-memory", base, capacityBytes: capacity, sizeBytes })
    : ok({ store, base, capacity });
}
