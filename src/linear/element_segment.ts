/**
 * Element segments: entries that a guest can write into a table until it drops them.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { TABLE_SLOTS_MAX } from "./limits.ts";
import { ENTRIES_EXPECTED, readList, readSlots } from "./table_slots.ts";
import type { EntryInput, Slot } from "./table_slots.ts";

/** The slots of a segment, or nothing for every other value. Not part of the public face. */
export let slotsOfSegment: (value: unknown) => readonly Slot[] | undefined;

/**
 * A passive element segment: a list of entries that `Table.initSegment` copies from.
 *
 * Spec: Wasm core 2.0, 4.2.10 and 4.4.6.
 *
 * @example A segment that is dropped
 * ```ts
 * import { ElementSegment, Table } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const segment = ElementSegment.create([{ typeIndex: 0, funcIndex: 7 }]);
 * const table = Table.create(1, 1);
 * assert(segment.ok && table.ok);
 * assert(table.value.initSegment(segment.value, 0, 0, 1).ok);
 * segment.value.drop();
 * assertEquals(segment.value.size(), 0);
 * ```
 */
export class ElementSegment {
  #slots: readonly Slot[] = [];

  static {
    slotsOfSegment = (value) =>
      typeof value === "object" && value !== null && #slots in value ? value.#slots : undefined;
  }

  private constructor() {}

  /**
   * Makes a segment from private copies of the entries.
   *
   * @param entries An array of at most `TABLE_SLOTS_MAX` entries, `null` for an empty slot. Each is
   *   read once; when reading one throws, the error is `invalid-argument`.
   * @returns The segment. Errors: `invalid-argument`.
   */
  static create(entries: readonly (EntryInput | null)[]): Result<ElementSegment, InvalidArgument> {
    const list = readList(entries);
    const slots = list === undefined || list.length > TABLE_SLOTS_MAX ? undefined : readSlots(list);
    if (slots === undefined) return invalidArgument("entries", ENTRIES_EXPECTED, entries);
    const segment = new ElementSegment();
    segment.#slots = slots;
    return ok(segment);
  }

  /** The number of entries; 0 once dropped. */
  size(): U32 {
    return asU32(this.#slots.length);
  }

  /**
   * `elem.drop`: gives the entries up. The segment is then as one without entries; dropping it
   * again changes nothing. Spec: Wasm core 2.0, 4.4.6.8.
   */
  drop(): void {
    this.#slots = [];
  }
}
