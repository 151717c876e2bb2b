/** The blocks of a program: where they begin and which instruction lies in which. */

import { RECORDS } from "../../src/pvm/mod.ts";
import type { Prepared } from "../../src/pvm/mod.ts";

const { FIRST_RECORD, OPERATION, RECORD } = RECORDS;

/** Execution arrives there after the end of a block, or by a jump. */
const AFTER_TERMINATOR = 1;
const TARGET = 2;

/** The blocks of a program, numbered in the order of the code. */
export interface BlockMap {
  /** The code offset at which each block begins. */
  readonly starts: readonly number[];
  /** The block of each instruction, by its place among the records. */
  readonly blockOf: Int32Array;
  /** 1 for each instruction that a block begins with, by its place. */
  readonly isStart: Uint8Array;
  /** How many instructions that end a block come before each instruction. */
  readonly stretchOf: Int32Array;
}

/** Finds the blocks. */
export function blockMapOf({ dialect, isTerminator, layout }: Prepared): BlockMap {
  const { pcs, starts: marks, words } = layout;
  const mask = dialect.targetsStartBlocks ? AFTER_TERMINATOR | TARGET : AFTER_TERMINATOR;
  const starts: number[] = [];
  const blockOf = new Int32Array(pcs.length);
  const isStart = new Uint8Array(pcs.length);
  const stretchOf = new Int32Array(pcs.length);
  let [isEnd, stretch] = [true, 0];
  for (let place = 0; place < pcs.length; place++) {
    const pc = pcs[place] ?? 0;
    if (isEnd || ((marks[pc] ?? 0) & mask) !== 0) {
      starts.push(pc);
      isStart[place] = 1;
    }
    blockOf[place] = starts.length - 1;
    stretchOf[place] = stretch;
    isEnd = isTerminator(words[FIRST_RECORD + RECORD * place + OPERATION] ?? 0);
    if (isEnd) stretch++;
  }
  return { starts, blockOf, isStart, stretchOf };
}
