/**
 * The operations on registers in generated code (Gray Paper, appendix A.5). They leave their result, of
 * 64 bits, on the stack.
 *
 * @module
 */

import type { OperandWriter } from "./operands.ts";
import { LOCAL } from "./operands.ts";
import * as op from "./wasm_opcodes.ts";

/** Writes an operation on the operands at two places, for the destination at a third. */
type Operation = (writer: OperandWriter, a: number, b: number, d: number) => void;

/** The function that gives the high half of a product without sign, by its index. */
export const MUL_HIGH = 1;

/** An operation on 64 bits that WebAssembly has. */
function wide(...opcodes: readonly number[]): Operation {
  return (writer, a, b) => {
    writer.push64(a);
    writer.push64(b);
    writer.op(...opcodes);
  };
}

/** An operation on 32 bits that WebAssembly has; the result is extended by its sign. */
function narrow(opcode: number): Operation {
  return (writer, a, b) => {
    writer.push32(a);
    writer.push32(b);
    writer.op(opcode, op.I64_EXTEND_S);
  };
}

/** An operation on 64 bits of one operand. */
function wideOne(...opcodes: readonly number[]): Operation {
  return (writer, a) => {
    writer.push64(a);
    writer.op(...opcodes);
  };
}

/** An operation on 32 bits of one operand, whose result is small. */
function narrowOne(opcode: number): Operation {
  return (writer, a) => {
    writer.push32(a);
    writer.op(opcode, op.I64_EXTEND_U);
  };
}

/** A division or a remainder: `special` tells what it gives where WebAssembly would trap. */
interface Special {
  /** Of 64 bits. */
  readonly isWide: boolean;
  readonly opcode: number;
  /** What division by zero gives: all ones, or the dividend. */
  readonly byZero: "ones" | "dividend";
  /** Whether the quotient of the least number by -1 is to be the dividend negated. */
  readonly negates: boolean;
}

function divide({ isWide, opcode, byZero, negates }: Special): Operation {
  const type = isWide ? op.I64 : op.I32;
  return (writer, a, b) => {
    const push = (place: number) => isWide ? writer.push64(place) : writer.push32(place);
    const constant = (value: number) =>
      isWide ? writer.const64(value, value >> 31) : writer.const32(value);
    push(b);
    writer.op(isWide ? op.I64_EQZ : op.I32_EQZ);
    writer.if(type);
    if (byZero === "ones") constant(-1);
    else push(a);
    writer.else();
    if (negates) {
      push(b);
      constant(-1);
      writer.op(isWide ? op.I64_EQ : op.I32_EQ);
      writer.if(type);
      constant(0);
      push(a);
      writer.op(isWide ? op.I64_SUB : op.I32_SUB);
      writer.else();
    }
    push(a);
    push(b);
    writer.op(opcode);
    if (negates) writer.end();
    writer.end();
    if (!isWide) writer.op(op.I64_EXTEND_S);
  };
}

/** A comparison, as a number. */
function compare(opcode: number): Operation {
  return wide(opcode, op.I64_EXTEND_U);
}

/** The first operand where the second is, or is not, zero; else what the destination holds. */
function move(...test: readonly number[]): Operation {
  return (writer, a, b, d) => {
    writer.push64(a);
    writer.push64(d);
    writer.push64(b);
    writer.op(...test, op.SELECT);
  };
}

/** The first operand where it compares so with the second, else the second. */
function choose(comparison: number): Operation {
  return (writer, a, b) => {
    writer.push64(a);
    writer.push64(b);
    writer.push64(a);
    writer.push64(b);
    writer.op(comparison, op.SELECT);
  };
}

/** The second operand inverted before the operation. */
function inverted(opcode: number): Operation {
  return (writer, a, b) => {
    writer.push64(a);
    writer.push64(b);
    writer.const64(-1, -1);
    writer.op(op.I64_XOR, opcode);
  };
}

/** Takes one operand off the high half of a product where another is negative. */
function correct(writer: OperandWriter, negative: number, other: number): void {
  writer.push64(negative);
  writer.const64(63, 0);
  writer.op(op.I64_SHR_S);
  writer.push64(other);
  writer.op(op.I64_AND, op.I64_SUB);
}

/** The high half of a product; which operands have a sign. */
function mulUpper(signA: boolean, signB: boolean): Operation {
  return (writer, a, b) => {
    writer.push64(a);
    writer.push64(b);
    writer.call(MUL_HIGH);
    if (signA) correct(writer, a, b);
    if (signB) correct(writer, b, a);
  };
}

