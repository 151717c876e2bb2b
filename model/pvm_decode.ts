/**
 * The reference model of the PVM: instructions, read from the raw bytes (Gray Paper, appendix A.3 and
 * A.5; JAVM "Opcodes and operand decoding").
 *
 * @module
 */

import { type Dialect, type Format, type Opcode, opcodeOf } from "./pvm_opcodes.ts";

/** The code of a program: bytes, where instructions begin, and where dynamic jumps lead. */
export interface Code {
  /** The code bytes. */
  readonly bytes: readonly bigint[];
  /** For each code byte, whether an instruction begins there. */
  readonly mask: readonly boolean[];
  /** The targets of dynamic jumps. */
  readonly jumpTable: {
    readonly count: bigint;
    readonly width: bigint;
    readonly bytes: readonly bigint[];
  };
}

/** Registers by number; values from 0 to 2^64 - 1; the target as it is, perhaps outside the code. */
export interface Operands {
  /** The register `A`. */
  readonly a: bigint;
  /** The register `B`. */
  readonly b: bigint;
  /** The register `D`. */
  readonly d: bigint;
  /** The immediate `X`. */
  readonly x: bigint;
  /** The immediate `Y`. */
  readonly y: bigint;
  /** The jump target `T`. */
  readonly target: bigint;
}

/** An instruction. */
export interface Instruction extends Operands {
  /** Its opcode. */
  readonly opcode: Opcode;
  /** How many bytes follow the first. */
  readonly skip: bigint;
}

const NOTHING: Operands = { a: 0n, b: 0n, d: 0n, x: 0n, y: 0n, target: 0n };

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** `value` as it is seen when its `bits` bits are read as two's complement. */
export function signed(value: bigint, bits: bigint): bigint {
  return BigInt.asIntN(Number(bits), value);
}

/** An integer modulo 2^64. */
export function wrapped(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** A code byte; beyond the end there are zeros. */
function byte(code: readonly bigint[], at: bigint): bigint {
  return code[Number(at)] ?? 0n;
}

/** `count` code bytes, little-endian, unsigned. */
function unsignedAt(code: readonly bigint[], at: bigint, count: bigint): bigint {
  let value = 0n;
  for (let i = count - 1n; i >= 0n; i--) value = value * 256n + byte(code, at + i);
  return value;
}

/** `count` code bytes, little-endian, as a signed integer; none of them are 0. */
function signedAt(code: readonly bigint[], at: bigint, count: bigint): bigint {
  return count === 0n ? 0n : signed(unsignedAt(code, at, count), 8n * count);
}

/** How many bytes follow the first one of the instruction at `pc`. */
export function skip({ mask }: Code, pc: bigint): bigint {
  let n = 0n;
  while (n < 24n && mask[Number(pc + 1n + n)] === false) n++;
  return n;
}

/** The operands of an instruction of a format, at `pc`, with `l` bytes after the first. */
export function operands(
  code: readonly bigint[],
  pc: bigint,
  l: bigint,
  format: Format,
): Operands {
  const [b1, b2] = [byte(code, pc + 1n), byte(code, pc + 2n)];
  const register = (field: bigint) => least(12n, field);
  const [low, high] = [register(b1 % 16n), register(b1 / 16n)];
  const left = (used: bigint) => least(4n, l > used ? l - used : 0n);
  const value = (at: bigint, count: bigint) => signedAt(code, pc + at, count);
  // An immediate of selected length, then one that takes what is left.
  const two = (at: bigint, selector: bigint) => {
    const lx = least(4n, selector % 8n);
    return { x: wrapped(value(at, lx)), second: value(at + lx, left(at - 1n + lx)) };
  };
  switch (format) {
    case "none":
      return NOTHING;
    case "one_imm":
      return { ...NOTHING, x: wrapped(value(1n, left(0n))) };
    case "one_reg_one_ext_imm":
      return { ...NOTHING, a: low, x: unsignedAt(code, pc + 2n, 8n) };
    case "two_imm": {
      const { x, second } = two(2n, b1);
      return { ...NOTHING, x, y: wrapped(second) };
    }
    case "one_offset":
      return { ...NOTHING, target: pc + value(1n, left(0n)) };
    case "one_reg_one_imm":
      return { ...NOTHING, a: low, x: wrapped(value(2n, left(1n))) };
    case "one_reg_two_imm": {
      const { x, second } = two(2n, b1 / 16n);
      return { ...NOTHING, a: low, x, y: wrapped(second) };
    }
    case "one_reg_one_imm_one_offset": {
      const { x, second } = two(2n, b1 / 16n);
      return { ...NOTHING, a: low, x, target: pc + second };
    }
    case "two_reg":
      return { ...NOTHING, d: low, a: high };
    case "two_reg_one_imm":
      return { ...NOTHING, a: low, b: high, x: wrapped(value(2n, left(1n))) };
    case "two_reg_one_offset":
      return { ...NOTHING, a: low, b: high, target: pc + value(2n, left(1n)) };
    case "two_reg_two_imm": {
      const { x, second } = two(3n, b2);
      return { ...NOTHING, a: low, b: high, x, y: wrapped(second) };
    }
    case "three_reg":
      return { ...NOTHING, a: low, b: high, d: register(b2) };
  }
}

/** The instruction at `pc`; nothing where the dialect has none. */
export function instructionAt(code: Code, pc: bigint, dialect: Dialect): Instruction | undefined {
  const opcode = code.mask[Number(pc)] === true
    ? opcodeOf(byte(code.bytes, pc), dialect)
    : undefined;
  if (opcode === undefined) return undefined;
  const l = skip(code, pc);
  return { opcode, skip: l, ...operands(code.bytes, pc, l, opcode.format) };
}
