/** The Vm in mode v3 and its model, side by side: what a host does, and what comes of it. */

import { labelHash } from "../../model/kernel_v3_kernel.ts";
import { invoked, wentOn } from "../../model/kernel_v3_invoke.ts";
import { valueOf as rowValue } from "../../model/kernel_v3_kernel.ts";
import type { Ending, Row, State, Stop, Tables, World } from "../../model/kernel_v3_state.ts";
import type { Cap, Instance } from "../../model/kernel_v3_values.ts";
import type { CacheDirectory, CallResult, KernelAssist, Vm } from "../../src/kernel/mod.ts";
import { agrees, allOf } from "../../src/proof/mod.ts";
import { type Face, valueOf } from "./kernel.ts";
import { HASHES } from "./kernel_v3_hashes.ts";
import { publish, reachable, valueIn } from "./kernel_v3_real.ts";

/** A call of the host. */
export interface HostCall {
  readonly kind: "invoke" | "resume";
  readonly instance: Instance;
  readonly endpoint: number;
  readonly args: readonly bigint[];
  readonly gas: bigint | undefined;
  readonly quota: bigint | undefined;
  readonly slot0: Cap | undefined;
}

/** A Vm with its directory and assist, and what the model knows of them. */
export interface Pair {
  readonly face: Face;
  readonly vm: Vm;
  readonly directory: CacheDirectory;
  readonly assist: KernelAssist;
  readonly world: World;
  /** What the model says of the tables and files. */
  tables: Tables;
  /** What has to be in the directory. */
  readonly blobs: Map<string, Cap>;
}

/** What the limits of a Vm are. */
export type Limits = Pick<World, "maxDepth" | "memoryBytes" | "hostMarkers">;

/** No limit that programs here reach, and no marker that the host catches. */
export const PLAIN_LIMITS: Limits = {
  maxDepth: 256,
  memoryBytes: 2n ** 24n,
  hostMarkers: [],
};

export const NO_TABLES: Tables = { meters: [], quotas: [], files: [] };

/** A fresh Vm and its model, with rows and files. */
export function pairOf(
  face: Face,
  limits: Limits = PLAIN_LIMITS,
  tables: Tables = NO_TABLES,
): Pair {
  const directory = new face.CacheDirectory();
  const assist = new face.InProcessKernelAssist();
  for (const [id, value] of tables.meters) assist.gasMeterSet(id, value);
  for (const [id, value] of tables.quotas) assist.storageQuotaSet(id, value);
  const blobs = new Map<string, Cap>();
  for (const [id, data] of tables.files) {
    publish(face, directory, data);
    reachable(data, blobs);
    assist.registerFile(id, HASHES.of(data));
  }
  const { maxDepth, memoryBytes, hostMarkers } = limits;
  const vm = valueOf(
    face.Vm.create({
      mode: "v3",
      assist,
      maxDepth,
      memoryBytes: Number(memoryBytes),
      hostMarkers,
    }),
  );
  return { face, vm, directory, assist, world: { hashes: HASHES, ...limits }, tables, blobs };
}

const hashed = (cap: Cap | undefined) => cap === undefined ? undefined : HASHES.of(cap);

const CAUSES: Readonly<Record<number, (detail: bigint) => unknown>> = {
  1: () => ({ kind: "trap" }),
  2: () => ({ kind: "panic" }),
  3: (detail) => ({ kind: "page-fault", address: Number(detail) }),
  4: (detail) => ({ kind: "operation-failed", operation: Number(detail) }),
  5: () => ({ kind: "unhandled-marker" }),
  6: (detail) => ({ kind: "not-entered", detail: Number(detail) }),
};

/** What the Vm has to say where the model ends so. */
export function resultOf(ending: Ending, used: bigint): unknown {
  switch (ending.kind) {
    case "halt":
      return {
        kind: "halt",
        returnValue: ending.value,
        postInstanceHash: HASHES.of(ending.post),
        reflectedSlot0: hashed(ending.slot0),
        gasUsed: used,
      };
    case "faulted":
      return {
        kind: "faulted",
        reason: CAUSES[Number(ending.cause)]?.(ending.detail),
        reflectedSlot0: hashed(ending.slot0),
        gasUsed: used,
      };
    default:
      return {
        kind: "paused",
        markerPayload: hashed(ending.payload),
        marker: HASHES.of(ending.marker),
        pausedInstanceHash: HASHES.of(ending.post),
        gasUsed: used,
      };
  }
}

/** What the model does with a call: all states, and the last one or why there is none. */
export function modelCall(
  world: World,
  tables: Tables,
  call: HostCall,
  watch: (state: State) => void = () => {},
): State | Stop {
  const { instance, gas, quota, slot0 } = call;
  const given = { gas, quota, slot0 };
  const states = call.kind === "resume"
    ? wentOn(world, tables, instance, given)
    : invoked(world, tables, instance, BigInt(call.endpoint), call.args, given);
  for (;;) {
    const next = states.next();
    if (next.done === true) {
      if (!("kind" in next.value)) watch(next.value);
      return next.value;
    }
    watch(next.value);
  }
}

