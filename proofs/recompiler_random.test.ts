/** Random programs, valid and garbage, run to run beside the model. */

import { change } from "../model/paged_regions.ts";
import type * as model from "../model/pvm.ts";
import { defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import type { Machine } from "../src/pvm/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { exitText, modelMachine, realMachine, type Setup } from "./_kit/pvm.ts";
import { GARBAGE, machinesOf, PROGRAM } from "./_kit/pvm_arbitrary.ts";
import { type Face, mutant } from "./_kit/recompiler.ts";
import { differsFromModel, enginesOf } from "./_kit/recompiler_engines.ts";
import { onLargePages, toExit } from "./_kit/recompiler_scenario.ts";
import { register } from "./_kit/register.ts";
import fc from "fast-check";

const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const CHUNK = "src/pvm/recompiler/chunk.ts";
const STAY = "src/pvm/recompiler/stay.ts";

const EXITS_MAX = 6;

/** Does what a host can so that a machine goes on: nothing when it is not to. */
function resumed(real: Machine, { machine, exit }: model.Step): model.Machine | undefined {
  if (exit?.kind === "host-call" || exit?.kind === "ecall") return machine;
  if (exit?.kind === "out-of-gas") {
    real.setGas(9n);
    return { ...machine, gas: 9n };
  }
  if (exit?.kind !== "page-fault") return undefined;
  const [start, size] = [Number(exit.address), Number(machine.memory.pageSize)];
  const mapped = change(machine.memory, "map", start, size, "read-write");
  if ("error" in mapped.outcome) return undefined;
  real.memory.mapRegion(start, size, "read-write");
  return { ...machine, memory: mapped.state };
}

/** Runs a program through its exits beside the model. */
function staysInStep(
  setup: Setup,
  reach: Reach,
  face: Face,
  isReported: (kind: string) => boolean = () => true,
): string | undefined {
  const real = realMachine(enginesOf(face).compiled, setup);
  let machine: model.Machine | undefined = modelMachine(setup);
  reach(`${setup.dialect}, ${setup.gasModel}`);
  for (let exits = 1; exits <= EXITS_MAX && machine !== undefined; exits++) {
    const step = toExit(machine);
    if (step === undefined) return undefined;
    const exit = real.run();
    const kind = exitText(exit).split(" ")[0] ?? "";
    if (isReported(kind)) reach(kind);
    const failure = differsFromModel({ exit, machine: real }, step);
    if (failure !== undefined) return `exit ${exits}: ${failure}`;
    machine = resumed(real, step);
  }
  return undefined;
}

const CONFIGURATIONS = ["gray-paper", "javm"].flatMap((dialect) =>
  ["instruction", "block", "pipeline"].map((gasModel) => `${dialect}, ${gasModel}`)
);
const EXITS = ["panic", "trap", "page-fault", "host-call", "ecall", "out-of-gas"];
const GAS = fc.nat(40).map(BigInt);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/programs_stay_in_step_with_the_model",
    claim: "generated programs go through the model's exits and states, on pages of both sizes",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A; JAVM Interpreter",
    strength: "sampled",
    domain: sampled(
      fc.tuple(machinesOf(PROGRAM, GAS), fc.boolean()).map(onLargePages),
      { runs: 250, describe: "programs of up to 12 instructions, resumed up to five times" },
    ),
    reaches: [...CONFIGURATIONS, ...EXITS],
    implementation: recompiler,
    mutants: [
      mutant(WRITER, "return ~(2 * number + 1);", "return ~(2 * number + 3);"),
      mutant(
        WRITER,
        "if (target === undefined) this.#stop(stoppedWithin(number));",
        "if (target === undefined) return;",
      ),
      mutant(
        WRITER,
        "if (operation === 1 || operation === 2) return;",
        "if (operation <= 3) return;",
      ),
      mutant(
        WRITER,
        "if (operation === 40) return this.#take(local, number);",
        "if (operation === 40) return;",
      ),
      mutant(CHUNK, "if (place === 0) return undefined;", ""),
      mutant(STAY, "const isWithin = (~given & 1) === 1;", "const isWithin = false;"),
      mutant.equivalent(
        STAY,
        "state.pc = layout.pcs[number] ?? 0;",
        "",
        "the interpreter, which comes next, sets it by the record",
      ),
      mutant(
        STAY,
        "state.tank.spend(fuel - left);\n  return { isStop: isWithin",
        "state.tank.spend(fuel);\n  return { isStop: isWithin",
      ),
    ],
    check: (setup, reach, face) => staysInStep(setup, reach, face),
  }),
  defineProof({
    id: "recompiler/garbage_stays_in_step_with_the_model",
    claim: "any bytes with any mask go through the model's exits and states in generated code",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.3; JAVM Predecode",
    strength: "sampled",
    domain: sampled(
      fc.tuple(machinesOf(GARBAGE, GAS), fc.boolean()).map(onLargePages),
      { runs: 500, describe: "up to 48 bytes with any mask, resumed up to five times" },
    ),
    reaches: [...CONFIGURATIONS, ...EXITS.filter((exit) => !/fault|ecall/.test(exit))],
    implementation: recompiler,
    mutants: [
      mutant(
        WRITER,
        "if (operation === 1 || operation === 2) return;",
        "if (operation <= 3) return;",
      ),
    ],
    check: (setup, reach, face) =>
      staysInStep(setup, reach, face, (kind) => !/fault|ecall|halt/.test(kind)),
  }),
];

register(proofs);
