/**
 * The state of a machine, as engines work on it.
 *
 * @module
 */

import type { Memory } from "../paged/mod.ts";
import type { GasTank } from "./gas_tank.ts";

/** Where a machine is, when that is more than its pc tells. */
export interface Position {
  /** The place of the record to go on at. */
  readonly record: number;
  /** Whether the block that it lies in is paid for already. */
  readonly paid: boolean;
}

/** The state of a machine. */
export interface MachineState {
  /** The registers, two halves each. */
  readonly registers: Int32Array;
  readonly memory: Memory;
  readonly tank: GasTank;
  /** Where it is, as its host sees it. */
  pc: number;
  /** Where it goes on, unless that is simply at its pc. */
  position: Position | undefined;
  /** What a store to a read-only page gives. */
  readonly readOnlyStore: "panic" | "page-fault";
}
