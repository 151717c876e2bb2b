/**
 * The interpreter: runs a machine until it exits, or for one instruction.
 *
 * The inner loop pays for whole blocks. Here is what makes that exact: a block that cannot be paid
 * for is cut short where the gas ends, and what an exit leaves undone is given back.
 *
 * @module
 */

import { asU32, wide } from "../int/mod.ts";
import { readStatus } from "../paged/mod.ts";
import {
  BAD_ACCESS,
  BAD_ADDRESS,
  ECALL,
  ECALLI,
  execute,
  OUT_OF_FUEL,
  SBRK,
  STOP,
  TRAP,
} from "./execute.ts";
import type { Stop } from "./execute.ts";
import type { Exit } from "./exit.ts";
import { isWayToEnd } from "./gas.ts";
import { skipOf } from "./instruction.ts";
import type { Layout } from "./layout.ts";
import type { Prepared } from "./program.ts";
import { A, AUXILIARY, COST, D, FIRST_RECORD, IMMEDIATE, OPERATION, RECORD } from "./record.ts";
import type { MachineState, RegisterFile } from "./state.ts";

// A constant: V8 reads an imported binding anew at every use.
const { joinU } = wide;

/** The most fuel for one stretch of the inner loop: below every unknown cost. */
const FUEL_MAX = 2 ** 31 - 2;

/** Where the inner loop stopped last; nothing else runs while it is looked at. */
const stop: Stop = { record: 0, fuel: 0, detail: 0 };

/** One stretch of the inner loop, and how it was paid for. */
interface Stretch {
  /** The place of the record that it starts at. */
  readonly start: number;
  /** What entering there costs. */
  readonly entryCost: number;
  /** What it may spend in all. */
  readonly fuel: number;
  /** The place of a record to stop at; 0 for none. */
  readonly stopAt: number;
}

/** Runs a stretch, which may stop at a record that is no stop by itself. */
function runStretch(
  state: MachineState,
  { dialect, layout }: Prepared,
  stretch: Stretch,
  stop: Stop,
): number {
  const { words } = layout;
  const { start, entryCost, fuel, stopAt } = stretch;
  const operation = words[stopAt + OPERATION] ?? 0;
  if (stopAt !== 0) words[stopAt + OPERATION] = STOP;
  let reason = execute(layout, state.memory, start, entryCost, fuel, stop);
  while (reason === SBRK && dialect.sbrk === "grow") {
    grow(state, words, stop.record);
    reason = execute(layout, state.memory, stop.record + RECORD, 0, stop.fuel, stop);
  }
  if (stopAt !== 0) words[stopAt + OPERATION] = operation;
  return reason;
}

/** Grows the heap as `sbrk` asks (Gray Paper, appendix A.5.9): the old top, or 0 when it cannot. */
function grow(state: MachineState, words: Int32Array, record: number): void {
  const at = words[record + D] ?? 0;
  const amount = (words[words[record + A] ?? 0] ?? 0) >>> 0;
  const grown = state.memory.sbrk(amount);
  const top = grown.ok ? grown.value : 0;
  words[at] = top;
  words[at + 1] = top / 2 ** 32;
}

/** What can be paid for from a record on; nothing when the gas does not suffice for anything. */
function plan(
  prepared: Prepared,
  available: number,
  start: number,
  paid: boolean,
  single: boolean,
): Stretch | undefined {
  const { layout, gasModel, isTerminator, costAt } = prepared;
  const perInstruction = gasModel === "instruction";
  if (single) {
    const cost = perInstruction ? 1 : paid ? 0 : costAt(start, available);
    const ends = isTerminator(layout.words[start + OPERATION] ?? 0);
    return cost > available
      ? undefined
      : { start, entryCost: cost, fuel: cost, stopAt: ends ? 0 : start + RECORD };
  }
  const fuel = Math.min(available, FUEL_MAX);
  const cost = paid ? 0 : costAt(start, fuel);
  if (cost <= fuel) return { start, entryCost: cost, fuel, stopAt: 0 };
  return perInstruction && fuel > 0
    ? { start, entryCost: fuel, fuel, stopAt: start + RECORD * fuel }
    : undefined;
}

/** How much of what a stretch paid for was left undone when it stopped at `record`. */
function undone({ layout }: Prepared, stretch: Stretch, record: number, single: boolean): number {
  return single || stretch.stopAt !== 0
    ? stretch.entryCost - (record - stretch.start) / RECORD - 1
    : (layout.words[record + COST] ?? 1) - 1;
}

/** The code offset of a record. */
function pcOf({ layout }: Prepared, record: number): number {
  return layout.pcs[(record - FIRST_RECORD) / RECORD] ?? 0;
}

/** Has a machine go on at a record; where stray execution leads to the end, which is no step, there. */
function goOnAt(state: MachineState, prepared: Prepared, record: number, paid: boolean): void {
  const { code, layout: { words } } = prepared;
  const isWay = isWayToEnd(
    words[record + OPERATION] ?? 0,
    pcOf(prepared, record),
    code.bytes.length,
  );
  state.record = isWay ? words[record + AUXILIARY] ?? 0 : record;
  state.paid = paid && !isWay;
}

/** Leaves for a call of the host; the machine goes on behind it. */
function leaveForHost(state: MachineState, prepared: Prepared, record: number): void {
  const { code, dialect, gasModel, isTerminator, layout } = prepared;
  const paid = gasModel !== "instruction" &&
    !isTerminator(layout.words[record + OPERATION] ?? 0);
  goOnAt(state, prepared, record + RECORD, paid);
  if (dialect.hostCallPc === "next") state.pc += 1 + skipOf(code.starts, state.pc);
}

