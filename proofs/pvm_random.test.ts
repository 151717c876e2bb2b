/** Whole programs, in lock step with the model. */

import { change } from "../model/paged_regions.ts";
import * as model from "../model/pvm.ts";
import { defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import {
  DIALECTS,
  exitText,
  type Face,
  GAS_MODELS,
  modelMachine,
  mutant,
  realMachine,
  sameState,
  type Setup,
} from "./_kit/pvm.ts";
import { GARBAGE, machinesOf, PROGRAM } from "./_kit/pvm_arbitrary.ts";
import { register } from "./_kit/register.ts";

const GAS = "src/pvm/gas.ts";
const INTERPRETER = "src/pvm/interpreter.ts";
const LAYOUT = "src/pvm/layout.ts";
const PIPELINE = "src/pvm/pipeline.ts";
const BLOCKS = "src/pvm/blocks.ts";

/** How many steps a program that was given more gas than it needs is watched for. */
const STEPS_MAX = 120;
/** How many exits a machine is resumed after. */
const EXITS_MAX = 6;

/** Two machines in the same state, of which one steps and one runs, and their model. */
interface Trio {
  readonly stepping: pvm.Machine;
  readonly running: pvm.Machine;
  readonly model: model.Machine;
}

/** Steps to an exit, compared after each step; then runs there, and compares again. */
function toExit(trio: Trio): { readonly step: model.Step; readonly failure: string | undefined } {
  const { stepping, running } = trio;
  let step: model.Step = { machine: trio.model, exit: undefined };
  for (let count = 0; step.exit === undefined; count++) {
    if (count === STEPS_MAX) return { step, failure: undefined };
    step = model.step(step.machine);
    const failure = sameState(stepping.step(), stepping, step);
    if (failure !== undefined) return { step, failure: `step ${count + 1}: ${failure}` };
  }
  const failure = sameState(running.run(), running, step);
  return { step, failure: failure && `run: ${failure}` };
}

/** Does what a host can so that a machine goes on: nothing when it is not to. */
function resumed({ stepping, running }: Trio, step: model.Step): model.Machine | undefined {
  const { machine, exit } = step;
  if (exit?.kind === "host-call" || exit?.kind === "ecall") return machine;
  if (exit?.kind === "out-of-gas") {
    for (const real of [stepping, running]) real.setGas(9n);
    return { ...machine, gas: 9n };
  }
  if (exit?.kind !== "page-fault") return undefined;
  const { pageSize } = machine.memory;
  const mapped = change(
    machine.memory,
    "map",
    Number(exit.address),
    Number(pageSize),
    "read-write",
  );
  if ("error" in mapped.outcome) return undefined;
  for (const real of [stepping, running]) {
    real.memory.mapRegion(Number(exit.address), Number(pageSize), "read-write");
  }
  return { ...machine, memory: mapped.state };
}

/** Runs a program through its exits, in lock step with the model. */
function staysInStep(implementation: Face, setup: Setup, reach: Reach): string | undefined {
  const stepping = realMachine(implementation, setup);
  const running = realMachine(implementation, setup);
  let machine: model.Machine | undefined = modelMachine(setup);
  reach(`${setup.dialect}, ${setup.gasModel}, ${setup.backend}`);
  for (let exits = 0; exits < EXITS_MAX && machine !== undefined; exits++) {
    const trio: Trio = { stepping, running, model: machine };
    const { step, failure } = toExit(trio);
    if (failure !== undefined || step.exit === undefined) {
      return failure && `exit ${exits + 1}: ${failure}`;
    }
    reach(exitText(step.exit).split(" ")[0] ?? "");
    machine = resumed(trio, step);
  }
  return undefined;
}

const SUBJECT = ["Machine.create", "Machine.run", "Machine.step", "Machine.setGas"];
const CONFIGURATIONS = DIALECTS.flatMap((dialect) =>
  GAS_MODELS.flatMap((gasModel) =>
    ["flat", "sparse"].map((backend) => `${dialect}, ${gasModel}, ${backend}`)
  )
);
const EXITS = ["halt", "panic", "trap", "page-fault", "host-call", "ecall", "out-of-gas"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/programs_stay_in_step",
    claim: "programs go through the model's states, step by step and run by run, to every exit",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A; JAVM Interpreter",
    strength: "sampled",
    domain: sampled(machinesOf(PROGRAM), {
      runs: 1200,
      describe: "programs of up to 12 instructions, resumed up to five times",
    }),
    reaches: [...CONFIGURATIONS, ...EXITS],
    implementation: pvm,
    mutants: [
      mutant(
        GAS,
        "else count = isTerminator(operation) ? 1 : count + 1;",
        "else count = count + 1;",
      ),
      mutant(GAS, "isTerminator(operation) ? 1 : count + 1", "isTerminator(operation) ? 1 : count"),
      mutant(
        INTERPRETER,
        'const paid = gasModel !== "instruction" &&\n    !isTerminator(layout.words[record + OPERATION] ?? 0);',
        "const paid = true;",
      ),
      mutant(
        INTERPRETER,
        'const paid = gasModel !== "instruction" &&\n    !isTerminator(layout.words[record + OPERATION] ?? 0);',
        "const paid = false;",
      ),
      mutant(INTERPRETER, "paid = reason === STOP && !perInstruction;", "paid = false;"),
      mutant(
        INTERPRETER,
        "(layout.words[record + COST] ?? 1) - 1;",
        "(layout.words[record + COST] ?? 1);",
      ),
      mutant(
        INTERPRETER,
        "stretch.entryCost - (record - stretch.start) / RECORD - 1",
        "stretch.entryCost - (record - stretch.start) / RECORD",
      ),
      mutant(INTERPRETER, "stopAt: start + RECORD * fuel", "stopAt: start + RECORD * (fuel + 1)"),
      mutant(INTERPRETER, "state.pc += 1 + skipOf(code.starts, state.pc);", "state.pc += 1;"),
      mutant(
        BLOCKS,
        "if (terminators.has(opcode)) mark(pc + 1 + instruction.skip, AFTER_TERMINATOR);",
        "mark(pc + 1 + instruction.skip, AFTER_TERMINATOR);",
      ),
      mutant(BLOCKS, "  mark(0, AFTER_TERMINATOR);\n", ""),
      mutant(LAYOUT, "else if (next !== end) plan.push(trapAt(next));", ""),
      mutant(INTERPRETER, "return perInstruction && fuel > 0", "return fuel > 0"),
      mutant(PIPELINE, "const CYCLES_FREE = 3;", "const CYCLES_FREE = 2;"),
    ],
    check: (setup, reach, implementation) => staysInStep(implementation, setup, reach),
  }),
  defineProof({
    id: "pvm/garbage_stays_in_step",
    claim: "any bytes with any mask go through the model's states, from wherever they are started",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A.3; JAVM Predecode",
    strength: "sampled",
    domain: sampled(machinesOf(GARBAGE), {
      runs: 2500,
      describe: "up to 48 bytes with any mask, resumed up to five times",
    }),
    reaches: [...CONFIGURATIONS, ...EXITS.filter((exit) => exit !== "halt")],
    implementation: pvm,
    mutants: [
      mutant(LAYOUT, 'if (pc < end || dialect.strayTrapsAt === "place")', "if (true)"),
      mutant("src/pvm/dialect.ts", 'strayStart: "panic"', 'strayStart: "trap"'),
      mutant(INTERPRETER, 'if (state.tank.available < 1) return { kind: "out-of-gas" };\n  ', ""),
      mutant(INTERPRETER, "  state.tank.spend(1);\n", ""),
    ],
    check: (setup, reach, implementation) => staysInStep(implementation, setup, reach),
  }),
];

register(proofs);
