/** Instructions with operands of every kind, run to the exit behind them. */

import type { GasModel } from "../../model/pvm.ts";
import type { Dialect, Opcode } from "../../model/pvm_opcodes.ts";
import type { Setup } from "./pvm_case.ts";
import { encode, type Fields, type Line, op, program } from "./pvm_code.ts";
import { type Form, formOf } from "./pvm_exits.ts";
import { MEMORY, PAGES } from "./pvm_steps.ts";
import { Random } from "./random.ts";

/** Where an instruction stands, behind the first block. */
const AT = 1;

/** Addresses in the pages, at their edges, across them, and beside them. */
const ADDRESSES: readonly number[] = [
  ...[0x2_0000, 0x2_0010, 0x2_0013, 0x2_0ff8, 0x2_0fff, 0x2_0ffd, 0x2_1000, 0x2_1010],
  ...[0x2_1ff8, 0x2_1fff, 0x2_1ffd, 0x1_ffff, 0x1_fffc, 0x2_2000, 0xffff, 0xfff9, 0, 0xffff_f000],
];

/** Pairs of operands at the edges: signs, carries, division by 0 and overflow, counts of shifts. */
const PAIRS: readonly (readonly [bigint, bigint])[] = [
  [0n, 0n],
  [2n ** 63n, 2n ** 64n - 1n],
  [2n ** 31n, 2n ** 64n - 1n],
  [2n ** 64n - 1n, 1n],
  [0x8000_0000_7fff_ffffn, 64n],
  [0x0123_4567_89ab_cdefn, 33n],
  [2n ** 64n - 7n, 3n],
  [7n, 2n ** 64n - 3n],
];

/** How many cases there are for each opcode. */
export function countOf(opcode: Opcode): number {
  const form = formOf(opcode);
  if (form === "computes" || form === "branches") return PAIRS.length + 4;
  if (form === "loads" || form === "stores") return ADDRESSES.length;
  return form === "jumps" || form === "grows" ? 4 : 2;
}

interface Operands {
  readonly fields: Partial<Fields>;
  readonly registers: readonly bigint[];
}

/** Operands that compute with a pair, or with what is drawn. */
function computing(opcode: Opcode, index: number, random: Random): Operands {
  const registers = Array.from({ length: 13 }, () => random.u64());
  const [a, b] = PAIRS[index] ?? [random.u64(), random.u64()];
  if (index < PAIRS.length) {
    // Three registers: A and B compute D. With an immediate, B and X compute A; a branch reads A.
    registers[1] = opcode.format === "two_reg_one_imm" ? 77n : a;
    registers[2] = opcode.format === "two_reg_one_imm" ? a : b;
    return { fields: { a: 1, b: 2, d: 3, x: b }, registers };
  }
  // Registers beyond 12 count as 12, and shorter immediates are extended.
  const register = () => random.below(16);
  const fields = { a: register(), b: register(), d: register(), x: b, width: index % 5 };
  return { fields: index % 2 === 0 ? { ...fields, b: fields.a } : fields, registers };
}

function accessing({ mnemonic }: Opcode, index: number, random: Random): Operands {
  const registers = Array.from({ length: 13 }, () => random.u64());
  const address = BigInt(ADDRESSES[index] ?? 0);
  const isIndirect = /_ind_[ui]\d/.test(mnemonic);
  if (!isIndirect) return { fields: { a: 5, x: address, y: random.u64() }, registers };
  const base = random.u64();
  const [a, b] = mnemonic.startsWith("store_imm") ? [6, 0] : [5, 6];
  registers[6] = base;
  // The upper half of an address is left out.
  return { fields: { a, b, x: address - base, y: random.u64() }, registers };
}

function operandsOf(opcode: Opcode, index: number, random: Random): Operands {
  const form: Form = formOf(opcode);
  if (form === "loads" || form === "stores") return accessing(opcode, index, random);
  const { fields, registers } = computing(opcode, index, random);
  if (form === "jumps-dynamically") {
    const halts = { a: 3, b: 3, x: -3n, y: -3n };
    return { fields: index === 0 ? halts : fields, registers: registers.with(3, 0xffff_0003n) };
  }
  if (form === "grows") {
    const sizes = [0n, 1n, 4096n, 2n ** 32n + 5n];
    return { fields: { a: 1, d: 2 }, registers: registers.with(1, sizes[index] ?? 0n) };
  }
  return { fields, registers };
}

/** A case of an opcode; what it jumps to lies behind the trap that follows it. */
export function valueSetup(
  name: string,
  opcode: Opcode,
  index: number,
  dialect: Dialect,
  gasModel: GasModel,
): Setup {
  const random = new Random(`${opcode.mnemonic} value ${index}`);
  const { fields, registers } = operandsOf(opcode, index, random);
  const { length } = encode(opcode, fields);
  const offset = BigInt(length + 1) + (index % 4 === 3 ? 1n : 0n);
  const lines: readonly Line[] = [
    op("fallthrough"),
    encode(opcode, { ...fields, offset }),
    op("trap"),
    op("load_imm", { a: 0, x: BigInt(index) }),
    op("trap"),
  ];
  const form = formOf(opcode);
  const touches = form === "loads" || form === "stores";
  return {
    name,
    program: program(lines),
    dialect,
    gasModel,
    readOnlyStore: dialect === "javm" && index % 2 === 0 ? "page-fault" : "panic",
    registers,
    pc: AT,
    gas: 1000n,
    pages: touches ? PAGES : [],
    memory: touches ? MEMORY : [],
    ...(form === "grows" && dialect === "gray-paper"
      ? { heap: { base: 0x3_0000, top: 0x3_0010, maxPages: 4 } }
      : {}),
  };
}