/** What the Vm does with a call. */
export function realCall(pair: Pair, call: HostCall): ReturnType<Vm["invokeCached"]> {
  const { vm, directory } = pair;
  const slot0 = hashed(call.slot0);
  const instance = HASHES.of(call.instance);
  const options = {
    ...(slot0 === undefined ? {} : { slot0 }),
    ...(call.quota === undefined ? {} : { quota: call.quota }),
  };
  return call.kind === "resume"
    ? vm.callResume(directory, {
      instance,
      ...options,
      ...(call.gas === undefined ? {} : { gas: call.gas }),
    })
    : vm.invokeCached(directory, instance, call.endpoint, call.args, call.gas ?? 0n, options);
}

/** The rows that a table has to have, and some that nobody made. */
function sameRows(name: string, rows: readonly Row[], get: (id: bigint) => bigint) {
  const ids = [...new Set([0n, 1n, 2n, 3n, 9n, 77n, ...rows.map(([id]) => id)])];
  const failure = agrees(
    ids.map((id) => [id, BigInt(get(id))]),
    ids.map((id) => [id, rowValue(rows, id)]),
  );
  return failure && `${name}: ${failure}`;
}

function sameTables({ assist, tables }: Pair): string | undefined {
  const files = [1n, 2n, 3n, ...tables.files.map(([id]) => id)];
  return allOf(
    sameRows("meters", tables.meters, (id) => assist.gasMeterGet(id)),
    sameRows("quotas", tables.quotas, (id) => assist.storageQuotaGet(id)),
    agrees(
      files.map((id) => assist.hostOpen(id)),
      files.map((id) => hashed(tables.files.find(([file]) => file === id)?.[1])),
    ),
  );
}

/** Where what is stored differs: the first slot. */
function storedDifference(pair: Pair, result: CallResult, ending: Ending): string | undefined {
  if (ending.kind === "faulted") return undefined;
  const hash = result.kind === "halt"
    ? result.postInstanceHash
    : result.kind === "paused"
    ? result.pausedInstanceHash
    : undefined;
  if (hash === undefined || hash === HASHES.of(ending.post)) return undefined;
  const found = valueIn(pair.face, pair.directory, hash);
  return `what is stored: ${agrees(found, ending.post) ?? "the same, under another hash"}`;
}

/** Does a call on both sides. What differs, and how the model ended. */
export function bothCall(
  pair: Pair,
  call: HostCall,
  watch: (state: State) => void = () => {},
): { readonly failure: string | undefined; readonly end: State | Stop } {
  for (const cap of [call.instance, call.slot0]) {
    publish(pair.face, pair.directory, cap);
    reachable(cap, pair.blobs);
  }
  const end = modelCall(pair.world, pair.tables, call, watch);
  const real = realCall(pair, call);
  if ("kind" in end) {
    const expected = end.kind === "absent" ? end.hash : end.kind;
    const actual = real.ok
      ? real.value.kind
      : "hash" in real.error
      ? real.error.hash
      : real.error.kind;
    return { failure: agrees(actual, expected), end };
  }
  const { ending } = end;
  if (ending === undefined) return { failure: "the model did not end", end };
  pair.tables = { meters: end.meters, quotas: end.quotas, files: end.files };
  for (const [, data] of end.files) reachable(data, pair.blobs);
  if (ending.kind !== "faulted") {
    reachable(ending.post, pair.blobs);
    reachable(ending.kind === "halt" ? ending.slot0 : ending.payload, pair.blobs);
    if (ending.kind === "paused") reachable(ending.marker, pair.blobs);
  }
  const failure = !real.ok ? `an error: ${agrees(real.error, "no error")}` : allOf(
    storedDifference(pair, real.value, ending),
    agrees(real.value, resultOf(ending, end.used)),
    sameTables(pair),
    sameBlobs(pair),
    agrees(Number(pair.vm.stack.length), 0),
  );
  return { failure, end };
}

/** The directory holds what it has to, and nothing else. */
function sameBlobs({ directory, blobs }: Pair): string | undefined {
  const found = valueOf(directory.blobHashes());
  const lost = [...blobs.keys()].filter((hash) => !directory.containsBlob(hash));
  const extra = found.filter((hash) => !blobs.has(hash)).map((hash) => directory.get(hash)?.kind);
  const names = `lost: ${lost.map((hash) => blobs.get(hash)?.is)}; too many: ${extra}`;
  return lost.length + extra.length === 0 ? undefined : names;
}

/** The hash of a marker of the kernel. */
export function kernelHash(label: Parameters<typeof labelHash>[1]): string {
  return labelHash(HASHES, label);
}
