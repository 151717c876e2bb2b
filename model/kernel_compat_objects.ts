/**
 * The kernel under the rules of the original: types, data and files.
 *
 * @module
 */

import * as directory from "./kernel_cache.ts";
import { type Cap, capHash, DATA, INSTANCE, TYPE } from "./kernel_caps.ts";
import { capOf } from "./kernel_compat_build.ts";
import { lengthOf, paddedData, prefix, readable, written } from "./kernel_compat_data.ts";
import { type Done, minted, register, slotIn, slots, withRegister } from "./kernel_compat_done.ts";
import { type Env, type Frame, type State, withTop } from "./kernel_compat_state.ts";
import { at } from "./kernel_shapes.ts";
import { get, mint } from "./kernel_slots.ts";
import type { Value } from "./kernel_ssz.ts";

const ADDRESS = 2n ** 32n;

function held(state: State, frame: Frame, index: number, kind: bigint): Cap | undefined {
  const target = get(frame.cnode, slotIn(frame, index));
  return target === undefined ? undefined : capOf(state, target, kind);
}

/** Whether two Instances are of one type; for anything else, whether it is the same. */
export function sameType(_env: Env, state: State, frame: Frame): Done | undefined {
  const [a, b] = [7, 8].map((index) => get(frame.cnode, slotIn(frame, index)));
  if (typeof a !== "string" || typeof b !== "string") return undefined;
  const [x, y] = [capOf(state, a, INSTANCE), capOf(state, b, INSTANCE)];
  const same = x !== undefined && y !== undefined ? at(x[1], 0) === at(y[1], 0) : a === b;
  return { state: withTop(state, withRegister(frame, 7, same ? 1n : 0n)) };
}

/** The type of an Instance. */
export function typeOf(env: Env, state: State, frame: Frame): Done | undefined {
  const instance = held(state, frame, 7, INSTANCE);
  if (instance === undefined) return undefined;
  return minted(env, state, frame, slotIn(frame, 8), [TYPE, [at(instance[1], 0)]]);
}

/** Reads Data into memory. */
export function readData(_env: Env, state: State, frame: Frame): Done | undefined {
  const data = held(state, frame, 7, DATA);
  if (data === undefined) return undefined;
  const wanted = register(frame, 9);
  const count = wanted < lengthOf(data) ? wanted : lengthOf(data);
  const bytes = prefix(data, Number(count));
  if (bytes === undefined) return undefined;
  const memory = written(frame.machine.memory, register(frame, 8) % ADDRESS, bytes);
  if (memory === undefined) return undefined;
  const next = { ...frame, machine: { ...frame.machine, memory } };
  return { state: withTop(state, withRegister(next, 7, count)) };
}

/** The quota of an id: 0 where none was set. */
export function quotaOf(state: State, id: bigint): bigint {
  return state.assist.quotas.find(([other]) => other === id)?.[1] ?? 0n;
}

function debited(state: State, id: bigint, amount: bigint): State | undefined {
  const quota = quotaOf(state, id);
  if (quota < amount) return undefined;
  const others = state.assist.quotas.filter(([other]) => other !== id);
  return { ...state, assist: { ...state.assist, quotas: [...others, [id, quota - amount]] } };
}

/** Makes Data of memory; the quota pays for whole pages. */
export function mintData(env: Env, state: State, frame: Frame): Done | undefined {
  const start = register(frame, 7) % ADDRESS;
  const bytes = readable(frame.machine.memory, start, register(frame, 8));
  const data = bytes === undefined ? undefined : paddedData(bytes);
  if (data === undefined) return undefined;
  const paid = debited(state, register(frame, 9), lengthOf(data));
  return paid === undefined ? undefined : minted(env, paid, frame, slotIn(frame, 10), data);
}

/** Puts the Data of a file into a slot. */
export function open(env: Env, state: State, frame: Frame): Done | undefined {
  const target = state.assist.files.find(([file]) => file === register(frame, 7))?.[1];
  const data = target === undefined ? undefined : capOf(state, target, DATA);
  if (target === undefined || data === undefined) return undefined;
  const hash: Value = typeof target === "bigint" ? capHash(env.sha, data) : target;
  const done = mint("compat", frame.cnode, frame.pinned, slotIn(frame, 8), hash);
  const opened = slots(state, frame, done);
  if (opened === undefined) return undefined;
  const settled = directory.settle(env.sha, state.directory, target).state;
  return { state: { ...opened.state, directory: settled } };
}

/** Makes a file of Data; the quota pays. */
export function save(_env: Env, state: State, frame: Frame): Done | undefined {
  const target = get(frame.cnode, slotIn(frame, 7));
  const data = target === undefined ? undefined : capOf(state, target, DATA);
  if (target === undefined || data === undefined) return undefined;
  const paid = debited(state, register(frame, 8), lengthOf(data));
  if (paid === undefined) return undefined;
  const { files, nextFile } = paid.assist;
  const others = files.filter(([file]) => file !== nextFile);
  const assist = {
    ...paid.assist,
    files: [...others, [nextFile, target] as const],
    nextFile: nextFile + 1n,
  };
  return { state: withTop({ ...paid, assist }, withRegister(frame, 7, nextFile)) };
}
