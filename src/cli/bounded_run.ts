/**
 * Running a machine for a while and no longer: what a case gives it in gas may last for centuries.
 *
 * @module
 */

import type { Exit, Machine } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";

/** The gas that a case may use: a second or so of the interpreter. */
export const CASE_GAS_MAX: bigint = 2n ** 26n;
/** How many single steps a case may take. */
export const CASE_STEPS_MAX: number = 2 ** 20;

/**
 * Runs a machine to its exit.
 *
 * @returns The exit. Fault: it has not exited with `CASE_GAS_MAX` gas, and has more; in words.
 */
export function runBounded(machine: Machine): Result<Exit, string> {
  const { gas } = machine;
  if (gas <= CASE_GAS_MAX) return ok(machine.run());
  machine.setGas(CASE_GAS_MAX);
  const exit = machine.run();
  machine.setGas(machine.gas + gas - CASE_GAS_MAX);
  return exit.kind === "out-of-gas" ? err(`it runs on after ${CASE_GAS_MAX} gas`) : ok(exit);
}

/**
 * Does so many instructions, or fewer when there is an exit.
 *
 * @param steps How many; to the exit when left out.
 * @returns The exit, or nothing when there was none. Fault: there are more than `CASE_STEPS_MAX`; in words.
 */
export function stepBounded(
  machine: Machine,
  steps: number = Infinity,
): Result<Exit | undefined, string> {
  for (let done = 0; done < steps; done++) {
    if (done === CASE_STEPS_MAX) return err(`it goes on after ${CASE_STEPS_MAX} steps`);
    const exit = machine.step();
    if (exit !== undefined) return ok(exit);
  }
  return ok(undefined);
}
