/** Worlds of the kernel by the original's rules: a guest and its child, and calls of them. */

import { invoke, resume } from "../../model/kernel_compat.ts";
import type { Env, Outcome, State, Step } from "../../model/kernel_compat_state.ts";
import { EMPTY } from "../../model/kernel_cache.ts";
import { type Cap, CNODE, DATA, IMAGE, INSTANCE, TYPE } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import type { JsonObject } from "./json.ts";
import { ask, blake, capJson, hashOf, NO_REGISTERS, packed, rowsJson, sha } from "./kernel_code.ts";
import type { Line } from "./pvm_code.ts";

/** A marker that guests yield with. */
export const MARKER: string = "3a".repeat(32);
const CATCHER = "ca".repeat(32);
/** The kernel's marker for gas that is spent: the hash of its label. */
const OOG = Array.from(blake(Array.from("kernel:oog_marker", (letter) => letter.charCodeAt(0))));
const OOG_MARKER = OOG.map((byte) => byte.toString(16).padStart(2, "0")).join("");

const page = (...bytes: readonly number[]): Value =>
  Array.from({ length: 4096 }, (_, i) => BigInt(bytes[i] ?? 0));
/** Data of a page. */
export const INLINE: Cap = [DATA, [[0n, page(104, 101, 108, 108, 111)]]];
const PAGED: Cap = [DATA, [[1n, [8n, [[1n, [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]], [0n]]]]]];
const TYPE_CAP: Cap = [TYPE, ["77".repeat(32)]];
const SMALL: Cap = [CNODE, [3n, [[3n, 0n, hashOf(INLINE)], [5n, 1n, MARKER]]]];

/** What slots hold. */
export const SLOT = {
  zero: 0,
  image: 1,
  cnode: 2,
  data: 3,
  child: 4,
  marker: 5,
  catcher: 6,
  free: 7,
};

const NO_PATH: readonly Value[] = Array.from({ length: 8 }, () => 0n);
const MAPPING: Value = [0n, 8n, NO_PATH.with(0, 3n), 1n];

function imageOf(lines: readonly Line[], pinned: Value = [], catches = true): Cap {
  const { code, mask } = packed(lines);
  const filled = NO_REGISTERS.map((_, i) => BigInt(i));
  const endpoints: Value = [[0n, 0n, 0n, 0n, NO_REGISTERS], [0n, 5n, 0n, 0n, filled]];
  const catcher: Value = catches ? [1n, BigInt(SLOT.catcher)] : [0n];
  return [IMAGE, [code, mask, [0n], endpoints, [MAPPING], pinned, [], catcher]];
}

/** What is there at the start, and the Instance that is invoked. */
export interface World {
  readonly caps: readonly Cap[];
  readonly instance: string;
}

/** A guest of some lines, what it holds, and a child of others. */
export function worldOf(
  lines: readonly Line[],
  child: readonly Line[] = ask(0),
  pinned: Value = [],
): World {
  const caps: Cap[] = [INLINE, PAGED, TYPE_CAP, SMALL];
  const add = (cap: Cap): string => {
    caps.push(cap);
    return hashOf(cap);
  };
  const instance = (image: string, below: string | undefined, memory: bigint): string => {
    const held: readonly (Value | undefined)[] = [
      hashOf(TYPE_CAP),
      image,
      hashOf(SMALL),
      hashOf(INLINE),
      below,
      MARKER,
      CATCHER,
    ];
    const slots = held.flatMap((target, i): Value[] =>
      target === undefined ? [] : [[BigInt(i), 0n, target]]
    );
    const root = add([CNODE, [3n, slots]]);
    const registers = NO_REGISTERS.with(3, 6n);
    const head = ["aa".repeat(32), image, root, [[0n, [7n, 8n, 9n]]], memory];
    return add([INSTANCE, [...head, registers, 0n, 0n]]);
  };
  const below = instance(add(imageOf(child)), undefined, 4096n);
  return { instance: instance(add(imageOf(lines, pinned)), below, 8192n), caps };
}

