/** How many decode slots each instruction takes in the pipeline model, those that end blocks included. */

import { OPCODES } from "../model/pvm_opcodes.ts";
import { blockCost } from "../model/pvm_pipeline.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { codeOf, dialectOf, mutant, PLAIN, realCode, realMemory } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

const PIPELINE = "src/pvm/pipeline.ts";
const MEMORY_CYCLES = 255;
const GAS = 10_000n;
const NUMBERS: readonly number[] = OPCODES.map(({ number }) => Number(number));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/pipeline_slots_agree",
    claim:
      "behind any number of small instructions, each instruction leaves as many slots of its cycle as " +
      "the model says: for one that follows without a start, behind operands that are too long",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "JAVM Gas model",
    strength: "bounded",
    domain: domain.union(
      domain.product({
        opcode: domain.of(...NUMBERS),
        before: domain.range(0, 3),
        ab: domain.of<number>(0x00, 0x21),
        d: domain.of<number>(3),
      }),
      // Destinations that are the second source, and fields that stand for the same register.
      domain.product({
        opcode: domain.of(...NUMBERS.filter((number) => number >= 190)),
        before: domain.range(0, 3),
        ab: domain.of<number>(0x21, 0xdc),
        d: domain.of<number>(1),
      }),
    ),
    reaches: ["agrees"],
    implementation: pvm,
    mutants: [
      mutant(PIPELINE, "put(row(2, 1), 0, 1, 101);", "put(row(2, 2), 0, 1, 101);"),
      mutant(PIPELINE, "put(row(40, 1), 2);", "put(row(40, 0), 2);"),
      mutant(PIPELINE, "put(row(15, 1), 40);", "put(row(15, 2), 40);"),
      mutant(PIPELINE, "put(row(15, 1, NONE, true), 80);", "put(row(15, 0, NONE, true), 80);"),
      mutant(PIPELINE, 'row("branch", 1, OF_A_B)', 'row("branch", 2, OF_A_B)'),
      mutant(PIPELINE, "put(row(22, 1, OF_B, true), 180);", "put(row(22, 2, OF_B, true), 180);"),
      mutant(PIPELINE, "alu(2, [3, 4], true).three, 197", "alu(2, [3, 4], false).three, 197"),
      mutant(PIPELINE, "alu(1, [2, 3], true).three, 207", "alu(1, [2, 3], false).three, 207"),
      mutant(PIPELINE, "put(row(100, 4), 3, 10);", "put(row(100, 3), 3, 10);"),
    ],
    check({ opcode, before, ab, d }, reach, face) {
      // What follows takes longer than any other, in this cycle or in the next.
      const load = [52, 0x0b, 0, 0];
      const bytes = [
        ...Array.from({ length: before }, () => [51, 0x05, 0]).flat(),
        ...[opcode, ab, d, ...Array.from({ length: 22 }, () => 0), ...load],
      ];
      const code = codeOf(bytes, Array.from({ length: before + 1 }, (_, at) => 3 * at));
      const dialect = OPCODES.find(({ number }) => Number(number) === opcode)?.dialects[0];
      if (dialect === undefined) return "no dialect has it";
      const program = value(face.Program.create(realCode(code), {
        dialect: dialectOf(face, dialect),
        ...{ gasModel: "pipeline", memoryCycles: MEMORY_CYCLES },
      }));
      const memory = realMemory({ ...PLAIN, code, dialect });
      const machine = value(face.Machine.create(program, { memory, gas: GAS }));
      machine.step();
      reach("agrees");
      return agrees(GAS - machine.gas, blockCost(code, 0n, dialect, BigInt(MEMORY_CYCLES)));
    },
  }),
  defineProof({
    id: "pvm/pipeline_latencies_agree",
    claim: "an instruction at the end of a long block takes as long as the model says",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "JAVM Gas model",
    strength: "exhaustive",
    domain: domain.of(...NUMBERS),
    reaches: ["agrees"],
    implementation: pvm,
    mutants: [
      mutant(PIPELINE, "put(row(2, 1), 0, 1, 101);", "put(row(2, 1), 0, 1, 102);"),
      mutant(PIPELINE, "put(row(2, 1), 0, 1, 101);", "put(row(1, 1), 0, 1, 101);"),
      mutant(PIPELINE, "put(row(1, 1, NONE, true), 51);", "put(row(2, 1, NONE, true), 51);"),
      mutant(PIPELINE, "put(alu(2, 2).three, 218, 219);", "put(alu(3, 2).three, 218, 219);"),
    ],
    check(opcode, reach, face) {
      const bytes = [...Array.from({ length: 20 }, () => [51, 0x05, 0]).flat(), opcode, 0x21, 3];
      const code = codeOf(bytes, Array.from({ length: 21 }, (_, at) => 3 * at));
      const dialect = OPCODES.find(({ number }) => Number(number) === opcode)?.dialects[0];
      if (dialect === undefined) return "no dialect has it";
      const settings = { dialect: dialectOf(face, dialect), gasModel: "pipeline" } as const;
      const program = value(face.Program.create(realCode(code), settings));
      const memory = realMemory({ ...PLAIN, code, dialect });
      const machine = value(face.Machine.create(program, { memory, gas: GAS }));
      machine.step();
      reach("agrees");
      return agrees(GAS - machine.gas, blockCost(code, 0n, dialect, 25n));
    },
  }),
  defineProof({
    id: "pvm/pipeline_tells_registers_apart",
    claim:
      "what reads a register waits for what wrote it and for nothing else; 13 to 15 stand for 12",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "JAVM Gas model",
    strength: "exhaustive",
    domain: domain.product({ written: domain.range(0, 15), read: domain.range(0, 15) }),
    reaches: ["waits", "does not wait"],
    implementation: pvm,
    mutants: [
      mutant(PIPELINE, "const LAST_REGISTER = 12;", "const LAST_REGISTER = 11;"),
      mutant(PIPELINE, "const LAST_REGISTER = 12;", "const LAST_REGISTER = 13;"),
      mutant(PIPELINE, "if (writes) ready[target] = end;", ""),
    ],
    check({ written, read }, reach, face) {
      const bytes = [...[52, written, 0], ...[200, 16 * read, 1], 0];
      const code = codeOf(bytes, [0, 3, 6]);
      const settings = { gasModel: "pipeline", memoryCycles: MEMORY_CYCLES } as const;
      const program = value(face.Program.create(realCode(code), settings));
      const memory = realMemory({ ...PLAIN, code });
      const machine = value(face.Machine.create(program, { memory, gas: GAS }));
      machine.step();
      reach(Math.min(12, read) === Math.min(12, written) ? "waits" : "does not wait");
      return agrees(GAS - machine.gas, blockCost(code, 0n, "gray-paper", BigInt(MEMORY_CYCLES)));
    },
  }),
];

register(proofs);
