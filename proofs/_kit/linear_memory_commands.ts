/** Every operation of a memory as a command, run on the implementation and on the model. */

import { isDetached } from "./detached.ts";
import type { DataSegment } from "../../src/linear/mod.ts";
import { copy, fill, grow, init, type Memory as Model, place } from "../../model/linear_memory.ts";
import { type Outcome, read, size, write } from "../../model/linear_memory.ts";
import { load, type LoadName, LOADS, store } from "../../model/linear_memory_access.ts";
import { type StoreName, STORES } from "../../model/linear_memory_access.ts";
import { call, type Face, outcomeOf, pair, type Real, type Shape } from "./linear_memory.ts";
import { stateOf, stateOfModel } from "./linear_memory.ts";

/** Stands for the memory itself among the arguments of a command. */
export const SELF = "the memory itself";
/** Stands for the data segment among the arguments of a command. */
export const SEGMENT = "the segment";

/** An operation and its arguments. */
export interface Command {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** A memory and a data segment: what commands work on. */
export interface RealWorld {
  readonly memory: Real;
  readonly segment: DataSegment;
}

/** The model of the two. */
export interface ModelWorld {
  readonly memory: Model;
  readonly segment: readonly number[];
}

export const SEGMENT_BYTES: readonly number[] = [0xa1, 0xb2, 0xc3, 0xd4, 0xe5];

/** Makes both worlds. */
export function worlds(face: Face, shape: Shape): { real: RealWorld; model: ModelWorld } {
  const { real, model } = pair(face, shape);
  const segment = face.DataSegment.create(Uint8Array.from(SEGMENT_BYTES));
  if (!segment.ok) throw new Error("no segment");
  return {
    real: { memory: real, segment: segment.value },
    model: { memory: model, segment: SEGMENT_BYTES },
  };
}

/** The whole state of the one and of the other, in the same plain values. */
export function stateOfWorld({ memory, segment }: RealWorld): unknown {
  return { memory: stateOf(memory), segment: segment.length };
}

export function stateOfModelWorld({ memory, segment }: ModelWorld): unknown {
  return { memory: stateOfModel(memory), segment: segment.length };
}

/** Runs a command on a memory or a lease of it, and gives what it gives. */
export function resultOf(target: object, world: RealWorld, { method, args }: Command): unknown {
  if (method === "drop") return world.segment.drop();
  const stands = (arg: unknown): unknown =>
    arg === SELF ? world.memory : arg === SEGMENT ? world.segment : arg;
  return call(target, method, args.map(stands));
}

/** The same, in the form of the model. */
export function applyTo(target: object, world: RealWorld, command: Command): unknown {
  return outcomeOf(resultOf(target, world, command));
}

/** Runs a command on the memory. */
export function applyReal(world: RealWorld, command: Command): unknown {
  return applyTo(world.memory, world, command);
}

const isLoad = (name: string): name is LoadName => Object.hasOwn(LOADS, name);
const isStore = (name: string): name is StoreName => Object.hasOwn(STORES, name);

/** The bytes of an argument; nothing when it is no `Uint8Array`, or one without a buffer. */
function bytesOf(value: unknown): readonly number[] | undefined {
  // A proxy of one is no view.
  const isBytes = ArrayBuffer.isView(value) && value instanceof Uint8Array;
  if (!isBytes || isDetached(value.buffer)) return undefined;
  return Array.from(value);
}

interface Step {
  readonly state: ModelWorld;
  readonly outcome: unknown;
}

/** A copy from some bytes, where those may be missing: room first, then the argument. */
function copied(
  memory: Model,
  source: readonly number[] | undefined,
  parameter: string,
  [dst, src, length]: readonly unknown[],
): { readonly state: Model; readonly outcome: Outcome<null> } {
  if (place(memory.bytes.length, dst, length) === undefined) {
    return { state: memory, outcome: { trap: "out-of-bounds" } };
  }
  return source === undefined
    ? { state: memory, outcome: { invalid: parameter } }
    : copy(memory, source, dst, src, length);
}

function written(memory: Model, offset: unknown, value: unknown) {
  const bytes = bytesOf(value);
  const room = read(memory, offset, ArrayBuffer.isView(value) ? value.byteLength : 0);
  return bytes === undefined
    ? { state: memory, outcome: "ok" in room ? { invalid: "bytes" } : room }
    : write(memory, offset, bytes);
}

/** Runs a command on the model. */
export function applyModel(world: ModelWorld, { method, args }: Command): Step {
  const { memory, segment } = world;
  const [a, b, c] = args;
  const next = (step: { readonly state: Model; readonly outcome: unknown }): Step => ({
    state: { ...world, memory: step.state },
    outcome: step.outcome,
  });
  if (isLoad(method)) return next({ state: memory, outcome: load(memory, method, a) });
  if (isStore(method)) return next(store(memory, method, a, ...args.slice(1)));
  switch (method) {
    case "read":
      return next({ state: memory, outcome: read(memory, a, b) });
    case "write":
    case "initData":
      return next(written(memory, a, b));
    case "fill":
      return next(fill(memory, a, b, c));
    case "copy":
      return next(copy(memory, memory.bytes, a, b, c));
    case "copyFrom":
      return next(copied(memory, a === SELF ? memory.bytes : undefined, "source", args.slice(1)));
    case "initSegment":
      return next(copied(memory, a === SEGMENT ? segment : undefined, "segment", args.slice(1)));
    case "init":
      return next(init(memory, a));
    case "grow": {
      const { state, outcome } = grow(memory, a);
      return next({ state, outcome: "ok" in outcome ? outcome.ok : outcome });
    }
    case "size":
      return next({ state: memory, outcome: size(memory) });
    default: // "drop"
      return { state: { memory, segment: [] }, outcome: undefined };
  }
}

/** One valid command of every operation, for a memory of at least 16 bytes. */
export const VALID: readonly Command[] = [
  ...Object.keys(LOADS).map((method) => ({ method, args: [4] })),
  ...Object.keys(STORES).map((method) => ({ method, args: [4, ...operandsFor(method)] })),
  { method: "read", args: [2, 5] },
  { method: "write", args: [2, Uint8Array.of(9, 8, 7)] },
  { method: "initData", args: [3, Uint8Array.of(6, 5)] },
  { method: "fill", args: [3, 0x5a, 4] },
  { method: "copy", args: [1, 3, 6] },
  { method: "copyFrom", args: [SELF, 3, 1, 6] },
  { method: "initSegment", args: [SEGMENT, 3, 1, 4] },
  { method: "grow", args: [1] },
  { method: "size", args: [] },
];

function operandsFor(method: string): readonly unknown[] {
  if (method === "storeI64Halves") return [-2, 3];
  return method.startsWith("storeI64") || method === "storeF64Bits" ? [-2n] : [-2];
}
