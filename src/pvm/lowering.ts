/**
 * How each opcode becomes an operation on places: the immediate forms, and the direct loads and
 * stores, are other forms of what the registers do.
 *
 * @module
 */

import { assertNever } from "../result.ts";
import type { Dialect } from "./dialect.ts";
import type { Instruction } from "./instruction.ts";
import { A, AUXILIARY, B, D, IMMEDIATE, OPERATION, ZERO } from "./record.ts";

/** Where an operation finds an operand: in a register, in the record itself, or nowhere (zero). */
type Source = "a" | "b" | "d" | "immediate" | "zero";

/** How the operands of an opcode become those of an operation. */
interface Form {
  readonly d: Source;
  readonly a: Source;
  readonly b: Source;
  /** Which immediate is the 64-bit operand. */
  readonly immediate: "x" | "y";
  /** What the auxiliary word holds. */
  readonly auxiliary: "x" | "y" | "target";
}

function form(
  d: Source,
  a: Source,
  b: Source,
  immediate: "x" | "y" = "x",
  auxiliary: "x" | "y" | "target" = "x",
): Form {
  return Object.freeze({ d, a, b, immediate, auxiliary });
}

/** An opcode, the operation that does it, and how its operands get there. */
interface Lowering {
  readonly operation: number;
  readonly form: Form;
}

/** `count` opcodes from `first` on, done by as many operations from `operation` on. */
function rows(
  form: Form,
  first: number,
  operation: number,
  count = 1,
): readonly (readonly [number, Lowering])[] {
  return Array.from(
    { length: count },
    (_, place) => [first + place, { operation: operation + place, form }] as const,
  );
}

const REGISTERS_ONLY = form("d", "a", "b");
const BY_IMMEDIATE = form("a", "b", "immediate");
const OF_IMMEDIATE = form("a", "immediate", "b");
const MOVE_IMMEDIATE = form("a", "immediate", "zero");
const LOAD = form("a", "zero", "zero");
const LOAD_INDIRECT = form("a", "b", "zero");
const STORE = form("zero", "zero", "a");
const STORE_INDIRECT = form("zero", "b", "a");
const STORE_IMMEDIATE = form("zero", "zero", "immediate", "y");
const STORE_IMMEDIATE_INDIRECT = form("zero", "a", "immediate", "y");
const BRANCH = form("zero", "a", "b", "x", "target");
const BRANCH_IMMEDIATE = form("zero", "a", "immediate", "x", "target");
const BRANCH_IMMEDIATE_SWAPPED = form("zero", "immediate", "a", "x", "target");

const LOAD_IMM_JUMP_IND = 180;

