/**
 * Pages: their size, what they allow, and the shape of an address.
 *
 * @module
 */

import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";

/** The size of a page of a PVM, in bytes (Gray Paper, 4.6 and appendix A). */
export const PAGE_SIZE: U32 = asU32(4096);

/** The least page size that a memory can have, in bytes. */
export const PAGE_SIZE_MIN: U32 = asU32(4);

/** The greatest page size that a memory can have, in bytes. */
export const PAGE_SIZE_MAX: U32 = asU32(65_536);

/** The size of the address space, in bytes. */
export const SPACE = 4_294_967_296;

/** What a page allows: nothing, reading, or reading and writing. */
export type Access = "none" | "read-only" | "read-write";

/** What a page that is mapped allows. */
export type MappedAccess = "read-only" | "read-write";

// The same as small integers, in the order of what they allow.
export const NONE = 0;
export const READ_ONLY = 1;
export const READ_WRITE = 2;

/** The code of an access; nothing for every other value. */
export function codeOf(access: unknown): number | undefined {
  switch (access) {
    case "none":
      return NONE;
    case "read-only":
      return READ_ONLY;
    case "read-write":
      return READ_WRITE;
    default:
      return undefined;
  }
}

/** The access of a mapped page's code. */
export function mappedAccessOf(code: number): MappedAccess {
  return code === READ_ONLY ? "read-only" : "read-write";
}

/** The access of any page's code. */
export function accessOf(code: number): Access {
  return code === NONE ? "none" : mappedAccessOf(code);
}

/** Whether a value is a whole number from `min` to `max`. -0 is none. */
export function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max &&
    !Object.is(value, -0);
}

/** Whether a value is an address: a whole number from 0 to 2^32 - 1. */
export function isAddress(value: unknown): value is number {
  return typeof value === "number" && value >>> 0 === value && !Object.is(value, -0);
}
