/**
 * The `Vm` under the rules of the original: one budget for an invocation, nothing comes back from a
 * call but slot 0, and a yield stops the whole stack for the host.
 *
 * @module
 */

import { asU64, U64 } from "../../int/mod.ts";
import { err } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { CallResult } from "../call_result.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { VmError } from "../vm_error.ts";
import { buildEntry } from "./build.ts";
import type { EntryOf } from "./build.ts";
import { drive } from "./drive.ts";
import type { Frame } from "./frame.ts";
import { broken, Run } from "./state.ts";
import type { CompatHost, CompatState } from "./state.ts";

export { ecall } from "./ecall.ts";
export type { FrameView } from "./frame.ts";
export { compatState, Run, stackView } from "./state.ts";
export type { CompatHost, CompatState } from "./state.ts";

/** Drives a call; an engine without room for its own stack ends it like any other error. */
function driven(run: Run, gas: U64): Result<CallResult, VmError> {
  try {
    return drive(run, gas);
  } catch {
    return err({ kind: "no-room" });
  }
}

/** Ends a call: what it made is put into the directory; where that fails, the stack is as before. */
function finish(run: Run, result: Result<CallResult, VmError>): Result<CallResult, VmError> {
  const kept = result.ok ? run.workspace.commit() : result;
  if (kept.ok) return result;
  run.undo();
  return err(kept.error);
}

/**
 * Invokes an Instance on top of the stack.
 *
 * @param state What is kept between calls.
 * @param host What the call comes with.
 * @param entry What is entered, and with what.
 */
export function invokeCompat(
  state: CompatState,
  host: CompatHost,
  entry: EntryOf,
): Result<CallResult, VmError> {
  const { stack, bases } = state;
  const run = new Run(stack, host, stack.length);
  const frame = buildEntry(run, entry);
  if (!frame.ok) return frame;
  const pushed = stack.pushInstance(frame.value);
  if (!pushed.ok) return pushed;
  const result = finish(run, driven(run, entry.gas));
  if (result.ok && result.value.kind === "paused") bases.push(run.base);
  return result;
}

/** What the yielder is given. */
export interface Given {
  readonly scratchpad: CapTarget | undefined;
  readonly gas: U64 | undefined;
}

/** Gives the yielder its slot 0 and its gas. */
function give(run: Run, yielder: Frame, { scratchpad, gas }: Given): Result<U64, VmError> {
  const touched = run.touch(yielder);
  if (!touched.ok) return touched;
  const { rootCnode, machine } = yielder.now;
  const change = scratchpad === undefined ? undefined : rootCnode.set(0, scratchpad);
  if (change?.ok) yielder.now = { ...yielder.now, rootCnode: change.value.cnode };
  const sum = machine.gas + (gas ?? 0n);
  const left = sum > U64.max ? U64.max : asU64(sum);
  machine.setGas(left);
  return { ok: true, value: left };
}

/**
 * Goes on with the yielder below the Reference on top.
 *
 * @param state What is kept between calls.
 * @param host What the call comes with.
 * @param given What the yielder is given.
 */
export function resumeCompat(
  state: CompatState,
  host: CompatHost,
  given: Given,
): Result<CallResult, VmError> {
  const { stack, bases } = state;
  const base = bases.at(-1);
  if (stack.running()?.kind !== "reference" || base === undefined) {
    return broken("nothing on top of the stack is paused");
  }
  const run = new Run(stack, host, base);
  stack.pop();
  const yielder = stack.runningInstance();
  const gas = yielder === undefined ? broken("no yielder") : give(run, yielder, given);
  const result = finish(run, gas.ok ? driven(run, gas.value) : gas);
  if (result.ok) bases.pop();
  if (result.ok && result.value.kind === "paused") bases.push(run.base);
  return result;
}
