/**
 * Writing the body of a function: instructions, locals and labels.
 *
 * @module
 */

import { CodeWriter } from "./code_writer.ts";
import * as op from "./wasm_opcodes.ts";

/** Where a label was opened: how many were open then, with it. */
export type Label = number;

/** Writes instructions; labels are counted, so that breaks find them. */
export class FunctionWriter {
  readonly code: CodeWriter = new CodeWriter();
  /** Where a branch is, in the code, and then whether it is taken: 1 for likely, 0 for unlikely. */
  readonly hints: number[] = [];
  #depth = 0;

  /** An instruction without operands of its own. */
  op(...opcodes: readonly number[]): void {
    for (const opcode of opcodes) this.code.byte(opcode);
  }

  get(local: number): void {
    this.code.byte(op.LOCAL_GET);
    this.code.byte(local);
  }

  set(local: number): void {
    this.code.byte(op.LOCAL_SET);
    this.code.byte(local);
  }

  tee(local: number): void {
    this.code.byte(op.LOCAL_TEE);
    this.code.byte(local);
  }

  const32(value: number): void {
    this.code.byte(op.I32_CONST);
    this.code.signed(value);
  }

  const64(low: number, high: number): void {
    this.code.byte(op.I64_CONST);
    this.code.signed64(low, high);
  }

  /** A load or a store; nothing is said about alignment. */
  access(opcode: number, offset: number): void {
    this.code.byte(opcode);
    this.code.byte(0);
    this.code.unsigned(offset);
  }

  call(index: number): void {
    this.code.byte(op.CALL);
    this.code.unsigned(index);
  }

  #open(opcode: number, type: number): Label {
    this.code.byte(opcode);
    this.code.byte(type);
    return ++this.#depth;
  }

  block(): Label {
    return this.#open(op.BLOCK, op.VOID);
  }

  loop(): Label {
    return this.#open(op.LOOP, op.VOID);
  }

  if(type: number = op.VOID): Label {
    return this.#open(op.IF, type);
  }

  /** A condition that holds nearly always. */
  ifLikely(): Label {
    this.hints.push(this.code.length, 1);
    return this.#open(op.IF, op.VOID);
  }

  /** A condition that holds nearly never. */
  ifUnlikely(): Label {
    this.hints.push(this.code.length, 0);
    return this.#open(op.IF, op.VOID);
  }

  else(): void {
    this.code.byte(op.ELSE);
  }

  end(): void {
    this.code.byte(op.END);
    this.#depth--;
  }

  br(label: Label): void {
    this.code.byte(op.BR);
    this.code.unsigned(this.#depth - label);
  }

  brIf(label: Label): void {
    this.code.byte(op.BR_IF);
    this.code.unsigned(this.#depth - label);
  }

  /** Breaks out to the label with the number on the stack; to the last one beyond. */
  brTable(labels: readonly Label[], otherwise: Label): void {
    this.code.byte(op.BR_TABLE);
    this.code.unsigned(labels.length);
    for (const label of labels) this.code.unsigned(this.#depth - label);
    this.code.unsigned(this.#depth - otherwise);
  }
}
