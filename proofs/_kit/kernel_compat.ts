/** Invocations under the rules of the original, on the kernel and on its model. */

import { blake2b } from "@noble/hashes/blake2.js";
import { invoke, resume } from "../../model/kernel_compat.ts";
import type { Entry, Env, Outcome, State, Step } from "../../model/kernel_compat_state.ts";
import { type Directory, EMPTY, putInstance } from "../../model/kernel_cache.ts";
import { type Cap, capHash, CNODE } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import type {
  CacheDirectory,
  CallResult,
  Cap as RealCap,
  CapRef,
  CapTarget,
  FrameView,
  InProcessKernelAssist,
  InvalidArgument,
  Result,
  Vm,
  VmError,
} from "../../src/kernel/mod.ts";
import { type Face, plainCap, realCap, sha, valueOf } from "./kernel.ts";

/** Where everything begins: what is in the directory, and what the assist keeps. */
export interface World {
  /** What is put among the blobs. */
  readonly caps: readonly Cap[];
  /** The working instances, which get the handles 1, 2, … */
  readonly working: readonly Cap[];
  readonly quotas: readonly (readonly [bigint, bigint])[];
  readonly catchers: readonly (readonly [string, readonly string[]])[];
  readonly files: readonly (readonly [bigint, Value])[];
  readonly maxDepth: number;
  readonly memoryBytes: number;
}

/** A call of the Vm. */
export type Call =
  | {
    readonly name: "invoke";
    readonly instance: Value;
    readonly endpoint: number;
    readonly args: readonly bigint[];
    readonly gas: bigint;
  }
  | { readonly name: "resume"; readonly scratchpad: Value | undefined; readonly gas: bigint };

/** A world without anything, to be filled. */
export const NOTHING: World = {
  caps: [],
  working: [],
  quotas: [],
  catchers: [],
  files: [],
  maxDepth: 16,
  memoryBytes: 2 ** 20,
};

/** The hash functions and limits of a world. */
export function envOf({ maxDepth, memoryBytes }: World): Env {
  const blake = (bytes: readonly number[]) => [...blake2b(Uint8Array.from(bytes), { dkLen: 32 })];
  return { sha, blake, maxDepth, memoryBytes: BigInt(memoryBytes) };
}

const hashes = new WeakMap<Cap, string>();

/** The hash of a capability of the model, taken once. */
export function hashOf(cap: Cap): string {
  const hash = hashes.get(cap) ?? capHash(sha, cap);
  hashes.set(cap, hash);
  return hash;
}

/** A world as a state of the model. */
export function modelOf(world: World): State {
  const named = new Map(world.caps.map((cap) => [hashOf(cap), cap] as const));
  const blobs: Directory = { ...EMPTY, blobs: [...named] };
  const directory = world.working.reduce((state, cap) => putInstance(state, cap).state, blobs);
  const { quotas, catchers, files } = world;
  const nextFile = files.reduce((next, [file]) => file >= next ? file + 1n : next, 1n);
  return { stack: [], directory, assist: { quotas, catchers, files, nextFile } };
}

/** A world at work. */
export interface Real {
  readonly directory: CacheDirectory;
  readonly vm: Vm;
  readonly assist: InProcessKernelAssist;
  readonly refs: readonly CapRef[];
}

/** The target of a value. */
export function targetOf({ refs }: Pick<Real, "refs">, value: Value): CapTarget {
  if (typeof value === "string") return value;
  const ref = typeof value === "bigint" ? refs[Number(value) - 1] : undefined;
  if (ref === undefined) throw new Error(`no handle ${value}`);
  return ref;
}

const reals = new WeakMap<Face["DataCap"], WeakMap<Cap, RealCap>>();

/** A capability, made once for each variant of the kernel. */
function realOnce(face: Face, cap: Cap): RealCap {
  const made = reals.get(face.DataCap) ?? new WeakMap<Cap, RealCap>();
  reals.set(face.DataCap, made);
  const real = made.get(cap) ?? realCap(face, cap);
  made.set(cap, real);
  return real;
}

/** A world as a directory and a Vm. */
export function realOf(face: Face, world: World): Real {
  const directory = new face.CacheDirectory();
  for (const cap of world.caps) valueOf(directory.putCap(realOnce(face, cap)));
  const refs: CapRef[] = [];
  for (const cap of world.working) {
    const real = realCap(face, cap, (id) => targetOf({ refs }, id));
    refs.push(valueOf(directory.putInstance(real)));
  }
  const assist = new face.InProcessKernelAssist();
  for (const [id, value] of world.quotas) assist.storageQuotaSet(id, value);
  for (const [catcher, markers] of world.catchers) {
    for (const marker of markers) assist.yieldCatcherAdd(catcher, marker);
  }
  for (const [file, target] of world.files) assist.registerFile(file, targetOf({ refs }, target));
  const { maxDepth, memoryBytes } = world;
  const vm = valueOf(face.Vm.create({ mode: "compat", assist, maxDepth, memoryBytes }));
  return { directory, vm, assist, refs };
}

