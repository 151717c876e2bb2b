/**
 * Running a machine in slices of gas, so that its progress shows.
 *
 * @module
 */

import type { Call, Exit, HostAnswer, Machine } from "../pvm/mod.ts";

/** What is told about a run while it goes on. */
export interface Drive {
  /** The gas of a slice; everything at once when left out. */
  readonly slice: bigint | undefined;
  /** Does a call; nothing when it is not handled. */
  readonly onCall: (call: Call, machine: Machine) => HostAnswer | undefined;
  /** Called after each slice with the gas that is left. */
  readonly onSlice: (gasLeft: bigint) => void;
}

/**
 * Runs a machine until it exits.
 *
 * Slices are exact only where gas is charged for each instruction: then a machine runs out of it with
 * nothing left, and what it did not do it has not paid for.
 */
export function drive(machine: Machine, { slice, onCall, onSlice }: Drive): Exit {
  for (let left: bigint = machine.gas;;) {
    const part = slice !== undefined && slice < left ? slice : left;
    machine.setGas(part);
    const exit = machine.run();
    left += machine.gas - part;
    if (exit.kind === "out-of-gas" && left > 0n) {
      onSlice(left);
      continue;
    }
    machine.setGas(left);
    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;
    const answer = onCall(exit, machine);
    if (answer === undefined) return exit;
    if (answer.kind !== "continue") return answer;
    left = machine.gas;
  }
}
