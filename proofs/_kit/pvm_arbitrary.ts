/** Random programs for the PVM, valid and garbage, with machines to run them. */

import type { Code } from "../../model/pvm_decode.ts";
import { OPCODES } from "../../model/pvm_opcodes.ts";
import fc from "fast-check";
import { codeOf, DIALECTS, GAS_MODELS, PLAIN, type Setup } from "./pvm.ts";
import { encode, type Fields } from "./pvm_assemble.ts";
import { ADDRESS, FIELDS, PAGE_SIZE, pagesOf, REGISTERS } from "./pvm_scenario.ts";

const OPCODE = fc.oneof(
  fc.constantFrom(...OPCODES),
  // What makes programs loop, call and end.
  fc.constantFrom(
    ...OPCODES.filter(({ mnemonic }) => /jump|branch|ecall|fallthrough|sbrk/.test(mnemonic)),
  ),
  fc.constantFrom(...OPCODES.filter(({ mnemonic }) => /^(load|store)_[ui]/.test(mnemonic))),
);

/** An instruction; its jump goes to the instruction with a number, or somewhere near. */
interface Line {
  readonly opcode: typeof OPCODES[number];
  readonly fields: Fields;
  readonly to: number;
  readonly near: number;
  readonly address: bigint;
}

const LINE: fc.Arbitrary<Line> = fc.record({
  opcode: OPCODE,
  fields: FIELDS,
  to: fc.nat(11),
  near: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.integer({ min: -3, max: 3 })),
  address: ADDRESS,
});

/** The widths of jump table entries. */
const WIDTH = fc.constantFrom(0, 1, 2, 4, 8, 9, 255);

/** A line as bytes, its jump with an offset. Direct accesses go to an address that was drawn. */
function bytesOf({ opcode, fields, near, address }: Line, offset: bigint): readonly number[] {
  const isDirect = /^(load|store)_(imm_)?[ui]\d/.test(opcode.mnemonic);
  const isPlainJump = near === 0 && opcode.mnemonic === "jump_ind";
  const x = isDirect ? address : isPlainJump ? 0n : fields.x;
  return encode(opcode, { ...fields, x, offset });
}

/** Lines as code: every jump to an instruction, or near one. */
function codeOfLines(
  lines: readonly Line[],
  dropped: readonly number[],
  width: number,
  wild: readonly bigint[],
): Code {
  const lengths = lines.map((line) => bytesOf(line, 0n).length);
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((a, b) => a + b, 0));
  const bytes = lines.flatMap((line, index) => {
    const target = (starts[line.to % lines.length] ?? 0) + line.near;
    return bytesOf(line, BigInt(target - (starts[index] ?? 0)));
  });
  const room = 256n ** BigInt(Math.min(width, 8));
  const entries = [...starts.map(BigInt), ...wild].map((entry) => entry % room);
  return codeOf(
    bytes,
    starts.filter((_, index) => !dropped.includes(index)),
    { width, entries },
  );
}

/** Programs of instructions, with a few of their starts forgotten. */
export const PROGRAM: fc.Arbitrary<Code> = fc.tuple(
  fc.array(LINE, { minLength: 1, maxLength: 12 }),
  fc.oneof(fc.constant([]), fc.constant([]), fc.array(fc.nat(11), { maxLength: 3 })),
  WIDTH,
  fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 3 }),
).map((parts) => codeOfLines(...parts));

/** Bytes with any mask, biased to what stands for instructions. */
export const GARBAGE: fc.Arbitrary<Code> = fc.record({
  bytes: fc.array(
    fc.oneof(
      fc.nat(255),
      fc.constantFrom(...OPCODES.map(({ number }) => Number(number))),
      fc.constantFrom(3, 10),
    ),
    { maxLength: 48 },
  ),
  starts: fc.array(fc.nat(47), { maxLength: 24 }),
  width: WIDTH,
  entries: fc.array(fc.nat(48).map(BigInt), { maxLength: 6 }),
}).map(({ bytes, starts, width, entries }) => codeOf(bytes, starts, { width, entries }));

const GAS = fc.oneof(fc.nat(60).map(BigInt), fc.constantFrom(2n ** 53n + 9n, 2n ** 64n - 1n));

/** Machines that run some code: in any dialect, under any gas model, on any backend. */
export function machinesOf(
  code: fc.Arbitrary<Code>,
  gas: fc.Arbitrary<bigint> = GAS,
): fc.Arbitrary<Setup> {
  return fc.record({
    code,
    dialect: fc.constantFrom(...DIALECTS),
    gasModel: fc.constantFrom(...GAS_MODELS),
    backend: fc.constantFrom("flat" as const, "sparse" as const),
    readOnlyStore: fc.constantFrom("panic" as const, "page-fault" as const),
    registers: REGISTERS,
    gas,
    pc: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(50), fc.constantFrom(2 ** 32, 2 ** 53 - 1)),
  }).map((drawn) => ({
    ...PLAIN,
    ...drawn,
    pageSize: PAGE_SIZE,
    pages: pagesOf(drawn.dialect, drawn.backend),
    heap: { base: 0x1_0000, top: 0x1_0035, maxPages: 8 },
  }));
}
