/** Single steps of the PVM: every opcode with every exit that it can make. */

import type { GasModel } from "../../model/pvm.ts";
import type { Dialect, Opcode } from "../../model/pvm_opcodes.ts";
import { type Chunk, type Pages, type Ran, ran, type Setup } from "./pvm_case.ts";
import { encode, type Fields, op, program, type Table } from "./pvm_code.ts";
import { type Form, formOf, opcodesOf } from "./pvm_exits.ts";
import { Random } from "./random.ts";

/** A page that can be written, and one that can be read. */
const WRITABLE = 0x2_0000;
const READABLE = 0x2_1000;
const UNMAPPED = 0x4_0000;
export const PAGES: readonly Pages[] = [
  { address: WRITABLE, length: 4096, writable: true },
  { address: READABLE, length: 4096, writable: false },
];
/** What they hold. */
export const MEMORY: readonly Chunk[] = [
  { address: WRITABLE + 16, contents: [0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8] },
  { address: READABLE + 16, contents: [0x11, 0xf2, 0x13, 0xf4, 0x15, 0xf6, 0x17, 0xf8] },
];
/** The heap of steps that grow it. */
const HEAP = { base: 0x3_0000, top: 0x3_0010, maxPages: 4 };
/** Where an instruction stands, behind the first block. */
const AT = 1;
/** Entries of the jump table: the first block, no instruction, beyond the code. */
const TABLE: Table = { width: 2, entries: [0n, 2n, 999n] };
const HALT = 0xffff_0000n;

/** What is special of a step: its operands, its registers, and what it is for. */
export interface Step {
  readonly label: string;
  readonly fields?: Partial<Fields>;
  readonly registers?: Readonly<Record<number, bigint>>;
  readonly gas?: "none" | "too little";
  readonly readOnlyStore?: "panic" | "page-fault";
}

/** The operands that make an access go to an address, through a register where there is one. */
function accessing({ mnemonic }: Opcode, address: number): Pick<Step, "fields" | "registers"> {
  const at = BigInt(address);
  if (mnemonic.startsWith("store_imm_ind")) {
    return { fields: { a: 3, x: at - 100n, y: 0x8a9b_acbdn }, registers: { 3: 100n } };
  }
  if (/^(load|store)_ind/.test(mnemonic)) {
    return { fields: { a: 4, b: 3, x: at - 100n }, registers: { 3: 100n } };
  }
  return { fields: { a: 4, x: at, y: 0x8a9b_acbdn } };
}

/** The operands that make a dynamic jump go to an address. */
function jumping({ mnemonic }: Opcode, address: bigint): Pick<Step, "fields" | "registers"> {
  return mnemonic === "jump_ind"
    ? { fields: { a: 3, x: 2n }, registers: { 3: address - 2n } }
    : { fields: { a: 4, b: 3, x: 77n, y: 2n }, registers: { 3: address - 2n } };
}

/** Registers for which a branch is taken, and for which it is not. */
function deciding({ mnemonic }: Opcode): readonly [bigint, bigint] {
  const [, how = "", sign = "u"] = /^branch_(eq|ne|lt|le|ge|gt)(?:_([us]))?/.exec(mnemonic) ?? [];
  // The other operand is 50.
  const [less, more] = [sign === "s" ? 2n ** 64n - 1n : 49n, sign === "s" ? 51n : 2n ** 64n - 1n];
  if (how === "eq") return [50n, 51n];
  if (how === "ne") return [51n, 50n];
  return how.startsWith("l") ? [less, more] : [more, less];
}

function branching(opcode: Opcode, taken: boolean, offset: bigint): Partial<Step> {
  const [yes, no] = deciding(opcode);
  return {
    fields: { a: 3, b: 5, x: 50n, offset },
    registers: { 3: taken ? yes : no, 5: 50n },
  };
}

const BACK = BigInt(-AT);
const NOWHERE = 999n;

