/** A program that is interrupted anywhere ends as one that is not. */

import { agrees, allOf, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { exitText, type Face, mutant, realMachine, type Setup, stateOf } from "./_kit/pvm.ts";
import { machinesOf, PROGRAM } from "./_kit/pvm_arbitrary.ts";
import { register } from "./_kit/register.ts";
import { value } from "./_kit/paged.ts";
import fc from "fast-check";

const INTERPRETER = "src/pvm/interpreter.ts";
const TANK = "src/pvm/gas_tank.ts";

/** The state without the gas. */
function essence(machine: pvm.Machine): readonly string[] {
  return stateOf(machine).filter((line) => !line.startsWith("gas "));
}

/** Runs to an exit other than for calls of the host and pages, which are mapped as they are missed. */
function serve(machine: pvm.Machine): { readonly exit: pvm.Exit; readonly faults: number } {
  for (let faults = 0;;) {
    const exit = machine.run();
    if (exit.kind === "page-fault" && faults < 9) {
      const size = machine.memory.pageSize;
      if (!machine.memory.mapRegion(exit.address, size, "read-write").ok) return { exit, faults };
      faults++;
    } else if (exit.kind !== "host-call" && exit.kind !== "ecall") {
      return { exit, faults };
    }
  }
}

/** Whether a machine ran out of gas where the JAVM puts stray execution, which cannot be resumed. */
function isLost(setup: Setup, machine: pvm.Machine): boolean {
  return setup.dialect === "javm" && machine.pc >= setup.code.bytes.length;
}

/** Compares a run that is cut off after `first` gas, and resumed, with one that is not. */
function cutAgrees(
  implementation: Face,
  setup: Setup,
  first: bigint,
  whole: { readonly text: string; readonly state: readonly string[]; readonly gas: bigint },
): string | undefined {
  const machine = realMachine(implementation, { ...setup, gas: first });
  const cut = serve(machine);
  if (cut.exit.kind !== "out-of-gas") {
    return agrees([exitText(cut.exit), ...essence(machine)], [whole.text, ...whole.state]);
  }
  if (machine.gas !== 0n) return `${machine.gas} gas are left after running out`;
  if (isLost(setup, machine)) return undefined;
  value(machine.setGas(setup.gas - first));
  const { exit } = serve(machine);
  const isPerInstruction = setup.gasModel === "instruction";
  return allOf(
    agrees([exitText(exit), ...essence(machine)], [whole.text, ...whole.state]),
    isPerInstruction ? agrees(machine.gas, whole.gas) : undefined,
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/resumption_at_every_gas_value",
    claim:
      "a program cut off at any gas value, and resumed, ends in the exit and state of one that is not",
    subject: ["Machine.run", "Machine.setGas", "Machine.gas"],
    spec: "Gray Paper, appendix A.1",
    strength: "sampled",
    domain: sampled(machinesOf(PROGRAM, fc.constant(2n ** 32n)), {
      runs: 400,
      describe: "programs that end within 60 gas, each cut at every value up to that",
    }),
    reaches: ["instruction", "block", "pipeline", "resumed"],
    implementation: pvm,
    mutants: [
      mutant(INTERPRETER, "  state.tank.gas = 0n;\n", ""),
      mutant(
        INTERPRETER,
        '  state.pc = pcOf(prepared, record);\n  return { kind: "out-of-gas" };',
        '  state.pc = pcOf(prepared, record) + 1;\n  return { kind: "out-of-gas" };',
      ),
      mutant(INTERPRETER, "stopAt: start + RECORD * fuel", "stopAt: start + RECORD * (fuel - 1)"),
    ],
    check: (setup, reach, implementation) => {
      const machine = realMachine(implementation, { ...setup, gas: 60n });
      const { exit, faults } = serve(machine);
      if (exit.kind === "out-of-gas" || faults > 0) return undefined;
      const used = 60n - machine.gas;
      const whole = { text: exitText(exit), state: essence(machine), gas: 2n ** 32n - used };
      reach(setup.gasModel);
      for (let first = 0n; first <= used; first++) {
        const failure = cutAgrees(implementation, setup, first, whole);
        if (failure !== undefined) return `cut at ${first}: ${failure}`;
        reach("resumed");
      }
      return undefined;
    },
  }),
  defineProof({
    id: "pvm/faults_are_transparent",
    claim:
      "a program whose pages are mapped as it misses them ends as one that has them, for 1 gas each",
    subject: ["Machine.run", "Machine.memory"],
    spec: "Gray Paper, appendix A.4",
    strength: "sampled",
    domain: sampled(machinesOf(PROGRAM, fc.constant(200n)), {
      runs: 1500,
      describe: "programs with up to nine missing pages",
    }),
    reaches: ["fault"],
    implementation: pvm,
    mutants: [
      mutant(
        INTERPRETER,
        "if (perInstruction) state.tank.spend(-undone",
        "if (!perInstruction) state.tank.spend(-undone",
      ),
      mutant(
        INTERPRETER,
        'return { kind: "page-fault", address };',
        'state.pc++;\n  return { kind: "page-fault", address };',
      ),
    ],
    check: (drawn, reach, implementation) => {
      const setup: Setup = {
        ...drawn,
        gasModel: "instruction",
        backend: "sparse",
        readOnlyStore: "panic",
      };
      const late = realMachine(implementation, setup);
      const { exit, faults } = serve(late);
      if (faults === 0 || exit.kind === "out-of-gas" || exit.kind === "page-fault") {
        return undefined;
      }
      reach("fault");
      const early = realMachine(implementation, setup);
      for (const { address } of late.memory.pages()) {
        const isThere = setup.pages.some(({ start }) => start === address);
        if (!isThere) value(early.memory.mapRegion(address, setup.pageSize, "read-write"));
      }
      const other = serve(early);
      return other.faults > 0 ? undefined : allOf(
        agrees([exitText(exit), ...essence(late)], [exitText(other.exit), ...essence(early)]),
        agrees(late.gas + BigInt(faults), early.gas),
      );
    },
  }),
  defineProof({
    id: "pvm/all_gas_counts",
    claim: "gas is exact up to 2^64 - 1, whatever a machine spends of it",
    subject: ["Machine.setGas", "Machine.gas", "Machine.step"],
    spec: "Gray Paper, appendix A.1",
    strength: "sampled",
    domain: sampled(
      fc.record({
        edge: fc.constantFrom(0n, 2n ** 31n, 2n ** 32n, 2n ** 52n, 2n ** 53n, 2n ** 64n - 9n),
        more: fc.nat(8),
        steps: fc.nat(9),
      }),
      { runs: 500, describe: "gas at the edges of what numbers hold, and up to 9 steps" },
    ),
    reaches: ["spent", "out"],
    implementation: pvm,
    mutants: [
      mutant(TANK, "this.#reserve -= moved;", ""),
      mutant(TANK, "this.#reserve = gas > AT_HAND_MAX ? gas : 0n;", "this.#reserve = 0n;"),
      mutant(TANK, "const AT_HAND_MAX = 2 ** 52;", "const AT_HAND_MAX = 2 ** 60;"),
    ],
    check: ({ edge, more, steps }, reach, implementation) => {
      const gas = edge + BigInt(more);
      const code = {
        bytes: Array.from({ length: 10 }, () => 1n),
        mask: Array.from({ length: 10 }, () => true),
        jumpTable: { count: 0n, width: 0n, bytes: [] },
      };
      const machine = realMachine(implementation, {
        code,
        dialect: "gray-paper",
        gasModel: "instruction",
        backend: "sparse",
        readOnlyStore: "panic",
        pageSize: 4096,
        pages: [],
        registers: [],
        gas: 0n,
        pc: 0,
      });
      value(machine.setGas(gas));
      for (let step = 1n; step <= BigInt(steps); step++) {
        const exit = machine.step();
        reach(exit === undefined ? "spent" : "out");
        const left = gas > step ? gas - step : 0n;
        if (machine.gas !== left) return `after ${step} steps: ${agrees(machine.gas, left)}`;
      }
      return undefined;
    },
  }),
];

register(proofs);
