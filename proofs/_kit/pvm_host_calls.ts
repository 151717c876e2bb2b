/** A machine that makes three calls, for proofs of how it is run with its host. */

import type { HostMemory } from "../../model/pvm_host_memory.ts";
import type { Machine } from "../../src/pvm/mod.ts";
import type { Face } from "./pvm.ts";
import { op } from "./pvm_assemble.ts";
import {
  blobOf,
  HALT_ADDRESS,
  hostMemoryOf,
  machineOf,
  memoryWith,
  registersOf,
} from "./pvm_host.ts";

/** Where its memory begins; one page of it can be written. */
export const AT: bigint = 16n * 4096n;

/** Three calls, with a count and a store between them. */
export const PROGRAM: readonly bigint[] = blobOf([
  op("ecalli", { x: 1n }),
  op("add_imm_64", { a: 2, b: 2, x: 1n }),
  op("ecalli", { x: 2n }),
  op("store_ind_u8", { a: 2, b: 3 }),
  op("ecalli", { x: -1n }),
  op("jump_ind", { a: 0 }),
]);

export const MEMORY: HostMemory = memoryWith({ 16: "read-write" }, 5n);
/** The whole state of a machine. */
export function stateOf(machine: Machine): unknown {
  const { pc, gas, registers, memory } = machine;
  return { pc: BigInt(pc), gas, registers, memory: hostMemoryOf(memory) };
}

/** A machine at the first of three calls. */
export function caller(face: Face, gas = 100n): Machine {
  const registers = registersOf({ 0: HALT_ADDRESS, 3: AT });
  return machineOf(face, PROGRAM, { gas, registers, memory: MEMORY });
}