/** The steps of each form. */
const STEPS: Readonly<Record<Form, (opcode: Opcode, dialect: Dialect) => readonly Step[]>> = {
  computes: () => [{ label: "computes", fields: { a: 1, b: 2, d: 4, x: 0x1234n } }],
  loads: (opcode) => [
    { label: "reads", ...accessing(opcode, READABLE + 16) },
    { label: "across_pages", ...accessing(opcode, WRITABLE + 4095) },
    { label: "across_the_end", ...accessing(opcode, READABLE + 4095) },
    { label: "inaccessible", ...accessing(opcode, UNMAPPED) },
    { label: "low", ...accessing(opcode, 0x1008) },
  ],
  stores: (opcode) => [
    { label: "writes", ...accessing(opcode, WRITABLE + 20) },
    { label: "across_pages", ...accessing(opcode, WRITABLE + 4095) },
    {
      label: "across_pages_faults",
      ...accessing(opcode, WRITABLE + 4095),
      readOnlyStore: "page-fault",
    },
    { label: "inaccessible", ...accessing(opcode, UNMAPPED) },
    { label: "low", ...accessing(opcode, 0x1008) },
    { label: "read_only_panics", ...accessing(opcode, READABLE + 16), readOnlyStore: "panic" },
    { label: "read_only_faults", ...accessing(opcode, READABLE + 16), readOnlyStore: "page-fault" },
  ],
  jumps: () => [
    { label: "jumps", fields: { a: 4, x: 77n, offset: BACK } },
    { label: "nowhere", fields: { a: 4, x: 77n, offset: NOWHERE } },
    { label: "between", fields: { a: 4, x: 77n, offset: 1n } },
  ],
  branches: (opcode) => [
    { label: "taken", ...branching(opcode, true, BACK) },
    { label: "not_taken", ...branching(opcode, false, BACK) },
    { label: "taken_nowhere", ...branching(opcode, true, NOWHERE) },
    { label: "not_taken_nowhere", ...branching(opcode, false, NOWHERE) },
  ],
  "jumps-dynamically": (opcode) => [
    { label: "jumps", ...jumping(opcode, 2n) },
    { label: "halts", ...jumping(opcode, HALT) },
    { label: "to_zero", ...jumping(opcode, 0n) },
    { label: "odd", ...jumping(opcode, 3n) },
    { label: "no_instruction", ...jumping(opcode, 4n) },
    { label: "beyond_code", ...jumping(opcode, 6n) },
    { label: "beyond_table", ...jumping(opcode, 8n) },
    { label: "same_register", ...jumping(opcode, 2n), fields: { a: 3, b: 3, x: 2n, y: 2n } },
  ],
  grows: () => [
    { label: "grows", fields: { a: 3, d: 4 }, registers: { 3: 5000n } },
    { label: "asks", fields: { a: 3, d: 4 }, registers: { 3: 0n } },
    { label: "too_much", fields: { a: 3, d: 4 }, registers: { 3: 50_000n } },
  ],
  traps: () => [{ label: "traps" }],
  asks: () => [{ label: "asks" }],
  calls: () => [
    { label: "calls", fields: { x: 5n } },
    { label: "calls_negative", fields: { x: -1n } },
  ],
};

/** The setup of a step of an opcode; its program goes on behind the instruction with a trap. */
export function setupOf(
  name: string,
  opcode: Opcode,
  step: Step,
  dialect: Dialect,
  gasModel: GasModel,
  gas = 1000n,
): Setup {
  const random = new Random(`${opcode.mnemonic} ${step.label}`);
  const registers = Array.from({ length: 13 }, (_, i) => step.registers?.[i] ?? random.u64());
  const form = formOf(opcode);
  const touches = form === "loads" || form === "stores";
  return {
    name,
    program: program(
      [op("fallthrough"), encode(opcode, step.fields), op("trap")],
      form === "jumps-dynamically" ? TABLE : undefined,
    ),
    dialect,
    gasModel,
    readOnlyStore: step.readOnlyStore ?? "panic",
    registers,
    pc: AT,
    gas,
    pages: touches ? PAGES : [],
    memory: touches ? MEMORY : [],
    ...(form === "grows" && dialect === "gray-paper" ? { heap: HEAP } : {}),
  };
}

/** A case of one step, and what it covers. */
export interface StepCase extends Ran {
  readonly opcode: Opcode;
  readonly dialect: Dialect;
  readonly gasModel: GasModel;
}

/** What the block of an instruction costs: the least gas with which the step is done. */
function costOf(setup: Setup): bigint {
  let cost = 0n;
  while (ran({ ...setup, gas: cost, steps: 1 }).exit === "out-of-gas") cost++;
  return cost;
}

/** The single steps of an opcode. */
export function stepsOf(
  opcode: Opcode,
  dialect: Dialect,
  gasModel: GasModel,
): readonly StepCase[] {
  const steps = STEPS[formOf(opcode)](opcode, dialect);
  const [first] = steps;
  const cases = steps.map((step) =>
    ran({
      ...setupOf(`${opcode.mnemonic}_${step.label}`, opcode, step, dialect, gasModel),
      steps: 1,
    })
  );
  if (first !== undefined) {
    const plain = setupOf(`${opcode.mnemonic}_without_gas`, opcode, first, dialect, gasModel, 0n);
    const cost = costOf(plain);
    cases.push(ran({ ...plain, steps: 1 }));
    if (cost > 1n) {
      const name = `${opcode.mnemonic}_with_too_little_gas`;
      cases.push(ran({ ...plain, name, gas: cost - 1n, steps: 1 }));
    }
    const name = `${opcode.mnemonic}_with_just_enough_gas`;
    cases.push(ran({ ...plain, name, gas: cost, steps: 1 }));
  }
  return cases.map((each) => ({ ...each, opcode, dialect, gasModel }));
}

/** The single steps of all opcodes of a dialect. */
export function allSteps(dialect: Dialect, gasModel: GasModel): readonly StepCase[] {
  return opcodesOf(dialect).flatMap((opcode) => stepsOf(opcode, dialect, gasModel));
}
