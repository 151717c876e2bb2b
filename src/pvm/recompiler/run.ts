/**
 * Running a machine: generated code where there is some, the interpreter for everything else.
 *
 * Generated code stops before what it does not do itself, with the machine as it is then; one step of the
 * interpreter does that, with every exit that it may be.
 *
 * @module
 */

import { GUEST_LAYOUT, type GuestSpace, guestSpaceOf } from "../../paged/mod.ts";
import { RECORDS } from "../mod.ts";
import type { EngineInput, Exit, MachineState, Prepared } from "../mod.ts";
import { CompileCache } from "./cache.ts";
import type { Compiled } from "./compiled.ts";
import { Linked } from "./linked.ts";
import { UNLINKED } from "./module.ts";
import { chunkOf, ENTRY, FALLEN_INTO, LOCAL_BITS, numberOf } from "./segments.ts";
import type { Segments } from "./segments.ts";

const { COST, FIRST_RECORD, RECORD, REGISTERS } = RECORDS;

/** The most gas for one stay in generated code: engines exchange code for better at its beginning. */
const SLICE_MAX = 2 ** 22;
/** The gas of the first stays, and how many of these there are. */
const SLICE_FIRST = 2 ** 18;
const STAYS_FIRST = 48;

/** The gas that the interpreter spends on a program before its chunks are looked at one by one. */
const HEAT = 2_000;
/** A program of so many instructions is small: compiling all of it takes milliseconds. */
const SMALL = 8_000;

/** The gas that the interpreter is let spend where there is to be no code. */
const WITHOUT_CODE = 100_000;
/** And where there may be some soon: so much, and at least so much for each instruction of the chunk. */
const WHILE_COLD = 1_000;
const WHILE_COLD_PER_INSTRUCTION = 2;

/** Runs of less gas than this the interpreter may do faster, and below this it surely does. */
const SHORT = 256;
const SHORTEST = 32;
/** So much it is let do in one of them. */
const SHORT_PATIENCE = 4_096;
const RUNS_AVERAGED = 16;

const cache = new CompileCache();

/** A program, compiled; nothing when its jump table is larger than there is room for. */
function compiledOf(prepared: Prepared): Compiled | undefined {
  return prepared.layout.table.length > GUEST_LAYOUT.JUMPS_MAX ? undefined : cache.get(prepared);
}

const links = new WeakMap<GuestSpace, WeakMap<Prepared, Linked>>();

/** A program linked to a memory, once for both. */
function linkedOf(
  compiled: Compiled,
  prepared: Prepared,
  space: GuestSpace,
): Linked | undefined {
  const known = links.get(space) ?? new WeakMap<Prepared, Linked>();
  links.set(space, known);
  const linked = known.get(prepared) ?? Linked.create(compiled, prepared, space);
  if (linked !== undefined) known.set(prepared, linked);
  return linked;
}

/** The place of the record that a machine stands at; 0 where there is none. */
function placeOf(state: MachineState, { layout }: Prepared): number {
  return state.record === 0 ? layout.recordAt[state.pc] ?? 0 : state.record;
}

/** The id of the segment that a machine stands at the beginning of; -1 when there is none to enter. */
function entryOf({ segments }: Compiled, state: MachineState, prepared: Prepared): number {
  const place = placeOf(state, prepared);
  if (place === 0) return -1;
  const segment = ((state.paid ? segments.paid : segments.unpaid)[numberOf(place)] ?? 0) - 1;
  const isEntry = segment >= 0 && ((segments.flags[segment] ?? 0) & ENTRY) !== 0;
  return isEntry ? segments.ids[segment] ?? -1 : -1;
}

