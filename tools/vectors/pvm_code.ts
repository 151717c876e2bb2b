/** Instructions and program blobs, out of the opcodes of the model. */

import { blob } from "../../model/pvm_program.ts";
import { type Format, type Opcode, OPCODES } from "../../model/pvm_opcodes.ts";

/** The operands of an instruction; of immediates and offsets the low bytes are used. */
export interface Fields {
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly x: bigint;
  readonly y: bigint;
  /** The target, from the instruction on. */
  readonly offset: bigint;
  /** How many bytes the immediates have, 0 to 4. */
  readonly width: number;
}

export const NO_FIELDS: Fields = { a: 0, b: 0, d: 0, x: 0n, y: 0n, offset: 0n, width: 4 };

/** An instruction: its bytes. */
export type Line = readonly number[];

function little(value: bigint, count: number): Line {
  const bits = BigInt.asUintN(64, value);
  return Array.from({ length: count }, (_, place) => Number(bits / 256n ** BigInt(place) % 256n));
}

function operandBytes(format: Format, { a, b, d, x, y, offset, width }: Fields): Line {
  const [X, Y, T] = [little(x, width), little(y, width), little(offset, 4)];
  const bytes: Readonly<Record<Format, Line>> = {
    none: [],
    one_imm: X,
    one_reg_one_ext_imm: [a, ...little(x, 8)],
    two_imm: [width, ...X, ...Y],
    one_offset: T,
    one_reg_one_imm: [a, ...X],
    one_reg_two_imm: [a + width * 16, ...X, ...Y],
    one_reg_one_imm_one_offset: [a + width * 16, ...X, ...T],
    two_reg: [d + 16 * a],
    two_reg_one_imm: [a + 16 * b, ...X],
    two_reg_one_offset: [a + 16 * b, ...T],
    two_reg_two_imm: [a + 16 * b, width, ...X, ...Y],
    three_reg: [a + 16 * b, d],
  };
  return bytes[format];
}

/** The bytes of an instruction. */
export function encode({ number, format }: Opcode, fields: Partial<Fields> = {}): Line {
  return [Number(number), ...operandBytes(format, { ...NO_FIELDS, ...fields })];
}

/** One instruction by its mnemonic. */
export function op(mnemonic: string, fields: Partial<Fields> = {}): Line {
  const opcode = OPCODES.find((known) => known.mnemonic === mnemonic);
  if (opcode === undefined) throw new Error(`no opcode is called ${mnemonic}`);
  return encode(opcode, fields);
}

/** A jump table. */
export interface Table {
  readonly width: number;
  readonly entries: readonly bigint[];
}

/** A program blob of instructions in a row. */
export function program(
  lines: readonly Line[],
  table: Table = { width: 0, entries: [] },
): number[] {
  const starts = lines.flatMap((bytes) => bytes.map((_, place) => place === 0 ? 1 : 0));
  return rawProgram(lines.flat(), starts, table);
}

/** A program blob of bytes, and of where they say that instructions start. */
export function rawProgram(
  code: readonly number[],
  starts: readonly number[],
  { width, entries }: Table = { width: 0, entries: [] },
): number[] {
  const encoded = blob({
    code: code.map(BigInt),
    starts: starts.map(BigInt),
    width: BigInt(width),
    table: entries,
  });
  return encoded.map(Number);
}

/** How many bytes some instructions have. */
export function sizeOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0);
}
