/**
 * Tables of functions: every operation returns, and a failed one changes nothing.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { fits, isNatural, rangeFits } from "./bounds.ts";
import { slotsOfSegment } from "./element_segment.ts";
import type { ElementSegment } from "./element_segment.ts";
import { TABLE_SLOTS_MAX } from "./limits.ts";
import type { LimitOutOfRange, TableInitialExceedsMax } from "./limits.ts";
import {
  appendSlots,
  ENTRIES_EXPECTED,
  ENTRY_EXPECTED,
  moveSlots,
  readList,
  readSlot,
  readSlots,
} from "./table_slots.ts";
import type { Entry, EntryInput, Slot } from "./table_slots.ts";
import { TABLE_OUT_OF_BOUNDS, UNDEFINED_ELEMENT } from "./trap.ts";
import type { TrapOf } from "./trap.ts";

/** Why an operation on a table failed: its bounds, or an argument that is no value of its type. */
export type TableError = TrapOf<"table-out-of-bounds"> | InvalidArgument;

/** The slots of a table, or nothing for every other value. Not part of the public face. */
export let slotsOfTable: (value: unknown) => readonly Slot[] | undefined;

/**
 * What the slot at an index holds, not to be handed out: the check that `get` and `callIndirect`
 * share. Nothing when there is no such slot.
 */
export function slotAt(slots: readonly Slot[], index: number): Slot | undefined {
  return fits(slots.length, index, 1) ? slots[index] : undefined;
}

/**
 * A table of functions, for indirect calls.
 *
 * Its size never shrinks and never exceeds its maximum; memory is used in proportion to its size.
 * Every operation returns a value for every argument, and one that fails leaves each slot as it was.
 *
 * Spec: Wasm core 2.0, 4.2.7 and 4.4.6.
 *
 * @example An entry is stored, found and out of reach
 * ```ts
 * import { Table } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const table = Table.create(2, 8);
 * assert(table.ok);
 * table.value.set(1, { typeIndex: 0, funcIndex: 7 });
 * assertEquals<unknown>(table.value.get(1), { ok: true, value: { typeIndex: 0, funcIndex: 7 } });
 * assertEquals(table.value.get(0), { ok: false, error: { kind: "undefined-element" } });
 * assertEquals(table.value.get(2), { ok: false, error: { kind: "table-out-of-bounds" } });
 * ```
 */
export class Table {
  // The caller's code that reading an argument can run may use this table too. Every check made
  // before such a reading stays true after it, because there is no operation that takes slots away.
  readonly #slots: Slot[] = [];
  #max = 0;

  static {
    slotsOfTable = (value) =>
      typeof value === "object" && value !== null && #slots in value ? value.#slots : undefined;
  }

  private constructor() {}

