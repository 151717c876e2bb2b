/**
 * The kernel of mode v3: its state between two steps, and how a step that checks something ends.
 *
 * The frames of the stack hold values of their own; what a frame does to its slots shows in its caller
 * only when the call ends.
 *
 * @module
 */

import type { Hashes } from "./kernel_v3_hash.ts";
import type { Cap, CNode, Image } from "./kernel_v3_values.ts";
import type { Machine } from "./pvm.ts";

/** A slot: the steps that lead there. */
export type Path = readonly number[];

/** A mapping that can be written. */
export interface Region {
  /** The first address. */
  readonly start: bigint;
  /** How many bytes, in whole pages. */
  readonly size: bigint;
  /** Its source; none when it is ephemeral. */
  readonly path: Path;
  /** What its source held on entry. */
  readonly source: Cap | undefined;
}

/** A yield that the frame handles. */
export interface Handled {
  /** The hash of the marker. */
  readonly marker: string;
  /** Whether the kernel raised it. */
  readonly raised: boolean;
  /** The position of the Instance that yielded. */
  readonly yielder: number;
}

/** A callee of a frame. */
export interface Flight {
  /** Its slot. */
  readonly path: Path;
  /** Its position on the stack. */
  readonly at: number;
  /** The yield that came out of it; none while the frame waits for it. */
  readonly handled: Handled | undefined;
}

/** An Instance on the stack. */
export interface Frame {
  /** Its chain. */
  readonly chain: string;
  /** Its image, which `SET_IMAGE` changes. */
  readonly image: Image;
  /** The image that runs. */
  readonly runs: Image;
  /** Its slots. */
  readonly root: CNode;
  /** Its registers, where it goes on, and its memory. */
  readonly machine: Machine;
  /** The mappings that can be written. */
  readonly regions: readonly Region[];
  /** The position of its caller. */
  readonly caller: number | undefined;
  /** Its callees that are in flight, the last one last. */
  readonly flights: readonly Flight[];
}

/** An entry of the stack: an Instance, or one below that goes on up here. */
export type Entry =
  | { readonly kind: "instance"; readonly frame: Frame }
  | { readonly kind: "reference"; readonly to: number };

/** A row of a table of the kernel. */
export type Row = readonly [id: bigint, value: bigint];

/** Why an Instance faulted: a cause and its detail. */
export interface Fault {
  /** The cause, 1 to 6. */
  readonly cause: bigint;
  /** Its detail. */
  readonly detail: bigint;
}

/** How an invocation ended. */
export type Ending =
  | {
    readonly kind: "halt";
    readonly value: bigint;
    readonly post: Cap;
    readonly slot0: Cap | undefined;
  }
  | ({ readonly kind: "faulted"; readonly slot0: Cap | undefined } & Fault)
  | {
    readonly kind: "paused";
    readonly payload: Cap | undefined;
    readonly marker: Cap;
    readonly post: Cap;
  };

/** The tables of the kernel and the files of the host; they outlive an invocation. */
export interface Tables {
  /** The meters. */
  readonly meters: readonly Row[];
  /** The quotas. */
  readonly quotas: readonly Row[];
  /** The files. */
  readonly files: readonly (readonly [id: bigint, data: Cap])[];
}

/** What does not change during an invocation. */
export interface World {
  /** The hash functions. */
  readonly hashes: Hashes;
  /** The most entries that the stack may have. */
  readonly maxDepth: number;
  /** The most bytes that the entries may map together. */
  readonly memoryBytes: bigint;
  /** The markers that the host catches. */
  readonly hostMarkers: readonly string[];
}

/** The whole state. */
export interface State extends Tables {
  /** The stack. */
  readonly entries: readonly Entry[];
  /** What has been taken from meters. */
  readonly used: bigint;
  /** How the invocation ended; nothing while it goes on. */
  readonly ending: Ending | undefined;
  /** What the last step was, in words: for those who watch. */
  readonly did: string;
}

/** Why a step is not done: a check does not hold, something is absent, or a quota does not suffice. */
export type Stop =
  | { readonly kind: "failed" }
  | { readonly kind: "not-entered"; readonly detail: bigint }
  | { readonly kind: "absent"; readonly hash: string }
  | { readonly kind: "spent"; readonly payload: Cap | undefined };

/** A step that checks something: it stops at the first check that does not hold. */
export type Check<T> = Generator<Stop, T, unknown>;

/** Stops. */
export function* stop(why: Stop): Check<never> {
  for (;;) yield why;
}

/** Fails the operation. */
export function failed(): Check<never> {
  return stop({ kind: "failed" });
}

/** Fails the operation unless something holds. */
export function* demand(holds: boolean): Check<void> {
  if (!holds) yield* failed();
}

/** A value that is there; nothing fails the operation. */
export function* present<T>(value: T | undefined): Check<T> {
  return value ?? (yield* failed());
}

/** What a step gives, or why it stopped. */
export function outcome<T>(check: Check<T>): { readonly done: T } | { readonly stop: Stop } {
  const next = check.next();
  return next.done === true ? { done: next.value } : { stop: next.value };
}
