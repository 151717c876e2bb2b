/**
 * A program laid out for the interpreter: decoded once, with every jump resolved.
 *
 * @module
 */

import { AFTER_TERMINATOR, findBlocks, TARGET, trapAt } from "./blocks.ts";
import type { Blocks } from "./blocks.ts";
import { jumpTarget } from "./code.ts";
import type { Code } from "./code.ts";
import type { Dialect } from "./dialect.ts";
import type { Instruction } from "./instruction.ts";
import { writeRecord } from "./lowering.ts";
import { FIRST_RECORD, RECORD, REGISTERS } from "./record.ts";
import type { RegisterFile } from "./state.ts";

/** Code laid out as records, in the order of the code. */
export interface Layout {
  /** The registers' places, then the records: see `record.ts`. */
  readonly words: Int32Array;
  /** The registers' places alone. */
  readonly registers: Int32Array;
  /** Whose registers lie there. */
  holder: RegisterFile;
  /** The code offset of each record. */
  readonly pcs: Int32Array;
  /** The place of the record at each code offset, the end included; 0 where there is none. */
  readonly recordAt: Int32Array;
  /** The place of the record that each entry of the jump table leads to; 0 where it may not. */
  readonly table: Int32Array;
  /** The place of the record that a jump to a code offset leads to; 0 where it may not. */
  readonly landing: (pc: number) => number;
  /** What blocks start where: see `blocks.ts`. */
  readonly starts: Uint8Array;
}

const JUMP = 40;

/** Whether the record of an instruction only leads stray execution to the end of the code. */
export function leadsAstray({ pc, opcode }: Instruction, end: number): boolean {
  return pc === end && opcode === JUMP;
}

/**
 * The instructions in the order of their records, each followed by what it falls through to: where
 * the next place has no instruction, by a trap that stands there, or by a way to the end.
 */
function planned({ instructions }: Blocks, end: number, dialect: Dialect): readonly Instruction[] {
  const plan: Instruction[] = [];
  for (const [place, instruction] of instructions.entries()) {
    plan.push(instruction);
    const next = instruction.pc + 1 + instruction.skip;
    if (next === instructions[place + 1]?.pc) continue;
    if (dialect.strayTrapsAt === "end") plan.push({ ...trapAt(end), opcode: JUMP });
    else if (next !== end) plan.push(trapAt(next));
  }
  plan.push(trapAt(end));
  return plan;
}

/** Lays code out as records. */
export function layOut(code: Code, dialect: Dialect): Layout {
  const end = code.bytes.length;
  const blocks = findBlocks(code, dialect);
  const plan = planned(blocks, end, dialect);
  const words = new Int32Array(FIRST_RECORD + RECORD * plan.length);
  const pcs = new Int32Array(plan.length);
  const recordAt = new Int32Array(end + 1);
  const recordOf = (place: number) => FIRST_RECORD + RECORD * place;
  plan.forEach(({ pc }, place) => {
    pcs[place] = pc;
    // The end of the code is a place of its own only where stray execution traps in place.
    if (pc < end || dialect.strayTrapsAt === "place") recordAt[pc] = recordOf(place);
  });
  const startsBlock = dialect.targetsStartBlocks ? AFTER_TERMINATOR | TARGET : AFTER_TERMINATOR;
  const { starts } = blocks;
  const landing = (pc: number) => ((starts[pc] ?? 0) & startsBlock) === 0 ? 0 : recordAt[pc] ?? 0;
  plan.forEach((instruction, place) => {
    const target = leadsAstray(instruction, end)
      ? recordOf(plan.length - 1)
      : landing(instruction.target);
    writeRecord(words, recordOf(place), instruction, target, dialect);
  });
  const table = Int32Array.from(
    { length: code.jumpTable.width === 0 ? 0 : code.jumpTable.count },
    (_, index) => landing(jumpTarget(code.jumpTable, index)),
  );
  const registers = words.subarray(0, 2 * REGISTERS);
  const holder = { words: registers };
  return { words, registers, holder, pcs, recordAt, table, landing, starts };
}
