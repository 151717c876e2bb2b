/** What blocks cost, and that every program ends. */

import { blockCost } from "../model/pvm_pipeline.ts";
import { OPCODES } from "../model/pvm_opcodes.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import fc from "fast-check";
import { value } from "./_kit/paged.ts";
import { codeOf, DIALECTS, type Face, mutant, PLAIN, realMachine, type Setup } from "./_kit/pvm.ts";
import { machinesOf, PROGRAM } from "./_kit/pvm_arbitrary.ts";
import { register } from "./_kit/register.ts";

const PIPELINE = "src/pvm/pipeline.ts";
const PLENTY = 2n ** 40n;

/** What entering a place costs: what a step there takes away. */
function costAt(implementation: Face, setup: Setup, pc: number): bigint {
  const machine = realMachine(implementation, { ...setup, gas: PLENTY, pc });
  machine.step();
  return PLENTY - machine.gas;
}

/** Blocks and their costs (JAVM, known answers): bytes, with a bar before each instruction. */
const ANSWERS: readonly (readonly [string, bigint])[] = [
  ["|00", 1n],
  ["|28 00", 12n],
  ["|0a 01", 97n],
  ["|02", 37n],
  ["|33 00 01|33 01 02|c8 10 02|00", 1n],
  ["|33 00 01|33 01 01|33 02 01|33 03 01|33 04 01|00", 1n],
  ["|82 01|82 12|28 00", 47n],
  ["|82 01|82 02|28 00", 22n],
  ["|82 01|64 13|95 33 01|28 00", 23n],
  ["|cb 10 02|cb 03 00|00", 117n],
  ["|aa 10 04|01|00", 1n],
  ["|aa 10 03|01|00", 17n],
];

/** The code of a text of bytes with bars. */
function codeOfText(text: string) {
  const parts = text.split("|").slice(1).map((part) =>
    part.trim().split(" ").map((byte) => Number.parseInt(byte, 16))
  );
  const starts = parts.map((_, index) => parts.slice(0, index).flat().length);
  return codeOf(parts.flat(), starts);
}

/** Instructions as the pipeline sees them: an opcode and two bytes with register fields. */
const SHORT = fc.tuple(
  fc.oneof(
    fc.constantFrom(...OPCODES.map(({ number }) => Number(number)).filter((code) => code > 99)),
    fc.nat(255),
  ),
  fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0x12, 0x21, 0xcd, 0xdc, 0xdd, 0xde, 0xff, 0x0f),
  fc.constantFrom(0x00, 0x01, 0x02, 0x0c, 0x0f, 0x1d),
);

/** A block that jumps to its own second half, which no terminator precedes. */
const ENDLESS: Setup = {
  ...PLAIN,
  dialect: "javm",
  gasModel: "pipeline",
  code: codeOf([51, 0, 1, 51, 1, 1, 40, 0xfd, 0xff, 0xff, 0xff], [0, 3, 6]),
  gas: 400n,
};

/**
 * Each instruction between others of one slot, with a register of its own for each field, and with
 * one for all.
 */
