/**
 * Why a machine stopped.
 *
 * @module
 */

import type { U32, U64 } from "../int/mod.ts";

/** The program ended by itself. */
export interface Halt {
  /** Tells this exit from the others. */
  readonly kind: "halt";
}

/** The program did what it may not; it does not go on. */
export interface Panic {
  /** Tells this exit from the others. */
  readonly kind: "panic";
}

/** The program executed `trap` (JAVM; in the Gray Paper this is a panic). */
export interface TrapExit {
  /** Tells this exit from the others. */
  readonly kind: "trap";
}

/** The program touched a page that does not allow it; it can go on once the page does. */
export interface PageFaultExit {
  /** Tells this exit from the others. */
  readonly kind: "page-fault";
  /** The start of the page. */
  readonly address: U32;
}

/** The program called its host; it goes on after the call. */
export interface HostCall {
  /** Tells this exit from the others. */
  readonly kind: "host-call";
  /** Which call: the immediate of `ecalli`, sign-extended to 64 bits (Gray Paper, appendix A.5.2). */
  readonly id: U64;
}

/** The program called its host without a number (JAVM `ecall`); it goes on after the call. */
export interface Ecall {
  /** Tells this exit from the others. */
  readonly kind: "ecall";
}

/** The gas does not suffice for what comes next; the program can go on with more. */
export interface OutOfGas {
  /** Tells this exit from the others. */
  readonly kind: "out-of-gas";
}

/** The engine had no room for a page that the program may write; it can go on later. */
export interface NoRoomExit {
  /** Tells this exit from the others. */
  readonly kind: "no-room";
}

/** Why a machine stopped. */
export type Exit =
  | Halt
  | Panic
  | TrapExit
  | PageFaultExit
  | HostCall
  | Ecall
  | OutOfGas
  | NoRoomExit;