  /**
   * Makes a table of empty slots.
   *
   * @param initialSlots How many slots it begins with: 0 to `maxSlots`.
   * @param maxSlots How many it may ever have: 0 to `TABLE_SLOTS_MAX`.
   * @returns The table. Errors: `limit-out-of-range` naming the parameter;
   *   `table-initial-exceeds-max`.
   */
  static create(
    initialSlots: number,
    maxSlots: number,
  ): Result<Table, TableInitialExceedsMax | LimitOutOfRange> {
    if (!isNatural(initialSlots, TABLE_SLOTS_MAX)) return outOfRange("initialSlots");
    if (!isNatural(maxSlots, TABLE_SLOTS_MAX)) return outOfRange("maxSlots");
    if (initialSlots > maxSlots) {
      const [initial, max] = [asU32(initialSlots), asU32(maxSlots)];
      return err({ kind: "table-initial-exceeds-max", initial, max });
    }
    const table = new Table();
    table.#max = maxSlots;
    appendSlots(table.#slots, initialSlots, null);
    return ok(table);
  }

  /** The number of slots now. Spec: Wasm core 2.0, 4.4.6.3. */
  size(): U32 {
    return asU32(this.#slots.length);
  }

  /** The most slots that the table may ever have, fixed when it was made. */
  get maxSize(): U32 {
    return asU32(this.#max);
  }

  /**
   * Finds the entry of a slot.
   *
   * @param index The slot: 0 to the size less 1.
   * @returns A copy of the entry. Errors: `table-out-of-bounds`, also for a value that is no
   *   index at all; `undefined-element` for an empty slot. Spec: Wasm core 2.0, 4.4.6.1.
   */
  get(index: number): Result<Entry, TrapOf<"table-out-of-bounds" | "undefined-element">> {
    const slot = slotAt(this.#slots, index);
    if (slot === undefined) return err(TABLE_OUT_OF_BOUNDS);
    if (slot === null) return err(UNDEFINED_ELEMENT);
    return ok({ typeIndex: slot.typeIndex, funcIndex: slot.funcIndex });
  }

  /**
   * Stores an entry, or empties a slot.
   *
   * @param index The slot: 0 to the size less 1.
   * @param entry What to store, read once and copied; `null` empties the slot.
   * @returns Errors: `table-out-of-bounds`; `invalid-argument`. Spec: Wasm core 2.0, 4.4.6.2.
   */
  set(index: number, entry: EntryInput | null): Result<void, TableError> {
    if (!fits(this.#slots.length, index, 1)) return err(TABLE_OUT_OF_BOUNDS);
    const slot = readSlot(entry);
    if (slot === undefined) return invalidArgument("entry", ENTRY_EXPECTED, entry);
    this.#slots[index] = slot;
    return ok(undefined);
  }

  /**
   * Adds slots at the end.
   *
   * @param delta How many: an integer from 0 to 2^32 - 1.
   * @param init What each of them holds, read once and copied.
   * @returns The size before, in slots; -1 when the maximum would be exceeded or an argument is no
   *   value of its type, and nothing has changed. Spec: Wasm core 2.0, 4.4.6.4.
   */
  grow(delta: number, init: EntryInput | null): U32 | -1 {
    // Read first: the caller's code that this runs may itself grow the table.
    const slot = readSlot(init);
    const size = this.#slots.length;
    if (slot === undefined || !isNatural(delta, this.#max - size)) return -1;
    appendSlots(this.#slots, delta, slot);
    return asU32(size);
  }

  /**
   * Stores one entry in a run of slots.
   *
   * @param index The first slot; together with `count` within the size.
   * @param entry What to store, read once and copied; `null` empties the slots.
   * @param count How many slots. None is fine at every index up to the size, and traps beyond.
   * @returns Errors: `table-out-of-bounds`; `invalid-argument`. Spec: Wasm core 2.0, 4.4.6.5.
   */
  fill(index: number, entry: EntryInput | null, count: number): Result<void, TableError> {
    if (!rangeFits(this.#slots.length, index, count)) return err(TABLE_OUT_OF_BOUNDS);
    const slot = readSlot(entry);
    if (slot === undefined) return invalidArgument("entry", ENTRY_EXPECTED, entry);
    this.#slots.fill(slot, index, index + count);
    return ok(undefined);
  }

  /**
   * Copies slots within the table, as if through a buffer: the two runs may overlap.
   *
   * @param dst The first slot written.
   * @param src The first slot read.
   * @param len How many slots; both runs lie within the size.
   * @returns Errors: `table-out-of-bounds`. Spec: Wasm core 2.0, 4.4.6.6.
   */
  copy(dst: number, src: number, len: number): Result<void, TrapOf<"table-out-of-bounds">> {
    return this.#write(this.#slots, dst, src, len);
  }

  /**
   * Copies slots of a table, which may be this one, into this one.
   *
   * @param source The table that is read.
   * @param dst The first slot written, in this table.
   * @param src The first slot read, in the source.
   * @param len How many slots; each run lies within the size of its table.
   * @returns Errors: `table-out-of-bounds`; `invalid-argument` when `source` is no table.
   *   Spec: Wasm core 2.0, 4.4.6.6.
   */
  copyFrom(source: Table, dst: number, src: number, len: number): Result<void, TableError> {
    if (!rangeFits(this.#slots.length, dst, len)) return err(TABLE_OUT_OF_BOUNDS);
    const slots = slotsOfTable(source);
    if (slots === undefined) return invalidArgument("source", "a Table", source);
    return this.#write(slots, dst, src, len);
  }

  /**
   * Copies entries of a segment into the table.
   *
   * @param segment The segment that is read; a dropped one has no entries.
   * @param dst The first slot written.
   * @param src The first entry read.
   * @param len How many; each run lies within the size of the table or segment.
   * @returns Errors: `table-out-of-bounds`; `invalid-argument` when `segment` is no segment.
   *   Spec: Wasm core 2.0, 4.4.6.7.
   */
  initSegment(
    segment: ElementSegment,
    dst: number,
    src: number,
    len: number,
  ): Result<void, TableError> {
    if (!rangeFits(this.#slots.length, dst, len)) return err(TABLE_OUT_OF_BOUNDS);
    const slots = slotsOfSegment(segment);
    if (slots === undefined) return invalidArgument("segment", "an ElementSegment", segment);
    return this.#write(slots, dst, src, len);
  }

  /**
   * Stores a list of entries from a slot on: all of them or none.
   *
   * @param base The first slot written.
   * @param entries An array of entries, `null` for an empty slot, each read once and copied.
   * @returns Errors: `table-out-of-bounds` when they do not all fit, whatever they are;
   *   `invalid-argument`. Spec: Wasm core 2.0, 4.5.4 (an active segment).
   */
  initElements(
    base: number,
    entries: readonly (EntryInput | null)[],
  ): Result<void, TableError> {
    const list = readList(entries);
    // Before the items are read, so that a length alone costs nothing.
    if (!rangeFits(this.#slots.length, base, list?.length ?? 0)) return err(TABLE_OUT_OF_BOUNDS);
    const slots = list === undefined ? undefined : readSlots(list);
    if (slots === undefined) return invalidArgument("entries", ENTRIES_EXPECTED, entries);
    return this.#write(slots, base, 0, slots.length);
  }

  /** The one way in which runs of slots are written: checked whole, then moved whole. */
  #write(
    from: readonly Slot[],
    dst: number,
    src: number,
    len: number,
  ): Result<void, TrapOf<"table-out-of-bounds">> {
    const to = this.#slots;
    if (!rangeFits(to.length, dst, len) || !rangeFits(from.length, src, len)) {
      return err(TABLE_OUT_OF_BOUNDS);
    }
    moveSlots(from, src, to, dst, len);
    return ok(undefined);
  }
}

/** The failure of a limit that is no whole number or not possible. */
function outOfRange(limit: string): Err<LimitOutOfRange> {
  return err({ kind: "limit-out-of-range", limit });
}
