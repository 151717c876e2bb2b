/**
 * Loads and stores in generated code.
 *
 * An address is looked for in a window first: the main one, or the one around the stack pointer where
 * the address is made from that. Everything else is looked up by its page; what may not be touched, or lies
 * in two pages, is the interpreter's. No function is called, since a call would cost every loop around it its
 * registers.
 *
 * @module
 */

import { GUEST_LAYOUT } from "../../paged/mod.ts";
import { LOCAL, type OperandWriter } from "./operands.ts";
import * as op from "./wasm_opcodes.ts";

const { CAN_READ, CAN_WRITE, MAIN_PAGES, PAGE_WORDS, WORD_SHIFT } = GUEST_LAYOUT;

/** The bytes that a page word is for. */
const PAGE_BYTES: number = 2 ** WORD_SHIFT;

/** The place of the register that points at the stack. */
const STACK_POINTER = 2;

/** A load or a store. */
interface Access {
  readonly opcode: number;
  /** How many bytes there are behind the first. */
  readonly reach: number;
  readonly isStore: boolean;
}

const load = (opcode: number, reach: number): Access => ({ opcode, reach, isStore: false });
const store = (opcode: number, reach: number): Access => ({ opcode, reach, isStore: true });

/** The loads and stores, by operation. */
export const ACCESSES: ReadonlyMap<number, Access> = new Map([
  [120, store(op.I64_STORE8, 0)],
  [121, store(op.I64_STORE16, 1)],
  [122, store(op.I64_STORE32, 3)],
  [123, store(op.I64_STORE, 7)],
  [124, load(op.I64_LOAD8_U, 0)],
  [125, load(op.I64_LOAD8_S, 0)],
  [126, load(op.I64_LOAD16_U, 1)],
  [127, load(op.I64_LOAD16_S, 1)],
  [128, load(op.I64_LOAD32_U, 3)],
  [129, load(op.I64_LOAD32_S, 3)],
  [130, load(op.I64_LOAD, 7)],
]);

/** The operands of a load or a store. */
export interface AccessOperands {
  readonly base: number;
  readonly displacement: number;
  /** Where a load goes, or what is stored. */
  readonly value: number;
}

/** Writes the access itself, at the place on the top of the stack. */
function move(writer: OperandWriter, access: Access, value: number, offset: number): void {
  if (access.isStore) writer.push64(value);
  writer.access(access.opcode, offset);
  if (!access.isStore) writer.pop64(value);
}

function pushAddress(writer: OperandWriter, base: number, displacement: number): void {
  if (!writer.isRegister(base)) return writer.const32(writer.word(base) + displacement);
  writer.push32(base);
  if (displacement === 0) return;
  writer.const32(displacement);
  writer.op(op.I32_ADD);
}

/**
 * Writes a load or a store.
 *
 * @param mainBase Where the main window begins.
 * @param fail Writes how it ends where the access is not for this code.
 */
export function writeAccess(
  writer: OperandWriter,
  access: Access,
  { base, displacement, value }: AccessOperands,
  mainBase: number,
  fail: () => void,
): void {
  const isSide = base === STACK_POINTER;
  if (isSide) {
    pushAddress(writer, base, displacement);
    writer.get(LOCAL.sideBase);
    writer.op(op.I32_SUB);
  } else {
    pushAddress(writer, base, displacement - mainBase);
    writer.tee(LOCAL.place);
  }
  writer.get(isSide ? LOCAL.sideLimit : LOCAL.mainLimit);
  writer.op(op.I32_LT_U);
  writer.ifLikely();
  if (isSide) {
    pushAddress(writer, base, displacement);
    writer.get(LOCAL.sideDelta);
    writer.op(op.I32_ADD);
  } else {
    writer.get(LOCAL.place);
  }
  move(writer, access, value, isSide ? 0 : MAIN_PAGES);
  writer.else();
  pushAddress(writer, base, displacement);
  writer.set(LOCAL.address);
  findPage(writer, access);
  writer.ifUnlikely();
  fail();
  writer.end();
  writer.get(LOCAL.address);
  writer.get(LOCAL.place);
  writer.const32(-PAGE_BYTES);
  writer.op(op.I32_AND, op.I32_ADD);
  move(writer, access, value, 0);
  writer.end();
}

/** Looks up the word of the address's page, and leaves on the stack whether the access is not for it. */
function findPage(writer: OperandWriter, { reach, isStore }: Access): void {
  writer.get(LOCAL.address);
  writer.const32(WORD_SHIFT);
  writer.op(op.I32_SHR_U);
  writer.const32(2);
  writer.op(op.I32_SHL);
  writer.access(op.I32_LOAD, PAGE_WORDS);
  writer.tee(LOCAL.place);
  writer.const32(isStore ? CAN_WRITE : CAN_READ);
  writer.op(op.I32_AND, op.I32_EQZ);
  if (reach === 0) return;
  writer.get(LOCAL.address);
  writer.const32(PAGE_BYTES - 1);
  writer.op(op.I32_AND);
  writer.const32(PAGE_BYTES - 1 - reach);
  writer.op(op.I32_GT_U, op.I32_OR);
}
