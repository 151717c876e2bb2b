/** Generated code entered and left anywhere: at every gas value and at every place. */

import { defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { Random } from "./_kit/fuzz_inputs.ts";
import { value } from "./_kit/paged.ts";
import { DIALECTS, GAS_MODELS } from "./_kit/pvm.ts";
import { type Face, mutant } from "./_kit/recompiler.ts";
import { differ, enginesOf } from "./_kit/recompiler_engines.ts";
import { programOf } from "./_kit/recompiler_programs.ts";
import {
  type Beginning,
  both,
  machineWith,
  type Region,
  runTwins,
  twinsOf,
} from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";
import fc from "fast-check";

const RUN = "src/pvm/recompiler/run.ts";
const STAY = "src/pvm/recompiler/stay.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const CHUNK = "src/pvm/recompiler/chunk.ts";
const SEGMENTS = "src/pvm/recompiler/segments.ts";

const GAS_MAX = 30;
const REGIONS: readonly Region[] = [
  [0x1_0000, 4096, "read-only"],
  [0x2_0000, 8192, "read-write"],
  [0x3_0000, 4096, "read-write"],
  [0x4_0000, 4096, "read-write"],
];
const POINTERS: Readonly<Record<number, bigint>> = { 1: 0x4_0800n, 10: 0x2_0010n, 11: 0x3_0100n };

const BEGINNING: fc.Arbitrary<Beginning> = fc.record({
  seed: fc.nat(2 ** 31 - 1),
  pieces: fc.integer({ min: 1, max: 25 }),
  dialect: fc.constantFrom(...DIALECTS),
  gasModel: fc.constantFrom(...GAS_MODELS),
}).map(({ seed, pieces, dialect, gasModel }) => ({
  code: programOf(new Random(seed), dialect, pieces),
  dialect,
  gasModel,
  gas: BigInt(GAS_MAX),
  registers: Array.from({ length: 13 }, (_, index) => POINTERS[index] ?? BigInt(index)),
  regions: REGIONS,
  heap: [0x2_0000, 0x2_2000, 4],
}));

/** Cuts both off after `first` gas, and lets them go on with the rest. */
function cutAgrees(beginning: Beginning, first: number, face: Face): string | undefined {
  const { recompiler } = enginesOf(face);
  const twins = twinsOf({ ...beginning, gas: BigInt(first) }, recompiler);
  const cut = runTwins(twins);
  if (cut.failure !== undefined || cut.kind !== "out-of-gas") return cut.failure;
  both(twins, (machine) => machine.setGas(BigInt(GAS_MAX - first)));
  // What went on behind the end of the code in the JAVM cannot be resumed.
  const isLost = beginning.dialect === "javm" && twins.plain.pc >= beginning.code.bytes.length;
  const rest = runTwins(twins);
  if (isLost || rest.failure !== undefined || beginning.gasModel !== "instruction") {
    return rest.failure;
  }
  // Where gas is paid for each instruction, nothing at all is to tell of the cut.
  const whole = machineWith(beginning, recompiler);
  return differ({ exit: rest.exit, machine: twins.quick }, { exit: whole.run(), machine: whole });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/resumption_at_every_gas_value",
    claim:
      "a generated program cut off at any gas value is where the interpreter is, and goes on as that does and as if it had not been cut",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.1",
    strength: "sampled",
    domain: sampled(BEGINNING, {
      runs: 40,
      describe: "programs that are cut at every value up to what they spend of 30 gas",
    }),
    reaches: [...GAS_MODELS, "cut"],
    implementation: recompiler,
    mutants: [
      mutant(
        WRITER,
        "writer.const32(cost);\n      writer.op(op.I32_SUB);",
        "writer.const32(cost + 1);\n      writer.op(op.I32_SUB);",
      ),
      mutant(
        WRITER,
        "writer.const32(cost);\n      writer.op(op.I32_LT_S);",
        "writer.const32(cost - 1);\n      writer.op(op.I32_LT_S);",
      ),
      mutant(
        WRITER,
        "this.#stop(stoppedBefore(first));\n      writer.end();",
        "this.#stop(stoppedWithin(first));\n      writer.end();",
      ),
      mutant(
        CHUNK,
        "return this.word(number, COST) - (isOpen",
        "return this.word(number, COST) + 1 - (isOpen",
      ),
      mutant(
        CHUNK,
        "return cost <= COST_MAX ? cost : undefined;",
        "return cost <= COST_MAX ? cost & ~1 : undefined;",
      ),
      mutant(
        RUN,
        "if (!isStop && fuel === available) return this.#interpret();",
        'if (!isStop && fuel === available) return { kind: "out-of-gas" };',
      ),
      mutant(
        STAY,
        "leaveAt(state, prepared, number, isWithin && !perInstruction);",
        "leaveAt(state, prepared, number, true);",
      ),
      mutant(
        STAY,
        "words[GUEST_LAYOUT.FUEL_AT >> 2] = fuel;",
        "words[GUEST_LAYOUT.FUEL_AT >> 2] = fuel + 1;",
      ),
    ],
    check: (beginning, reach, face) => {
      const whole = machineWith(beginning);
      const end = whole.run();
      reach(beginning.gasModel);
      const used = end.kind === "out-of-gas" ? GAS_MAX : GAS_MAX - Number(whole.gas);
      for (let first = 0; first <= used; first++) {
        const failure = cutAgrees(beginning, first, face);
        if (failure !== undefined) return `cut at ${first}: ${failure}`;
        reach("cut");
      }
      return undefined;
    },
  }),
  defineProof({
    id: "recompiler/entry_at_every_place",
    claim: "a machine put anywhere, in the midst of blocks and of instructions too, goes on alike",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.3; JAVM Predecode",
    strength: "sampled",
    domain: sampled(BEGINNING, {
      runs: 60,
      describe: "programs that are begun at every offset of their code and at two beyond",
    }),
    reaches: [...GAS_MODELS, "out-of-gas", "panic"],
    implementation: recompiler,
    mutants: [
      mutant(
        STAY,
        "const isEntry = segment >= 0 && ((segments.flags[segment] ?? 0) & ENTRY) !== 0;",
        "const isEntry = true;",
      ),
      mutant(
        STAY,
        "layout.recordAt[state.pc] ?? 0 : state.record;",
        "layout.recordAt[state.pc - 1] ?? 0 : state.record;",
      ),
      mutant(
        SEGMENTS,
        "(chunk << LOCAL_BITS) | (segment - (segments.chunks[chunk] ?? 0))",
        "(chunk << LOCAL_BITS) | (segment + 1 - (segments.chunks[chunk] ?? 0))",
      ),
      mutant(WRITER, "writer.const32(first);\n      writer.op(op.I32_SUB);", ""),
    ],
    check: (beginning, reach, face) => {
      const twins = twinsOf(beginning, enginesOf(face).recompiler);
      reach(beginning.gasModel);
      const { length } = beginning.code.bytes;
      for (let pc = 0; pc < length + 2; pc++) {
        both(twins, (machine) => {
          value(machine.setPc(pc));
          value(machine.setGas(BigInt(8 + pc % 8)));
          value(machine.setRegister(1, BigInt(0x4_0ff0 + pc % 16)));
        });
        const { kind, failure } = runTwins(twins);
        if (kind === "out-of-gas" || kind === "panic") reach(kind);
        if (failure !== undefined) return `from ${pc}: ${failure}`;
      }
      return undefined;
    },
  }),
];

register(proofs);
