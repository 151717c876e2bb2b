/**
 * Operands of instructions in generated code: registers are locals, everything else is a constant.
 *
 * @module
 */

import { RECORDS } from "../mod.ts";
import { FunctionWriter } from "./function_writer.ts";
import * as op from "./wasm_opcodes.ts";

/** The locals of a chunk's function: its parameter, the registers, and what it works with. */
export const LOCAL = {
  entry: 0,
  register0: 1,
  wide: 14,
  fuel: 15,
  address: 16,
  place: 17,
  mainLimit: 18,
  sideBase: 19,
  sideLimit: 20,
  sideDelta: 21,
  next: 22,
} as const;

/** Writes the code of a chunk; operands are places, as in the records. */
export class OperandWriter extends FunctionWriter {
  readonly #words: Int32Array;

  constructor(words: Int32Array) {
    super();
    this.#words = words;
  }

  /** A word of a record. */
  word(place: number): number {
    return this.#words[place] ?? 0;
  }

  /** Whether an operand is a register. */
  isRegister(place: number): boolean {
    return place < RECORDS.ZERO;
  }

  /** Puts the 64 bits of an operand on the stack. */
  push64(place: number): void {
    if (this.isRegister(place)) this.get(LOCAL.register0 + place / 2);
    else this.const64(this.word(place), this.word(place + 1));
  }

  /** Puts its low 32 bits on the stack. */
  push32(place: number): void {
    if (!this.isRegister(place)) return this.const32(this.word(place));
    this.get(LOCAL.register0 + place / 2);
    this.op(op.I32_WRAP);
  }

  /** Takes 64 bits from the stack. */
  pop64(place: number): void {
    this.set(LOCAL.register0 + place / 2);
  }
}
