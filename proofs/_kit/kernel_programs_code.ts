/** The code of guest programs that are given line by line. */

import { ADDRESS, type Line, type Operand } from "./kernel_programs.ts";
import { op } from "./pvm_assemble.ts";

/** Where the steps of the path of an operand are put. */
const PATHS_AT = ADDRESS.scratch + 256;

type Instruction = readonly number[];

function load(register: number, value: bigint): Instruction {
  return value < 2n ** 31n
    ? op("load_imm", { a: register, x: value })
    : op("load_imm_64", { a: register, x: value });
}

/** Puts an operand into a register. */
function loaded(
  register: number,
  operand: Operand,
  authoredLength: number,
): readonly Instruction[] {
  if (operand.kind === "number") return [load(register, operand.value)];
  if (operand.kind === "authoredLength") return [load(register, BigInt(authoredLength))];
  const at = PATHS_AT + 64 * register;
  const steps = operand.steps.map((step, i) =>
    op("store_imm_u32", { x: BigInt(at + 4 * i), y: BigInt(step) })
  );
  const length = BigInt(operand.steps.length);
  return [...steps, load(register, 2n ** 63n + length * 2n ** 32n + BigInt(at))];
}

const size = (instructions: readonly Instruction[]) =>
  instructions.reduce((sum, { length }) => sum + length, 0);

function instructionsOf(
  line: Line,
  before: number,
  authoredLength: number,
): readonly Instruction[] {
  switch (line.kind) {
    case "store":
      return [op("store_imm_u8", { x: BigInt(line.address), y: BigInt(line.value) })];
    case "load":
      return [op("load_u8", { a: 9, x: BigInt(line.address) })];
    case "trap":
      return [op("trap")];
    case "back":
      return [op("jump", { offset: BigInt(-before) })];
    case "show":
      return [op("mul_imm_64", { a: 7, b: 7, x: 16n }), op("add_64", { a: 7, b: 8, d: 7 })];
    case "jump nowhere":
      return [op("jump_ind", { a: 0, x: 6n })];
    case "operation": {
      const { number: code, operands, how, by } = line;
      const asked = by === "ecalli" && code < 2 ** 31
        ? [op("ecalli", { x: BigInt(code) })]
        : [load(11, BigInt(code)), op("ecall")];
      const body = [
        ...operands.flatMap((operand, i) => loaded(7 + i, operand, authoredLength)),
        ...asked,
      ];
      if (how === "always") return body;
      if (how === "while paused") {
        return [...body, op("branch_eq_imm", { a: 8, x: 1n, offset: BigInt(-size(body)) })];
      }
      const skip = op("branch_ne_imm", { a: 8, x: 1n, offset: 0n });
      const offset = BigInt(skip.length + size(body));
      return [op("branch_ne_imm", { a: 8, x: 1n, offset }), ...body, op("fallthrough")];
    }
  }
}

/** The code of some lines: bytes, mask, and where each line begins. */
export interface Assembled {
  readonly code: readonly bigint[];
  readonly mask: readonly bigint[];
  readonly lines: readonly number[];
}

/** Lines as code. With no line behind it, a program falls off its end. */
export function assembled(lines: readonly Line[], authoredLength: number): Assembled {
  const instructions: Instruction[] = [op("fallthrough")];
  const starts: number[] = [];
  for (const each of lines) {
    const before = size(instructions);
    starts.push(before);
    instructions.push(...instructionsOf(each, before, authoredLength));
  }
  const code = instructions.flat();
  const bits = code.map(() => 0n);
  let at = 0;
  for (const { length } of instructions) {
    bits[at] = 1n;
    at += length;
  }
  const mask = Array.from(
    { length: Math.ceil(code.length / 8) },
    (_, i) => bits.slice(8 * i, 8 * i + 8).reduceRight((sum, bit) => 2n * sum + bit, 0n),
  );
  return { code: code.map(BigInt), mask, lines: starts };
}
