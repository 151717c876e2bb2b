/**
 * The interpreter and the recompiler on the same program, in lock step.
 *
 * The interpreter runs a slice of gas; the recompiler is then given exactly what that took, so that it has
 * to stop at the same place with nothing left. This is exact under every gas model.
 */

import { machineFor } from "../../src/cli/machine_for.ts";
import { recompiler } from "../../src/pvm/recompiler/mod.ts";
import type { EngineInput, Exit, Machine } from "../../src/pvm/mod.ts";
import type { Memory } from "../../src/paged/mod.ts";
import { err, ok } from "../../src/result.ts";
import type { Result } from "../../src/result.ts";
import { exitText } from "../view/exit_text.ts";
import { Host } from "./host.ts";
import { openMachine, type Plan } from "./session.ts";

/** The gas of the first slice, and of the largest. */
const SLICE_FIRST = 2 ** 17;
const SLICE_MAX = 2 ** 26;
/** Slices become larger until one takes the interpreter so many milliseconds. */
const SLICE_MS = 12;
/** Pages are compared one by one up to so many bytes. */
const COMPARED_BYTES_MAX = 2 ** 25;

/** One thing that both engines have to agree on. */
export interface Observation {
  readonly name: string;
  readonly interpreter: string;
  readonly recompiler: string;
  readonly isEqual: boolean;
}

/** How a comparison stands. */
export interface Comparison {
  readonly isDone: boolean;
  readonly observations: readonly Observation[];
  readonly isEqual: boolean;
  readonly gasUsed: bigint;
  readonly slices: number;
  /** Milliseconds in each engine; those of compiling are in the recompiler's. */
  readonly interpreterMs: number;
  readonly recompilerMs: number;
}

function observe(name: string, interpreter: string, recompiler: string): Observation {
  return { name, interpreter, recompiler, isEqual: interpreter === recompiler };
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** What both memories map, and whether all their bytes are the same. */
function observeMemory(left: Memory, right: Memory): readonly Observation[] {
  const [ours, theirs] = [left.regions(), right.regions()];
  const textOf = (regions: typeof ours) =>
    regions.map(({ start, size, access }) => `${start}+${size} ${access}`).join(", ");
  const summary = {
    ...observe("mapped regions", `${ours.length}`, `${theirs.length}`),
    isEqual: textOf(ours) === textOf(theirs),
  };
  if (left.mappedBytes > COMPARED_BYTES_MAX) {
    return [summary, observe("memory pages", "too many to compare", "too many to compare")];
  }
  const rest = right.pages()[Symbol.iterator]();
  let [pages, equal] = [0, 0];
  for (const page of left.pages()) {
    const other = rest.next();
    pages++;
    if (other.done !== true && page.bytes.every((byte, at) => byte === other.value.bytes[at])) {
      equal++;
    }
  }
  const isEqual = pages === equal && rest.next().done === true;
  return [summary, {
    name: "memory pages",
    interpreter: `${pages}`,
    recompiler: isEqual ? `${pages}` : `${equal} of ${pages} equal`,
    isEqual,
  }];
}

/** Both engines on one program. */
export class Race {
  readonly #left: Machine;
  readonly #parts: EngineInput;
  readonly #right: Machine;
  readonly #hosts: readonly [Host, Host];
  readonly #gas: bigint;
  #slice = SLICE_FIRST;
  #slices = 0;
  #ms: [number, number] = [0, 0];
  #exits: readonly [string, string] = ["running", "running"];
  #isDone = false;

  private constructor(plan: Plan, left: Machine, parts: EngineInput, right: Machine) {
    this.#left = left;
    this.#parts = parts;
    this.#right = right;
    this.#hosts = [new Host(plan.calls), new Host(plan.calls)];
    this.#gas = plan.setting.gas;
  }

  static create(plan: Plan): Result<Race, string> {
    const left = openMachine(plan);
    if (!left.ok) return left;
    const right = machineFor(plan.input, { ...plan.setting, engine: recompiler() });
    if (!right.ok) return err(right.error.message);
    return ok(new Race(plan, left.value.machine, left.value.parts, right.value));
  }

  /** How it stands. */
  look(): Comparison {
    const [left, right] = [this.#left, this.#right];
    const observations = [
      observe("exit", ...this.#exits),
      observe("pc", `${left.pc}`, `${right.pc}`),
      observe("gas left", `${left.gas}`, `${right.gas}`),
      ...left.registers.map((value, index) =>
        observe(`r${index}`, hex(value), hex(right.register(index)))
      ),
      ...(this.#isDone ? observeMemory(left.memory, right.memory) : []),
    ];
    return {
      isDone: this.#isDone,
      observations,
      isEqual: observations.every(({ isEqual }) => isEqual),
      gasUsed: this.#gas - left.gas,
      slices: this.#slices,
      interpreterMs: this.#ms[0],
      recompilerMs: this.#ms[1],
    };
  }

  /** Runs a slice on both; false when there is nothing left to run. */
  advance(): boolean {
    if (this.#isDone) return false;
    const { tank } = this.#parts.state;
    const before = tank.available;
    const start = performance.now();
    const exit = this.#parts.interpret(Math.max(this.#slice, this.#costHere(before)));
    const middle = performance.now();
    const left = this.#left.gas;
    this.#right.setGas(BigInt(before) - left);
    const begin = performance.now();
    const other = this.#right.run();
    const end = performance.now();
    this.#ms = [this.#ms[0] + middle - start, this.#ms[1] + end - begin];
    this.#slices++;
    if (middle - start < SLICE_MS && this.#slice < SLICE_MAX) this.#slice *= 2;
    // What the recompiler did not spend of the same gas shows as a difference.
    this.#right.setGas(left + this.#right.gas);
    return this.#settle(exit, other);
  }

  /** Compares where both stopped, and has their hosts do what was called. */
  #settle(exit: Exit | undefined, other: Exit): boolean {
    const paused = exit === undefined && other.kind === "out-of-gas";
    const texts = [exitText(exit ?? other), exitText(other)] as const;
    const isSame = exit === undefined ? paused : texts[0] === texts[1];
    this.#exits = paused ? ["running", "running"] : [exitText(exit), texts[1]];
    if (!isSame || !this.#agrees()) return this.#finish();
    if (exit === undefined) return true;
    if (exit.kind !== "host-call" && exit.kind !== "ecall") return this.#finish();
    const first = this.#hosts[0].answer(exit, this.#left, this.#left.pc);
    const second = this.#hosts[1].answer(exit, this.#right, this.#right.pc);
    if (first?.kind === "continue" && second?.kind === "continue") return true;
    this.#exits = [first?.kind ?? texts[0], second?.kind ?? texts[1]];
    return this.#finish();
  }

  #finish(): false {
    this.#isDone = true;
    return false;
  }

  #agrees(): boolean {
    const [left, right] = [this.#left, this.#right];
    return left.pc === right.pc && left.gas === right.gas &&
      left.registers.every((value, index) => value === right.register(index));
  }

  /** What the block costs that comes next: less than that would not move it. */
  #costHere(available: number): number {
    const { state, prepared } = this.#parts;
    const record = state.record === 0 ? prepared.layout.recordAt[state.pc] ?? 0 : state.record;
    return record === 0 ? 1 : prepared.costAt(record, available);
  }
}
