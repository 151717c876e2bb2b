/**
 * The arithmetic of the bump arena: where the next allocation goes, in offsets from its start.
 *
 * All of it stays below 2^33, so that a number holds every sum exactly and nothing wraps.
 *
 * @module
 */

import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";

/** The offset of the first allocation, in bytes: offset 0 means "none" and is never handed out. */
export const ARENA_FIRST_OFFSET: U32 = asU32(8);

/** Every pointer is a multiple of this, in bytes. */
export const ARENA_ALIGNMENT: U32 = asU32(8);

/** The capacity of an arena that is made without one, in bytes: 256 KiB. */
export const ARENA_CAPACITY_BYTES_DEFAULT: U32 = asU32(262_144);

/** The most that a free-standing arena may have, in bytes: 256 MiB. */
export const ARENA_CAPACITY_BYTES_MAX: U32 = asU32(268_435_456);

/** The greatest size that an allocation can ask for: the greatest i32. */
const SIZE_MAX = 2_147_483_647;

/** The size that an argument asks for, or 0 when it asks for nothing that can be given. */
export function sizeOf(size: unknown): number {
  if (typeof size !== "number" || !Number.isInteger(size)) return 0;
  return size > 0 && size <= SIZE_MAX ? size : 0;
}

/** The first aligned offset from `next` on. */
function alignedFrom(next: number): number {
  return Math.ceil(next / ARENA_ALIGNMENT) * ARENA_ALIGNMENT;
}

/** How many bytes one allocation after `next` can have. */
export function leftAfter(next: number, capacity: number): number {
  return Math.max(capacity - alignedFrom(next), 0);
}

/** The offset of `size` bytes after `next`, or 0 when they do not fit or are none. */
export function placeAfter(next: number, size: number, capacity: number): number {
  return size > 0 && size <= leftAfter(next, capacity) ? alignedFrom(next) : 0;
}