/** Does a call on the model. */
export function callModel(world: World, state: State, call: Call): Step {
  if (call.name === "invoke") return invoke(envOf(world), state, call);
  return resume(envOf(world), state, call.scratchpad, call.gas);
}

/** What a call of the Vm gives. */
export type Called = Result<CallResult, InvalidArgument | VmError>;

/** Does a call on the Vm. */
export function callReal(real: Real, call: Call): Called {
  const { vm, directory } = real;
  if (call.name === "invoke") {
    const { endpoint, args, gas } = call;
    return vm.invokeCached(directory, targetOf(real, call.instance), endpoint, args, gas);
  }
  const { scratchpad, gas } = call;
  const given = scratchpad === undefined ? {} : { scratchpad: targetOf(real, scratchpad) };
  return vm.callResume(directory, { ...given, gas });
}

function plainTarget(target: CapTarget | undefined): Value | undefined {
  return target === undefined || typeof target === "string" ? target : target.id;
}

/** The outcome of a call in the terms of the model. */
export function plainOutcome(called: Called): Outcome {
  if (!called.ok) return { error: called.error.kind };
  const result = called.value;
  const { gasUsed } = result;
  if (result.kind === "paused") {
    return { kind: "paused", payload: plainTarget(result.markerPayload), gasUsed };
  }
  const slot0 = plainTarget(result.reflectedSlot0);
  if (result.kind === "halt") {
    const { returnValue, postInstanceHash: hash } = result;
    return { kind: "halt", returnValue, hash, slot0, gasUsed };
  }
  const { reason } = result;
  if (reason.kind === "page-fault") {
    const address = BigInt(reason.address);
    return { kind: "faulted", reason: { kind: "page-fault", address }, slot0, gasUsed };
  }
  if (reason.kind !== "trap" && reason.kind !== "panic" && reason.kind !== "out-of-gas") {
    throw new Error(`not of this mode: ${reason.kind}`);
  }
  return { kind: "faulted", reason: { kind: reason.kind }, slot0, gasUsed };
}

/** A value as text, which compares faster than its parts. */
function textOf(value: Value): string {
  return typeof value === "object" ? `[${value.map(textOf).join()}]` : `${value}`;
}

/** The texts of capabilities, which do not change. */
const texts = new WeakMap<object, string>();

function capText(cap: object, plain: () => Value): string {
  const known = texts.get(cap) ?? textOf(plain());
  texts.set(cap, known);
  return known;
}

function modelEntry(entry: Entry): unknown {
  if (entry.kind === "reference") return { target: entry.target };
  const { instance, chain, imageHash, cnode, catcher, pinned, machine } = entry.frame;
  const { registers, pc, gas, memory } = machine;
  const pages = memory.pages.map(({ start, bytes }) => [start, bytes.join()]);
  const cap: Cap = [CNODE, cnode];
  return { instance, chain, imageHash, cnode: cap, catcher, pinned, registers, pc, gas, pages };
}

function realEntry(frame: FrameView): unknown {
  return {
    instance: plainTarget(frame.instance),
    chain: frame.imageHashChain,
    imageHash: frame.imageHash,
    cnode: plainCap(frame.rootCnode),
    catcher: frame.yieldMarkerSlot === undefined ? undefined : BigInt(frame.yieldMarkerSlot),
    pinned: frame.pinnedSlots.map(BigInt),
    registers: frame.regs,
    pc: frame.pc,
    gas: frame.gas,
    pages: frame.pages().map(({ address, bytes }) => [BigInt(address), bytes.join()]),
  };
}

/** All that can be seen of a state of the model. */
export function modelState(world: World, state: State): unknown {
  const { quotas, files, nextFile } = state.assist;
  return {
    stack: state.stack.map(modelEntry),
    blobs: state.directory.blobs.map(([hash]) => hash).toSorted(),
    working: state.directory.entries.map(({ id, cap }) => [id, capText(cap, () => cap)]),
    quotas: world.quotas.map(([id]) => quotas.find(([other]) => other === id)?.[1] ?? 0n),
    files: Array.from(
      { length: Number(nextFile) + 1 },
      (_, i) => files.find(([file]) => file === BigInt(i))?.[1],
    ),
  };
}

/** All that can be seen of a Vm, its directory and its assist; `nextFile` files are looked for. */
export function realState(world: World, real: Real, nextFile: bigint): unknown {
  const { vm, directory, assist } = real;
  const { stack } = vm;
  valueOf(stack.enforceInvariants());
  return {
    stack: stack.entries().map((entry) =>
      entry.kind === "reference" ? { target: Number(entry.targetPosition) } : realEntry(entry.frame)
    ),
    blobs: valueOf(directory.blobHashes()).toSorted(),
    working: directory.instances().map(([ref, cap]) => [ref.id, capText(cap, () => plainCap(cap))]),
    quotas: world.quotas.map(([id]) => assist.storageQuotaGet(id)),
    files: Array.from(
      { length: Number(nextFile) + 1 },
      (_, i) => plainTarget(assist.hostOpen(BigInt(i))),
    ),
  };
}