/** Exchanges neighbouring groups of so many bits, in what is on the stack. */
function exchange(writer: OperandWriter, bits: number, low: number, high: number): void {
  writer.tee(LOCAL.wide);
  writer.const64(bits, 0);
  writer.op(op.I64_SHR_U);
  writer.const64(low, high);
  writer.op(op.I64_AND);
  writer.get(LOCAL.wide);
  writer.const64(low, high);
  writer.op(op.I64_AND);
  writer.const64(bits, 0);
  writer.op(op.I64_SHL, op.I64_OR);
}

function reverseBytes(writer: OperandWriter, a: number): void {
  writer.push64(a);
  exchange(writer, 8, 0x00ff00ff, 0x00ff00ff);
  exchange(writer, 16, 0x0000ffff, 0x0000ffff);
  writer.const64(32, 0);
  writer.op(op.I64_ROTL);
}

function zeroExtend16(writer: OperandWriter, a: number): void {
  writer.push64(a);
  writer.const64(0xffff, 0);
  writer.op(op.I64_AND);
}

const special = (isWide: boolean, opcode: number, byZero: Special["byZero"], negates = false) =>
  divide({ isWide, opcode, byZero, negates });

/** The operations, by the number of the opcode that does each with registers. */
export const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [80, wideOne()], // load_imm_jump
  [100, wideOne()], // move_reg, load_imm, load_imm_64
  [102, wideOne(op.I64_POPCNT)],
  [103, narrowOne(op.I32_POPCNT)],
  [104, wideOne(op.I64_CLZ)],
  [105, narrowOne(op.I32_CLZ)],
  [106, wideOne(op.I64_CTZ)],
  [107, narrowOne(op.I32_CTZ)],
  [108, wideOne(op.I64_EXTEND8_S)],
  [109, wideOne(op.I64_EXTEND16_S)],
  [110, zeroExtend16],
  [111, reverseBytes],
  [190, narrow(op.I32_ADD)],
  [191, narrow(op.I32_SUB)],
  [192, narrow(op.I32_MUL)],
  [193, special(false, op.I32_DIV_U, "ones")],
  [194, special(false, op.I32_DIV_S, "ones", true)],
  [195, special(false, op.I32_REM_U, "dividend")],
  [196, special(false, op.I32_REM_S, "dividend")],
  [197, narrow(op.I32_SHL)],
  [198, narrow(op.I32_SHR_U)],
  [199, narrow(op.I32_SHR_S)],
  [200, wide(op.I64_ADD)],
  [201, wide(op.I64_SUB)],
  [202, wide(op.I64_MUL)],
  [203, special(true, op.I64_DIV_U, "ones")],
  [204, special(true, op.I64_DIV_S, "ones", true)],
  [205, special(true, op.I64_REM_U, "dividend")],
  [206, special(true, op.I64_REM_S, "dividend")],
  [207, wide(op.I64_SHL)],
  [208, wide(op.I64_SHR_U)],
  [209, wide(op.I64_SHR_S)],
  [210, wide(op.I64_AND)],
  [211, wide(op.I64_XOR)],
  [212, wide(op.I64_OR)],
  [213, mulUpper(true, true)],
  [214, mulUpper(false, false)],
  [215, mulUpper(true, false)],
  [216, compare(op.I64_LT_U)],
  [217, compare(op.I64_LT_S)],
  [218, move(op.I64_EQZ)],
  [219, move(op.I64_EQZ, op.I32_EQZ)],
  [220, wide(op.I64_ROTL)],
  [221, narrow(op.I32_ROTL)],
  [222, wide(op.I64_ROTR)],
  [223, narrow(op.I32_ROTR)],
  [224, inverted(op.I64_AND)],
  [225, inverted(op.I64_OR)],
  [226, (writer, a, b) => {
    wide(op.I64_XOR)(writer, a, b, a);
    writer.const64(-1, -1);
    writer.op(op.I64_XOR);
  }],
  [227, choose(op.I64_GE_S)],
  [228, choose(op.I64_GE_U)],
  [229, choose(op.I64_LT_S)],
  [230, choose(op.I64_LT_U)],
]);

/** The comparisons that branches make, by operation. */
export const COMPARISONS: ReadonlyMap<number, number> = new Map([
  [170, op.I64_EQ],
  [171, op.I64_NE],
  [172, op.I64_LT_U],
  [173, op.I64_LT_S],
  [174, op.I64_GE_U],
  [175, op.I64_GE_S],
]);
