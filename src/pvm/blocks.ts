/**
 * Where the instructions of some code are, and where basic blocks start.
 *
 * @module
 */

import type { Code } from "./code.ts";
import type { Dialect } from "./dialect.ts";
import { decode, NO_OPERANDS, skipOf } from "./instruction.ts";
import type { Instruction } from "./instruction.ts";
import { OPCODES } from "./opcodes.ts";
import type { DialectName } from "./opcodes.ts";

/** What a dialect makes of each byte that starts an instruction. */
interface OpcodeSets {
  readonly defined: ReadonlySet<number>;
  readonly terminators: ReadonlySet<number>;
}

function setsOf(name: DialectName): OpcodeSets {
  const defined = OPCODES.filter((opcode) => opcode.dialects.includes(name));
  return {
    defined: new Set(defined.map((opcode) => opcode.code)),
    terminators: new Set(
      defined.filter((opcode) => opcode.terminates.includes(name)).map(({ code }) => code),
    ),
  };
}

const SETS: Readonly<Record<DialectName, OpcodeSets>> = {
  "gray-paper": setsOf("gray-paper"),
  "javm": setsOf("javm"),
};

/** The opcodes that a dialect has, and those that end a basic block in it. */
export function opcodeSets({ name }: Dialect): OpcodeSets {
  return SETS[name];
}

/** The formats that name a static target. */
const STATIC_JUMPS: ReadonlySet<number> = new Set(
  OPCODES.filter((opcode) => opcode.format.endsWith("_offset")).map((opcode) => opcode.code),
);

/** The code, taken apart. */
export interface Blocks {
  /** Every instruction by ascending place; where an undefined one traps in place, as a trap. */
  readonly instructions: readonly Instruction[];
  /** For each code byte: 1 where execution arrives after a terminator, 2 where a static jump leads, 3 for both. */
  readonly starts: Uint8Array;
}

/** A trap that stands at `pc`. */
export function trapAt(pc: number): Instruction {
  return { pc, opcode: 0, skip: 0, ...NO_OPERANDS };
}

/** The place follows a terminator, or is the first. */
export const AFTER_TERMINATOR = 1;
/** A static jump leads to the place. */
export const TARGET = 2;

/**
 * Finds the instructions and the places where blocks may start (Gray Paper, appendix A.3).
 *
 * A place is marked only where the code says that an instruction starts, and where undefined
 * instructions trap in place, only where it is a defined one.
 */
export function findBlocks(code: Code, dialect: Dialect): Blocks {
  const { defined, terminators } = opcodeSets(dialect);
  const instructions: Instruction[] = [];
  const starts = new Uint8Array(code.bytes.length);
  const mark = (pc: number, as: number) => {
    if (code.starts[pc] === 1) starts[pc] = (starts[pc] ?? 0) | as;
  };
  mark(0, AFTER_TERMINATOR);
  for (let pc = code.starts.indexOf(1); pc >= 0; pc = code.starts.indexOf(1, pc + 1)) {
    const opcode = code.bytes[pc] ?? 0;
    if (!defined.has(opcode)) {
      if (dialect.strayTrapsAt === "place") {
        instructions.push(trapAt(pc));
        starts[pc] = 0;
      }
      continue;
    }
    const instruction = decode(code.bytes, pc, skipOf(code.starts, pc));
    instructions.push(instruction);
    if (terminators.has(opcode)) mark(pc + 1 + instruction.skip, AFTER_TERMINATOR);
    if (STATIC_JUMPS.has(opcode)) mark(instruction.target, TARGET);
  }
  return { instructions, starts };
}
