/**
 * The reference model of the PVM: which operation each opcode on registers does, and on what (Gray
 * Paper, appendix A.5).
 *
 * @module
 */

import { onRegisters, type Operation, OPERATIONS } from "./pvm_alu.ts";
import type { Instruction } from "./pvm_decode.ts";

/** Where an operand is: in a register that the instruction names, or in its immediate. */
type Source = "A" | "B" | "X";

/** What an opcode does with its operands. */
export interface Form {
  /** What it computes. */
  readonly operation: Operation;
  /** The width in bits. */
  readonly width: bigint;
  /** Where the first operand is. */
  readonly first: Source;
  /** Where the second operand is. */
  readonly second: Source;
}

/** Opcodes of two registers and an immediate: mnemonic, operation, width, first and second operand. */
const WITH_IMMEDIATE: readonly (readonly [string, string, bigint, Source, Source])[] = [
  ["add_imm_32", "add", 32n, "B", "X"],
  ["and_imm", "and", 64n, "B", "X"],
  ["xor_imm", "xor", 64n, "B", "X"],
  ["or_imm", "or", 64n, "B", "X"],
  ["mul_imm_32", "mul", 32n, "B", "X"],
  ["set_lt_u_imm", "set_lt_u", 64n, "B", "X"],
  ["set_lt_s_imm", "set_lt_s", 64n, "B", "X"],
  ["shlo_l_imm_32", "shlo_l", 32n, "B", "X"],
  ["shlo_r_imm_32", "shlo_r", 32n, "B", "X"],
  ["shar_r_imm_32", "shar_r", 32n, "B", "X"],
  ["neg_add_imm_32", "sub", 32n, "X", "B"],
  ["set_gt_u_imm", "set_gt_u", 64n, "B", "X"],
  ["set_gt_s_imm", "set_gt_s", 64n, "B", "X"],
  ["shlo_l_imm_alt_32", "shlo_l", 32n, "X", "B"],
  ["shlo_r_imm_alt_32", "shlo_r", 32n, "X", "B"],
  ["shar_r_imm_alt_32", "shar_r", 32n, "X", "B"],
  ["cmov_iz_imm", "cmov_iz", 64n, "X", "B"],
  ["cmov_nz_imm", "cmov_nz", 64n, "X", "B"],
  ["add_imm_64", "add", 64n, "B", "X"],
  ["mul_imm_64", "mul", 64n, "B", "X"],
  ["shlo_l_imm_64", "shlo_l", 64n, "B", "X"],
  ["shlo_r_imm_64", "shlo_r", 64n, "B", "X"],
  ["shar_r_imm_64", "shar_r", 64n, "B", "X"],
  ["neg_add_imm_64", "sub", 64n, "X", "B"],
  ["shlo_l_imm_alt_64", "shlo_l", 64n, "X", "B"],
  ["shlo_r_imm_alt_64", "shlo_r", 64n, "X", "B"],
  ["shar_r_imm_alt_64", "shar_r", 64n, "X", "B"],
  ["rot_r_64_imm", "rot_r", 64n, "B", "X"],
  ["rot_r_64_imm_alt", "rot_r", 64n, "X", "B"],
  ["rot_r_32_imm", "rot_r", 32n, "B", "X"],
  ["rot_r_32_imm_alt", "rot_r", 32n, "X", "B"],
];

/** What an opcode on registers does; nothing for every other opcode. */
export function formOf({ mnemonic, format }: Instruction["opcode"]): Form | undefined {
  if (format === "two_reg_one_imm") {
    const row = WITH_IMMEDIATE.find(([name]) => name === mnemonic);
    if (row === undefined) return undefined;
    const [, name, width, first, second] = row;
    const operation = OPERATIONS[name];
    return operation && { operation, width, first, second };
  }
  if (format !== "two_reg" && format !== "three_reg") return undefined;
  const width = mnemonic.endsWith("_32") ? 32n : 64n;
  const operation = OPERATIONS[mnemonic.replace(/_(32|64)$/, "")];
  return operation && { operation, width, first: "A", second: "B" };
}

/** What an opcode on registers computes. */
export function computed(
  { operation, width, first, second }: Form,
  { a, b, x }: Instruction,
  registers: readonly bigint[],
  old: bigint,
): bigint {
  const values = { A: registers[Number(a)] ?? 0n, B: registers[Number(b)] ?? 0n, X: x };
  return onRegisters(operation, width, values[first], values[second], old);
}