/** The lowering of every opcode; the others are opcodes that trap. */
const LOWERINGS: ReadonlyMap<number, Lowering> = new Map([
  ...rows(REGISTERS_ONLY, 0, 0, 4), // trap, fallthrough, unlikely, ecall
  ...rows(MOVE_IMMEDIATE, 10, 10), // ecalli
  ...rows(MOVE_IMMEDIATE, 20, 100), // load_imm_64
  ...rows(STORE_IMMEDIATE, 30, 120, 4),
  ...rows(form("zero", "zero", "zero", "x", "target"), 40, 40), // jump
  ...rows(form("zero", "a", "zero"), 50, 50), // jump_ind
  ...rows(MOVE_IMMEDIATE, 51, 100), // load_imm
  ...rows(LOAD, 52, 124, 7),
  ...rows(STORE, 59, 120, 4),
  ...rows(STORE_IMMEDIATE_INDIRECT, 70, 120, 4),
  ...rows(form("a", "immediate", "zero", "x", "target"), 80, 80), // load_imm_jump
  ...rows(BRANCH_IMMEDIATE, 81, 170, 2), // eq, ne
  ...rows(BRANCH_IMMEDIATE, 83, 172), // lt_u
  ...rows(BRANCH_IMMEDIATE_SWAPPED, 84, 174), // le_u: the immediate is at least A
  ...rows(BRANCH_IMMEDIATE, 85, 174), // ge_u
  ...rows(BRANCH_IMMEDIATE_SWAPPED, 86, 172), // gt_u: the immediate is below A
  ...rows(BRANCH_IMMEDIATE, 87, 173), // lt_s
  ...rows(BRANCH_IMMEDIATE_SWAPPED, 88, 175), // le_s
  ...rows(BRANCH_IMMEDIATE, 89, 175), // ge_s
  ...rows(BRANCH_IMMEDIATE_SWAPPED, 90, 173), // gt_s
  ...rows(REGISTERS_ONLY, 100, 100, 12),
  ...rows(STORE_INDIRECT, 120, 120, 4),
  ...rows(LOAD_INDIRECT, 124, 124, 7),
  ...rows(BY_IMMEDIATE, 131, 190), // add_imm_32
  ...rows(BY_IMMEDIATE, 132, 210, 3), // and_imm, xor_imm, or_imm
  ...rows(BY_IMMEDIATE, 135, 192), // mul_imm_32
  ...rows(BY_IMMEDIATE, 136, 216, 2), // set_lt_u_imm, set_lt_s_imm
  ...rows(BY_IMMEDIATE, 138, 197, 3), // shifts of 32 bits
  ...rows(OF_IMMEDIATE, 141, 191), // neg_add_imm_32
  ...rows(OF_IMMEDIATE, 142, 216, 2), // set_gt_u_imm, set_gt_s_imm: the immediate is below B
  ...rows(OF_IMMEDIATE, 144, 197, 3), // shifts of the immediate, 32 bits
  ...rows(OF_IMMEDIATE, 147, 218, 2), // cmov_iz_imm, cmov_nz_imm
  ...rows(BY_IMMEDIATE, 149, 200), // add_imm_64
  ...rows(BY_IMMEDIATE, 150, 202), // mul_imm_64
  ...rows(BY_IMMEDIATE, 151, 207, 3), // shifts of 64 bits
  ...rows(OF_IMMEDIATE, 154, 201), // neg_add_imm_64
  ...rows(OF_IMMEDIATE, 155, 207, 3), // shifts of the immediate, 64 bits
  ...rows(BY_IMMEDIATE, 158, 222), // rot_r_64_imm
  ...rows(OF_IMMEDIATE, 159, 222), // rot_r_64_imm_alt
  ...rows(BY_IMMEDIATE, 160, 223), // rot_r_32_imm
  ...rows(OF_IMMEDIATE, 161, 223), // rot_r_32_imm_alt
  ...rows(BRANCH, 170, 170, 6),
  ...rows(form("a", "b", "immediate", "x", "y"), 180, 180), // load_imm_jump_ind
  ...rows(REGISTERS_ONLY, 190, 190, 41),
]);

/** The operation of an opcode that traps. */
const TRAP = form("zero", "zero", "zero");

/** The place of an operand of the instruction whose record begins at `record`. */
function placeOf(source: Source, instruction: Instruction, record: number): number {
  switch (source) {
    case "a":
      return 2 * instruction.a;
    case "b":
      return 2 * instruction.b;
    case "d":
      return 2 * instruction.d;
    case "immediate":
      return record + IMMEDIATE;
    case "zero":
      return ZERO;
    default:
      return assertNever(source, ZERO);
  }
}

/**
 * Writes an instruction as the record at `record`.
 *
 * @param target The place of the record that it jumps to, 0 when it may not.
 */
export function writeRecord(
  words: Int32Array,
  record: number,
  instruction: Instruction,
  target: number,
  dialect: Dialect,
): void {
  const lowering = LOWERINGS.get(instruction.opcode);
  const { d, a, b, immediate, auxiliary } = lowering?.form ?? TRAP;
  const { x, xHigh, y } = instruction;
  words[record + OPERATION] = lowering?.operation ?? 0;
  words[record + D] = placeOf(d, instruction, record);
  words[record + A] = placeOf(a, instruction, record);
  words[record + B] = placeOf(b, instruction, record);
  words[record + IMMEDIATE] = immediate === "x" ? x : y;
  words[record + IMMEDIATE + 1] = immediate === "x" ? xHigh : y >> 31;
  if (
    instruction.opcode === LOAD_IMM_JUMP_IND && dialect.loadImmJumpIndReads === "after" &&
    instruction.a === instruction.b
  ) {
    // By then the base holds the immediate.
    words[record + A] = record + IMMEDIATE;
  }
  words[record + AUXILIARY] = auxiliary === "target" ? target : auxiliary === "x" ? x : y;
}
