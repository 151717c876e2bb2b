/**
 * The kernel of mode v3: `CALL` (the page, "Calls").
 *
 * @module
 */

import {
  enterable,
  ENTRY,
  frameOf,
  imageOf,
  laidOut,
  notEntered,
  usedBytes,
} from "./kernel_v3_enter.ts";
import { FAULTED, faultValue, HALTED, returned } from "./kernel_v3_end.ts";
import { labelOf } from "./kernel_v3_kernel.ts";
import { type KernelCall, kernelCall, type KernelDone } from "./kernel_v3_kernel_call.ts";
import type { Operation } from "./kernel_v3_op_slots.ts";
import { free, holding, named, operand, put, slotOf } from "./kernel_v3_slots.ts";
import { withFrame } from "./kernel_v3_stack.ts";
import {
  type Check,
  demand,
  type Frame,
  outcome,
  type State,
  stop,
  type World,
} from "./kernel_v3_state.ts";
import type { Instance } from "./kernel_v3_values.ts";

/** An idle Instance on the stack, entered at an endpoint; or the Instance after the kernel ran it. */
export function* entered(
  world: World,
  state: State,
  caller: number | undefined,
  instance: Instance,
  call: KernelCall,
): Check<
  | { readonly frame: Frame }
  | KernelDone
> {
  if (instance.status !== "idle") return yield* notEntered(ENTRY.status);
  const before = yield* enterable(instance);
  const label = labelOf(world.hashes, instance.image);
  if (label !== undefined) {
    const done = yield* kernelCall(world, state, caller, label, instance, call);
    return done ?? (yield* notEntered(ENTRY.refused));
  }
  const image = yield* imageOf(instance.image);
  const endpoint = image.endpoints.find(({ index }) => index === call.endpoint);
  if (endpoint === undefined) return yield* notEntered(ENTRY.endpoint);
  const root = put(before, [0], call.slot0);
  const { memory, regions } = yield* laidOut(world, usedBytes(state), image, root, undefined);
  const registers = endpoint.registers.map((old, i) => call.args[i - 7] ?? old);
  const start = { caller, runs: image, registers, pc: endpoint.pc, flights: [] };
  return { frame: frameOf(instance, image, root, start, memory, regions) };
}

/** `CALL`. */
export const call: Operation = function* (world, state, position, frame): Check<State> {
  const { path, cap: target } = yield* holding(frame, 7, "instance");
  yield* demand(path[0] !== 0);
  yield* free(frame, path);
  const endpoint = operand(frame, 8);
  yield* demand(endpoint < 256n);
  yield* demand(state.entries.length < world.maxDepth);
  const slot0 = yield* named(slotOf(frame.root, 0));
  const args = [9, 10, 11, 12].map((register) => operand(frame, register));
  const entry = outcome(entered(world, state, position, target, { endpoint, args, slot0 }));
  if ("stop" in entry) {
    if (entry.stop.kind !== "not-entered") return yield* stop(entry.stop);
    const r7 = faultValue({ cause: 6n, detail: entry.stop.detail });
    return returned(state, position, path, { r7, r8: FAULTED, slot0, post: undefined });
  }
  if ("value" in entry.done) {
    const { value, root, slot0: reflected } = entry.done;
    const post = { ...target, root };
    return returned(entry.done.state, position, path, {
      r7: value,
      r8: HALTED,
      slot0: reflected,
      post,
    });
  }
  const flights = [...frame.flights, { path, at: state.entries.length, handled: undefined }];
  const waiting = withFrame(state, position, { root: put(frame.root, [0], undefined), flights });
  const entries = [...waiting.entries, { kind: "instance" as const, frame: entry.done.frame }];
  return { ...waiting, entries };
};
