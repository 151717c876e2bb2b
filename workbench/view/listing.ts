/** The disassembly, line by line. */

import { instructionAt } from "../../src/cli/trace.ts";
import type { Code } from "../../src/pvm/mod.ts";
import type { Session } from "../machine/session.ts";
import { byte } from "./numbers.ts";

/** So many bytes of an instruction are shown. */
const BYTES_SHOWN = 7;

/** A line of the disassembly. */
export interface CodeLine {
  readonly pc: number;
  readonly mnemonic: string;
  readonly operands: string;
  /** Its bytes as hexadecimal digits. */
  readonly bytes: string;
  readonly isBlockStart: boolean;
  /** Whether it is executed next. */
  readonly isNext: boolean;
  readonly isBreakpoint: boolean;
  /** How often its block was entered; nothing but at the start of a block. */
  readonly entries: number | undefined;
}

/** The code offsets of all instructions. */
export function offsetsOf({ starts }: Code): Int32Array {
  const offsets = new Int32Array(starts.reduce((sum, start) => sum + start, 0));
  let count = 0;
  for (let pc = starts.indexOf(1); pc >= 0; pc = starts.indexOf(1, pc + 1)) offsets[count++] = pc;
  return offsets;
}

/** The number of the line of a code offset, or of the last one before it; 0 where there is none. */
export function lineOf(offsets: Int32Array, pc: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) <= pc) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** A line of the disassembly. */
export function codeLine(
  session: Session,
  offsets: Int32Array,
  line: number,
  breakpoints: ReadonlySet<number>,
): CodeLine {
  const { code } = session.plan.input;
  const pc = offsets[line] ?? 0;
  const end = Math.min(offsets[line + 1] ?? code.bytes.length, pc + BYTES_SHOWN + 1);
  const bytes = Array.from(code.bytes.subarray(pc, end), byte);
  const shown = bytes.length > BYTES_SHOWN ? [...bytes.slice(0, BYTES_SHOWN - 1), "…"] : bytes;
  const text = instructionAt(code, pc);
  const gap = text.indexOf(" ");
  const block = session.blocks.blockOf[session.placeAt(pc)] ?? -1;
  const isBlockStart = session.blocks.starts[block] === pc;
  return {
    pc,
    mnemonic: gap < 0 ? text : text.slice(0, gap),
    operands: gap < 0 ? "" : text.slice(gap + 1),
    bytes: shown.join(" "),
    isBlockStart,
    isNext: session.next === pc && !session.isOver,
    isBreakpoint: breakpoints.has(pc),
    entries: isBlockStart ? session.profile.entriesOf(block) : undefined,
  };
}
