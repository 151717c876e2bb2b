/**
 * One stay of a machine in generated code: where it can be entered, and where that leaves the machine.
 *
 * @module
 */

import { GUEST_LAYOUT } from "../../paged/mod.ts";
import { RECORDS } from "../mod.ts";
import type { EngineInput, MachineState, Prepared } from "../mod.ts";
import type { Compiled } from "./compiled.ts";
import type { Linked } from "./linked.ts";
import { UNLINKED } from "./module.ts";
import {
  ENTRY,
  FALLEN_INTO,
  idOf,
  numberOf,
  PAID,
  segmentAt,
  segmentBehind,
  segmentOf,
} from "./segments.ts";
import type { Segments } from "./segments.ts";

const { COST, FIRST_RECORD, RECORD, REGISTERS } = RECORDS;

/** The place of the record that a machine stands at; 0 where there is none. */
export function placeOf(state: MachineState, { layout }: Prepared): number {
  return state.record === 0 ? layout.recordAt[state.pc] ?? 0 : state.record;
}

/** The id of the segment that a machine stands at the beginning of; -1 when there is none to enter. */
export function entryOf({ segments }: Compiled, state: MachineState, prepared: Prepared): number {
  const place = placeOf(state, prepared);
  if (place === 0) return -1;
  const segment = segmentAt(segments, numberOf(place), state.paid);
  const isEntry = segment >= 0 && ((segments.flags[segment] ?? 0) & ENTRY) !== 0;
  return isEntry ? idOf(segments, segment) : -1;
}

/** What was paid for an instruction and all behind it in its segment, under the instruction model. */
function unspent(segments: Segments, words: Int32Array, number: number): number {
  const next = segmentBehind(segments, number);
  const costAt = (at: number) => words[FIRST_RECORD + at * RECORD + COST] ?? 0;
  const isOpen = next < segments.flags.length && ((segments.flags[next] ?? 0) & FALLEN_INTO) !== 0;
  return costAt(number) - (isOpen ? costAt(segments.first[next] ?? 0) : 0);
}

/** Leaves a machine at an instruction. */
function leaveAt(state: MachineState, { layout }: Prepared, number: number, paid: boolean): void {
  state.record = FIRST_RECORD + number * RECORD;
  state.paid = paid;
  state.pc = layout.pcs[number] ?? 0;
}

/** How a stay in generated code ended. */
export interface Stay {
  /** Whether it stopped within a segment. */
  readonly isStop: boolean;
  /** Whether it ended because there is no code for what comes next. */
  readonly isUnlinked: boolean;
  readonly spent: number;
}

/** Stays in generated code from a segment on, and leaves the machine where that stopped. */
export function stay(linked: Linked, input: EngineInput, id: number, fuel: number): Stay {
  const { state, prepared } = input;
  const { segments } = linked.compiled;
  const { words } = linked;
  const from = GUEST_LAYOUT.REGISTERS_AT >> 2;
  const registers = state.registers.words;
  for (let half = 0; half < 2 * REGISTERS; half++) words[from + half] = registers[half] ?? 0;
  words[GUEST_LAYOUT.FUEL_AT >> 2] = fuel;
  const given = linked.run(id);
  for (let half = 0; half < 2 * REGISTERS; half++) registers[half] = words[from + half] ?? 0;
  let left = words[GUEST_LAYOUT.FUEL_AT >> 2] ?? 0;
  if (given < UNLINKED / 2) {
    const next = given & ~UNLINKED;
    const segment = segmentOf(segments, next);
    const isPaid = ((segments.flags[segment] ?? 0) & PAID) !== 0;
    leaveAt(state, prepared, segments.first[segment] ?? 0, isPaid);
    state.tank.spend(fuel - left);
    return { isStop: false, isUnlinked: true, spent: fuel - left };
  }
  const number = ~given >> 1;
  const isWithin = (~given & 1) === 1;
  const perInstruction = prepared.gasModel === "instruction";
  if (isWithin && perInstruction) left += unspent(segments, prepared.layout.words, number);
  leaveAt(state, prepared, number, isWithin && !perInstruction);
  state.tank.spend(fuel - left);
  return { isStop: isWithin, isUnlinked: false, spent: fuel - left };
}
