/**
 * What a `Vm` keeps between calls, and what it works with during one.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { asU32 } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { GuardedAssist } from "../assist_guard.ts";
import type { CacheDirectory } from "../cache_directory.ts";
import { CallStack } from "../call_stack.ts";
import type { Entry } from "../call_stack.ts";
import type { ImageCache } from "../image_cache.ts";
import type { VmError } from "../vm_error.ts";
import { cloneMachine, DONE, viewOf } from "./frame.ts";
import type { Frame, FrameState, FrameView } from "./frame.ts";
import { Workspace } from "./workspace.ts";

/** What is kept between calls. */
export interface CompatState {
  readonly stack: CallStack<Frame>;
  /** For each Reference on the stack, the position where its invocation began. */
  readonly bases: number[];
}

/** The state of a `Vm` that nobody has called yet. */
export function compatState(maxDepth: number): Result<CompatState, InvalidArgument> {
  const stack = CallStack.create<Frame>(maxDepth);
  return stack.ok ? ok({ stack: stack.value, bases: [] }) : stack;
}

/** Puts entries on a stack that has room for them. */
export function pushAll<F, G>(
  stack: CallStack<G>,
  entries: readonly Entry<F>[],
  frameOf: (frame: F) => G,
): void {
  for (const entry of entries) {
    if (entry.kind === "instance") stack.pushInstance(frameOf(entry.frame));
    else stack.pushReference(entry.targetPosition);
  }
}

/** A copy of the stack, to look at. */
export function stackView({ stack }: CompatState): CallStack<FrameView> {
  const copy = stackOf(stack.maxDepth);
  pushAll(copy, stack.entries(), viewOf);
  return copy;
}

function stackOf(maxDepth: number): CallStack<FrameView> {
  const stack = CallStack.create<FrameView>(maxDepth);
  return stack.ok ? stack.value : stackOf(1); // the depth is that of another stack
}

/** What a call comes with. */
export interface CompatHost {
  readonly directory: CacheDirectory;
  readonly assist: GuardedAssist;
  readonly imageCache: ImageCache;
  readonly memoryBytes: number;
}

/** A call that is going on. */
export class Run {
  /** The stack, on whose top the one that runs is. */
  readonly stack: CallStack<Frame>;
  /** What the call comes with. */
  readonly host: CompatHost;
  /** The directory as it will be. */
  readonly workspace: Workspace;
  /** The position where the invocation began. */
  readonly base: number;
  /** Those that were on the stack before, and were not changed yet. */
  readonly #old = new Set<Frame>();
  readonly #before = new Map<Frame, FrameState>();
  readonly #entries: readonly Entry<Frame>[];

  /** A call that begins; those from the base on were there before. */
  constructor(stack: CallStack<Frame>, host: CompatHost, base: number) {
    this.stack = stack;
    this.host = host;
    this.base = base;
    this.workspace = new Workspace(host.directory);
    this.#entries = stack.entries().slice(base);
    for (const entry of this.#entries) if (entry.kind === "instance") this.#old.add(entry.frame);
  }

  /** To be called before an entry changes that may have been there before. */
  touch(frame: Frame): Result<undefined, VmError> {
    if (!this.#old.delete(frame)) return DONE;
    const machine = cloneMachine(frame.now.machine, frame.now.program);
    if (!machine.ok) return machine;
    this.#before.set(frame, frame.now);
    frame.now = { ...frame.now, machine: machine.value };
    return DONE;
  }

  /** Makes the stack what it was before the call. */
  undo(): void {
    this.stack.truncate(this.base);
    for (const [frame, state] of this.#before) frame.now = state;
    pushAll(this.stack, this.#entries, (frame) => frame);
  }

  /** How many bytes the entries may yet map. */
  get roomBytes(): number {
    let mapped = 0;
    for (const entry of this.stack.entries()) {
      if (entry.kind === "instance") mapped += entry.frame.now.machine.memory.mappedBytes;
    }
    return Math.max(0, this.host.memoryBytes - mapped);
  }
}

/** A broken rule. */
export function broken(text: string): Result<never, VmError> {
  return err({ kind: "invariant", text });
}

/** A slot that the low byte of a register names. */
export function slotOf({ now }: Frame, register: number): number {
  return asU32(Number(BigInt.asUintN(8, now.machine.register(register))));
}
