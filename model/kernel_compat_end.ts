/**
 * The kernel under the rules of the original: how an entry ends, or leaves off.
 *
 * @module
 */

import * as directory from "./kernel_cache.ts";
import { type Cap, IMAGE, INSTANCE, refsOf } from "./kernel_caps.ts";
import { capOf } from "./kernel_compat_build.ts";
import { readable } from "./kernel_compat_data.ts";
import { catcherBelow } from "./kernel_compat_enter.ts";
import {
  cnodeCap,
  entered,
  type Env,
  type Frame,
  frameAt,
  type Outcome,
  pushed,
  type Reason,
  type State,
  type Step,
  topFrame,
  withTop,
} from "./kernel_compat_state.ts";
import { at, big } from "./kernel_shapes.ts";
import { type CNode, get, set } from "./kernel_slots.ts";
import { hexText, partsOf, type Value } from "./kernel_ssz.ts";

const SPACE = 2n ** 32n;
const OOG_LABEL = "kernel:oog_marker";

/** The frame without what its slot 0 held, and that. */
function taken(frame: Frame): { readonly frame: Frame; readonly slot0: Value | undefined } {
  const done = set(frame.cnode, 0n, undefined);
  const slot0 = get(frame.cnode, 0n);
  return { frame: "cnode" in done ? { ...frame, cnode: done.cnode } : frame, slot0 };
}

/** Puts slots into the directory: what their handles name is settled with them. */
function settledSlots(
  env: Env,
  state: directory.Directory,
  [sizeLog, entries]: CNode,
): directory.Step {
  const cap = cnodeCap([sizeLog, entries.filter((entry) => at(entry, 1) === 0n)]);
  if (refsOf(cap).length === 0) return directory.putCap(env.sha, state, cap);
  const working = directory.putInstance(state, cap);
  const id = "ok" in working.outcome ? working.outcome.ok : undefined;
  return typeof id === "bigint" ? directory.settle(env.sha, working.state, id) : working;
}

/** Puts the Instance that a frame has become into the directory. */
function settle(env: Env, state: State, frame: Frame): { state: State; hash: string } | string {
  const image = capOf(state, frame.imageHash, IMAGE);
  if (image === undefined) return "image-not-found";
  const mappings = partsOf(at(image[1], 4));
  const overlays = mappings.flatMap((mapping): Value[] => {
    const start = big(at(mapping, 0)) % SPACE;
    const bytes = readable(frame.machine.memory, start, big(at(mapping, 1)));
    return bytes === undefined ? [] : [[start, bytes]];
  });
  const total = overlays.reduce<number>((sum, each) => sum + partsOf(at(each, 1)).length, 0);
  if (BigInt(total) > env.memoryBytes) return "too-large";
  const last = mappings.at(-1);
  const size = last === undefined ? 0n : (big(at(last, 0)) + big(at(last, 1))) % SPACE;
  const cnode = settledSlots(env, state.directory, frame.cnode);
  if ("error" in cnode.outcome) return cnode.outcome.error;
  const root = `${cnode.outcome.ok}`;
  const { registers, pc, gas } = frame.machine;
  const head = [frame.chain, frame.imageHash, root, overlays, size];
  const cap: Cap = [INSTANCE, [...head, registers, pc, gas]];
  const put = directory.putCap(env.sha, cnode.state, cap);
  const hash = "ok" in put.outcome ? `${put.outcome.ok}` : "";
  return { state: { ...state, directory: put.state }, hash };
}

/** An invocation that is going on: the position where it began, and the gas of this leg. */
export interface Leg {
  /** The position on the stack where the invocation began. */
  readonly base: number;
  /** The gas that this leg began with. */
  readonly gas: bigint;
}

/** A fault of whoever runs, which ends the whole invocation. */
export function fault(state: State, leg: Leg, reason: Reason): Step {
  const top = topFrame(state);
  const slot0 = top === undefined ? undefined : get(top.cnode, 0n);
  const gasUsed = leg.gas - (top?.machine.gas ?? 0n);
  const outcome: Outcome = { kind: "faulted", reason, slot0, gasUsed };
  return { state: { ...state, stack: state.stack.slice(0, leg.base) }, outcome };
}

/** A yield, whose Reference is on top; `payload` is what comes with it. */
export function pause(state: State, leg: Leg, target: number, payload: Value | undefined): Step {
  const gasUsed = leg.gas - (frameAt(state, state.stack.length - 2)?.machine.gas ?? 0n);
  const stack = state.stack.with(-1, { kind: "reference", target, base: leg.base });
  return { state: { ...state, stack }, outcome: { kind: "paused", payload, gasUsed } };
}

/** Out of gas: the nearest catcher of the marker below the program that ran, or a fault. */
export function outOfGas(env: Env, state: State, leg: Leg): Step {
  const bytes = Array.from(OOG_LABEL, (letter) => letter.charCodeAt(0));
  const marker = hexText(env.blake(bytes));
  const target = catcherBelow(state, state.stack.length - 1, marker);
  const next = target === undefined
    ? undefined
    : pushed(env, state, { kind: "reference", target, base: leg.base });
  if (next === undefined || target === undefined) return fault(state, leg, { kind: "out-of-gas" });
  return pause(next, leg, target, marker);
}

/** The caller goes on, with what the one that ended had in slot 0. */
export function returned(state: State, child: Frame): State {
  const below = { ...state, stack: state.stack.slice(0, -1) };
  const parent = topFrame(below);
  const { slot0 } = taken(child);
  if (parent === undefined) return below;
  const given = slot0 === undefined ? { cnode: parent.cnode } : set(parent.cnode, 0n, slot0);
  const cnode = "cnode" in given ? given.cnode : parent.cnode;
  const machine = entered({ ...parent.machine, gas: child.machine.gas });
  return withTop(below, { ...parent, cnode, machine });
}

/** The end of the entry at the base, which becomes an Instance of the directory. */
export function halt(env: Env, state: State, leg: Leg, top: Frame): Step | string {
  const { frame, slot0 } = taken(top);
  const settled = settle(env, { ...state, stack: state.stack.slice(0, -1) }, frame);
  if (typeof settled === "string") return settled;
  const { registers, gas } = frame.machine;
  const [returnValue, gasUsed] = [registers[7] ?? 0n, leg.gas - gas];
  const outcome: Outcome = { kind: "halt", returnValue, hash: settled.hash, slot0, gasUsed };
  return { state: settled.state, outcome };
}
