/**
 * The stack of what was called: Instances, and references to earlier entries pushed by yields.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32, asUsize, U32 } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { brokenIn } from "./call_stack_rules.ts";
import type {
  CallStackFull,
  InvariantBroken,
  ReferenceNonInstance,
  ReferenceOutOfRange,
} from "./vm_error.ts";

/** The top entry runs, those below it wait. */
export type EntryStatus = "running" | "waiting";

/** An entry for an Instance. */
export interface InstanceEntry<F> {
  /** Tells the kinds of entries apart. */
  readonly kind: "instance";
  /** What the engine keeps for it. */
  readonly frame: F;
  /** Whether it runs. */
  readonly status: EntryStatus;
}

/** An entry that stands for an earlier one. */
export interface ReferenceEntry {
  /** Tells the kinds of entries apart. */
  readonly kind: "reference";
  /** The place of the Instance that it stands for: 0 is the outermost. */
  readonly targetPosition: U32;
  /** Whether it runs. */
  readonly status: EntryStatus;
}

/** An entry of the stack. */
export type Entry<F> = InstanceEntry<F> | ReferenceEntry;

/** How many entries a stack may hold, unless told. */
export const DEFAULT_MAX_DEPTH = 256;

/** How many entries a stack may hold at most. */
export const MAX_DEPTH_LIMIT = 65_536;

/** A stack of Instances that were called and of references to them; `F` is what is kept for one. */
export class CallStack<F> {
  readonly #entries: Entry<F>[] = [];
  readonly #maxDepth: U32;

  private constructor(maxDepth: U32) {
    this.#maxDepth = maxDepth;
    Object.freeze(this);
  }

  /**
   * An empty stack.
   *
   * @param maxDepth How many entries it may hold: 1 to 65,536; 256 unless told.
   * @returns The stack. Errors: `invalid-argument`.
   *
   * @example The last that came runs
   * ```ts
   * import { CallStack } from "@ringfence/core/kernel";
   * import { assertEquals } from "@std/assert";
   *
   * const made = CallStack.create<string>();
   * if (made.ok) {
   *   made.value.pushInstance("outer");
   *   made.value.pushInstance("inner");
   *   assertEquals(made.value.runningInstance(), "inner");
   *   made.value.pushReference(0);
   *   assertEquals(made.value.runningInstance(), "outer");
   * }
   * ```
   */
  static create<F>(maxDepth: number = DEFAULT_MAX_DEPTH): Result<CallStack<F>, InvalidArgument> {
    if (!U32.is(maxDepth) || maxDepth < 1 || maxDepth > MAX_DEPTH_LIMIT) {
      return invalidArgument("maxDepth", `1 to ${MAX_DEPTH_LIMIT}`, maxDepth);
    }
    return ok(new CallStack<F>(maxDepth));
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is CallStack<unknown> {
    return typeof value === "object" && value !== null && #entries in value;
  }

  /**
   * Puts an Instance on top, which runs from now on.
   *
   * @param frame What to keep for it.
   * @returns Its place. Errors: `call-stack-full`.
   */
  pushInstance(frame: F): Result<U32, CallStackFull> {
    const full = this.#full();
    return full === undefined
      ? ok(this.#push({ kind: "instance", frame, status: "running" }))
      : full;
  }

  /**
   * Puts a reference to an earlier entry on top: the Instance there runs from now on.
   *
   * @param position The place of an Instance: 0 is the outermost.
   * @returns The place of the reference. Errors, in this order: `invalid-argument`,
   *   `call-stack-full`, `reference-out-of-range`, `reference-non-instance`.
   */
  pushReference(
    position: number,
  ): Result<U32, InvalidArgument | CallStackFull | ReferenceOutOfRange | ReferenceNonInstance> {
    if (!U32.is(position)) return invalidArgument("position", "0 to 2^32 - 1", position);
    const full = this.#full();
    if (full !== undefined) return full;
    const target = this.#entries[position];
    if (target === undefined) return err({ kind: "reference-out-of-range", position });
    if (target.kind !== "instance") return err({ kind: "reference-non-instance", position });
    return ok(this.#push({ kind: "reference", targetPosition: position, status: "running" }));
  }

  #full(): Result<never, CallStackFull> | undefined {
    if (this.#entries.length < this.#maxDepth) return undefined;
    return err({ kind: "call-stack-full", maxDepth: this.#maxDepth });
  }

  #push(entry: Entry<F>): U32 {
    this.#setTop("waiting");
    this.#entries.push(Object.freeze(entry));
    return asU32(this.#entries.length - 1);
  }

  #setTop(status: EntryStatus): void {
    const top = this.#entries.pop();
    if (top !== undefined) this.#entries.push(Object.freeze({ ...top, status }));
  }

  /** Takes the top entry off: the one below it runs from now on. Nothing when there is none. */
  pop(): Entry<F> | undefined {
    const top = this.#entries.pop();
    this.#setTop("running");
    return top;
  }

  /**
   * Takes off all entries from a place on: the one below it runs from now on.
   *
   * @param length How many stay; all of them for anything that is no smaller number than there are.
   */
  truncate(length: number): void {
    if (!U32.is(length) || length >= this.#entries.length) return;
    this.#entries.length = length;
    this.#setTop("running");
  }

  /** The top entry; nothing when there is none. */
  running(): Entry<F> | undefined {
    return this.#entries.at(-1);
  }

  /** What is kept for the Instance that runs: that of the top entry, or the one it refers to. */
  runningInstance(): F | undefined {
    const top = this.running();
    if (top === undefined) return undefined;
    return top.kind === "instance" ? top.frame : this.frameAt(top.targetPosition);
  }

  /**
   * What is kept for the Instance at a place.
   *
   * @param position The place, 0 is the outermost; nothing for a reference or any other value.
   */
  frameAt(position: number): F | undefined {
    const entry = U32.is(position) ? this.#entries[position] : undefined;
    return entry?.kind === "instance" ? entry.frame : undefined;
  }

  /** A copy of the entries, the outermost first. */
  entries(): readonly Entry<F>[] {
    return [...this.#entries];
  }

  /** How many entries there are. */
  get length(): Usize {
    return asUsize(this.#entries.length);
  }

  /** Whether there are none. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** How many entries it may hold. */
  get maxDepth(): U32 {
    return this.#maxDepth;
  }

  /**
   * Looks whether the top entry alone runs, and every reference leads to an Instance below it. No
   * call of the other methods makes this fail.
   *
   * @returns Nothing. Errors: `invariant`, `reference-out-of-range`, `reference-non-instance`.
   */
  enforceInvariants(): Result<
    undefined,
    InvariantBroken | ReferenceOutOfRange | ReferenceNonInstance
  > {
    const broken = brokenIn(this.#entries);
    return broken === undefined ? ok(undefined) : err(broken);
  }
}
