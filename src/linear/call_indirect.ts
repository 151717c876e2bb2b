/**
 * Indirect calls: from a slot of a table to the function to call, or the trap.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { isU32 } from "./bounds.ts";
import { slotAt, slotsOfTable } from "./table.ts";
import type { Table } from "./table.ts";
import { U32_EXPECTED } from "./table_slots.ts";
import { INDIRECT_CALL_TYPE_MISMATCH, TABLE_OUT_OF_BOUNDS, UNDEFINED_ELEMENT } from "./trap.ts";
import type { TrapOf } from "./trap.ts";

/** Why an indirect call failed: a trap, or an argument that is no value of its type. */
export type CallIndirectError =
  | TrapOf<"table-out-of-bounds" | "undefined-element" | "indirect-call-type-mismatch">
  | InvalidArgument;

/**
 * Resolves an indirect call to the function to call.
 *
 * The traps come in the order of the specification: `table-out-of-bounds` (also for a value that is
 * no index at all), `undefined-element`, `indirect-call-type-mismatch`.
 *
 * @param table The table to look in.
 * @param index The slot: 0 to the table's size less 1.
 * @param expectedType The index of the type that the caller expects: 0 to 2^32 - 1.
 * @returns The index of the function. Errors: the traps above; `invalid-argument` when `table` is
 *   no table, or, once an entry is found, `expectedType` is no type index.
 *   Spec: Wasm core 2.0, 4.4.8.11.
 *
 * @example A call by the wrong type
 * ```ts
 * import { callIndirect, Table } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const table = Table.create(1, 1);
 * assert(table.ok);
 * table.value.set(0, { typeIndex: 3, funcIndex: 7 });
 * assertEquals<unknown>(callIndirect(table.value, 0, 3), { ok: true, value: 7 });
 * assertEquals(callIndirect(table.value, 0, 4), {
 *   ok: false,
 *   error: { kind: "indirect-call-type-mismatch" },
 * });
 * ```
 */
export function callIndirect(
  table: Table,
  index: number,
  expectedType: number,
): Result<U32, CallIndirectError> {
  const slots = slotsOfTable(table);
  if (slots === undefined) return invalidArgument("table", "a Table", table);
  const slot = slotAt(slots, index);
  if (slot === undefined) return err(TABLE_OUT_OF_BOUNDS);
  if (slot === null) return err(UNDEFINED_ELEMENT);
  if (!isU32(expectedType)) return invalidArgument("expectedType", U32_EXPECTED, expectedType);
  if (slot.typeIndex !== expectedType) return err(INDIRECT_CALL_TYPE_MISMATCH);
  return ok(slot.funcIndex);
}
