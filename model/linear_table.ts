/**
 * The reference model of tables and element segments (Wasm core 2.0, 4.4.6 and 4.5.4).
 *
 * A table is a list of slots and a maximum. Every operation gives the next table and an outcome.
 *
 * @module
 */

import { lengthOf, natural, slotOf, SLOTS_MAX, slotsOf, U32_MAX } from "./linear_slot.ts";
import { place } from "./linear_memory.ts";
import type { Entry, Outcome, Slot } from "./linear_slot.ts";

/** The whole state of a table. */
export interface Table {
  /** The slots. */
  readonly slots: readonly Slot[];
  /** The most slots that it may have. */
  readonly max: bigint;
}

/** The whole state of an element segment; a dropped one has no slots. */
export type Segment = Pick<Table, "slots">;

/** The next state, and what the operation gave. */
export interface Step<S, T> {
  /** The state afterwards. */
  readonly state: S;
  /** What the operation gave. */
  readonly outcome: Outcome<T>;
}

const OUT_OF_BOUNDS = { trap: "table-out-of-bounds" };

/** The table with the slots from `from` on replaced by the given ones: the only write there is. */
function written(table: Table, from: number, slots: readonly Slot[]): Table {
  const { slots: old, max } = table;
  return { slots: [...old.slice(0, from), ...slots, ...old.slice(from + slots.length)], max };
}

const times = (count: bigint, slot: Slot): Slot[] =>
  Array.from({ length: Number(count) }, () => slot);

/** Makes a table of empty slots. */
export function create(initialSlots: unknown, maxSlots: unknown): Outcome<Table> {
  const [size, limit] = [natural(initialSlots, SLOTS_MAX), natural(maxSlots, SLOTS_MAX)];
  if (size === undefined) return { invalid: "initialSlots" };
  if (limit === undefined) return { invalid: "maxSlots" };
  if (size > limit) return { trap: "table-initial-exceeds-max" };
  return { ok: { slots: times(size, null), max: limit } };
}

/** `table.get` where an entry is needed: an empty slot traps. */
export function get(table: Table, index: unknown): Outcome<Entry> {
  const at = place(table.slots.length, index, 1);
  if (at === undefined) return OUT_OF_BOUNDS;
  const slot = table.slots[at[0]] ?? null;
  return slot === null ? { trap: "undefined-element" } : { ok: slot };
}

/** `table.set`. */
export function set(table: Table, index: unknown, entry: unknown): Step<Table, null> {
  return fill(table, index, entry, 1);
}

/** `table.grow`: the old size, or -1 and nothing changed. */
export function grow(table: Table, delta: unknown, init: unknown): Step<Table, bigint> {
  const [more, slot] = [natural(delta, U32_MAX), slotOf(init)];
  const size = BigInt(table.slots.length);
  if (more === undefined || slot === undefined || size + more > table.max) {
    return { state: table, outcome: { ok: -1n } };
  }
  const state = { slots: [...table.slots, ...times(more, slot)], max: table.max };
  return { state, outcome: { ok: size } };
}

/** `table.fill`. */
export function fill(
  table: Table,
  index: unknown,
  entry: unknown,
  count: unknown,
): Step<Table, null> {
  const at = place(table.slots.length, index, count);
  if (at === undefined) return { state: table, outcome: OUT_OF_BOUNDS };
  const slot = slotOf(entry);
  if (slot === undefined) return { state: table, outcome: { invalid: "entry" } };
  const run = times(BigInt(at[1] - at[0]), slot);
  return { state: written(table, at[0], run), outcome: { ok: null } };
}

/**
 * `table.copy` and `table.init`: from a list of slots (a table's or a segment's) to a table.
 *
 * @param from What is read; the name of the argument where that is neither table nor segment.
 */
export function copy(
  table: Table,
  from: Segment | string,
  dst: unknown,
  src: unknown,
  len: unknown,
): Step<Table, null> {
  const target = place(table.slots.length, dst, len);
  if (target === undefined) return { state: table, outcome: OUT_OF_BOUNDS };
  if (typeof from === "string") return { state: table, outcome: { invalid: from } };
  const source = place(from.slots.length, src, len);
  if (source === undefined) return { state: table, outcome: OUT_OF_BOUNDS };
  const state = written(table, target[0], from.slots.slice(source[0], source[1]));
  return { state, outcome: { ok: null } };
}

/** Makes a segment of the given entries. */
export function segment(entries: unknown): Outcome<Segment> {
  const length = lengthOf(entries);
  if (length === undefined || length > SLOTS_MAX) return { invalid: "entries" };
  const slots = slotsOf(entries, length);
  return slots === undefined ? { invalid: "entries" } : { ok: { slots } };
}

/** `elem.drop`. */
export function drop(_segment: Segment): Segment {
  return { slots: [] };
}

/** Writes a list of entries at `base`: all of them or none. */
export function initElements(table: Table, base: unknown, entries: unknown): Step<Table, null> {
  const length = lengthOf(entries);
  const at = place(table.slots.length, base, Number(length ?? 0));
  if (at === undefined) return { state: table, outcome: OUT_OF_BOUNDS };
  const slots = length === undefined ? undefined : slotsOf(entries, length);
  if (slots === undefined) return { state: table, outcome: { invalid: "entries" } };
  return { state: written(table, at[0], slots), outcome: { ok: null } };
}

/** `call_indirect`: out of bounds, then undefined element, then type mismatch. */
export function callIndirect(table: Table, index: unknown, expectedType: unknown): Outcome<bigint> {
  const found = get(table, index);
  if (!("ok" in found)) return found;
  const wanted = natural(expectedType, U32_MAX);
  if (wanted === undefined) return { invalid: "expectedType" };
  if (found.ok.typeIndex !== wanted) return { trap: "indirect-call-type-mismatch" };
  return { ok: found.ok.funcIndex };
}
