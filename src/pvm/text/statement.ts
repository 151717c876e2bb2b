/**
 * The statements of a line: labels, and an instruction or a directive.
 *
 * @module
 */

import { OPCODES } from "../opcodes.ts";
import type { Opcode } from "../opcodes.ts";
import type { Cursor } from "./cursor.ts";
import { numberExpression, parseExpression, REGISTER } from "./expression.ts";
import type { Expression } from "./expression.ts";
import { slotsOf } from "./shape.ts";
import type { RegisterField, Slot, ValueField } from "./shape.ts";

/** A value as it is written: where, and how many bytes it must take, if that is said. */
export interface Written {
  readonly slot: ValueSlot;
  readonly expression: Expression;
  readonly pinned: number | undefined;
}

/** An operand that holds a value. */
export type ValueSlot = Exclude<Slot, { readonly kind: "register" }>;

/** An instruction as it is written. */
export interface WrittenInstruction {
  readonly kind: "instruction";
  readonly opcode: Opcode;
  readonly column: number;
  readonly registers: Readonly<Partial<Record<RegisterField, number>>>;
  readonly values: Readonly<Partial<Record<ValueField, Written>>>;
}

/** An argument of a directive. */
export type Argument =
  | { readonly kind: "expression"; readonly expression: Expression; readonly column: number }
  | { readonly kind: "text"; readonly bytes: readonly number[]; readonly column: number };

/** A directive as it is written. */
export interface WrittenDirective {
  readonly kind: "directive";
  readonly name: string;
  readonly column: number;
  readonly args: readonly Argument[];
}

/** What a line may hold, one after the other. */
export type Statement =
  | WrittenInstruction
  | WrittenDirective
  | { readonly kind: "label"; readonly name: string; readonly column: number };

const MNEMONICS: ReadonlyMap<string, { opcode: Opcode; slots: readonly Slot[] }> = new Map(
  OPCODES.map((opcode) => [opcode.mnemonic, { opcode, slots: slotsOf(opcode) }]),
);

/** The number of the register ahead; nothing when there is none. */
function registerAhead({ token }: Cursor): number | undefined {
  return token.kind === "name" && REGISTER.test(token.text)
    ? Number(token.text.slice(1))
    : undefined;
}

/** A length in bytes behind a colon, if one is there. */
function parsePin(cursor: Cursor): number | undefined {
  if (!cursor.skip(":")) return undefined;
  const { token } = cursor;
  if (token.kind === "number" && token.value <= 4n) {
    cursor.advance();
    return Number(token.value);
  }
  cursor.fail("syntax", "expected a length of 0 to 4 bytes");
  return undefined;
}

function parseValue(cursor: Cursor, slot: ValueSlot): Written | undefined {
  const expression = parseExpression(cursor);
  if (expression === undefined) return undefined;
  return { slot, expression, pinned: slot.kind === "wide" ? undefined : parsePin(cursor) };
}

/** What is added to the base ahead: nothing at all stands for 0. */
function parseAdded(cursor: Cursor, slot: ValueSlot): Written | undefined {
  if (cursor.isAt("+") || cursor.isAt("-")) return parseValue(cursor, slot);
  if (cursor.isAt("]")) {
    return { slot, expression: numberExpression(0n, cursor.token.column), pinned: undefined };
  }
  cursor.fail("syntax", 'expected "+", "-" or "]"');
  return undefined;
}

/** Operands while they are read. */
interface Operands {
  readonly registers: Partial<Record<RegisterField, number>>;
  readonly values: Partial<Record<ValueField, Written>>;
}

function parseRegister(cursor: Cursor, field: RegisterField, { registers }: Operands): boolean {
  const number = registerAhead(cursor);
  if (number === undefined) return cursor.fail("syntax", "expected a register, r0 to r12");
  registers[field] = number;
  cursor.advance();
  return true;
}

function parsePlace(
  cursor: Cursor,
  slot: Extract<Slot, { kind: "place" }>,
  operands: Operands,
): boolean {
  if (!cursor.expect("[")) return false;
  if (slot.base !== undefined && !parseRegister(cursor, slot.base, operands)) return false;
  const value = slot.base === undefined ? parseValue(cursor, slot) : parseAdded(cursor, slot);
  if (value !== undefined) operands.values[slot.field] = value;
  return value !== undefined && cursor.expect("]");
}

function parseOperand(cursor: Cursor, slot: Slot, operands: Operands): boolean {
  if (slot.kind === "register") return parseRegister(cursor, slot.field, operands);
  if (slot.kind === "place") return parsePlace(cursor, slot, operands);
  const value = parseValue(cursor, slot);
  if (value !== undefined) operands.values[slot.field] = value;
  return value !== undefined;
}

/** Reads an instruction; the cursor tells what is wrong with one. */
function parseInstruction(cursor: Cursor, mnemonic: string): Statement | undefined {
  const known = MNEMONICS.get(mnemonic);
  if (known === undefined) {
    cursor.fail("unknown-mnemonic", `there is no instruction "${mnemonic}"`);
    return undefined;
  }
  const { column } = cursor.token;
  cursor.advance();
  const operands: Operands = { registers: {}, values: {} };
  for (const [place, slot] of known.slots.entries()) {
    if (place > 0 && !cursor.expect(",")) return undefined;
    if (!parseOperand(cursor, slot, operands)) return undefined;
  }
  return { kind: "instruction", opcode: known.opcode, column, ...operands };
}

function parseArgument(cursor: Cursor): Argument | undefined {
  const { token } = cursor;
  if (token.kind === "text") {
    cursor.advance();
    return { kind: "text", bytes: token.bytes, column: token.column };
  }
  const expression = parseExpression(cursor);
  return expression === undefined
    ? undefined
    : { kind: "expression", expression, column: token.column };
}

function parseDirective(cursor: Cursor, name: string): Statement | undefined {
  const { column } = cursor.token;
  cursor.advance();
  const args: Argument[] = [];
  while (cursor.token.kind !== "end") {
    if (args.length > 0 && !cursor.expect(",")) return undefined;
    const argument = parseArgument(cursor);
    if (argument === undefined) return undefined;
    args.push(argument);
  }
  return { kind: "directive", name, column, args };
}

/** Reads the statements of a line; the cursor tells the first mistake. */
export function parseLine(cursor: Cursor): readonly Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    const { token, following } = cursor;
    if (token.kind !== "name" || following.kind !== "mark" || following.text !== ":") break;
    if (REGISTER.test(token.text)) cursor.fail("syntax", "a register cannot be a label");
    statements.push({ kind: "label", name: token.text, column: token.column });
    cursor.advance();
    cursor.advance();
  }
  const { token } = cursor;
  if (token.kind === "end") return statements;
  const statement = token.kind === "name"
    ? parseInstruction(cursor, token.text)
    : token.kind === "directive"
    ? parseDirective(cursor, token.text)
    : undefined;
  if (statement === undefined) cursor.fail("syntax", "expected an instruction or a directive");
  else if (cursor.expectEnd()) statements.push(statement);
  return statements;
}