const ROWS_OF_ONE = OPCODES.flatMap(({ number }) =>
  [[0x21, 3], [0x11, 1]].map(([ab = 0, d = 0]): [[number, number, number][], number] => [
    Array.from({ length: 9 }, (_, at) => at % 2 === 0 ? [Number(number), ab, d] : [51, 5, 0]),
    0,
  ])
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/gas_known_answers",
    claim: "the blocks whose cost in the pipeline model is known cost that",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "JAVM Gas model, examples",
    strength: "exhaustive",
    domain: domain.of(...ANSWERS),
    reaches: ["block"],
    implementation: pvm,
    mutants: [
      mutant(PIPELINE, "put(row(100, 4), 3, 10);", "put(row(99, 4), 3, 10);"),
      mutant(PIPELINE, "const TAKEN_CYCLES = 20;", "const TAKEN_CYCLES = 21;"),
      mutant(PIPELINE, "opcode === 0 || opcode === 2", "opcode === 2"),
      mutant(PIPELINE, 'ready[target] = ready[register("b")] ?? 0;', ""),
    ],
    check: ([text, cost], reach, implementation) => {
      const code = codeOfText(text);
      reach("block");
      const setup: Setup = { ...PLAIN, code, dialect: "javm", gasModel: "pipeline" };
      return allOf(
        agrees(costAt(implementation, setup, 0), cost),
        agrees(blockCost(code, 0n, "javm", 25n), cost),
      );
    },
  }),
  defineProof({
    id: "pvm/pipeline_costs_agree",
    claim: "entering a block costs what the model says, at every place of the block",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "JAVM Gas model",
    strength: "sampled",
    domain: sampled(fc.tuple(fc.array(SHORT, { minLength: 1, maxLength: 9 }), fc.nat(2)), {
      runs: 1500,
      describe: "blocks of up to 9 instructions",
      examples: ROWS_OF_ONE,
    }),
    reaches: OPCODES.map(({ mnemonic }) => mnemonic),
    implementation: pvm,
    mutants: [
      mutant(PIPELINE, "put(alu(2, [3, 4], true).three", "put(alu(2, [3, 4]).three"),
      mutant(
        PIPELINE,
        "put(alu(1, [2, 3], true).three, 207",
        "put(alu(1, [3, 2], true).three, 207",
      ),
      mutant(PIPELINE, "if (used >= SLOTS)", "if (used > SLOTS)"),
      mutant(PIPELINE, "[cycle + 1, taken]", "[cycle + 1, taken + used - SLOTS]"),
      mutant(PIPELINE, "code.bytes[pc + 1] ?? 0xff", "code.bytes[pc + 1] ?? 0"),
      mutant(
        PIPELINE,
        'const OF_A_B: readonly Field[] = ["a", "b"];',
        'const OF_A_B: readonly Field[] = ["a"];',
      ),
      mutant(
        PIPELINE,
        'const OF_B_D: readonly Field[] = ["b", "d"];',
        'const OF_B_D: readonly Field[] = ["b"];',
      ),
      mutant(PIPELINE, "put(alu(2, [2, 3]).three, 190", "put(alu(2, [2, 2]).three, 190"),
      mutant(PIPELINE, "put(alu(6, 4).three, 215);", "put(alu(4, 4).three, 215);"),
      mutant(PIPELINE, "put(alu(2, 3).two, 147, 148, 154);", "put(alu(2, 3).two, 147, 148);"),
      mutant(PIPELINE, "done = Math.max(done, end);", "done = end;"),
    ],
    check: ([block, lost], reach, implementation) => {
      const bytes = block.flatMap(([opcode, ...fields]) => [opcode, ...fields]);
      const starts = block.map((_, index) => 3 * index);
      // The last one can lose its operands: what lies beyond the end counts too.
      const code = codeOf(bytes.slice(0, bytes.length - lost), starts);
      for (const dialect of DIALECTS) {
        const setup: Setup = { ...PLAIN, code, dialect, gasModel: "pipeline" };
        for (const pc of starts) {
          const known = OPCODES.find(({ number, dialects }) =>
            number === code.bytes[pc] && dialects.includes(dialect)
          );
          if (known === undefined) continue;
          reach(known.mnemonic);
          const cost = blockCost(code, BigInt(pc), dialect, 25n);
          const failure = agrees(costAt(implementation, setup, pc), cost);
          if (failure !== undefined) return `${known.mnemonic} at ${pc}: ${failure}`;
        }
      }
      return undefined;
    },
  }),
  defineProof({
    id: "pvm/every_program_ends",
    claim: "every program ends within its gas, which a block can only spend: each entry costs some",
    subject: ["Machine.run", "Machine.step"],
    spec: "Gray Paper, appendix A; JAVM Gas model",
    strength: "sampled",
    domain: sampled(machinesOf(PROGRAM, fc.nat(400).map(BigInt)), {
      runs: 600,
      describe: "programs with up to 400 gas",
      examples: [ENDLESS],
    }),
    reaches: ["out-of-gas", "loop"],
    implementation: pvm,
    mutants: [
      // Without a charge for entries in the middle of a block, the example never ends.
      mutant(
        "src/pvm/interpreter.ts",
        "const cost = perInstruction ? 1 : paid ? 0 : costAt(start, available);",
        "const cost = perInstruction ? 1 : 0;",
      ),
    ],
    check: (setup, reach, implementation) => {
      // Each step costs 1, or is one of the at most 12 of a block whose entry costs 1.
      const stepsMax = 14 * (Number(setup.gas) + 1) + 14;
      const machine = realMachine(implementation, setup);
      let steps = 0;
      let exit = machine.step();
      while (exit === undefined) {
        if (++steps > stepsMax) return `it goes on after ${steps} steps`;
        exit = machine.step();
      }
      if (steps > 50) reach("loop");
      if (exit.kind === "out-of-gas") reach("out-of-gas");
      const other = realMachine(implementation, setup);
      const sum = agrees(other.run().kind, exit.kind);
      value(other.setGas(0n));
      return allOf(sum, agrees(machine.gas <= setup.gas, true));
    },
  }),
];

register(proofs);
