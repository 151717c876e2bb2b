/** Writing WebAssembly by hand, with a few words. */

import type { CodeWriter } from "../../src/pvm/recompiler/code_writer.ts";
import { FunctionWriter } from "../../src/pvm/recompiler/function_writer.ts";
import * as op from "../../src/pvm/recompiler/wasm_opcodes.ts";

// The locals: the parameter, words of 64 bits, words of 32 bits.
/** What the program is asked for. */
export const COUNT = 0;
/** The result, and words of 64 bits. */
export const R7 = 1;
export const R8 = 2;
export const R10 = 3;
export const R11 = 4;
export const R12 = 5;
const FUEL = 8;
/** Words of 32 bits. */
export const I = 9;
export const J = 10;
export const K = 11;
export const END = 12;

/** Writes programs with a few words. */
export class Hand extends FunctionWriter {
  #exit = 0;

  /** Pays for a block, or leaves. */
  pay(cost: number): void {
    this.get(FUEL);
    this.const32(cost);
    this.op(op.I32_LT_S);
    this.brIf(this.#exit);
    this.get(FUEL);
    this.const32(cost);
    this.op(op.I32_SUB);
    this.set(FUEL);
  }

  /** A whole program, which gives R7. */
  program(write: () => void): CodeWriter {
    this.const32(0x7fffffff);
    this.set(FUEL);
    this.#exit = this.block();
    write();
    this.end();
    // What was spent, for whoever asks.
    this.const32(0);
    this.get(FUEL);
    this.access(op.I32_STORE, 0);
    this.get(R7);
    this.op(op.END);
    return this.code;
  }

  set64(local: number, value: bigint): void {
    const [low, high] = [
      Number(value & 0xffff_ffffn),
      Number((value >> 32n) & 0xffff_ffffn),
    ];
    this.const64(low | 0, high | 0);
    this.set(local);
  }

  set32(local: number, value: number): void {
    this.const32(value);
    this.set(local);
  }

  /** `target = a opcode b`. */
  binary(target: number, a: number, b: number, opcode: number): void {
    this.get(a);
    this.get(b);
    this.op(opcode);
    this.set(target);
  }

  /** `local += value`, 32 bits. */
  advance(local: number, value: number): void {
    this.get(local);
    this.const32(value);
    this.op(op.I32_ADD);
    this.set(local);
  }

  /** A loop that goes on while a word of 32 bits is below another. */
  while(local: number, end: number, write: () => void): void {
    const again = this.loop();
    write();
    this.get(local);
    this.get(end);
    this.op(op.I32_LT_U);
    this.brIf(again);
    this.end();
  }

  /** A loop that counts the parameter, or another word, down to zero. */
  countdown(local: number, write: () => void): void {
    const again = this.loop();
    write();
    this.get(local);
    this.const32(-1);
    this.op(op.I32_ADD);
    this.tee(local);
    this.brIf(again);
    this.end();
  }
}
