/** Instructions and programs for proofs, assembled from the model's opcodes. */

import type { Code } from "../../model/pvm_decode.ts";
import { type Format, type Opcode, OPCODES } from "../../model/pvm_opcodes.ts";
import { codeOf } from "./pvm.ts";

/** The operands of an instruction: registers 0 to 12, and immediates of which the low bits are used. */
export interface Fields {
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly x: bigint;
  readonly y: bigint;
  /** The target, from the instruction on. */
  readonly offset: bigint;
}

export const NO_FIELDS: Fields = { a: 0, b: 0, d: 0, x: 0n, y: 0n, offset: 0n };

/** `count` little-endian bytes. */
export function little(value: bigint, count: number): readonly number[] {
  const bits = ((value % 2n ** 64n) + 2n ** 64n) % 2n ** 64n;
  return Array.from({ length: count }, (_, place) => Number(bits / 256n ** BigInt(place) % 256n));
}

/** The operand bytes of an instruction, every immediate with four bytes. */
function operandBytes(format: Format, fields: Fields): readonly number[] {
  const { a, b, d, x, y, offset } = fields;
  const [X, Y, T] = [little(x, 4), little(y, 4), little(offset, 4)];
  const bytes: Readonly<Record<Format, readonly number[]>> = {
    none: [],
    one_imm: X,
    one_reg_one_ext_imm: [a, ...little(x, 8)],
    two_imm: [4, ...X, ...Y],
    one_offset: T,
    one_reg_one_imm: [a, ...X],
    one_reg_two_imm: [a + 4 * 16, ...X, ...Y],
    one_reg_one_imm_one_offset: [a + 4 * 16, ...X, ...T],
    two_reg: [d + 16 * a],
    two_reg_one_imm: [a + 16 * b, ...X],
    two_reg_one_offset: [a + 16 * b, ...T],
    two_reg_two_imm: [a + 16 * b, 4, ...X, ...Y],
    three_reg: [a + 16 * b, d],
  };
  return bytes[format];
}

/** The bytes of an instruction. */
export function encode(opcode: Opcode, fields: Partial<Fields> = {}): readonly number[] {
  return [Number(opcode.number), ...operandBytes(opcode.format, { ...NO_FIELDS, ...fields })];
}

/** The opcode with a mnemonic. */
export function named(mnemonic: string): Opcode {
  const opcode = OPCODES.find((known) => known.mnemonic === mnemonic);
  if (opcode === undefined) throw new Error(`no opcode is called ${mnemonic}`);
  return opcode;
}

/** One instruction by its mnemonic. */
export function op(mnemonic: string, fields: Partial<Fields> = {}): readonly number[] {
  return encode(named(mnemonic), fields);
}

/** Instructions in a row. */
export function assemble(
  instructions: readonly (readonly number[])[],
  table: { readonly width: number; readonly entries: readonly bigint[] } = {
    width: 0,
    entries: [],
  },
): Code {
  let at = 0;
  const starts = instructions.map((bytes) => {
    const start = at;
    at += bytes.length;
    return start;
  });
  return codeOf(instructions.flat(), starts, table);
}
