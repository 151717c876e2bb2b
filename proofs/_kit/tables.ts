/** What the proofs of tables share: the arguments they try, and how both sides are observed. */

import { agreesWithModel, domain } from "../../src/proof/mod.ts";
import type { Domain, Reach } from "../../src/proof/mod.ts";
import type * as linear from "../../src/linear/mod.ts";
import type * as slot from "../../model/linear_slot.ts";
import type * as model from "../../model/linear_table.ts";
import { modelErrorOf } from "./linear_errors.ts";

/** The face that the proofs are about. */
export type Face = typeof linear;

/** Slots written as digits: 0 is an empty one, n the entry of type n and function 10 + n. */
export type Digits = readonly number[];

/** A slot as both sides show it. */
export type PlainSlot = { readonly typeIndex: number; readonly funcIndex: number } | null;

/** The slot that a digit stands for. */
export function slotOfDigit(digit: number): PlainSlot {
  return digit === 0 ? null : { typeIndex: digit, funcIndex: 10 + digit };
}

/** A table of `size` slots without an empty one, each different. */
export function full(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index + 1);
}

/** Every table of up to `size` slots, each of the first `digits` digits. */
export function shapes(size: number, digits: number): Domain<Digits> {
  return domain.named(
    `tables of up to ${size} slots of ${digits} kinds`,
    domain.words(domain.range(0, digits - 1), size),
  );
}

/** A table whose maximum is `room` more than its size, with the slots that the digits say. */
export function tableOf(
  { Table }: Pick<Face, "Table">,
  digits: Digits,
  room = 0,
): linear.Table {
  const made = Table.create(digits.length, digits.length + room);
  if (!made.ok) throw new Error(`no table: ${made.error.kind}`);
  digits.forEach((digit, index) => made.value.set(index, slotOfDigit(digit)));
  return made.value;
}

/** A segment with the slots that the digits say. */
export function segmentOf(
  { ElementSegment }: Pick<Face, "ElementSegment">,
  digits: Digits,
): linear.ElementSegment {
  const made = ElementSegment.create(digits.map(slotOfDigit));
  if (!made.ok) throw new Error(`no segment: ${made.error.kind}`);
  return made.value;
}

/** The same table in the model. */
export function modelOf(digits: Digits, room = 0): model.Table {
  return { slots: modelSlots(digits), max: BigInt(digits.length + room) };
}

/** The slots that the digits say, in the model. */
export function modelSlots(digits: Digits): slot.Slot[] {
  return digits.map((digit) =>
    digit === 0 ? null : { typeIndex: BigInt(digit), funcIndex: BigInt(10 + digit) }
  );
}

/** The whole state of a table, seen through its face: maximum, size and every slot. */
export function stateOf(table: linear.Table): unknown {
  const slots: unknown[] = [];
  for (let index = 0; index < table.size(); index++) {
    const found = table.get(index);
    if (found.ok) slots.push({ ...found.value });
    else slots.push(found.error.kind === "undefined-element" ? null : found.error.kind);
  }
  const beyond = table.get(table.size());
  return { max: table.maxSize, slots, beyond: beyond.ok ? "a slot" : beyond.error.kind };
}

/** What an operation of a table gives. */
export type Given = number | { ok: true; value: unknown } | { ok: false; error: object };

/** The operations of a table. */
export type Operation =
  | "get"
  | "set"
  | "grow"
  | "fill"
  | "copy"
  | "copyFrom"
  | "initSegment"
  | "initElements";

/** Calls an operation with any arguments at all, past the type checker. */
export function call(table: linear.Table, name: Operation, ...args: readonly unknown[]): Given {
  return Reflect.apply(table[name], table, args);
}

function plainSlot(value: slot.Slot): PlainSlot {
  return value === null
    ? null
    : { typeIndex: Number(value.typeIndex), funcIndex: Number(value.funcIndex) };
}

/** The whole state of a table of the model, in the same form. */
export function stateOfModel({ max, slots }: model.Table): unknown {
  return { max: Number(max), slots: slots.map(plainSlot), beyond: "table-out-of-bounds" };
}

/** A result, or the plain number that `grow` gives, in the form of the model's outcomes. */
export function outcomeOf(result: Given): unknown {
  if (typeof result === "number") return { ok: result };
  if (result.ok) return { ok: result.value ?? null };
  return modelErrorOf(result.error);
}

/** An outcome of the model in the same form. */
export function outcomeOfModel(outcome: slot.Outcome<slot.Slot | bigint>): unknown {
  if (!("ok" in outcome)) return outcome;
  const { ok } = outcome;
  return { ok: typeof ok === "bigint" ? Number(ok) : plainSlot(ok) };
}

/** What an outcome is called in the list of what a proof reaches. */
export function nameOfOutcome(outcome: slot.Outcome<unknown>): string {
  if ("trap" in outcome) return outcome.trap;
  if ("invalid" in outcome) return "invalid-argument";
  return outcome.ok === -1n ? "refused" : "done";
}

/** Both sides of one operation on one table, from the same state: outcome and whole state agree. */
export function stepAgrees(
  reach: Reach,
  table: linear.Table,
  real: (table: linear.Table) => Given,
  expected: model.Step<model.Table, slot.Slot | bigint>,
): string | undefined {
  reach(nameOfOutcome(expected.outcome));
  const outcome = outcomeOf(real(table));
  return agreesWithModel(
    { outcome, state: stateOf(table) },
    { outcome: outcomeOfModel(expected.outcome), state: stateOfModel(expected.state) },
  );
}
