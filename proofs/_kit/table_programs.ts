/** Programs of operations on tables, for the proofs that run them beside the model. */

import { type Reach, sequenceAgrees } from "../../src/proof/mod.ts";
import type * as linear from "../../src/linear/mod.ts";
import type { Slot } from "../../model/linear_slot.ts";
import * as model from "../../model/linear_table.ts";
import {
  call,
  type Face,
  full,
  type Given,
  modelOf,
  modelSlots,
  outcomeOf,
  outcomeOfModel,
  segmentOf,
  slotOfDigit,
  stateOf,
  stateOfModel,
  tableOf,
} from "./tables.ts";

/** A step of a program; the digits are entries, the numbers may be out of every range. */
export type Command =
  | { readonly name: "get"; readonly index: number }
  | { readonly name: "set"; readonly index: number; readonly digit: number }
  | { readonly name: "grow"; readonly count: number; readonly digit: number }
  | {
    readonly name: "fill";
    readonly index: number;
    readonly digit: number;
    readonly count: number;
  }
  | {
    readonly name: "copy" | "copyFrom" | "initSegment";
    readonly dst: number;
    readonly src: number;
    readonly len: number;
  }
  | { readonly name: "initElements"; readonly index: number; readonly digits: readonly number[] }
  | { readonly name: "callIndirect"; readonly index: number; readonly type: number }
  | { readonly name: "drop" };

interface Model {
  readonly table: model.Table;
  readonly other: model.Table;
  readonly segment: model.Segment;
}

interface Real {
  readonly face: Face;
  readonly table: linear.Table;
  readonly other: linear.Table;
  readonly segment: linear.ElementSegment;
}

const OTHER = [7, 0, 8];
const SEGMENT_DIGITS = [0, 5, 6, 5];

function start(face: Face): { model: Model; real: Real } {
  return {
    model: {
      table: modelOf(full(3), 3),
      other: modelOf(OTHER),
      segment: { slots: modelSlots(SEGMENT_DIGITS) },
    },
    real: {
      face,
      table: tableOf(face, full(3), 3),
      other: tableOf(face, OTHER),
      segment: segmentOf(face, SEGMENT_DIGITS),
    },
  };
}

/** One command on the model: what it does to the table, and what it gives. */
function applyTable(state: Model, command: Command): model.Step<model.Table, Slot | bigint> {
  const { table, other, segment } = state;
  switch (command.name) {
    case "get":
      return { state: table, outcome: model.get(table, command.index) };
    case "callIndirect":
      return { state: table, outcome: model.callIndirect(table, command.index, command.type) };
    case "set":
      return model.set(table, command.index, slotOfDigit(command.digit));
    case "grow":
      return model.grow(table, command.count, slotOfDigit(command.digit));
    case "fill":
      return model.fill(table, command.index, slotOfDigit(command.digit), command.count);
    case "copy":
      return model.copy(table, table, command.dst, command.src, command.len);
    case "copyFrom":
      return model.copy(table, other, command.dst, command.src, command.len);
    case "initSegment":
      return model.copy(table, segment, command.dst, command.src, command.len);
    case "initElements":
      return model.initElements(table, command.index, command.digits.map(slotOfDigit));
    case "drop":
      return { state: table, outcome: { ok: null } };
  }
}

function applyModel(state: Model, command: Command): { state: Model; outcome: unknown } {
  const step = applyTable(state, command);
  const segment = command.name === "drop" ? model.drop(state.segment) : state.segment;
  return { state: { ...state, table: step.state, segment }, outcome: outcomeOfModel(step.outcome) };
}

function give({ face, table, other, segment }: Real, command: Command): Given {
  switch (command.name) {
    case "get":
      return call(table, "get", command.index);
    case "callIndirect":
      return face.callIndirect(table, command.index, command.type);
    case "set":
      return call(table, "set", command.index, slotOfDigit(command.digit));
    case "grow":
      return call(table, "grow", command.count, slotOfDigit(command.digit));
    case "fill":
      return call(table, "fill", command.index, slotOfDigit(command.digit), command.count);
    case "copy":
      return call(table, "copy", command.dst, command.src, command.len);
    case "copyFrom":
      return call(table, "copyFrom", other, command.dst, command.src, command.len);
    case "initSegment":
      return call(table, "initSegment", segment, command.dst, command.src, command.len);
    case "initElements":
      return call(table, "initElements", command.index, command.digits.map(slotOfDigit));
    case "drop":
      segment.drop();
      return { ok: true, value: null };
  }
}

/** Runs a program on two tables and a segment and on their model. */
export function programAgrees(
  commands: readonly Command[],
  reach: Reach,
  face: Face,
): string | undefined {
  return sequenceAgrees<Model, Real, Command>(
    {
      start: () => start(face),
      applyModel,
      applyReal: (real, command) => outcomeOf(give(real, command)),
      stateOfModel: ({ table, other, segment }) => [
        stateOfModel(table),
        stateOfModel(other),
        segment.slots.length,
      ],
      stateOfReal: ({ table, other, segment }) => [stateOf(table), stateOf(other), segment.size()],
      reached: ({ name }, outcome) =>
        `${name} ${JSON.stringify(outcome).match(/^\{"ok":(?!-)/) ? "done" : "refused"}`,
    },
    commands,
    reach,
  );
}
