/**
 * The bytes of a program whose every name has a value.
 *
 * @module
 */

import { CODE_BYTES_MAX, TABLE_ENTRIES_MAX } from "../code.ts";
import type { Code, JumpTable } from "../code.ts";
import { isNumberOf } from "./directives.ts";
import type { BytesItem, Draft, InstructionItem } from "./draft.ts";
import type { Mistake } from "./error.ts";
import { evaluate } from "./expression.ts";
import type { Expression } from "./expression.ts";
import { numberOf } from "./layout.ts";
import type { Resolver } from "./resolver.ts";
import { encodeFields } from "./shape.ts";
import type { ValueField } from "./shape.ts";
import { littleEndian, shortest } from "./value.ts";

/** The widest entry whose every byte counts. */
const ENTRY_VALUE_BYTES = 8;

interface Emission {
  readonly draft: Draft;
  readonly resolver: Resolver;
  readonly line: number;
}

function fail({ draft, line }: Emission, column: number, mistake: Mistake): void {
  draft.errors.add({ line, column }, mistake);
}

function outOfRange(at: Emission, expression: Expression, message: string): void {
  fail(at, expression.column, { problem: "out-of-range", message });
}

/** A number of `width` bytes; zeros where there is none, which is told. */
function numberBytes(at: Emission, expression: Expression, width: number): readonly number[] {
  const value = evaluate(expression, at.resolver);
  if (!value.ok) {
    fail(at, value.error.column, value.error);
    return littleEndian(0, width);
  }
  if (!isNumberOf(value.value, width)) {
    outOfRange(at, expression, `value of more than ${8 * width} bits`);
  }
  return littleEndian(value.value, width);
}

/** The bytes of a value in the instruction at `pc`. */
function valueBytes(
  at: Emission,
  item: InstructionItem,
  field: ValueField,
  pc: number,
): readonly number[] {
  const written = item.written.values[field];
  if (written === undefined) return [];
  const length = item[field];
  if (written.slot.kind === "wide") return numberBytes(at, written.expression, length);
  const number = numberOf(written, pc, at.resolver);
  if (!number.ok) {
    fail(at, number.error.column, number.error);
    return [];
  }
  if (shortest(number.value) > length) {
    outOfRange(at, written.expression, `value does not fit ${length} bytes`);
  }
  return littleEndian(number.value, length);
}

function itemBytes(
  at: Emission,
  item: InstructionItem | BytesItem,
  pc: number,
): ArrayLike<number> {
  if (item.kind === "bytes") {
    return item.bytes instanceof Uint8Array
      ? item.bytes
      : item.bytes.flatMap((expression) => numberBytes(at, expression, 1));
  }
  const { opcode, registers } = item.written;
  const { a = 0, b = 0, d = 0 } = registers;
  const [x, y] = [valueBytes(at, item, "x", pc), valueBytes(at, item, "y", pc)];
  return encodeFields(opcode, { a, b, d, x, y });
}

/** The value of each run of the jump table: a number of 64 bits without a sign. */
function tableValues(draft: Draft, resolver: Resolver): readonly bigint[] {
  return draft.table.map(({ line, expression }) => {
    const at = { draft, resolver, line };
    const value = evaluate(expression, resolver);
    if (!value.ok) fail(at, value.error.column, value.error);
    else if (value.value < 0n || value.value >= 2n ** 64n) {
      outOfRange(at, expression, "expected a value from 0 to 2^64 - 1");
    }
    return value.ok ? value.value : 0n;
  });
}

/** The fewest bytes that hold every entry: one at least, unless there are no entries. */
export function entryWidth(values: readonly bigint[]): number {
  const most = values.reduce((max, value) => value > max ? value : max, 0n);
  let width = values.length === 0 ? 0 : 1;
  while (width < ENTRY_VALUE_BYTES && most >= 2n ** BigInt(8 * width)) width++;
  return width;
}

function emitTable(draft: Draft, resolver: Resolver): JumpTable {
  const values = tableValues(draft, resolver);
  const width = draft.tableWidth ?? entryWidth(values);
  const count = draft.tableCount;
  if (count > TABLE_ENTRIES_MAX || count * width > CODE_BYTES_MAX) {
    fail({ draft, resolver, line: draft.line }, 1, {
      problem: "too-large",
      message: "jump table too large",
    });
    return { count: 0, width: 0, bytes: new Uint8Array(0) };
  }
  const bytes = new Uint8Array(count * width);
  let at = 0;
  for (const [index, { line, expression, count }] of draft.table.entries()) {
    const value = values[index] ?? 0n;
    if (width < ENTRY_VALUE_BYTES && value >= 2n ** BigInt(8 * width)) {
      outOfRange({ draft, resolver, line }, expression, `entry does not fit ${width} bytes`);
    }
    const entry = littleEndian(value, width);
    for (let i = 0; i < count; i++, at += width) bytes.set(entry, at);
  }
  return { count, width, bytes };
}

/** The code with its jump table; what is wrong is told to the draft. */
export function emitCode(draft: Draft, resolver: Resolver): Code {
  const { positions } = resolver;
  const length = positions[draft.items.length] ?? 0;
  const fits = length <= CODE_BYTES_MAX;
  if (!fits) {
    fail({ draft, resolver, line: draft.line }, 1, {
      problem: "too-large",
      message: "more than 64 MiB of code",
    });
  }
  const bytes = new Uint8Array(fits ? length : 0);
  const starts = new Uint8Array(bytes.length);
  for (const [index, item] of draft.items.entries()) {
    if (draft.errors.isFull) break;
    const pc = positions[index] ?? 0;
    const encoded = itemBytes({ draft, resolver, line: item.line }, item, pc);
    if (!fits) continue;
    bytes.set(encoded, pc);
    if (item.kind === "instruction" || item.isStart) starts[pc] = 1;
  }
  return { bytes, starts, jumpTable: emitTable(draft, resolver) };
}

/** Writes the numbers in data that depend on labels, and tells what is wrong with other constants. */
export function emitLate(draft: Draft, resolver: Resolver): void {
  for (const section of [draft.rodata, draft.data]) {
    for (const { offset, width, expression, line } of section.late) {
      section.write(offset, numberBytes({ draft, resolver, line }, expression, width));
    }
  }
  for (const { name, line } of draft.derived) {
    const failure = resolver.failureOf(name);
    if (failure !== undefined) fail({ draft, resolver, line }, failure.column, failure);
  }
}