/** What a failed load or store gives (Gray Paper, appendix A.4.3; JAVM). */
function accessExit(state: MachineState, { dialect, layout }: Prepared, stop: Stop): Exit {
  const { kind, address } = readStatus(stop.detail);
  if (kind === "no-room") return { kind: "no-room" };
  if (address < dialect.reservedBytes) return { kind: "panic" };
  if (kind === "write-protected" && state.readOnlyStore === "panic") return { kind: "panic" };
  if (dialect.faultPage === "failing") return { kind: "page-fault", address };
  const { words } = layout;
  const base = words[words[stop.record + A] ?? 0] ?? 0;
  const first = (base + (words[stop.record + AUXILIARY] ?? 0)) >>> 0;
  return { kind: "page-fault", address: asU32(first - first % state.memory.pageSize) };
}

/** The exit that a reason of the inner loop stands for. */
function exitOf(state: MachineState, prepared: Prepared, reason: number, stop: Stop): Exit {
  const { dialect, layout: { words } } = prepared;
  switch (reason) {
    case TRAP:
      return { kind: dialect.trapExit };
    case BAD_ACCESS:
      return accessExit(state, prepared, stop);
    case BAD_ADDRESS:
      return stop.detail === dialect.haltAddress ? { kind: "halt" } : { kind: "panic" };
    case ECALL:
      leaveForHost(state, prepared, stop.record);
      return { kind: "ecall" };
    case ECALLI: {
      leaveForHost(state, prepared, stop.record);
      const low = words[stop.record + IMMEDIATE] ?? 0;
      const high = words[stop.record + IMMEDIATE + 1] ?? 0;
      return { kind: "host-call", id: joinU(low, high) };
    }
    default: // a jump that may not be taken, or sbrk where there is none
      return { kind: "panic" };
  }
}

/** The record that a jump through a table of empty entries leads to; 0 when it may not. */
function emptyEntryLanding({ code, layout }: Prepared, address: number): number {
  const { count, width } = code.jumpTable;
  const isEntry = width === 0 && address % 2 === 0 && address > 0 && address <= 2 * count;
  return isEntry ? layout.landing(0) : 0;
}

/** A start at a place without an instruction. */
function strayExit(state: MachineState, { dialect }: Prepared): Exit {
  if (dialect.strayStart === "panic") return { kind: "panic" };
  if (state.tank.available < 1) return { kind: "out-of-gas" };
  state.tank.spend(1);
  return { kind: dialect.trapExit };
}

/** Stops where the gas does not suffice; a part of a block's cost is never charged. */
function outOfGas(state: MachineState, prepared: Prepared, record: number): Exit {
  state.tank.gas = 0n;
  state.pc = pcOf(prepared, record);
  return { kind: "out-of-gas" };
}

/** Stops after the one instruction that was asked for. */
function pause(state: MachineState, prepared: Prepared, record: number, paid: boolean): undefined {
  goOnAt(state, prepared, record, paid);
  state.pc = pcOf(prepared, state.record);
}

/** Runs from a record on, stretch by stretch; the registers are in the records' array. */
function advance(
  state: MachineState,
  prepared: Prepared,
  from: number,
  isPaid: boolean,
  mode: Mode,
): Exit | undefined {
  const perInstruction = prepared.gasModel === "instruction";
  const single = mode === "single";
  let patience = typeof mode === "number" ? mode : Infinity;
  let record = from;
  let paid = isPaid;
  for (;;) {
    const { available } = state.tank;
    const stretch = plan(prepared, Math.min(available, patience), record, paid, single);
    const falls = stretch === undefined || (stretch.stopAt !== 0 && !single);
    if (falls && patience < available) return pause(state, prepared, record, paid);
    if (stretch === undefined) return outOfGas(state, prepared, record);
    const reason = runStretch(state, prepared, stretch, stop);
    state.tank.spend(stretch.fuel - stop.fuel);
    patience -= stretch.fuel - stop.fuel;
    record = stop.record;
    paid = reason === STOP && !perInstruction;
    if (reason === STOP && !single) return outOfGas(state, prepared, record);
    if (reason !== STOP && reason !== OUT_OF_FUEL) {
      if (perInstruction) state.tank.spend(-undone(prepared, stretch, record, single));
      const landing = reason === BAD_ADDRESS ? emptyEntryLanding(prepared, stop.detail) : 0;
      if (landing === 0) {
        state.pc = pcOf(prepared, record);
        return exitOf(state, prepared, reason, stop);
      }
      record = landing;
    }
    if (single) return pause(state, prepared, record, paid);
  }
}

/** Puts the registers of a machine where the records look for them; whose lay there get a copy. */
function takeOver(layout: Layout, file: RegisterFile): void {
  layout.holder.words = layout.registers.slice();
  layout.registers.set(file.words);
  file.words = layout.registers;
  layout.holder = file;
}

/**
 * How far a machine is run: to its exit, for one instruction, or until the next block would spend more
 * than so much gas in all.
 */
export type Mode = "exit" | "single" | number;

/**
 * Runs a machine.
 *
 * @returns Why it stopped; nothing when it did so only because it was to go no further.
 */
export function interpret(
  state: MachineState,
  prepared: Prepared,
  mode: Mode,
): Exit | undefined {
  const { layout } = prepared;
  const { paid } = state;
  const record = state.record === 0 ? layout.recordAt[state.pc] ?? 0 : state.record;
  state.record = 0;
  state.paid = false;
  if (record === 0) return strayExit(state, prepared);
  if (layout.holder !== state.registers) takeOver(layout, state.registers);
  return advance(state, prepared, record, paid, mode);
}
