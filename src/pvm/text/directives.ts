/**
 * What the directives do.
 *
 * @module
 */

import { TABLE_ENTRIES_MAX } from "../code.ts";
import type { Draft, Section } from "./draft.ts";
import { evaluate, isLiteral, soleName } from "./expression.ts";
import type { Expression } from "./expression.ts";
import type { Argument, WrittenDirective } from "./statement.ts";
import { littleEndian } from "./value.ts";

/** The largest alignment: a page. */
const ALIGNMENT_MAX = 4096;
const U24_MAX = 2 ** 24 - 1;
const BSS_BYTES_MAX = 65_535 * 4096;
const WIDTH_MAX = 255;

interface Call {
  readonly draft: Draft;
  readonly args: readonly Argument[];
  readonly column: number;
}

function tooLarge({ draft, column }: Call): void {
  draft.fail(column, { problem: "too-large", message: "the section has no room for it" });
}

/** The arguments as expressions, of which there must be `min` to `max`; nothing when they are not. */
function expressions(
  { draft, args, column }: Call,
  min: number,
  max: number,
): readonly Expression[] | undefined {
  const found: Expression[] = [];
  for (const argument of args) {
    if (argument.kind === "text") {
      draft.fail(argument.column, { problem: "syntax", message: "expected a value, not a text" });
      return undefined;
    }
    draft.note(argument.expression);
    found.push(argument.expression);
  }
  if (found.length >= min && found.length <= max) return found;
  const wanted = min === max ? `${min}` : max === Infinity ? `${min} or more` : `${min} or ${max}`;
  draft.fail(column, { problem: "syntax", message: `expected ${wanted} values` });
  return undefined;
}

/** The one argument as a constant. */
function one(call: Call, min: number, max: number): number | undefined {
  const [expression] = expressions(call, 1, 1) ?? [];
  return expression === undefined ? undefined : call.draft.constant(expression, min, max);
}

function numbers(call: Call, width: number): void {
  const { draft } = call;
  const section = draft.section === "rodata" ? draft.rodata : draft.data;
  for (const expression of expressions(call, 1, Infinity) ?? []) {
    const value = isLiteral(expression) ? evaluate(expression, draft.constants) : undefined;
    const fits = value?.ok && isNumberOf(value.value, width)
      ? section.append(littleEndian(value.value, width))
      : section.appendLate(width, expression, draft.line);
    if (!fits) return tooLarge(call);
  }
}

/** Whether `width` bytes hold a value, with its sign or without. */
export function isNumberOf(value: bigint, width: number): boolean {
  return value >= -(2n ** BigInt(8 * width - 1)) && value < 2n ** BigInt(8 * width);
}

function ascii(call: Call): void {
  const { draft, args, column } = call;
  const section = draft.section === "rodata" ? draft.rodata : draft.data;
  if (args.length === 0) draft.fail(column, { problem: "syntax", message: "expected a text" });
  for (const argument of args) {
    if (argument.kind === "expression") {
      draft.fail(argument.column, { problem: "syntax", message: "expected a text" });
      return;
    }
    if (!section.append(argument.bytes)) return tooLarge(call);
  }
}

function space(call: Call): void {
  const { draft } = call;
  const [count, fill] = expressions(call, 1, draft.section === "bss" ? 1 : 2) ?? [];
  if (count === undefined) return;
  const bytes = draft.constant(count, 0, BSS_BYTES_MAX);
  const value = fill === undefined ? 0 : draft.constant(fill, -128, 255);
  if (bytes !== undefined && value !== undefined && !draft.fill(bytes, value)) tooLarge(call);
}

function align(call: Call): void {
  const { draft, column } = call;
  const to = one(call, 1, ALIGNMENT_MAX);
  if (to === undefined) return;
  if ((to & (to - 1)) !== 0) {
    draft.fail(column, { problem: "out-of-range", message: "expected a power of two" });
  } else if (!draft.fill(-draft.length & (to - 1), 0)) {
    tooLarge(call);
  }
}

/** The bytes that literal expressions are; nothing when one is no literal or no byte. */
function literalBytes(draft: Draft, found: readonly Expression[]): Uint8Array | undefined {
  const bytes = new Uint8Array(found.length);
  for (const [index, expression] of found.entries()) {
    const value = isLiteral(expression) ? evaluate(expression, draft.constants) : undefined;
    if (!value?.ok || !isNumberOf(value.value, 1)) return undefined;
    bytes[index] = Number(value.value);
  }
  return bytes;
}

