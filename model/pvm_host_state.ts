/**
 * What the reference model of host calls works on: the machine that calls, the machines inside it, and
 * the values that calls give (Gray Paper, appendix B).
 *
 * @module
 */

import type { HostMemory } from "./pvm_host_memory.ts";

/** What a machine is while it runs. */
export interface Running {
  readonly pc: bigint;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
  readonly memory: HostMemory;
}

/** Why it stopped, with the page of a fault or the number of a call. */
export interface Stopped {
  readonly kind: "halt" | "panic" | "page-fault" | "host-call" | "out-of-gas";
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
  readonly n: bigint;
  readonly blob: readonly bigint[];
  readonly memory: HostMemory;
  readonly pc: bigint;
}

/** How much the machines inside may be. */
export interface Limits {
  readonly machines: bigint;
  readonly codeBytes: bigint;
  readonly mappedBytes: bigint;
}

/** The machine that calls, and the machines inside it in ascending order. */
export interface Host {
  readonly gas: bigint;
  readonly registers: readonly bigint[];
  readonly memory: HostMemory;
  readonly inner: readonly Inner[];
}

/** The next state, and how it goes on. */
export interface Answered {
  readonly state: Host;
  readonly answer: "continue" | "panic" | "out-of-gas";
}

/** What calls give in register 7. */
export const WHAT: bigint = 2n ** 64n - 2n;
export const OOB: bigint = 2n ** 64n - 3n;
export const WHO: bigint = 2n ** 64n - 4n;
export const FULL: bigint = 2n ** 64n - 5n;
export const HUH: bigint = 2n ** 64n - 9n;
export const OK: bigint = 0n;
