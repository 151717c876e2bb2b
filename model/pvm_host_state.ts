/**
 * What the reference model of host calls works on: the machine that calls, the machines inside it, and
 * the values that calls give (Gray Paper, appendix B).
 *
 * @module
 */

import type { HostMemory } from "./pvm_host_memory.ts";

/** What a machine is while it runs. */
export interface Running {
  /** The code offset that it stands at. */
  readonly pc: bigint;
  /** The gas that is left. */
  readonly gas: bigint;
  /** The registers. */
  readonly registers: readonly bigint[];
  /** Its memory. */
  readonly memory: HostMemory;
}

/** Why it stopped, with the page of a fault or the number of a call. */
export interface Stopped {
  /** The kind of exit. */
  readonly kind: "halt" | "panic" | "page-fault" | "host-call" | "out-of-gas";
  /** The page or the call that it is about, else 0. */
  readonly detail: bigint;
}

/** The machine itself. */
export interface Core {
  /** Whether bytes are a program blob. */
  isProgram(blob: readonly bigint[]): boolean;
  /** Runs a program until it stops. */
  run(blob: readonly bigint[], from: Running): { readonly exit: Stopped; readonly state: Running };
  /** The code offset behind the instruction at one. */
  behind(blob: readonly bigint[], pc: bigint): bigint;
}

/** A machine inside. */
export interface Inner {
  /** Its number. */
  readonly n: bigint;
  /** Its program blob. */
  readonly blob: readonly bigint[];
  /** Its memory. */
  readonly memory: HostMemory;
  /** The code offset that it stands at. */
  readonly pc: bigint;
}

/** How much the machines inside may be. */
export interface Limits {
  /** The most machines. */
  readonly machines: bigint;
  /** The most code bytes of all machines. */
  readonly codeBytes: bigint;
  /** The most bytes mapped in all machines. */
  readonly mappedBytes: bigint;
}

/** The machine that calls, and the machines inside it in ascending order. */
export interface Host {
  /** The gas that is left. */
  readonly gas: bigint;
  /** The registers. */
  readonly registers: readonly bigint[];
  /** Its memory. */
  readonly memory: HostMemory;
  /** The inner machines. */
  readonly inner: readonly Inner[];
}

/** The next state, and how it goes on. */
export interface Answered {
  /** The state afterwards. */
  readonly state: Host;
  /** What the handler answered. */
  readonly answer: "continue" | "panic" | "out-of-gas";
}

/** What calls give in register 7. */
export const WHAT: bigint = 2n ** 64n - 2n;
/** The range is out of bounds. */
export const OOB: bigint = 2n ** 64n - 3n;
/** There is no such machine. */
export const WHO: bigint = 2n ** 64n - 4n;
/** There is no room for more. */
export const FULL: bigint = 2n ** 64n - 5n;
/** The arguments make no sense. */
export const HUH: bigint = 2n ** 64n - 9n;
/** It was done. */
export const OK: bigint = 0n;