/** What was paid for an instruction and all behind it in its segment, under the instruction model. */
function unspent(segments: Segments, words: Int32Array, number: number): number {
  let [low, high] = [0, segments.flags.length];
  while (low < high) { // the first segment that begins behind it
    const middle = (low + high) >>> 1;
    if ((segments.first[middle] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  const costAt = (at: number) => words[FIRST_RECORD + at * RECORD + COST] ?? 0;
  const isOpen = low < segments.flags.length && ((segments.flags[low] ?? 0) & FALLEN_INTO) !== 0;
  return costAt(number) - (isOpen ? costAt(segments.first[low] ?? 0) : 0);
}

/** Leaves a machine at an instruction. */
function leaveAt(state: MachineState, { layout }: Prepared, number: number, paid: boolean): void {
  state.record = FIRST_RECORD + number * RECORD;
  state.paid = paid;
  state.pc = layout.pcs[number] ?? 0;
}

/** How a stay in generated code ended. */
interface Stay {
  /** Whether it stopped within a segment. */
  readonly isStop: boolean;
  /** Whether it ended because there is no code for what comes next. */
  readonly isUnlinked: boolean;
  readonly spent: number;
}

/** Stays in generated code from a segment on, and leaves the machine where that stopped. */
function stay(linked: Linked, input: EngineInput, id: number, fuel: number): Stay {
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
    const segment = (segments.chunks[next >>> LOCAL_BITS] ?? 0) + (next & 4095);
    const isPaid = segments.paid[segments.first[segment] ?? 0] === segment + 1;
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

/** How long a program stays in the interpreter. */
interface Patience {
  /** So much gas in all. */
  readonly heat: number;
  /** And while its runs take less gas than this. */
  readonly short: number;
}

/** What runs one machine. */
class Runner {
  readonly #input: EngineInput;
  readonly #compiled: Compiled | undefined;
  /** The memory as it was found last, and the program linked to it. */
  #space: GuestSpace | undefined;
  #linked: Linked | undefined;
  /** How often generated code was entered. */
  #stays = 0;
  /** The gas of a run, on the average of the last ones. */
  #usual: number;

  readonly #patience: Patience;
  /** Whether only the host's calls can show that its runs are short. */
  readonly #isEager: boolean;

  constructor(input: EngineInput, patience: Patience, isEager: boolean) {
    this.#input = input;
    this.#patience = patience;
    this.#isEager = isEager;
    this.#compiled = compiledOf(input.prepared);
    this.#usual = isEager ? SHORT : this.#compiled?.usual ?? 0;
    if (isEager && this.#compiled !== undefined) this.#compiled.isEager = true;
  }

  /** The program linked to the memory as it is now; nothing when that cannot be. */
  #link(): Linked | undefined {
    const { state, prepared } = this.#input;
    const space = guestSpaceOf(state.memory);
    if (space === this.#space) return this.#linked;
    this.#space = space;
    this.#linked = space && this.#compiled &&
      linkedOf(this.#compiled, prepared, space);
    return this.#linked;
  }

  #interpret(): Exit {
    return this.#input.interpret("exit") ?? { kind: "out-of-gas" };
  }

  /** Lets the interpreter spend so much gas, and tells how much it did spend. */
  #patiently(patience: number, spent: (gas: number) => void): Exit | undefined {
    const { state: { tank }, interpret } = this.#input;
    const before = tank.available;
    const exit = interpret(patience);
    spent(exit === undefined ? patience : Math.min(patience, before - tank.available));
    return exit;
  }

  /** Goes on where generated code cannot be entered, or where there is none: to where there may be some. */
  #advance(linked: Linked): Exit | undefined {
    const { state, prepared, interpret } = this.#input;
    const { compiled } = linked;
    const chunk = chunkOf(compiled.segments, numberOf(placeOf(state, prepared)));
    if (chunk < 0 || linked.prepare(chunk << LOCAL_BITS)) return interpret("single");
    const before = state.tank.available;
    const patience = linked.isMissing(chunk)
      ? WITHOUT_CODE
      : Math.max(WHILE_COLD, WHILE_COLD_PER_INSTRUCTION * compiled.sizeOf(chunk));
    const exit = this.#patiently(patience, (gas) => compiled.warm(chunk, gas));
    // A block that costs more is done by steps.
    return exit === undefined && state.tank.available === before ? interpret("single") : exit;
  }

  /** Runs to the exit, by generated code wherever there is some. */
  run(): Exit {
    const { state, prepared, interpret } = this.#input;
    for (;;) {
      const linked = this.#link();
      if (linked === undefined) return this.#interpret();
      const id = entryOf(linked.compiled, state, prepared);
      if (id < 0 || !linked.prepare(id)) {
        const exit = this.#advance(linked);
        if (exit !== undefined) return exit;
        continue;
      }
      const { available } = state.tank;
      const fuel = Math.min(available, this.#stays++ < STAYS_FIRST ? SLICE_FIRST : SLICE_MAX);
      linked.enter(state.registers.words[2] ?? 0);
      const { isStop, isUnlinked, spent } = stay(linked, this.#input, id, fuel);
      if (isUnlinked) continue;
      // The gas does not suffice for what comes next.
      if (!isStop && fuel === available) return this.#interpret();
      if (isStop || spent === 0) {
        const exit = interpret("single");
        if (exit !== undefined) return exit;
      }
    }
  }

  /** Runs to the exit, in the interpreter while the program has not proved hot or runs are short. */
  runWorth(): Exit {
    const { state: { tank }, interpret } = this.#input;
    const compiled = this.#compiled;
    if (compiled === undefined) return this.#interpret();
    const { heat, short } = this.#patience;
    const before = tank.available;
    const early = compiled.heat < heat
      ? this.#patiently(heat - compiled.heat, (gas) => compiled.heat += gas)
      : this.#usual < short
      ? interpret(SHORT_PATIENCE)
      : undefined;
    const exit = early ?? this.run();
    if (exit.kind === "host-call" || exit.kind === "ecall" || !this.#isEager) {
      this.#usual += (before - tank.available - this.#usual) / RUNS_AVERAGED;
      compiled.usual = this.#usual;
    }
    return exit;
  }
}

/** Takes a machine on, to be run by generated code as soon as that is no loss. */
export function runCompiled(input: EngineInput): () => Exit {
  const isSmall = input.prepared.layout.pcs.length <= SMALL;
  const runner = new Runner(input, { heat: isSmall ? 0 : HEAT, short: SHORTEST }, isSmall);
  return () => runner.runWorth();
}

/** Takes a machine on, to be run by generated code once that is worth it. */
export function runHot(input: EngineInput): () => Exit {
  const runner = new Runner(input, { heat: HEAT, short: SHORT }, false);
  return () => runner.runWorth();
}
