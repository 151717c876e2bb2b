/** Every instruction in generated code, in every kind of state, beside the model. */

import { withPc } from "../model/pvm.ts";
import { defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { value } from "./_kit/paged.ts";
import { DIALECTS, modelMachine, realMachine, realProgram } from "./_kit/pvm.ts";
import { benchOf, type Scenario } from "./_kit/pvm_scenario.ts";
import { type Face, mutant } from "./_kit/recompiler.ts";
import { differsFromModel, enginesOf } from "./_kit/recompiler_engines.ts";
import { COMPILED_SCENARIO, entered, putBack, toExit } from "./_kit/recompiler_scenario.ts";
import { register } from "./_kit/register.ts";

const ACCESSES = "src/pvm/recompiler/accesses.ts";
const OPERATIONS = "src/pvm/recompiler/operations.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";

/** Compares a run from every instruction of a dialect to its exit with the model's. */
function runsAgree(
  scenario: Scenario,
  dialect: typeof DIALECTS[number],
  reach: Reach,
  face: Face,
): string | undefined {
  const { setup: plain, places } = benchOf(dialect, scenario);
  const setup = entered(plain, places.map(({ pc }) => pc));
  const { compiled } = enginesOf(face);
  const program = realProgram(compiled, setup);
  const start = modelMachine(setup);
  let machine = realMachine(compiled, setup, program);
  for (const { opcode, pc } of places) {
    const expected = toExit(withPc(start, BigInt(pc)));
    if (expected === undefined) continue;
    value(machine.setPc(pc));
    const exit = machine.run();
    reach(expected.exit?.kind ?? "none");
    const failure = differsFromModel({ exit, machine }, expected);
    if (failure !== undefined) return `${opcode.mnemonic} in ${dialect}: ${failure}`;
    const isSame = expected.machine.memory === start.memory;
    if (isSame) {
      value(machine.setGas(setup.gas));
      setup.registers.forEach((word, index) => value(machine.setRegister(index, word)));
    } else if (!putBack(machine, setup, start)) machine = realMachine(compiled, setup, program);
  }
  return undefined;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/every_opcode_agrees_with_the_model",
    claim:
      "a run from every opcode gives the model's exit and whole state, in both dialects and all gas models",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A; JAVM Interpreter",
    strength: "sampled",
    domain: sampled(COMPILED_SCENARIO, {
      runs: 14,
      describe: "boundary-biased states, each for all opcodes in both dialects",
    }),
    reaches: ["halt", "panic", "trap", "page-fault", "host-call", "ecall", "out-of-gas"],
    implementation: recompiler,
    mutants: [
      mutant(ACCESSES, "[124, load(op.I64_LOAD8_U, 0)]", "[124, load(op.I64_LOAD16_U, 0)]"),
      mutant(ACCESSES, "[129, load(op.I64_LOAD32_S, 3)]", "[129, load(op.I64_LOAD32_U, 3)]"),
      mutant(ACCESSES, "[122, store(op.I64_STORE32, 3)]", "[122, store(op.I64_STORE, 3)]"),
      mutant(ACCESSES, "[130, load(op.I64_LOAD, 7)]", "[130, load(op.I64_LOAD, 3)]"),
      mutant(ACCESSES, "isStore ? CAN_WRITE : CAN_READ", "isStore ? CAN_READ : CAN_READ"),
      mutant(OPERATIONS, "[170, op.I64_EQ]", "[170, op.I64_NE]"),
      mutant(OPERATIONS, "[173, op.I64_LT_S]", "[173, op.I64_LT_U]"),
      mutant(OPERATIONS, "[216, compare(op.I64_LT_U)]", "[216, compare(op.I64_LT_S)]"),
      mutant(
        WRITER,
        "writer.op(op.I32_LT_S);\n      writer.ifUnlikely();",
        "writer.op(op.I32_GE_S);\n      writer.ifUnlikely();",
      ),
      mutant(
        WRITER,
        "writer.const32(2);\n    writer.op(op.I32_SUB);",
        "writer.const32(0);\n    writer.op(op.I32_SUB);",
      ),
      mutant(WRITER, "writer.op(op.I32_ROTR);", "writer.op(op.I32_SHR_U);"),
      mutant(WRITER, "if (word(OPERATION) === 180)", "if (false)"),
    ],
    check: (scenario, reach, face) => {
      for (const dialect of DIALECTS) {
        const failure = runsAgree(scenario, dialect, reach, face);
        if (failure !== undefined) return failure;
      }
      return undefined;
    },
  }),
];

register(proofs);
