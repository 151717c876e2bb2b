/** Every instruction, in every kind of state. */

import { step, withPc } from "../model/pvm.ts";
import { skip } from "../model/pvm_decode.ts";
import { type Opcode, OPCODES } from "../model/pvm_opcodes.ts";
import { defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { DIALECTS, modelMachine, mutant, realMachine, realProgram, sameState } from "./_kit/pvm.ts";
import { benchOf, SCENARIO, type Scenario } from "./_kit/pvm_scenario.ts";
import { register } from "./_kit/register.ts";

const EXECUTE = "src/pvm/execute.ts";
const INTERPRETER = "src/pvm/interpreter.ts";
const LOWERING = "src/pvm/lowering.ts";
const DIALECT = "src/pvm/dialect.ts";

/** The ways on from an instruction. */
function ways({ mnemonic, format }: Opcode): readonly string[] {
  if (mnemonic === "trap") return ["panic", "trap"];
  if (mnemonic === "ecall") return ["ecall"];
  if (mnemonic === "ecalli") return ["host-call"];
  if (mnemonic === "sbrk") return ["next", "panic"];
  if (mnemonic.startsWith("branch_")) return ["next", "jump", "panic"];
  if (mnemonic.endsWith("jump_ind")) return ["jump", "panic", "halt"];
  if (mnemonic.endsWith("jump")) return ["jump", "panic"];
  return /_[ui]\d+$/.test(mnemonic) && !format.startsWith("three") && mnemonic !== "load_imm_64"
    ? ["next", "page-fault", "panic"]
    : ["next"];
}

const label = ({ number }: Opcode, way: string): string => `${number} ${way}`;

/** Compares a step of every instruction of a dialect with the model's. */
function stepsAgree(
  scenario: Scenario,
  dialect: typeof DIALECTS[number],
  reach: (outcome: string) => void,
  implementation: typeof pvm,
): string | undefined {
  const { setup, places } = benchOf(dialect, scenario);
  const program = realProgram(implementation, setup);
  const start = modelMachine(setup);
  let real = realMachine(implementation, setup, program);
  for (const { opcode, pc } of places) {
    const expected = step(withPc(start, BigInt(pc)));
    value(real.setPc(pc));
    const exit = real.step();
    const following = BigInt(pc + 1) + skip(setup.code, BigInt(pc));
    const isJump = /jump/.test(opcode.mnemonic) || expected.machine.pc !== following;
    reach(label(opcode, expected.exit?.kind ?? (isJump ? "jump" : "next")));
    const failure = sameState(exit, real, expected);
    if (failure !== undefined) return `${opcode.mnemonic} in ${dialect}: ${failure}`;
    if (expected.machine.memory !== start.memory) {
      real = realMachine(implementation, setup, program);
    } else {
      value(real.setGas(setup.gas));
      setup.registers.forEach((word, index) => value(real.setRegister(index, word)));
    }
  }
  return undefined;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/every_step_agrees",
    claim: "one step of every opcode gives the model's exit and whole state, in both dialects",
    subject: ["Program.create", "Machine.create", "Machine.step", "Machine.registers"],
    spec: "Gray Paper, appendix A; JAVM Interpreter",
    strength: "sampled",
    domain: sampled(SCENARIO, {
      runs: 45,
      describe: "boundary-biased states, each for all opcodes in both dialects",
    }),
    reaches: OPCODES.flatMap((opcode) =>
      [...ways(opcode), "out-of-gas"].map((way) => label(opcode, way))
    ),
    implementation: pvm,
    mutants: [
      mutant(
        EXECUTE,
        "case 124: // load_u8\n              detail = memory.loadU8",
        "case 124: // load_u8\n              detail = memory.loadU16",
      ),
      mutant(EXECUTE, "              extend16S(w[d] ?? 0, w, d);\n", ""),
      mutant(EXECUTE, "w[(d + 1) | 0] = (w[d] ?? 0) >> 31;", "w[(d + 1) | 0] = 0;"),
      mutant(EXECUTE, "(w[a] === w[b] && w[(a + 1) | 0] === w[(b + 1) | 0])", "(w[a] === w[b])"),
      mutant(
        EXECUTE,
        "w[a] !== w[b] || w[(a + 1) | 0] !== w[(b + 1) | 0]",
        "w[a] !== w[b] && w[(a + 1) | 0] !== w[(b + 1) | 0]",
      ),
      mutant(EXECUTE, "const index = (address >>> 1) - 1;", "const index = address >>> 1;"),
      mutant(EXECUTE, "(address & 1) === 0 && index", "index"),
      mutant(
        LOWERING,
        "...rows(BRANCH_IMMEDIATE_SWAPPED, 84, 174)",
        "...rows(BRANCH_IMMEDIATE, 84, 174)",
      ),
      mutant(
        LOWERING,
        "...rows(BRANCH_IMMEDIATE_SWAPPED, 90, 173)",
        "...rows(BRANCH_IMMEDIATE_SWAPPED, 90, 175)",
      ),
      mutant(
        LOWERING,
        `STORE_IMMEDIATE_INDIRECT = form("zero", "a", "immediate", "y")`,
        `STORE_IMMEDIATE_INDIRECT = form("zero", "a", "immediate", "x")`,
      ),
      mutant(LOWERING, 'immediate === "x" ? xHigh : y >> 31', 'immediate === "x" ? xHigh : 0'),
      mutant(LOWERING, "instruction.a === instruction.b", "instruction.a !== instruction.b"),
      mutant(DIALECT, "haltAddress: 0xffff0000", "haltAddress: 0xfffe0000"),
      mutant(DIALECT, "reservedBytes: 0x10000", "reservedBytes: 0xff00"),
      mutant(DIALECT, `faultPage: "first"`, `faultPage: "failing"`),
      mutant(DIALECT, `0x10000,\n  faultPage: "failing"`, `0x10000,\n  faultPage: "first"`),
      mutant(DIALECT, `hostCallPc: "next"`, `hostCallPc: "call"`),
      mutant(DIALECT, "targetsStartBlocks: true", "targetsStartBlocks: false"),
      mutant(DIALECT, "targetsStartBlocks: false", "targetsStartBlocks: true"),
      mutant(DIALECT, `sbrk: "panic"`, `sbrk: "grow"`),
      mutant(DIALECT, `trapExit: "trap"`, `trapExit: "panic"`),
      mutant(INTERPRETER, "address < dialect.reservedBytes", "address <= dialect.reservedBytes"),
      mutant(
        INTERPRETER,
        `kind === "write-protected" && state.readOnlyStore === "panic"`,
        `kind === "write-protected"`,
      ),
      mutant(INTERPRETER, "first - first % state.memory.pageSize", "first"),
      mutant(
        INTERPRETER,
        "const top = grown.ok ? grown.value : 0;",
        "const top = grown.ok ? grown.value + amount : 0;",
      ),
      mutant(INTERPRETER, "state.tank.gas = 0n;", ""),
      mutant(INTERPRETER, "joinU(low, high)", "joinU(low, 0)"),
    ],
    check: (scenario, reach, implementation) => {
      for (const dialect of DIALECTS) {
        const failure = stepsAgree(scenario, dialect, reach, implementation);
        if (failure !== undefined) return failure;
      }
      return undefined;
    },
  }),
];

register(proofs);
