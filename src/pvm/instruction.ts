/**
 * Reading one instruction out of the code: where it ends, and what its operands are.
 *
 * @module
 */

import { assertNever } from "../result.ts";
import { OPCODES } from "./opcodes.ts";
import type { Format } from "./opcodes.ts";

/** The most bytes of an instruction after its first (Gray Paper, appendix A.3). */
export const SKIP_MAX = 24;

/** The number of the last register; greater fields name it too. */
const LAST_REGISTER = 12;

/** The format by opcode; the bytes that stand for no instruction have none. */
const FORMATS: readonly (Format | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => OPCODES.find((opcode) => opcode.code === code)?.format,
);

/** The operands of an instruction; a field that its format lacks is 0. */
export interface Operands {
  /** The register `A`, 0 to 12. */
  readonly a: number;
  /** The register `B`, 0 to 12. */
  readonly b: number;
  /** The register `D`, 0 to 12. */
  readonly d: number;
  /** The low 32 bits of the immediate `X`, signed. */
  readonly x: number;
  /** The high 32 bits of the immediate `X`, signed. */
  readonly xHigh: number;
  /** The immediate `Y`, signed: its high bits are copies of its sign. */
  readonly y: number;
  /** The jump target `T`; it may lie outside of the code. */
  readonly target: number;
}

/** One instruction, as it stands in the code. */
export interface Instruction extends Operands {
  /** The byte offset of its first byte in the code. */
  readonly pc: number;
  /** Its first byte. */
  readonly opcode: number;
  /** How many bytes follow the first, 0 to 24. */
  readonly skip: number;
}

/**
 * How many bytes follow the first byte of the instruction at `pc`, 0 to 24
 * (Gray Paper, appendix A.3).
 *
 * @param starts One byte for each byte of the code: 1 where an instruction starts.
 */
export function skipOf(starts: Uint8Array, pc: number): number {
  const end = Math.min(SKIP_MAX, Math.max(0, starts.length - 1 - pc));
  let skip = 0;
  while (skip < end && starts[pc + 1 + skip] === 0) skip++;
  return skip;
}

/** `count` (0 to 4) little-endian bytes at `at`, sign-extended to 32 bits; bytes past the end are 0. */
function immediate(code: Uint8Array, at: number, count: number): number {
  let bits = 0;
  for (let place = 0; place < count; place++) bits |= (code[at + place] ?? 0) << (8 * place);
  const unused = 32 - 8 * count;
  return count === 0 ? 0 : bits << unused >> unused;
}

function register(field: number): number {
  return Math.min(LAST_REGISTER, field);
}

/** The length of an immediate that a selector names: the selector modulo 8, 4 at most. */
function selected(selector: number): number {
  return Math.min(4, selector & 7);
}

/** The length of an immediate that takes what is left of the instruction: 0 to 4 bytes. */
function rest(left: number): number {
  return Math.min(4, Math.max(0, left));
}

/** What an instruction without operands has. */
export const NO_OPERANDS: Operands = Object.freeze({
  a: 0,
  b: 0,
  d: 0,
  x: 0,
  xHigh: 0,
  y: 0,
  target: 0,
});

/** The operands that each format has besides the registers `A` (low nibble) and `B` (high nibble). */
function operandsOf(code: Uint8Array, pc: number, skip: number, format: Format): Operands {
  const [b1, b2] = [code[pc + 1] ?? 0, code[pc + 2] ?? 0];
  const [low, high] = [register(b1 & 15), register(b1 >> 4)];
  const single = (at: number, left: number) => immediate(code, pc + at, rest(left));
  const wide = (x: number) => ({ x, xHigh: x >> 31 });
  // Two values after one another: the length of the first is selected, the second takes the rest.
  const pair = (at: number, selector: number) => {
    const length = selected(selector);
    return {
      ...wide(immediate(code, pc + at, length)),
      y: immediate(code, pc + at + length, rest(skip - length - at + 1)),
    };
  };
  switch (format) {
    case "none":
      return NO_OPERANDS;
    case "one_imm":
      return { ...NO_OPERANDS, ...wide(single(1, skip)) };
    case "one_reg_one_ext_imm":
      return {
        ...NO_OPERANDS,
        a: low,
        x: immediate(code, pc + 2, 4),
        xHigh: immediate(code, pc + 6, 4),
      };
    case "two_imm":
      return { ...NO_OPERANDS, ...pair(2, b1) };
    case "one_offset":
      return { ...NO_OPERANDS, target: pc + single(1, skip) };
    case "one_reg_one_imm":
      return { ...NO_OPERANDS, a: low, ...wide(single(2, skip - 1)) };
    case "one_reg_two_imm":
      return { ...NO_OPERANDS, a: low, ...pair(2, b1 >> 4) };
    case "one_reg_one_imm_one_offset": {
      const { x, xHigh, y } = pair(2, b1 >> 4);
      return { ...NO_OPERANDS, a: low, x, xHigh, target: pc + y };
    }
    case "two_reg":
      return { ...NO_OPERANDS, d: low, a: high };
    case "two_reg_one_imm":
      return { ...NO_OPERANDS, a: low, b: high, ...wide(single(2, skip - 1)) };
    case "two_reg_one_offset":
      return { ...NO_OPERANDS, a: low, b: high, target: pc + single(2, skip - 1) };
    case "two_reg_two_imm":
      return { ...NO_OPERANDS, a: low, b: high, ...pair(3, b2) };
    case "three_reg":
      return { ...NO_OPERANDS, a: low, b: high, d: register(b2) };
    default:
      return assertNever(format, NO_OPERANDS);
  }
}

/**
 * Reads the instruction at `pc` (Gray Paper, appendix A.5). A byte that stands for no instruction
 * gives one without operands.
 */
export function decode(code: Uint8Array, pc: number, skip: number): Instruction {
  const opcode = code[pc] ?? 0;
  const format = FORMATS[opcode] ?? "none";
  return { pc, opcode, skip, ...operandsOf(code, pc, skip, format) };
}
