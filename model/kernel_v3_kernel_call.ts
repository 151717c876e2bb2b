/**
 * The kernel of mode v3: the Instances that the kernel itself runs (the page, last table).
 *
 * @module
 */

import { hexBytes } from "./kernel_ssz.ts";
import {
  handle,
  kernelInstance,
  type Label,
  listed,
  little,
  rootCnode,
  rootOf,
  valueOf,
  withRow,
} from "./kernel_v3_kernel.ts";
import { bytesOf, dataOf } from "./kernel_v3_memory.ts";
import { saveFor } from "./kernel_v3_op_images.ts";
import { known, put, withSlot } from "./kernel_v3_slots.ts";
import type { Check, State, World } from "./kernel_v3_state.ts";
import type { Cap, CNode, Instance } from "./kernel_v3_values.ts";

/** A call of the kernel. */
export interface KernelCall {
  /** The endpoint. */
  readonly endpoint: bigint;
  /** The arguments. */
  readonly args: readonly bigint[];
  /** What came with it. */
  readonly slot0: Cap | undefined;
}

/** What the kernel did. */
export interface KernelDone {
  /** The state afterwards. */
  readonly state: State;
  /** r7. */
  readonly value: bigint;
  /** The slots of the Instance afterwards. */
  readonly root: CNode;
  /** What goes back. */
  readonly slot0: Cap | undefined;
}

type Change = Partial<Omit<KernelDone, "root">> & { readonly slots?: CNode["slots"] };

const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** The catcher with other markers listed. */
function relisted(slots: CNode["slots"], before: number, markers: readonly Cap[]): CNode["slots"] {
  const count = Math.max(before, markers.length);
  return Array.from({ length: count }, (_, i) => i).reduce(
    (next, i) => withSlot(next, i + 1, markers[i]),
    slots,
  );
}

function* catcherCall(
  { hashes }: World,
  instance: Instance,
  { endpoint, slot0 }: KernelCall,
): Check<Change | undefined> {
  if (endpoint > 2n) return undefined;
  const slots = (yield* rootCnode(instance))?.slots ?? [];
  if (endpoint === 2n) {
    const markers = yield* listed(instance);
    const told = markers.flatMap((marker) =>
      hashes.blake([...letters("kernel:marker"), ...hexBytes(hashes.of(marker))]).map(BigInt)
    );
    return { slot0: dataOf([...little(BigInt(markers.length), 4), ...told]) };
  }
  const marker = yield* known(slot0);
  if (marker?.is !== "instance") return undefined;
  const markers = yield* listed(instance);
  const others = markers.filter((known) => hashes.of(known) !== hashes.of(marker));
  if (endpoint === 1n) return { slots: relisted(slots, markers.length, others) };
  if (others.length < markers.length) return {};
  if (markers.length >= 255) return undefined;
  return { slots: relisted(slots, markers.length, [...markers, marker]) };
}

function* openFile(state: State, file: bigint): Check<Change | undefined> {
  const found = state.files.find(([id]) => id === file);
  return found === undefined ? undefined : { slot0: yield* known(found[1]) };
}

function* saveFile(
  world: World,
  state: State,
  caller: number | undefined,
  slot0: Cap | undefined,
): Check<Change | undefined> {
  const data = yield* known(slot0);
  if (data?.is !== "data") return undefined;
  const size = BigInt((yield* bytesOf(data)).length);
  const done = yield* saveFor(world, state, caller ?? -1, data, size);
  return done === undefined ? undefined : { state: done.state, value: done.id };
}

function* changed(
  world: World,
  state: State,
  caller: number | undefined,
  label: Label,
  instance: Instance,
  call: KernelCall,
): Check<Change | undefined> {
  const [a = 0n, b = 0n] = call.args;
  if (label === "yieldcatcher") return yield* catcherCall(world, instance, call);
  if (call.endpoint !== 0n) return undefined;
  switch (label) {
    case "set_gas_meter":
      return {
        state: { ...state, meters: withRow(state.meters, a, b) },
        value: valueOf(state.meters, a),
      };
    case "set_storage_quota":
      return {
        state: { ...state, quotas: withRow(state.quotas, a, b) },
        value: valueOf(state.quotas, a),
      };
    case "mint_gas":
      return { slot0: handle(world.hashes, "gas", a) };
    case "mint_quota":
      return { slot0: handle(world.hashes, "quota", a) };
    case "create_yield_catcher":
      return { slot0: kernelInstance(world.hashes, "yieldcatcher") };
    case "host_open":
      return yield* openFile(state, a);
    case "host_save":
      return yield* saveFile(world, state, caller, call.slot0);
    default:
      return undefined;
  }
}

/** Runs an Instance of the kernel; nothing when it refuses. */
export function* kernelCall(
  world: World,
  state: State,
  caller: number | undefined,
  label: Label,
  instance: Instance,
  call: KernelCall,
): Check<KernelDone | undefined> {
  const change = yield* changed(world, state, caller, label, instance, call);
  if (change === undefined) return undefined;
  const slots = change.slots ?? (yield* rootCnode(instance))?.slots ?? [];
  return {
    state: change.state ?? state,
    value: change.value ?? 0n,
    root: put(rootOf(slots), [0], undefined),
    slot0: "slot0" in change ? change.slot0 : call.slot0,
  };
}
