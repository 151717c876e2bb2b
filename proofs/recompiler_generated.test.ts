/** What is left to generated code: every instruction but those of the host, and no more is asked. */

import { type Opcode, OPCODES } from "../model/pvm_opcodes.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as running from "../src/pvm/recompiler/run.ts";
import { type Running, runningMutant as mutant, watched } from "./_kit/recompiler_asked.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, encode, op } from "./_kit/pvm_assemble.ts";
import { differ } from "./_kit/recompiler_engines.ts";
import { type Beginning, machineWith, placesOf, withEntries } from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";

const OPERATIONS = "src/pvm/recompiler/operations.ts";
const ACCESSES = "src/pvm/recompiler/accesses.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";

const PAGE = 4096;
/** The longest run of writable pages, one by itself, pages to read, and those of the stack. */
const MAIN = 0x2_0000;
const ALONE = 0x4_0000;
const READABLE = 0x5_0000;
const STACK = 0x6_0000;

/** The registers that point there: the stack pointer is register 1. */
const BASES: Readonly<Record<string, readonly [register: number, page: number]>> = {
  "the main window": [2, MAIN],
  "the stack": [1, STACK],
  "a page by itself": [3, ALONE],
  "a page to read": [4, READABLE],
};

const REGISTERS: readonly bigint[] = [
  ...[0, STACK, MAIN, ALONE, READABLE, 5, 6, 2, 8, 9, 10, 11, 12].map(BigInt),
];

const REGIONS: Beginning["regions"] = [
  [MAIN, 4 * PAGE, "read-write"],
  [ALONE, PAGE, "read-write"],
  [READABLE, PAGE, "read-only"],
  [READABLE + PAGE, PAGE, "read-only"],
  [STACK, 2 * PAGE, "read-write"],
];

/** Runs a line between two others: what was asked of the interpreter, and how the end differs from its own. */
function runs(
  line: readonly number[],
  gasModel: Beginning["gasModel"],
  dialect: Beginning["dialect"],
  { runCompiled }: Running,
): { readonly asked: readonly unknown[]; readonly failure: string | undefined } {
  const plainCode = realCode(assemble([op("fallthrough"), line, op("trap")]));
  // The only entry of the jump table leads behind the line.
  const code = withEntries(plainCode, [placesOf(plainCode)[2] ?? 0]);
  const start: Beginning = {
    ...{ code, dialect, gasModel, gas: 1_000n, registers: REGISTERS, regions: REGIONS },
    heap: [MAIN, MAIN + 4 * PAGE, 8],
  };
  const { engine, asked } = watched(runCompiled);
  const [quick, plain] = [machineWith(start, engine), machineWith(start)];
  const [exit, wanted] = [quick.run(), plain.run()];
  const failure = differ({ exit, machine: quick }, { exit: wanted, machine: plain });
  return { asked, failure };
}

/** The instruction of an opcode, such that it can go on behind itself. */
function lineOf(opcode: Opcode): readonly number[] {
  const isDirect = ["one_reg_one_imm", "two_imm"].includes(opcode.format);
  const isJump = opcode.mnemonic === "jump_ind" || opcode.mnemonic === "load_imm_jump_ind";
  const fields = isJump
    ? { a: opcode.mnemonic === "jump_ind" ? 7 : 8, b: 7, x: 0n, y: 0n }
    : { a: 2, b: 2, d: 9, x: isDirect ? BigInt(MAIN + 64) : 16n, y: 77n };
  const { length } = encode(opcode, fields);
  return encode(opcode, { ...fields, offset: BigInt(length) });
}

/** What the interpreter does itself: what ends a machine, calls its host, or asks for memory. */
const LEFT: readonly string[] = ["trap", "ecall", "ecalli", "sbrk"];
const ONE_STEP: readonly unknown[] = ["single"];

const WIDTHS: Readonly<Record<string, number>> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
};
const NAMES: readonly string[] = [
  ...Object.keys(WIDTHS).map((type) => `load_ind_${type}`),
  ...["u8", "u16", "u32", "u64"].map((type) => `store_ind_${type}`),
];

