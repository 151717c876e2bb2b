/** Traces of linear memory on its model. */

import * as model from "../../model/linear_memory.ts";
import { load, type LoadName, store, type StoreName } from "../../model/linear_memory_access.ts";
import { hex, type Json, type JsonObject, runsOf } from "./json.ts";
import { bytesIn, type Step } from "./trace.ts";

/** A memory with its data segments. */
interface World {
  readonly memory: model.Memory;
  readonly segments: readonly (readonly number[])[];
  readonly dropped: readonly number[];
}

interface Done {
  readonly world: World;
  readonly outcome: JsonObject;
}

/** The loads by their names in the vectors. */
export const LOAD_NAMES: Readonly<Record<string, LoadName>> = {
  "u8.load": "loadU8",
  "u16.load": "loadU16",
  "i32.load": "loadI32",
  "i64.load": "loadI64",
  "f32.load": "loadF32Bits",
  "f64.load": "loadF64Bits",
  "i32.load8_s": "loadI32From8S",
  "i32.load8_u": "loadI32From8U",
  "i32.load16_s": "loadI32From16S",
  "i32.load16_u": "loadI32From16U",
  "i64.load8_s": "loadI64From8S",
  "i64.load8_u": "loadI64From8U",
  "i64.load16_s": "loadI64From16S",
  "i64.load16_u": "loadI64From16U",
  "i64.load32_s": "loadI64From32S",
  "i64.load32_u": "loadI64From32U",
};

/** The stores by their names in the vectors. */
export const STORE_NAMES: Readonly<Record<string, StoreName>> = {
  "u8.store": "storeU8",
  "u16.store": "storeU16",
  "i32.store": "storeI32",
  "i64.store": "storeI64",
  "f32.store": "storeF32Bits",
  "f64.store": "storeF64Bits",
  "i32.store8": "storeI32As8",
  "i32.store16": "storeI32As16",
  "i64.store8": "storeI64As8",
  "i64.store16": "storeI64As16",
  "i64.store32": "storeI64As32",
};

/** A value of a load as it is written. */
function valueJson(op: string, value: unknown): Json {
  if (typeof value === "bigint") {
    return op === "f64.load" ? value.toString(16).padStart(16, "0") : value.toString();
  }
  const number = Number(value);
  return op === "f32.load" ? number.toString(16).padStart(8, "0") : number;
}

/** An operand of a store, read as it is written. */
function operandOf(op: string, written: Json): unknown {
  if (typeof written !== "string") return written;
  if (op === "f32.store") return Number(BigInt(`0x${written}`));
  return op === "f64.store" ? BigInt(`0x${written}`) : BigInt(written);
}

function outcomeJson(outcome: model.Outcome<unknown>, ok: (value: unknown) => Json): JsonObject {
  if ("ok" in outcome) return { ok: ok(outcome.ok) };
  if ("trap" in outcome) return { trap: outcome.trap };
  throw new Error(`an argument of a trace is invalid: ${outcome.invalid}`);
}

/** Does an operation on the model of a memory. */
export function onMemory(
  memory: model.Memory,
  op: string,
  args: readonly Json[],
  segment: (index: Json) => readonly number[] = () => [],
): { readonly memory: model.Memory; readonly outcome: JsonObject } {
  const [a, b, c, d] = args;
  const keeps = (outcome: model.Outcome<unknown>, ok: (value: unknown) => Json) => ({
    memory,
    outcome: outcomeJson(outcome, ok),
  });
  const changes = ({ state, outcome }: model.Step<unknown>) => ({
    memory: state,
    outcome: outcomeJson(outcome, (value) => typeof value === "number" ? value : null),
  });
  const loads = LOAD_NAMES[op];
  if (loads !== undefined) return keeps(load(memory, loads, a), (value) => valueJson(op, value));
  const stores = STORE_NAMES[op];
  if (stores !== undefined) return changes(store(memory, stores, a, operandOf(op, b ?? null)));
  switch (op) {
    case "read":
      return keeps(model.read(memory, a, b), (bytes) => hex(Array.isArray(bytes) ? bytes : []));
    case "write":
      return changes(model.write(memory, a, bytesIn(b)));
    case "memory.size":
      return { memory, outcome: { ok: model.size(memory) } };
    case "memory.grow":
      return changes(model.grow(memory, a));
    case "memory.fill":
      return changes(model.fill(memory, a, b, c));
    case "memory.copy":
      return changes(model.copy(memory, memory.bytes, a, b, c));
    case "memory.init":
      return changes(model.copy(memory, segment(a ?? null), b, c, d));
    case "renew":
      return changes(model.init(memory, a));
    default:
      throw new Error(`no operation is called ${op}`);
  }
}

function apply(world: World, { op, args }: Step): Done {
  const { memory, segments, dropped } = world;
  const [index] = args;
  if (op === "data.drop") {
    const next = dropped.includes(Number(index)) ? dropped : [...dropped, Number(index)].sort();
    return { world: { ...world, dropped: next }, outcome: { ok: null } };
  }
  const segment = (at: Json) => dropped.includes(Number(at)) ? [] : segments[Number(at)] ?? [];
  const done = onMemory(memory, op, args, segment);
  return { world: { ...world, memory: done.memory }, outcome: done.outcome };
}

/** The state of a memory as it is written. */
export function memoryJson(memory: model.Memory): JsonObject {
  return {
    pages: model.size(memory),
    bytes: runsOf(memory.bytes).map(({ at, bytes }) => ({ address: at, bytes: hex(bytes) })),
  };
}

/** How a memory is made. */
export interface Shape {
  readonly pages: number;
  readonly max: number;
  readonly pageBytes: number;
}

/** A trace: every step with its outcome and the state after it. */
export function trace(
  name: string,
  { pages, max, pageBytes }: Shape,
  steps: readonly Step[],
  segments: readonly (readonly number[])[] = [],
): JsonObject {
  const made = model.create(pages, max, { pageSizeBytes: pageBytes });
  if (!("ok" in made)) throw new Error(`${name}: no memory`);
  let world: World = { memory: made.ok, segments, dropped: [] };
  const done = steps.map((step) => {
    const { world: next, outcome } = apply(world, step);
    world = next;
    const state = { ...memoryJson(world.memory), dropped: world.dropped };
    return { op: step.op, args: step.args, outcome, state };
  });
  return {
    name,
    create: { "initial-pages": pages, "max-pages": max, "page-bytes": pageBytes },
    segments: segments.map(hex),
    steps: done,
  };
}
