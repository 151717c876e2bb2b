/**
 * What a host call costs, and how it gives its result.
 *
 * @module
 */

import { U64 as u64 } from "../../int/mod.ts";
import type { GasTank } from "../gas_tank.ts";
import { machineParts } from "../machine.ts";
import type { Machine } from "../machine.ts";
import { CONTINUE, OUT_OF_GAS, PANIC } from "./answer.ts";
import type { HostAnswer } from "./answer.ts";
import { HOST_RESULT } from "./result.ts";

/** What every host call costs (Gray Paper, appendix B). */
const CALL_GAS = 10;
/** The register that a call gives its result in. */
const RESULT = 7;

/** Takes gas that is a small number. False when there is less: the rest is gone then. */
function spend(tank: GasTank, gas: number): boolean {
  if (tank.available < gas) {
    tank.gas = 0n;
    return false;
  }
  tank.spend(gas);
  return true;
}

/**
 * Takes the gas that a host call costs, as the first thing a handler does: when there is less of it,
 * the handler should do nothing and give back what it got here.
 *
 * @param machine The machine that calls.
 * @param gas What the call costs, 0 to 2^64 - 1; 10 when left out.
 * @returns Nothing when it was paid. When it was not: out of gas, and the machine has none left.
 * For arguments that are no machine and no gas: panic, and nothing was taken.
 */
export function charge(machine: Machine, gas?: bigint): HostAnswer | undefined {
  const parts = machineParts(machine);
  if (parts === undefined) return PANIC;
  if (gas === undefined) return spend(parts.state.tank, CALL_GAS) ? undefined : OUT_OF_GAS;
  if (!u64.is(gas)) return PANIC;
  const left = machine.gas - gas;
  machine.setGas(left < 0n ? 0n : left);
  return left < 0n ? OUT_OF_GAS : undefined;
}

/**
 * Gives the result of a call in register 7, as the last thing a handler does.
 *
 * @param machine The machine that calls.
 * @param result 0 to 2^64 - 1; `HOST_RESULT` has those with a meaning.
 * @returns The machine goes on. For arguments that are no machine and no result: panic, and nothing
 * was given.
 */
export function give(machine: Machine, result: bigint): HostAnswer {
  if (machineParts(machine) === undefined) return PANIC;
  return machine.setRegister(RESULT, result).ok ? CONTINUE : PANIC;
}

/** A call that the host does not know: it costs 10, and gives `WHAT` (Gray Paper, appendix B). */
export function unknownCall(_call: unknown, machine: Machine): HostAnswer {
  return charge(machine) ?? give(machine, HOST_RESULT.WHAT);
}

/** The call `gas`, number 0: gives the gas that is left once it is paid (Gray Paper, appendix B.6). */
export function gasCall(_call: unknown, machine: Machine): HostAnswer {
  return charge(machine) ?? give(machine, machine.gas);
}