/** A call of the host. */
export interface Call {
  readonly call: "invoke" | "resume";
  readonly endpoint?: number;
  readonly gas: bigint;
  readonly slot0?: string;
}

/** What a Vm is made with. */
export interface Limits {
  readonly maxDepth: number;
  readonly memoryBytes: bigint;
}

/** Limits that nothing reaches. */
export const PLAIN: Limits = { maxDepth: 16, memoryBytes: 2n ** 20n };
const QUOTAS = [[0n, 100_000n], [1n, 5000n]] as const;

function outcomeJson(outcome: Outcome): JsonObject {
  if ("error" in outcome) return { error: { kind: outcome.error } };
  const shared = { kind: outcome.kind, "gas-used": outcome.gasUsed.toString() };
  const hash = (target: Value | undefined) => typeof target === "string" ? target : undefined;
  switch (outcome.kind) {
    case "halt":
      return {
        ok: {
          ...shared,
          value: outcome.returnValue.toString(),
          post: outcome.hash,
          slot0: hash(outcome.slot0),
        },
      };
    case "faulted": {
      const { reason } = outcome;
      const address = reason.kind === "page-fault" ? Number(reason.address) : undefined;
      return {
        ok: { ...shared, reason: { kind: reason.kind, address }, slot0: hash(outcome.slot0) },
      };
    }
    default:
      return { ok: { ...shared, payload: hash(outcome.payload) } };
  }
}

function tablesJson({ quotas, catchers, files }: State["assist"]): JsonObject {
  const kept = [...files].sort(([a], [b]) => a < b ? -1 : 1);
  return {
    quotas: rowsJson(quotas),
    catchers: catchers.map(([catcher, markers]) => [catcher, markers]),
    files: kept.map(([id, target]) => [id.toString(), String(target)]),
  };
}

function startOf({ caps }: World): State {
  const named = new Map(caps.map((cap) => [hashOf(cap), cap] as const));
  return {
    stack: [],
    directory: { ...EMPTY, blobs: [...named] },
    assist: {
      quotas: QUOTAS,
      catchers: [[CATCHER, [MARKER, OOG_MARKER]]],
      files: [[1n, hashOf(INLINE)]],
      nextFile: 2n,
    },
  };
}

/** A case: calls, each with what it comes to. */
export function caseOf(
  name: string,
  world: World,
  calls: readonly Call[],
  limits: Limits = PLAIN,
): JsonObject {
  const env: Env = { sha, blake, ...limits };
  let state = startOf(world);
  const { blobs } = state.directory;
  const tables = tablesJson(state.assist);
  const done = calls.map(({ call, endpoint = 0, gas, slot0 }): JsonObject => {
    const args = [1n, 2n, 3n, 4n];
    const before = new Set(state.directory.blobs.map(([hash]) => hash));
    const step: Step = call === "invoke"
      ? invoke(env, state, { instance: world.instance, endpoint, args, gas })
      : resume(env, state, slot0, gas);
    state = step.state;
    const made = state.directory.blobs.filter(([hash]) => !before.has(hash))
      .sort(([a], [b]) => a < b ? -1 : 1);
    return {
      call,
      ...(call === "invoke"
        ? { instance: world.instance, endpoint, args: args.map(String) }
        : { slot0 }),
      gas: gas.toString(),
      outcome: outcomeJson(step.outcome),
      made: made.map(([hash, cap]) => capJson(hash, cap)),
      tables: tablesJson(state.assist),
      depth: state.stack.length,
    };
  });
  return {
    name,
    caps: blobs.map(([hash, cap]) => capJson(hash, cap)),
    limits: { "max-depth": limits.maxDepth, "memory-bytes": Number(limits.memoryBytes) },
    tables,
    calls: done,
  };
}
