/** Calls of the kernel of version 3: what a host asks, and what comes of it. */

import { invoked, wentOn } from "../../model/kernel_v3_invoke.ts";
import type { Ending, State, Stop, Tables, World } from "../../model/kernel_v3_state.ts";
import type { Cap, Instance } from "../../model/kernel_v3_values.ts";
import type { Json, JsonObject } from "./json.ts";
import { capJson, rowsJson } from "./kernel_code.ts";
import { data, HASHES, plain, reachable } from "./kernel_world.ts";

/** A call of the host. */
export interface Call {
  readonly endpoint?: number;
  readonly gas?: bigint;
  readonly quota?: bigint;
  readonly slot0?: Cap;
  /** Invokes this, whatever the call before has left. */
  readonly anew?: Instance;
}

/** What a Vm is made with. */
export type Limits = Pick<World, "maxDepth" | "memoryBytes" | "hostMarkers">;

/** Limits that nothing here reaches. */
export const PLAIN: Limits = { maxDepth: 256, memoryBytes: 2n ** 24n, hostMarkers: [] };

const TABLES: Tables = {
  meters: [[1n, 900n], [2n, 5000n]],
  quotas: [[1n, 10_000n], [2n, 40n]],
  files: [[2n, data(7)]],
};

const hashed = (cap: Cap | undefined) => cap === undefined ? undefined : HASHES.of(cap);

const CAUSES: Readonly<Record<number, (detail: bigint) => JsonObject>> = {
  1: () => ({ kind: "trap" }),
  2: () => ({ kind: "panic" }),
  3: (detail) => ({ kind: "page-fault", address: Number(detail) }),
  4: (detail) => ({ kind: "operation-failed", operation: Number(detail) }),
  5: () => ({ kind: "unhandled-marker" }),
  6: (detail) => ({ kind: "not-entered", detail: Number(detail) }),
};

function endingJson(ending: Ending, used: bigint): JsonObject {
  const shared = { kind: ending.kind, "gas-used": used.toString() };
  switch (ending.kind) {
    case "halt":
      return {
        ...shared,
        value: ending.value.toString(),
        post: HASHES.of(ending.post),
        slot0: hashed(ending.slot0),
      };
    case "faulted":
      return {
        ...shared,
        reason: CAUSES[Number(ending.cause)]?.(ending.detail),
        slot0: hashed(ending.slot0),
      };
    default:
      return {
        ...shared,
        payload: hashed(ending.payload),
        marker: HASHES.of(ending.marker),
        post: HASHES.of(ending.post),
      };
  }
}

function tablesJson({ meters, quotas, files }: Tables): JsonObject {
  const kept = [...files].sort(([a], [b]) => a < b ? -1 : 1);
  return {
    meters: rowsJson(meters),
    quotas: rowsJson(quotas),
    files: kept.map(([id, held]) => [id.toString(), HASHES.of(held)]),
  };
}

function capsJson(caps: ReadonlyMap<string, Cap>): readonly JsonObject[] {
  return [...caps].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([hash, cap]) => {
    const form = plain(cap);
    return form === undefined ? [] : [capJson(hash, form)];
  });
}

/** The last state of a call, or why there is none, and what happened on the way. */
function followed(states: Generator<State, State | Stop>): {
  readonly end: State | Stop;
  readonly did: readonly string[];
} {
  const did: string[] = [];
  for (;;) {
    const next = states.next();
    if (!next.done) {
      did.push(next.value.did);
      continue;
    }
    if (!("kind" in next.value)) did.push(next.value.did);
    return { end: next.value, did: did.filter((what) => what !== "began") };
  }
}

/** What the next call is about: what the last one has left, gone on with if it paused. */
interface Subject {
  readonly instance: Instance;
  readonly isPaused: boolean;
  readonly payload: Cap | undefined;
}

function subjectAfter(before: Subject, ending: Ending): Subject {
  if (ending.kind === "faulted" || ending.post.is !== "instance") {
    return { ...before, payload: undefined };
  }
  return ending.kind === "paused"
    ? { instance: ending.post, isPaused: true, payload: ending.payload }
    : { instance: ending.post, isPaused: false, payload: undefined };
}

/** What came out: the outcome, what there is now that was not before, and the tables. */
function doneJson(end: State | Stop, known: Map<string, Cap>): JsonObject {
  if ("kind" in end) {
    const error = end.kind === "absent" ? { kind: "absent", hash: end.hash } : { kind: end.kind };
    return { outcome: { error }, made: [] };
  }
  const { ending } = end;
  if (ending === undefined) throw new Error("a call that did not end");
  const after = new Map(known);
  for (const [, held] of end.files) reachable(held, after);
  if (ending.kind !== "faulted") {
    reachable(ending.post, after);
    reachable(ending.kind === "halt" ? ending.slot0 : ending.payload, after);
    if (ending.kind === "paused") reachable(ending.marker, after);
  }
  const made = new Map([...after].filter(([hash]) => !known.has(hash)));
  for (const [hash, cap] of made) known.set(hash, cap);
  return {
    outcome: { ok: endingJson(ending, end.used) },
    made: capsJson(made),
    tables: tablesJson(end),
  };
}

/** A case: calls of an Instance, each of which goes on with what the one before has left. */
export function caseOf(
  name: string,
  top: Instance,
  calls: readonly Call[] = [{}],
  limits: Limits = PLAIN,
  extra: readonly Cap[] = [],
): JsonObject {
  const world: World = { hashes: HASHES, ...limits };
  const known = new Map<string, Cap>();
  const given = calls.flatMap(({ slot0, anew }) => [slot0, anew]);
  for (const cap of [top, ...extra, ...given]) reachable(cap, known);
  for (const [, held] of TABLES.files) reachable(held, known);
  const caps = capsJson(known);
  let tables = TABLES;
  let subject: Subject = { instance: top, isPaused: false, payload: undefined };
  const done = calls.map((call): JsonObject => {
    const { endpoint = 0, gas = 20_000n, quota, anew } = call;
    if (anew !== undefined) subject = { instance: anew, isPaused: false, payload: undefined };
    const { instance, isPaused } = subject;
    const slot0 = call.slot0 ?? subject.payload;
    const args = [1n, 2n, 3n, 4n];
    const { end, did } = followed(
      isPaused
        ? wentOn(world, tables, instance, { slot0, gas, quota })
        : invoked(world, tables, instance, BigInt(endpoint), args, { slot0, gas, quota }),
    );
    const json = doneJson(end, known);
    if (!("kind" in end) && end.ending !== undefined) {
      tables = { meters: end.meters, quotas: end.quotas, files: end.files };
      subject = subjectAfter(subject, end.ending);
    }
    const asked: Readonly<Record<string, Json>> = isPaused
      ? {}
      : { endpoint, args: args.map(String) };
    return {
      call: isPaused ? "resume" : "invoke",
      instance: HASHES.of(instance),
      ...asked,
      gas: gas.toString(),
      quota: quota?.toString(),
      slot0: hashed(slot0),
      ...json,
      depth: 0,
      trace: did,
    };
  });
  return {
    name,
    caps,
    limits: {
      "max-depth": limits.maxDepth,
      "memory-bytes": Number(limits.memoryBytes),
      "host-markers": limits.hostMarkers,
    },
    tables: tablesJson(TABLES),
    calls: done,
  };
}
