/**
 * An invocation while it goes on.
 *
 * @module
 */

import { LIMIT_BYTES_MAX, SparseMemory } from "../../paged/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { GuardedAssist } from "../assist_guard.ts";
import type { CacheDirectory } from "../cache_directory.ts";
import { CallStack } from "../call_stack.ts";
import type { CallResult } from "../call_result.ts";
import type { CapHash } from "../hash.ts";
import type { ImageCache } from "../image_cache.ts";
import type { InstanceCapV3 } from "../instance_v3.ts";
import type { VmError } from "../vm_error.ts";
import type { Frame } from "./frame.ts";
import { broken } from "./stop.ts";
import type { Sure } from "./stop.ts";
import { Workspace } from "./workspace.ts";

/** What an invocation works with. */
export interface V3Host {
  readonly directory: CacheDirectory;
  readonly assist: GuardedAssist;
  readonly imageCache: ImageCache;
  /** How many entries the stack may have. */
  readonly maxDepth: number;
  /** How many bytes all entries together may map. */
  readonly memoryBytes: number;
  /** The markers that the host catches. */
  readonly hostMarkers: readonly CapHash[];
}

/** An invocation while it goes on. */
export interface Run {
  readonly host: V3Host;
  readonly space: Workspace;
  readonly stack: CallStack<Frame>;
  /** The bytes that the entries map. */
  mapped: number;
  /** Memories that nothing maps any more, to be mapped anew. */
  readonly idle: SparseMemory[];
  /** The ids of rows that Instances name; nothing for those that name none. */
  readonly ids: Map<InstanceCapV3, { readonly id: bigint | undefined }>;
  /** The gas that is left of meters, by id, so far as the kernel has set it. */
  readonly meters: Map<bigint, bigint>;
  gasUsed: bigint;
  /** How it ended, once it did. */
  end: CallResult | undefined;
}

/** A fresh invocation. */
export function startRun(host: V3Host): Result<Run, VmError> {
  const stack = CallStack.create<Frame>(host.maxDepth);
  if (!stack.ok) return { ok: false, error: { kind: "invariant", text: "the depth of the stack" } };
  const space = new Workspace(host.directory);
  return ok({
    host,
    space,
    stack: stack.value,
    mapped: 0,
    idle: [],
    ids: new Map(),
    meters: new Map(),
    gasUsed: 0n,
    end: undefined,
  });
}

/** Whether so many entries more fit on the stack. */
export function hasRoom({ stack }: Run, entries: number): boolean {
  return stack.length + entries <= stack.maxDepth;
}

/** Pushes an Instance. There is room for it. */
export function push(run: Run, frame: Frame): Sure<undefined> {
  const pushed = run.stack.pushInstance(frame);
  if (!pushed.ok) return broken("a full stack was pushed to");
  run.mapped += frame.image.mappedBytes;
  return ok(undefined);
}

/** How many memories are kept to be mapped anew, and how many bytes one may have mapped for that. */
const IDLE_MAX = 16;
const IDLE_BYTES_MAX = 2 ** 20;

/** Keeps the memory of an Instance that is gone, with nothing mapped: a fresh one takes longer. */
function keepMemory(run: Run, { image, machine: { memory } }: Frame): void {
  const { layouts, mappedBytes } = image;
  if (mappedBytes === 0 || mappedBytes > IDLE_BYTES_MAX || run.idle.length >= IDLE_MAX) return;
  for (const { start, bytes } of layouts) {
    if (!memory.resetRegion(start, bytes, "none").ok) return;
  }
  if (memory instanceof SparseMemory) run.idle.push(memory);
}

/** A memory with nothing mapped; nothing when the engine has no room. */
export function takeMemory({ idle, host }: Run): SparseMemory | undefined {
  const kept = idle.pop();
  if (kept !== undefined) return kept;
  const limitBytes = Math.min(host.memoryBytes, LIMIT_BYTES_MAX);
  const fresh = SparseMemory.create({ limitBytes, wraps: false });
  return fresh.ok ? fresh.value : undefined;
}

/** Drops the entries from a position on. */
export function cut(run: Run, length: number): void {
  while (run.stack.length > length) {
    const entry = run.stack.pop();
    if (entry?.kind !== "instance") continue;
    run.mapped -= entry.frame.image.mappedBytes;
    keepMemory(run, entry.frame);
  }
}
