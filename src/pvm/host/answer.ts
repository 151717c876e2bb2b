/**
 * What a host says to a call, and what becomes of what it says.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import type { Ecall, Exit, Halt, HostCall, NoRoomExit, OutOfGas, Panic } from "../exit.ts";
import type { Machine } from "../machine.ts";

/** The call is done; the machine goes on behind it. */
export interface Continue {
  /** Tells this answer from the others. */
  readonly kind: "continue";
}

/**
 * What a host says to a call: the machine goes on, or it stops for this reason
 * (Gray Paper, appendix A.6). `no-room` is the host's own trouble: its engine had no room.
 */
export type HostAnswer = Continue | Halt | Panic | OutOfGas | NoRoomExit;

/** A call of the host: by `ecalli`, or by the JAVM's `ecall`. */
export type Call = HostCall | Ecall;

/**
 * Does a call. It may read and change the machine's registers, memory and gas.
 *
 * @param call Which call.
 * @param machine The machine that calls; the gas for the call instruction is taken already.
 */
export type HostHandler<A = HostAnswer> = (call: Call, machine: Machine) => A;

/**
 * The handler threw, or gave something that is no answer. The machine stands behind the call, with
 * whatever the handler did to it before; it can go on.
 */
export interface HostFailed {
  /** Tells this outcome from the others. */
  readonly kind: "host-failed";
  /** The call that was not done. */
  readonly call: Call;
  /** Whether the handler threw, or answered with something that is no answer. */
  readonly problem: "threw" | "no-answer";
  /** What it threw; nothing when it did not throw. Untrusted: using it can run its code. */
  readonly thrown: unknown;
}

/** Why a machine with a host stopped, or which argument was none. */
export type HostOutcome = Exclude<Exit, Call> | HostFailed | InvalidArgument;

// One of each is enough: an answer is only looked at.

/** The machine goes on. */
export const CONTINUE: Continue = Object.freeze({ kind: "continue" });
/** The machine panics. */
export const PANIC: Panic = Object.freeze({ kind: "panic" });
/** The gas does not suffice for the call. */
export const OUT_OF_GAS: OutOfGas = Object.freeze({ kind: "out-of-gas" });
/** The engine has no room for what the call wants. */
export const NO_ROOM: NoRoomExit = Object.freeze({ kind: "no-room" });

/** What comes of an answer: an outcome, or nothing when the machine goes on. */
export function outcomeOf(answer: unknown, call: Call): HostOutcome | undefined {
  if (answer === CONTINUE) return undefined;
  switch (kindOf(answer)) {
    case "continue":
      return undefined;
    case "halt":
      return { kind: "halt" };
    case "panic":
      return { kind: "panic" };
    case "out-of-gas":
      return { kind: "out-of-gas" };
    case "no-room":
      return { kind: "no-room" };
    default:
      return { kind: "host-failed", call, problem: "no-answer", thrown: undefined };
  }
}

/** The outcome when a handler threw. */
export function failedWith(thrown: unknown, call: Call): HostFailed {
  return { kind: "host-failed", call, problem: "threw", thrown };
}

/** The kind of an answer; reading it can run the handler's code, and throw. */
function kindOf(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "kind" in answer
    ? answer.kind
    : undefined;
}
