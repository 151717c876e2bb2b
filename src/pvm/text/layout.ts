/**
 * How long the values of instructions are, and so where the instructions stand.
 *
 * Jumps are as short as they can be, but how far they reach depends on the lengths of those between:
 * all begin with the least length and grow until each holds its value.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { BytesItem, Draft, InstructionItem } from "./draft.ts";
import type { Mistake } from "./error.ts";
import { evaluate, isLiteral } from "./expression.ts";
import type { Names } from "./expression.ts";
import { Resolver } from "./resolver.ts";
import { fixedLength } from "./shape.ts";
import type { ValueField } from "./shape.ts";
import type { Written } from "./statement.ts";
import { shortest, signed32 } from "./value.ts";

/** After this many rounds, what still grows gets the full length. */
const ROUNDS_MAX = 16;
/** The full length of a value in bytes. */
const FULL = 4;
/** The length of a wide value in bytes. */
const WIDE = 8;

/** The 32-bit number that goes into the instruction at `pc`, or why there is none. */
export function numberOf(
  { slot, expression }: Written,
  pc: number,
  names: Names,
): Result<number, Mistake & { readonly column: number }> {
  const value = evaluate(expression, names);
  if (!value.ok) return value;
  const isTarget = slot.kind === "target";
  const loose = slot.kind === "place" || (slot.kind === "value" && slot.loose);
  const number = signed32(isTarget ? value.value - BigInt(pc) : value.value, loose);
  if (number !== undefined) return ok(number);
  const message = isTarget ? "target too far away" : "value of more than 32 bits with its sign";
  return err({ problem: "out-of-range", message, column: expression.column });
}

/** A value whose length is not settled before labels have places. */
interface Open {
  readonly item: InstructionItem;
  readonly place: number;
  readonly field: ValueField;
  readonly written: Written;
}

const FIELDS: readonly ValueField[] = ["x", "y"];

/** Gives an item's values their least lengths; those that may have to grow are returned. */
function begin(item: InstructionItem, place: number, names: Names): readonly Open[] {
  return FIELDS.flatMap((field) => {
    const written = item.written.values[field];
    if (written === undefined) return [];
    const { slot, pinned, expression } = written;
    if (slot.kind === "wide") item[field] = WIDE;
    else if (pinned !== undefined) item[field] = pinned;
    else if (slot.kind === "target" || !isLiteral(expression)) {
      return [{ item, place, field, written }];
    } else {
      const number = numberOf(written, 0, names);
      item[field] = number.ok ? shortest(number.value) : 0;
    }
    return [];
  });
}

function lengthOf(item: InstructionItem | BytesItem): number {
  return item.kind === "bytes"
    ? item.bytes.length
    : fixedLength(item.written.opcode.format) + item.x + item.y;
}

/** Gives every item its place behind the one before. */
function place(draft: Draft, { positions }: Resolver): void {
  let at = 0;
  for (const [index, item] of draft.items.entries()) {
    positions[index] = at;
    at += lengthOf(item);
  }
  positions[draft.items.length] = at;
}

/** Makes values longer that do not fit; tells whether there were any. */
function grow(open: readonly Open[], resolver: Resolver): boolean {
  let grew = false;
  for (const { item, place, field, written } of open) {
    const number = numberOf(written, resolver.positions[place] ?? 0, resolver);
    const needed = number.ok ? shortest(number.value) : 0;
    if (needed <= item[field]) continue;
    item[field] = needed;
    grew = true;
  }
  return grew;
}

/** Settles the length of every value and the place of every item. */
export function layOutItems(draft: Draft): Resolver {
  const resolver = new Resolver(draft);
  const open = draft.items.flatMap((item, index) =>
    item.kind === "instruction" ? begin(item, index, resolver) : []
  );
  for (let round = 0;; round++) {
    place(draft, resolver);
    resolver.derive();
    if (!grow(open, resolver)) return resolver;
    if (round === ROUNDS_MAX) { for (const { item, field } of open) item[field] = FULL; }
  }
}