/** A jump through the table to the first instruction of all, for ever: what is asked on the way. */
function askedByJumpBack(gas: bigint, { runCompiled }: Running): readonly unknown[] {
  const plainCode = realCode(assemble([op("fallthrough"), op("jump_ind", { a: 7 })]));
  const start: Beginning = {
    ...{ code: withEntries(plainCode, [0]), dialect: "gray-paper", gasModel: "instruction" },
    ...{ gas, registers: REGISTERS, regions: REGIONS },
  };
  const { engine, asked } = watched(runCompiled);
  machineWith(start, engine).run();
  return asked;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/every_instruction_is_generated",
    claim:
      "each instruction is done by generated code, but for those that end, call the host or ask for memory",
    subject: ["runCompiled"],
    spec: "The recompiler's own promise: what it can do it does",
    strength: "exhaustive",
    domain: domain.of(...OPCODES),
    reaches: ["generated", "left"],
    implementation: running,
    mutants: [
      mutant(OPERATIONS, "[170, op.I64_EQ],", "[171, op.I64_EQ],"),
      mutant(OPERATIONS, "[80, wideOne()],", ""),
      mutant(
        WRITER,
        "if (operation === 1 || operation === 2) return;",
        "if (operation === 1) return;",
      ),
      mutant(WRITER, "if (operation === 40) return this.#take(local, number);", ""),
    ],
    check: (opcode, reach, face) => {
      const dialect = opcode.mnemonic.startsWith("ecall") || opcode.mnemonic === "unlikely"
        ? "javm"
        : "gray-paper";
      const { asked, failure } = runs(lineOf(opcode), "instruction", dialect, face);
      const isLeft = LEFT.includes(opcode.mnemonic);
      reach(isLeft ? "left" : "generated");
      if (failure !== undefined) return `${opcode.mnemonic}: ${failure}`;
      // The trap behind it is the interpreter's, where the machine comes there.
      const isWanted = isLeft ? asked.length > 0 : `${asked}` === `${ONE_STEP}`;
      return isWanted ? undefined : `${opcode.mnemonic}: asks for ${asked}`;
    },
  }),
  defineProof({
    id: "recompiler/accesses_stay_in_generated_code",
    claim:
      "a load or a store that lies in one page is done by generated code, up to its last byte, and " +
      "one in two pages outside of windows, or where it may not be, is not",
    subject: ["runCompiled"],
    spec: "The recompiler's own promise: what it can do it does",
    strength: "bounded",
    domain: domain.product({
      name: domain.of(...NAMES),
      base: domain.of(...Object.keys(BASES)),
      fromEnd: domain.of(0, -1, 1, PAGE),
    }),
    reaches: ["generated", "left"],
    implementation: running,
    mutants: [
      mutant(ACCESSES, "PAGE_BYTES - 1 - reach)", "PAGE_BYTES - 2 - reach)"),
      mutant(ACCESSES, "isStore ? CAN_WRITE : CAN_READ", "CAN_WRITE"),
      mutant(ACCESSES, "op.I32_AND, op.I32_EQZ);", "op.I32_OR, op.I32_EQZ);"),
    ],
    check: ({ name, base, fromEnd }, reach, face) => {
      const [register = 0, page = 0] = BASES[base] ?? [];
      const width = WIDTHS[name.split("_").at(-1) ?? ""] ?? 0;
      const place = fromEnd === PAGE ? 0 : PAGE - width - fromEnd;
      const line = op(name, { a: 9, b: register, x: BigInt(place) });
      const { asked, failure } = runs(line, "block", "gray-paper", face);
      const isAllowed = name.startsWith("load") || page !== READABLE;
      const isInside = page === MAIN || page === STACK || place + width <= PAGE ||
        (page === READABLE && place >= PAGE);
      // Only what may be read and lies in two pages is done by a step, before that of the trap.
      const steps = isAllowed && !isInside && page === READABLE ? 2 : 1;
      reach(isAllowed && isInside ? "generated" : "left");
      if (failure !== undefined) return failure;
      return asked.length === steps && asked.every((mode) => mode === "single")
        ? undefined
        : `asks for ${asked}`;
    },
  }),
  defineProof({
    id: "recompiler/jumps_to_the_beginning_stay_in_generated_code",
    claim: "a dynamic jump to the first instruction is done by generated code, as any other",
    subject: ["runCompiled"],
    spec: "The recompiler's own promise: what it can do it does",
    strength: "bounded",
    domain: domain.of(10n, 100n, 1_000n),
    reaches: ["asked"],
    implementation: running,
    mutants: [
      mutant(
        WRITER,
        "writer.const32(0);\n    writer.op(op.I32_LT_S);\n    fail();",
        "writer.const32(1);\n    writer.op(op.I32_LT_S);\n    fail();",
      ),
    ],
    check: (gas, reach, face) => {
      const asked = askedByJumpBack(gas, face);
      reach("asked");
      return `${asked}` === "exit" ? undefined : `asks for ${asked}`;
    },
  }),
];

register(proofs);
