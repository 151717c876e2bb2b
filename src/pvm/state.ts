/**
 * The state of a machine, as engines work on it.
 *
 * @module
 */

import type { Memory } from "../paged/mod.ts";
import type { GasTank } from "./gas_tank.ts";

/**
 * The registers of a machine. While it is the last one that ran its program, they lie where the
 * program's records look for them, so that going on after a host call copies nothing.
 */
export interface RegisterFile {
  /** The registers, two halves each. */
  words: Int32Array;
}

/** The state of a machine. */
export interface MachineState {
  /** Its registers. */
  readonly registers: RegisterFile;
  /** Its memory. */
  readonly memory: Memory;
  /** Its gas. */
  readonly tank: GasTank;
  /** Where it is, as its host sees it. */
  pc: number;
  /** The place of the record that it goes on at; 0 when that is simply the one at its pc. */
  record: number;
  /** Whether the block that this record lies in is paid for already. */
  paid: boolean;
  /** What a store to a read-only page gives. */
  readOnlyStore: "panic" | "page-fault";
}
