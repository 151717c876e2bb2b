/**
 * The slots of tables and element segments: what one holds, and how arguments become slots.
 *
 * @module
 */

import type { U32 } from "../int/mod.ts";
import { isNatural, isU32 } from "./bounds.ts";

/** What a slot refers to: a function, and the type that it was declared with. */
export interface Entry {
  /** The index of the function's type in its module. */
  readonly typeIndex: U32;
  /** The index of the function in its module. */
  readonly funcIndex: U32;
}

/** An entry as a caller may write it: plain numbers, each checked when it is stored. */
export interface EntryInput {
  /** The index of the function's type: an integer from 0 to 2^32 - 1. */
  readonly typeIndex: number;
  /** The index of the function: an integer from 0 to 2^32 - 1. */
  readonly funcIndex: number;
}

/** A slot: an entry, or nothing. */
export type Slot = Entry | null;

/** What an argument for an unsigned 32-bit integer has to be, in words. */
export const U32_EXPECTED = "an integer from 0 to 4294967295";

/** What an argument for an entry has to be, in words. */
export const ENTRY_EXPECTED = "an entry of two integers from 0 to 4294967295, or null";

/** What an argument for a list of entries has to be, in words. */
export const ENTRIES_EXPECTED =
  "an array of at most 10000000 entries, each of two integers from 0 to 4294967295 or null";

/**
 * Reads an argument as a slot, each property once, and makes a private copy of it.
 *
 * Reading can run the caller's code (getters, traps of a proxy), which can use the same table.
 *
 * @returns The slot, or `undefined` when the value is none or its code threw.
 */
export function readSlot(value: EntryInput | null): Slot | undefined {
  if (value === null) return null;
  if (typeof value !== "object") return undefined;
  let typeIndex: number;
  let funcIndex: number;
  try {
    ({ typeIndex, funcIndex } = value);
  } catch {
    return undefined;
  }
  return isU32(typeIndex) && isU32(funcIndex) ? { typeIndex, funcIndex } : undefined;
}

/** An array argument, with the length that it had when it was looked at. */
export interface List {
  /** The array, or a proxy of one. */
  readonly items: readonly (EntryInput | null)[];
  /** Its length, read once. */
  readonly length: number;
}

/** Looks at an argument as an array, or gives nothing; can run the code of a proxy. */
export function readList(value: readonly (EntryInput | null)[]): List | undefined {
  try {
    if (!Array.isArray(value)) return undefined; // throws for a revoked proxy
    const length: unknown = value.length; // a proxy can answer anything
    return typeof length === "number" && isNatural(length, Number.MAX_SAFE_INTEGER)
      ? { items: value, length }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads every item of a list as a slot, and stops at the first that is none; see {@link readSlot}.
 *
 * @returns The slots, or `undefined` when one of the items is none or could not be read.
 */
export function readSlots({ items, length }: List): Slot[] | undefined {
  const slots: Slot[] = [];
  for (let index = 0; index < length; index++) {
    let item: EntryInput | null | undefined;
    try {
      item = items[index];
    } catch {
      return undefined;
    }
    const slot = item === undefined ? undefined : readSlot(item);
    if (slot === undefined) return undefined;
    slots.push(slot);
  }
  return slots;
}

/** Appends `count` times the same slot: memory grows with what is in use, never with the maximum. */
export function appendSlots(slots: Slot[], count: number, slot: Slot): void {
  for (let added = 0; added < count; added++) slots.push(slot);
}

/** Copies slots that have been checked to fit; `from` and `to` may be the same list and overlap. */
export function moveSlots(
  from: readonly Slot[],
  src: number,
  to: Slot[],
  dst: number,
  count: number,
): void {
  if (dst <= src) {
    for (let at = 0; at < count; at++) to[dst + at] = from[src + at] ?? null;
  } else {
    for (let at = count - 1; at >= 0; at--) to[dst + at] = from[src + at] ?? null;
  }
}
