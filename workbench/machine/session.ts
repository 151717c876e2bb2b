/** A guest that is being run: moved block by block or step by step, with everything counted. */

import { machineFor } from "../../src/cli/machine_for.ts";
import type { Setting } from "../../src/cli/machine_for.ts";
import type { Input } from "../../src/cli/program_input.ts";
import { Engine, RECORDS } from "../../src/pvm/mod.ts";
import type { EngineInput, Exit, Machine } from "../../src/pvm/mod.ts";
import { err, ok } from "../../src/result.ts";
import type { Result } from "../../src/result.ts";
import { type BlockMap, blockMapOf } from "./block_map.ts";
import type { UnknownCalls } from "./form.ts";
import { Host } from "./host.ts";
import { type Journal, type Move, Moves } from "./journal.ts";
import { Profile } from "./profile.ts";

const { FIRST_RECORD, OPERATION, RECORD } = RECORDS;

/** What a session is made of. */
export interface Plan {
  readonly input: Input;
  readonly setting: Setting;
  readonly calls: UnknownCalls;
}

/** What a move counts besides its gas, so that moves that cost nothing end too. */
export const MOVE_GAS = 20;

/** The exits from which a machine goes on. */
const RESUMABLE: ReadonlySet<Exit["kind"]> = new Set(["host-call", "ecall", "no-room"]);

/** A machine with its insides, as engines are handed them. */
export function openMachine(
  { input, setting }: Plan,
): Result<{ machine: Machine; parts: EngineInput }, string> {
  let parts: EngineInput | undefined;
  const engine = Engine.create((given) => {
    parts = given;
    return () => given.interpret("exit") ?? { kind: "out-of-gas" };
  });
  const made = machineFor(input, { ...setting, engine });
  if (!made.ok) return err(made.error.message);
  return parts === undefined
    ? err("the machine has no engine")
    : ok({ machine: made.value, parts });
}

/** A guest that is being run. */
export class Session {
  readonly plan: Plan;
  readonly machine: Machine;
  readonly blocks: BlockMap;
  readonly profile: Profile;
  readonly host: Host;
  readonly #parts: EngineInput;
  readonly #moves = new Moves();
  #exit: Exit | undefined;

  private constructor(plan: Plan, machine: Machine, parts: EngineInput) {
    this.plan = plan;
    this.machine = machine;
    this.#parts = parts;
    this.blocks = blockMapOf(parts.prepared);
    this.profile = new Profile(this.blocks.starts.length);
    this.host = new Host(plan.calls);
  }

  static create(plan: Plan): Result<Session, string> {
    const opened = openMachine(plan);
    if (!opened.ok) return opened;
    return ok(new Session(plan, opened.value.machine, opened.value.parts));
  }

  /** Why it stopped last; nothing while it can simply go on. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Whether it does not go on. */
  get isOver(): boolean {
    return this.#exit !== undefined && !RESUMABLE.has(this.#exit.kind);
  }

  /** What was done since the start; nothing when it was too much to be kept. */
  get journal(): Journal {
    return this.#moves.journal;
  }

  /** Whether there is a way back. */
  get canGoBack(): boolean {
    return this.#moves.length > 0;
  }

  /** Whether too much was done for a way back. */
  get isWayLost(): boolean {
    return this.#moves.isLost;
  }

  /** The code offset of the instruction that comes next. */
  get next(): number {
    const { state, prepared } = this.#parts;
    return state.record === 0
      ? state.pc
      : prepared.layout.pcs[(state.record - FIRST_RECORD) / RECORD] ?? state.pc;
  }

  get gasUsed(): bigint {
    return this.plan.setting.gas - this.machine.gas;
  }

