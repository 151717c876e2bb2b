/**
 * The exit codes of the command line.
 *
 * @module
 */

import type { Exit } from "../pvm/mod.ts";

/**
 * What the command line exits with. The first five are the codes that the Gray Paper gives the exits
 * (`invoke`, appendix B.8); those from 64 on are the customary ones of `sysexits.h`.
 */
export const EXIT_CODE = {
  /** The program halted, or the command did what it was to do. */
  done: 0,
  /** The program panicked; or a check found something wrong. */
  panic: 1,
  /** The program touched a page that does not allow it. */
  pageFault: 2,
  /** The program made a call that nobody handles. */
  hostCall: 3,
  /** The gas did not suffice. */
  outOfGas: 4,
  /** The program executed `trap` (JAVM). */
  trap: 5,
  /** There was no room for a page that the program wrote to. */
  noRoom: 6,
  /** The kernel refused an operation of the program. */
  refused: 7,
  /** The kernel could not enter the Instance. */
  notEntered: 8,
  /** The program waits for the host. */
  paused: 9,
  /** The command line is wrong. */
  usage: 64,
  /** A file is not what it should be. */
  malformed: 65,
  /** A file or folder cannot be read, or there is nothing in it. */
  unreadable: 66,
  /** The runtime lacks what is needed. */
  unavailable: 69,
  /** A file cannot be written. */
  unwritable: 73,
} as const;

const OF_EXIT: Readonly<Record<Exit["kind"], number>> = {
  "halt": EXIT_CODE.done,
  "panic": EXIT_CODE.panic,
  "page-fault": EXIT_CODE.pageFault,
  "host-call": EXIT_CODE.hostCall,
  "ecall": EXIT_CODE.hostCall,
  "out-of-gas": EXIT_CODE.outOfGas,
  "trap": EXIT_CODE.trap,
  "no-room": EXIT_CODE.noRoom,
};

/** The exit code for the exit of a program. */
export function codeOfExit({ kind }: Exit): number {
  return OF_EXIT[kind];
}