function codeBytes(call: Call, isStart: boolean): void {
  const { draft } = call;
  const found = expressions(call, 1, Infinity);
  if (found === undefined) return;
  const bytes = literalBytes(draft, found) ?? found;
  draft.items.push({ kind: "bytes", line: draft.line, isStart, bytes });
}

function equ(call: Call): void {
  const { draft, column } = call;
  const [named, expression] = expressions(call, 2, 2) ?? [];
  if (named === undefined || expression === undefined) return;
  const name = soleName(named);
  if (name === undefined) {
    draft.fail(named.column, { problem: "syntax", message: "expected a name" });
    return;
  }
  const value = evaluate(expression, draft.constants);
  if (value.ok) {
    draft.define(name, named.column, { kind: "constant", value: value.value });
  } else if (value.error.problem === "not-constant") {
    draft.derived.push({ name, expression, line: draft.line });
    draft.define(name, named.column, { kind: "derived" });
  } else {
    draft.fail(value.error.column, value.error);
    draft.define(name, column, { kind: "constant", value: 0n });
  }
}

function table(call: Call, found: readonly Expression[], count: number): void {
  const { draft, column } = call;
  for (const expression of found) {
    if (draft.tableCount + count > TABLE_ENTRIES_MAX) {
      draft.fail(column, { problem: "too-large", message: "too many jump table entries" });
      return;
    }
    draft.tableCount += count;
    if (count > 0) draft.table.push({ line: draft.line, expression, count });
  }
}

function tableRepeat(call: Call): void {
  const [count, expression] = expressions(call, 2, 2) ?? [];
  if (count === undefined || expression === undefined) return;
  const times = call.draft.constant(count, 0, TABLE_ENTRIES_MAX);
  if (times !== undefined) table(call, [expression], times);
}

interface Directive {
  /** The sections in which it may stand; everywhere when left out. */
  readonly sections?: readonly Section[];
  readonly run: (call: Call) => void;
}

function enter(section: Section): Directive {
  return {
    run: (call) => {
      if (expressions(call, 0, 0) !== undefined) call.draft.section = section;
    },
  };
}

const STORED: readonly Section[] = ["rodata", "data"];
const ANY_DATA: readonly Section[] = ["rodata", "data", "bss"];
const CODE: readonly Section[] = ["code"];

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map<string, Directive>([
  [".code", enter("code")],
  [".rodata", enter("rodata")],
  [".data", enter("data")],
  [".bss", enter("bss")],
  [".byte", { sections: STORED, run: (call) => numbers(call, 1) }],
  [".half", { sections: STORED, run: (call) => numbers(call, 2) }],
  [".word", { sections: STORED, run: (call) => numbers(call, 4) }],
  [".long", { sections: STORED, run: (call) => numbers(call, 8) }],
  [".ascii", { sections: STORED, run: ascii }],
  [".space", { sections: ANY_DATA, run: space }],
  [".align", { sections: ANY_DATA, run: align }],
  [".op", { sections: CODE, run: (call) => codeBytes(call, true) }],
  [".raw", { sections: CODE, run: (call) => codeBytes(call, false) }],
  [".equ", { run: equ }],
  [".table", { run: (call) => table(call, expressions(call, 1, Infinity) ?? [], 1) }],
  [".table_repeat", { run: tableRepeat }],
  [".table_width", {
    run: (call) => {
      call.draft.tableWidth = one(call, 0, WIDTH_MAX) ?? call.draft.tableWidth;
    },
  }],
  [".stack", {
    run: (call) => {
      call.draft.stackBytes = one(call, 0, U24_MAX) ?? call.draft.stackBytes;
    },
  }],
  [".heap", {
    run: (call) => {
      call.draft.heapBytes = one(call, 0, BSS_BYTES_MAX) ?? call.draft.heapBytes;
    },
  }],
]);

/** Does what a directive says. */
export function runDirective(draft: Draft, { name, args, column }: WrittenDirective): void {
  const directive = DIRECTIVES.get(name);
  if (directive === undefined) {
    draft.fail(column, {
      problem: "unknown-directive",
      message: `there is no directive "${name}"`,
    });
  } else if (directive.sections?.includes(draft.section) === false) {
    const message = `"${name}" cannot stand in the section .${draft.section}`;
    draft.fail(column, { problem: "wrong-section", message });
  } else {
    directive.run({ draft, args, column });
  }
}
