/**
 * The kernel under the rules of the original: what its state is made of.
 *
 * The state is the stack, the directory, and what the assist keeps. Capabilities are values, guests are
 * machines of the model of the PVM. The entry on top of the stack is the one that runs.
 *
 * @module
 */

import type { Directory } from "./kernel_cache.ts";
import { type Cap, CNODE } from "./kernel_caps.ts";
import type { CNode } from "./kernel_slots.ts";
import type { Hash, Value } from "./kernel_ssz.ts";
import type { Machine, Program } from "./pvm.ts";

/** An Instance on the stack. */
export interface Frame {
  /** What was invoked. */
  readonly instance: Value;
  /** The hash of its images' history. */
  readonly chain: string;
  /** The hash of its image. */
  readonly imageHash: string;
  /** Its slots. */
  readonly cnode: CNode;
  /** The slot of its catcher. */
  readonly catcher: bigint | undefined;
  /** The slots that its image pins. */
  readonly pinned: readonly bigint[];
  /** Its program, registers, memory and gas. */
  readonly machine: Machine;
}

/** An entry of the stack: an Instance, or a yield to the one at `target`, of an invocation from `base`. */
export type Entry =
  | { readonly kind: "instance"; readonly frame: Frame }
  | { readonly kind: "reference"; readonly target: number; readonly base: number };

/** What the assist keeps: quotas, the markers of catchers, and files. */
export interface Assist {
  /** The quotas: how many bytes are left, by id. */
  readonly quotas: readonly (readonly [id: bigint, value: bigint])[];
  /** The catchers: the markers that are listed, by name. */
  readonly catchers: readonly (readonly [catcher: string, markers: readonly string[]])[];
  /** The files: what is kept, by number. */
  readonly files: readonly (readonly [file: bigint, target: Value])[];
  /** The number of the next file, from 1. */
  readonly nextFile: bigint;
}

/** The whole state. */
export interface State {
  /** The entries, the one that runs last. */
  readonly stack: readonly Entry[];
  /** The capabilities. */
  readonly directory: Directory;
  /** What the host keeps. */
  readonly assist: Assist;
}

/** What does not change: the hash functions, and the limits. */
export interface Env {
  /** SHA-256: it names capabilities. */
  readonly sha: Hash;
  /** BLAKE2b-256: it extends chains and names markers. */
  readonly blake: Hash;
  /** How many entries the stack may hold. */
  readonly maxDepth: number;
  /** How many bytes the memory of an Instance may have. */
  readonly memoryBytes: bigint;
}

/** Why a program faulted. */
export type Reason =
  | { readonly kind: "trap" | "panic" | "out-of-gas" }
  | { readonly kind: "page-fault"; readonly address: bigint };

/** How an invocation ended, or why it did not begin or could not end. */
export type Outcome =
  | {
    readonly kind: "halt";
    readonly returnValue: bigint;
    readonly hash: string;
    readonly slot0: Value | undefined;
    readonly gasUsed: bigint;
  }
  | {
    readonly kind: "faulted";
    readonly reason: Reason;
    readonly slot0: Value | undefined;
    readonly gasUsed: bigint;
  }
  | { readonly kind: "paused"; readonly payload: Value | undefined; readonly gasUsed: bigint }
  | { readonly error: string };

/** The state afterwards, and the outcome. */
export interface Step {
  /** The state afterwards. */
  readonly state: State;
  /** How the invocation ended. */
  readonly outcome: Outcome;
}

/** The frame at a position. */
export function frameAt({ stack }: State, position: number): Frame | undefined {
  const entry = stack[position];
  return entry?.kind === "instance" ? entry.frame : undefined;
}

/** The frame that runs. */
export function topFrame(state: State): Frame | undefined {
  return frameAt(state, state.stack.length - 1);
}

/** The state with another frame on top. */
export function withTop(state: State, frame: Frame): State {
  return { ...state, stack: [...state.stack.slice(0, -1), { kind: "instance", frame }] };
}

/** The state with one more entry, unless the stack is full. */
export function pushed(env: Env, state: State, entry: Entry): State | undefined {
  if (state.stack.length >= env.maxDepth) return undefined;
  return { ...state, stack: [...state.stack, entry] };
}

/** A frame with another program, which it enters where it is. */
export function withProgram(frame: Frame, program: Program): Frame {
  return { ...frame, machine: entered({ ...frame.machine, program }) };
}

/** A machine that is entered anew where it is. */
export function entered(machine: Machine): Machine {
  return { ...machine, next: { pc: machine.pc, as: "start" } };
}

/** The cnode as a capability. */
export function cnodeCap(cnode: CNode): Cap {
  return [CNODE, cnode];
}
