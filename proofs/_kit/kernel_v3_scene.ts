/** Scenes in lock step: what a host does with a random Instance, call after call. */

import { handle, labelOf } from "../../model/kernel_v3_kernel.ts";
import { dataOf } from "../../model/kernel_v3_memory.ts";
import { inOrder } from "../../model/kernel_v3_stack.ts";
import type { Ending, Frame, State, Tables } from "../../model/kernel_v3_state.ts";
import type { Cap, Instance } from "../../model/kernel_v3_values.ts";
import type { Reach } from "../../src/proof/mod.ts";
import type { Face } from "./kernel.ts";
import type { Scene } from "./kernel_programs_scenes.ts";
import { imagesOf, instanceOf, MARKERS } from "./kernel_programs_worlds.ts";
import { HASHES } from "./kernel_v3_hashes.ts";
import {
  bothCall,
  type HostCall,
  type Limits,
  modelCall,
  NO_TABLES,
  PLAIN_LIMITS,
} from "./kernel_v3_lockstep.ts";
import { pairOf } from "./kernel_v3_lockstep.ts";

const ALL_MARKERS = MARKERS.map((marker) => HASHES.of(marker));

const ARGS: readonly bigint[] = [1n, 2n, 3n, 4n];

/** A paused Instance of an idle one: what comes of it when the host catches everything. */
export function pausedOf(instance: Instance): Instance | undefined {
  const end = modelCall(
    { hashes: HASHES, ...PLAIN_LIMITS, hostMarkers: ALL_MARKERS },
    NO_TABLES,
    { ...PLAIN_CALL, instance, gas: 700n },
  );
  if ("kind" in end || end.ending?.kind !== "paused") return undefined;
  return end.ending.post.is === "instance" ? end.ending.post : undefined;
}

/** A call without anything special. */
export const PLAIN_CALL: Omit<HostCall, "instance"> = {
  kind: "invoke",
  endpoint: 0,
  args: ARGS,
  gas: 5000n,
  quota: undefined,
  slot0: undefined,
};

/** The first call of a scene, the limits and the tables. */
export function begun(scene: Scene): { call: HostCall; limits: Limits; tables: Tables } {
  const instance = instanceOf(scene.top, imagesOf(scene.images), pausedOf);
  const slot0: Cap | undefined = scene.slot0 === "data"
    ? dataOf([1n, 2n])
    : scene.slot0 === "instance"
    ? handle(HASHES, "gas", 5n)
    : undefined;
  const { gas, quota, endpoint, rows, maxDepth, hostMarkers } = scene;
  const row = (from: number) =>
    rows.slice(from, from + 3).map((v, i) => [BigInt(i + 1), v] as const);
  return {
    call: { kind: "invoke", instance, endpoint, args: ARGS, gas, quota, slot0 },
    limits: {
      maxDepth,
      memoryBytes: 4096n * BigInt(scene.memoryPages),
      hostMarkers: hostMarkers.flatMap((i) => ALL_MARKERS[i] ?? []),
    },
    tables: { meters: row(0), quotas: row(3), files: [[2n, dataOf([7n])]] },
  };
}

/** What a host does next: goes on with what is paused, or calls what there is now. */
export function following(call: HostCall, ending: Ending, next: Scene["next"][number]): HostCall {
  const { gas, quota } = next;
  const plain = { ...call, gas, quota, slot0: undefined };
  if (ending.kind === "faulted" || ending.post.is !== "instance") {
    return { ...plain, kind: "invoke", gas: gas ?? 4000n };
  }
  return ending.kind === "paused"
    ? { ...plain, kind: "resume", instance: ending.post, slot0: ending.payload }
    : { ...plain, kind: "invoke", instance: ending.post, gas: gas ?? 4000n };
}

/** What happened between two states of the model, in words. */
export function happened(before: State | undefined, after: State): string {
  const { did, ending } = after;
  if (before === undefined || did === "began") {
    return ending === undefined ? "entered" : "not entered";
  }
  const grew = after.entries.length - before.entries.length;
  const top = after.entries.at(-1);
  const r = (frame: Frame | undefined, n: number) => frame?.machine.registers[n] ?? 0n;
  const frame = top?.kind === "instance" ? top.frame : undefined;
  if (did === "operation 26 done" || did === "operation 27 done") {
    if (grew > 0) return `${did}: ${did.includes("27") ? "stored" : "entered"}`;
    if (grew < 0) return `${did}: in flight`;
    return r(frame, 8) === 0n ? `${did}: the kernel` : `${did}: not entered ${r(frame, 7) / 256n}`;
  }
  if (did === "operation 28 done") return `${did}: ${grew < 0 ? "in flight" : "stored"}`;
  if (did === "operation 16 done" || did === "gas spent" || did === "quota spent") {
    if (ending !== undefined) return `${did}: ${ending.kind === "paused" ? "host" : "nobody"}`;
    return `${did}: ${grew > 0 ? "caught" : "nobody"}`;
  }
  return did;
}

/** Runs a scene on both sides; the first difference. */
export function sceneAgrees(face: Face, scene: Scene, reach: Reach): string | undefined {
  const { call: first, limits, tables } = begun(scene);
  const pair = pairOf(face, limits, tables);
  let call = first;
  for (let i = 0; i <= scene.next.length; i++) {
    let before: State | undefined;
    let broken: string | undefined;
    const { failure, end } = bothCall(pair, call, (state) => {
      reach(happened(before, state));
      if (!inOrder(state, limits.maxDepth)) broken = "the stack of the model is not in order";
      before = state;
    });
    if (failure !== undefined || broken !== undefined) return `call ${i + 1}: ${failure ?? broken}`;
    if ("kind" in end || end.ending === undefined) return undefined;
    reach(`${call.kind}: ${end.ending.kind}`);
    const next = scene.next[i];
    if (next !== undefined) call = following(call, end.ending, next);
  }
  return undefined;
}

/** Whether an Instance is one of the kernel. */
export function isKernel(instance: Instance): boolean {
  return labelOf(HASHES, instance.image) !== undefined;
}
