/** Traces of tables, and of calls through them. */

import type { Entry, Outcome, Slot } from "../../model/linear_slot.ts";
import * as model from "../../model/linear_table.ts";
import { bundle, type Json, type JsonObject, type VectorFile } from "./json.ts";
import { Random } from "./random.ts";
import { type Step, step } from "./trace.ts";

interface World {
  readonly table: model.Table;
  readonly segments: readonly model.Segment[];
  readonly dropped: readonly number[];
}

/** A slot as it is written: its type and its function. */
type Written = readonly [type: number, func: number] | null;

function slotJson(slot: Slot): Json {
  return slot === null ? null : [Number(slot.typeIndex), Number(slot.funcIndex)];
}

/** A slot as an argument of the model. */
function slotOf(written: Json | undefined): { typeIndex: Json; funcIndex: Json } | null {
  const [typeIndex = null, funcIndex = null] = Array.isArray(written) ? written : [];
  return typeIndex === null ? null : { typeIndex, funcIndex };
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && "typeIndex" in value;

function outcomeJson(outcome: Outcome<unknown>): JsonObject {
  if ("trap" in outcome) return { trap: outcome.trap };
  if ("invalid" in outcome) {
    throw new Error(`an argument of a trace is invalid: ${outcome.invalid}`);
  }
  const { ok } = outcome;
  return { ok: typeof ok === "bigint" ? Number(ok) : isEntry(ok) ? slotJson(ok) : null };
}

function applyTo(world: World, { op, args }: Step): { world: World; outcome: JsonObject } {
  const { table, segments, dropped } = world;
  const [a, b, c, d] = args;
  const keeps = (outcome: Outcome<unknown>) => ({ world, outcome: outcomeJson(outcome) });
  const changes = ({ state, outcome }: model.Step<model.Table, unknown>) => ({
    world: { ...world, table: state },
    outcome: outcomeJson(outcome),
  });
  switch (op) {
    case "table.get":
      return keeps(model.get(table, a));
    case "table.set":
      return changes(model.set(table, a, slotOf(b)));
    case "table.size":
      return { world, outcome: { ok: table.slots.length } };
    case "table.grow":
      return changes(model.grow(table, a, slotOf(b)));
    case "table.fill":
      return changes(model.fill(table, a, slotOf(b), c));
    case "table.copy":
      return changes(model.copy(table, table, a, b, c));
    case "table.init":
      return changes(model.copy(table, segments[Number(a)] ?? { slots: [] }, b, c, d));
    case "elem.drop": {
      const index = Number(a);
      const after = segments.map((each, i) => i === index ? model.drop(each) : each);
      const list = dropped.includes(index) ? dropped : [...dropped, index].sort();
      return { world: { ...world, segments: after, dropped: list }, outcome: { ok: null } };
    }
    case "init_elements":
      return changes(model.initElements(table, a, Array.isArray(b) ? b.map(slotOf) : []));
    case "call_indirect":
      return keeps(model.callIndirect(table, a, b));
    default:
      throw new Error(`no operation is called ${op}`);
  }
}

function trace(
  name: string,
  [size, max]: readonly [number, number],
  steps: readonly Step[],
  segments: readonly (readonly Written[])[] = [],
): JsonObject {
  const made = model.create(size, max);
  if (!("ok" in made)) throw new Error(`${name}: no table`);
  const held = segments.map((slots) => {
    const segment = model.segment(slots.map(slotOf));
    if (!("ok" in segment)) throw new Error(`${name}: no segment`);
    return segment.ok;
  });
  let world: World = { table: made.ok, segments: held, dropped: [] };
  const done = steps.map((step) => {
    const { world: next, outcome } = applyTo(world, step);
    world = next;
    const state = { slots: world.table.slots.map(slotJson), dropped: world.dropped };
    return { op: step.op, args: step.args, outcome, state };
  });
  return { name, create: { "initial-slots": size, "max-slots": max }, segments, steps: done };
}

const BEYOND = [3, 4, 2 ** 32 - 1, 2 ** 53 - 1];

/** Every operation at its edges. */
export function edgesOfTables(): readonly JsonObject[] {
  const fills = [step("table.set", 0, [1, 10]), step("table.set", 2, [2, 20])];
  const greatest = 2 ** 32 - 1;
  return [
    trace("get_and_set", [3, 3], [
      ...fills,
      ...[0, 1, 2].map((at) => step("table.get", at)),
      ...BEYOND.map((at) => step("table.get", at)),
      ...BEYOND.map((at) => step("table.set", at, [9, 9])),
      step("table.set", 0, null),
      step("table.get", 0),
      step("table.set", 1, [greatest, greatest]),
      step("table.get", 1),
    ]),
    trace("grow", [1, 4], [
      step("table.size"),
      step("table.grow", 0, [1, 1]),
      step("table.grow", 2, [1, 1]),
      step("table.grow", 2, null),
      step("table.grow", 1, null),
      step("table.grow", 1, null),
      step("table.grow", greatest, null),
      step("table.size"),
    ]),
    trace("fill", [4, 4], [
      step("table.fill", 1, [3, 30], 2),
      step("table.fill", 2, null, 2),
      step("table.fill", 3, [4, 40], 2),
      step("table.fill", 4, [4, 40], 0),
      step("table.fill", 5, [4, 40], 0),
    ]),
    trace("copy", [6, 6], [
      step("init_elements", 0, [[1, 10], [2, 20], null, [3, 30]]),
      ...[[1, 0, 4], [0, 1, 4], [2, 2, 3], [3, 0, 4], [0, 3, 4], [6, 0, 0], [7, 0, 0], [0, 7, 0]]
        .map(([to = 0, from = 0, count = 0]) => step("table.copy", to, from, count)),
    ]),
    trace("init", [4, 4], [
      step("table.init", 0, 1, 0, 3),
      step("table.init", 0, 0, 2, 1),
      step("table.init", 0, 0, 2, 2),
      step("table.init", 0, 3, 0, 2),
      step("table.init", 1, 4, 0, 0),
      step("elem.drop", 0),
      step("table.init", 0, 0, 0, 0),
      step("table.init", 0, 0, 0, 1),
    ], [[[1, 11], null, [3, 33]], []]),
    trace("init_elements", [3, 3], [
      step("init_elements", 1, [[1, 10], [2, 20]]),
      step("init_elements", 2, [[5, 50], [6, 60]]),
      step("init_elements", 3, []),
      step("init_elements", 4, []),
      step("init_elements", 0, [null, null, null]),
    ]),
    trace("call_indirect", [3, 3], [
      ...fills,
      step("call_indirect", 0, 1),
      step("call_indirect", 0, 2),
      step("call_indirect", 1, 1),
      step("call_indirect", 2, 2),
      ...BEYOND.map((at) => step("call_indirect", at, 1)),
    ]),
    trace("no_slots", [0, 0], [
      step("table.get", 0),
      step("table.fill", 0, null, 0),
      step("table.grow", 1, null),
      step("call_indirect", 0, 0),
    ]),
  ];
}

function randomTraces(): readonly JsonObject[] {
  const random = new Random("table");
  const at = () => random.below(7);
  const slot = (): Written => random.below(3) === 0 ? null : [random.below(3), random.below(90)];
  const draw = (): Step => {
    switch (random.below(9)) {
      case 0:
        return step("table.set", at(), slot());
      case 1:
        return step("table.grow", random.below(3), slot());
      case 2:
        return step("table.fill", at(), slot(), random.below(4));
      case 3:
        return step("table.copy", at(), at(), random.below(5));
      case 4:
        return step("table.init", random.below(2), at(), random.below(4), random.below(4));
      case 5:
        return step("init_elements", at(), Array.from({ length: random.below(4) }, slot));
      case 6:
        return random.below(5) === 0 ? step("elem.drop", random.below(2)) : step("table.get", at());
      default:
        return step("call_indirect", at(), random.below(3));
    }
  };
  return Array.from({ length: 60 }, (_, i) => {
    const steps = Array.from({ length: 24 }, draw);
    return trace(`random_${i}`, [1 + random.below(4), 6], steps, [
      Array.from({ length: 4 }, slot),
      Array.from({ length: 2 }, slot),
    ]);
  });
}

/** The file of tables. */
export function linearTableFile(): VectorFile {
  const spec = ["Wasm core 2.0, 4.4.6", "Wasm core 2.0, 4.4.8 (call_indirect)"];
  const head = { family: "linear", kind: "table", spec };
  return bundle("linear/table.json", head, [...edgesOfTables(), ...randomTraces()]);
}