  /** The place of the instruction that comes next among all of them; -1 where there is none. */
  get #place(): number {
    const { state, prepared } = this.#parts;
    const record = state.record === 0 ? prepared.layout.recordAt[state.pc] ?? 0 : state.record;
    return record === 0 ? -1 : (record - FIRST_RECORD) / RECORD;
  }

  /** The place of the instruction at a code offset; -1 where there is none. */
  placeAt(pc: number): number {
    const record = this.#parts.prepared.layout.recordAt[pc] ?? 0;
    return record === 0 ? -1 : (record - FIRST_RECORD) / RECORD;
  }

  /** What entering the code at an offset costs; nothing where there is no instruction. */
  costAt(pc: number): number | undefined {
    const record = this.#parts.prepared.layout.recordAt[pc] ?? 0;
    return record === 0 ? undefined : this.#parts.prepared.costAt(record, 2 ** 30);
  }

  /** Whether an instruction comes next that lies in the same stretch as one of some places, before it. */
  #leadsTo(places: readonly number[]): boolean {
    const place = this.#place;
    const { stretchOf } = this.blocks;
    return places.some((each) => each > place && stretchOf[each] === stretchOf[place]);
  }

  /** Moves on once; gives the gas that it took. */
  move(move: Move): number {
    if (this.isOver) return 0;
    this.#exit = undefined;
    const spent = move === "block" ? this.#moveByBlock() : this.#moveByStep();
    this.#moves.add(move, 1);
    return spent;
  }

  #moveByStep(): number {
    const { tank } = this.#parts.state;
    const [place, before] = [this.#place, tank.available];
    const exit = this.machine.step();
    const spent = before - tank.available;
    this.#count(place, spent, exit);
    if (exit !== undefined) this.#exit = this.#answered(exit);
    return spent;
  }

  /** The interpreter is let spend what the block costs, and stops by itself where it ends. */
  #moveByBlock(): number {
    const { state, prepared, interpret } = this.#parts;
    const { tank } = state;
    const record = state.record === 0 ? prepared.layout.recordAt[state.pc] ?? 0 : state.record;
    const before = tank.available;
    const cost = record === 0 ? 1 : state.paid ? 0 : prepared.costAt(record, before);
    const given = interpret(cost);
    // The block was paid for: it is the next one that the gas does not suffice for.
    const exit = given?.kind === "out-of-gas" && cost <= before ? undefined : given;
    const spent = before - tank.available;
    this.#count((record - FIRST_RECORD) / RECORD, spent, exit);
    if (exit !== undefined) this.#exit = this.#answered(exit);
    return spent;
  }

  /** Whether the instruction that comes next ends a block. */
  get #endsBlock(): boolean {
    const { prepared } = this.#parts;
    const operation = prepared.layout.words[FIRST_RECORD + RECORD * this.#place + OPERATION];
    return this.#place < 0 || prepared.isTerminator(operation ?? 0);
  }

  /** Counts gas that was spent from a place on. */
  #count(place: number, spent: number, exit: Exit | undefined): void {
    const { blockOf, isStart } = this.blocks;
    const block = blockOf[place];
    if (block === undefined) return;
    this.profile.add(block, spent, isStart[place] === 1 && exit?.kind !== "out-of-gas");
  }

  /** Has the host do a call; what stays of the exit then. */
  #answered(exit: Exit): Exit | undefined {
    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;
    const { pc } = this.machine;
    const isBehind = this.plan.setting.dialect.hostCallPc === "next";
    const callPc = isBehind ? this.plan.input.code.starts.lastIndexOf(1, pc - 1) : pc;
    const answer = this.host.answer(exit, this.machine, callPc);
    if (answer === undefined) return exit;
    return answer.kind === "continue" ? undefined : answer;
  }

  /**
   * Moves on until it exits, stands at one of some places, or has spent so much; by blocks wherever no
   * such place lies on the way.
   */
  run(places: readonly number[], budget: number): "exit" | "place" | "budget" {
    if (this.isOver) return "exit";
    if (places.length === 0) return this.#runBlocks(budget);
    for (let left = budget; left > 0;) {
      left -= this.move(this.#leadsTo(places) ? "step" : "block") + MOVE_GAS;
      if (this.#exit !== undefined) return "exit";
      if (places.includes(this.#place)) return "place";
    }
    return "budget";
  }

  #runBlocks(budget: number): "exit" | "budget" {
    this.#exit = undefined;
    let [left, count] = [budget, 0];
    for (; left > 0 && this.#exit === undefined; count++) left -= this.#moveByBlock() + MOVE_GAS;
    this.#moves.add("block", count);
    return this.#exit === undefined ? "budget" : "exit";
  }

  /**
   * Goes to the last instruction before the end of the block, or before the exit within it. What ends a
   * block writes no memory, so the step too many is taken back by the registers alone.
   */
  stepWithinBlock(): void {
    const { state } = this.#parts;
    for (;;) {
      const { record, paid, pc } = state;
      const [registers, gas, ends] = [this.machine.registers, this.machine.gas, this.#endsBlock];
      const place = this.#place;
      const exit = this.machine.step();
      if (exit === undefined && !ends) {
        this.#count(place, Number(gas - this.machine.gas), exit);
        this.#moves.add("step", 1);
        continue;
      }
      registers.forEach((value, index) => this.machine.setRegister(index, value));
      this.machine.setGas(gas);
      this.machine.setPc(pc);
      state.record = record;
      state.paid = paid;
      return;
    }
  }
}
