/**
 * The reference model of the PVM: where basic blocks start, and where jumps lead (Gray Paper, appendix
 * A.3 and A.5; JAVM "Block starts").
 *
 * @module
 */

import { type Code, type Instruction, instructionAt } from "./pvm_decode.ts";
import { type Dialect, terminates } from "./pvm_opcodes.ts";

/** Every instruction of some code, each with its place. */
function instructions(
  code: Code,
  dialect: Dialect,
): readonly (readonly [bigint, Instruction])[] {
  return code.bytes.flatMap((_, place) => {
    const pc = BigInt(place);
    const instruction = instructionAt(code, pc, dialect);
    return instruction === undefined ? [] : [[pc, instruction] as const];
  });
}

/** Whether the code says that something starts at `pc`. */
function isMarked(code: Code, pc: bigint): boolean {
  return code.mask[Number(pc)] === true;
}

/** Whether a place is the first one or follows a terminator, as far as the code marks it. */
function followsTerminator(code: Code, pc: bigint, dialect: Dialect): boolean {
  if (!isMarked(code, pc)) return false;
  // No instruction is longer than 25 bytes.
  for (let at = pc - 1n; at >= 0n && at >= pc - 25n; at--) {
    const found = instructionAt(code, at, dialect);
    if (found !== undefined && terminates(found.opcode, dialect) && at + 1n + found.skip === pc) {
      return true;
    }
  }
  return pc === 0n;
}

/** Whether a block starts at a place for gas: in the Gray Paper only an instruction starts one. */
export function startsGasBlock(code: Code, pc: bigint, dialect: Dialect): boolean {
  return followsTerminator(code, pc, dialect) &&
    (dialect === "javm" || instructionAt(code, pc, dialect) !== undefined);
}

/** Whether some jump or branch with a fixed target leads to a place. */
function isStaticTarget(code: Code, pc: bigint, dialect: Dialect): boolean {
  return instructions(code, dialect).some(([, { opcode, target }]) =>
    opcode.format.endsWith("_offset") && target === pc
  );
}

/** Whether a jump may lead to a place: to an instruction that starts a basic block. */
export function isLanding(code: Code, pc: bigint, dialect: Dialect): boolean {
  if (instructionAt(code, pc, dialect) === undefined) return false;
  if (followsTerminator(code, pc, dialect)) return true;
  return dialect === "javm" && isStaticTarget(code, pc, dialect);
}

/** The entry of the jump table with an index that is below its count. */
function entry({ jumpTable: { width, bytes } }: Code, index: bigint): bigint {
  let value = 0n;
  for (let i = 0n; i < width; i++) {
    value += (bytes[Number(index * width + i)] ?? 0n) * 256n ** i;
  }
  return value;
}

/** Where a dynamic jump to an address leads: to a place in the code, out of the program, or nowhere. */
export function dynamicTarget(
  code: Code,
  address: bigint,
  dialect: Dialect,
): bigint | "halt" | "nowhere" {
  if (dialect === "gray-paper" && address === 2n ** 32n - 2n ** 16n) return "halt";
  if (address === 0n || address > 2n * code.jumpTable.count || address % 2n !== 0n) {
    return "nowhere";
  }
  const target = entry(code, address / 2n - 1n);
  return isLanding(code, target, dialect) ? target : "nowhere";
}
