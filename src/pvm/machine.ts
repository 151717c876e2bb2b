/**
 * A machine: a program, its memory, its registers, its gas, and where it is.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU64, asUsize, U64 as u64, Usize as usize, wide } from "../int/mod.ts";
import type { U64, Usize } from "../int/mod.ts";
import { emptyMemory, isMemory } from "../paged/mod.ts";
import type { Memory } from "../paged/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type Engine, type RunMachine, runnerOf } from "./engine.ts";
import type { Exit } from "./exit.ts";
import { GasTank } from "./gas_tank.ts";
import { interpret } from "./interpreter.ts";
import { EMPTY_PROGRAM, preparedOf } from "./program.ts";
import type { Prepared, Program } from "./program.ts";
import { REGISTERS } from "./record.ts";
import type { MachineState } from "./state.ts";

/** What a machine starts with. */
export interface MachineOptions {
  /** Its memory. The Gray Paper dialect wants the first 65,536 bytes reserved in it. */
  readonly memory: Memory;
  /** Its gas, 0 to 2^64 - 1. */
  readonly gas: bigint;
  /** Up to 13 registers, each 0 to 2^64 - 1; those left out are 0. */
  readonly registers?: readonly bigint[] | undefined;
  /** The code offset of the first instruction, 0 to 2^53 - 1; 0 when left out. */
  readonly pc?: number | undefined;
  /** What a store to a read-only page gives; as the dialect has it when left out. */
  readonly readOnlyStore?: "panic" | "page-fault" | undefined;
  /** What runs it; the interpreter when left out. Nothing that can be seen depends on it. */
  readonly engine?: Engine | undefined;
}

// Constants: V8 reads an imported binding anew at every use.
const { joinU, split } = wide;
const { is: isUsize } = usize;

/** The expected values, in words. */
const EXPECTED = {
  gas: "a bigint from 0 to 2^64 - 1",
  pc: "a whole number from 0 to 2^53 - 1",
  index: "a whole number from 0 to 12",
  registers: "up to 13 bigints from 0 to 2^64 - 1",
  readOnlyStore: '"panic" or "page-fault"',
  engine: "an Engine",
} as const;

/** What a machine is made of; nobody else can make one. */
class Start {
  readonly #isStart = true;
  prepared: Prepared = EMPTY_PROGRAM;
  engine: RunMachine | undefined;
  state: MachineState;

  static is(value: unknown): value is Start {
    return typeof value === "object" && value !== null && #isStart in value;
  }

  constructor(
    memory: Memory = emptyMemory(),
    registers: Int32Array = new Int32Array(2 * REGISTERS),
  ) {
    this.state = {
      registers: { words: registers },
      memory,
      tank: new GasTank(),
      pc: 0,
      record: 0,
      paid: false,
      readOnlyStore: this.prepared.dialect.readOnlyStore,
    };
  }
}

/** The state and the program of a machine, for engines; nothing for a value that is no machine. */
export let machineParts: (
  value: unknown,
) => { readonly state: MachineState; readonly prepared: Prepared } | undefined;

/**
 * A machine that runs a program in isolation, under a gas budget (Gray Paper, appendix A).
 *
 * It runs until it exits, and can go on after every exit from which its dialect lets it: after a
 * host call behind the call, after a page fault or out of gas at the same instruction.
 */
export class Machine {
  readonly #state: MachineState;
  readonly #prepared: Prepared;
  /** What its engine runs it by; nothing for the interpreter. */
  readonly #run: (() => Exit) | undefined;

  static {
    machineParts = (value) =>
      typeof value === "object" && value !== null && #state in value
        ? { state: value.#state, prepared: value.#prepared }
        : undefined;
  }

  // Reachable with anything, past the type checker: what is no start is that of a machine without code.
  private constructor(start: Start) {
    const { state, prepared, engine } = Start.is(start) ? start : new Start();
    this.#state = state;
    this.#prepared = prepared;
    this.#run = engine?.({
      state,
      prepared,
      interpret: (mode) => interpret(state, prepared, mode),
    });
    Object.freeze(this); // no property of its own can stand in for a method
  }

  /**
   * Makes a machine.
   *
   * @param program The program; machines can share it.
   * @param options Its memory and gas, and what its registers and pc are at first.
   * @returns The machine. Fault: `invalid-argument`.
   */
  static create(program: Program, options: MachineOptions): Result<Machine, InvalidArgument> {
    const prepared = preparedOf(program);
    if (prepared === undefined) return invalidArgument("program", "a Program", program);
    const start = startFrom(options, prepared);
    return start.ok ? ok(new Machine(start.value)) : start;
  }

  /** The code offset of the instruction that it stands at, or that it exited at. */
  get pc(): Usize {
    return asUsize(this.#state.pc);
  }

  /** Moves it: it goes on at this code offset, 0 to 2^53 - 1. Fault: `invalid-argument`. */
  setPc(pc: number): Result<void, InvalidArgument> {
    if (!isUsize(pc)) return invalidArgument("pc", EXPECTED.pc, pc);
    this.#state.pc = pc;
    this.#state.record = 0;
    this.#state.paid = false;
    return ok(undefined);
  }

  /** The gas that is left. */
  get gas(): U64 {
    return this.#state.tank.gas;
  }

  /** Sets the gas that is left, 0 to 2^64 - 1. Fault: `invalid-argument`. */
  setGas(gas: bigint): Result<void, InvalidArgument> {
    if (!u64.is(gas)) return invalidArgument("gas", EXPECTED.gas, gas);
    this.#state.tank.gas = gas;
    return ok(undefined);
  }

  /** A register, 0 to 12; 0 for an index beyond. */
  register(index: number): U64 {
    return isIndex(index) ? readRegister(this.#state.registers.words, index) : asU64(0n);
  }

  /** Sets a register, 0 to 12, to a value from 0 to 2^64 - 1. Fault: `invalid-argument`. */
  setRegister(index: number, value: bigint): Result<void, InvalidArgument> {
    if (!isIndex(index)) return invalidArgument("index", EXPECTED.index, index);
    if (!u64.is(value)) return invalidArgument("value", EXPECTED.gas, value);
    split(value, this.#state.registers.words, 2 * index);
    return ok(undefined);
  }

  /** All 13 registers. */
  get registers(): readonly U64[] {
    const { words } = this.#state.registers;
    return Array.from({ length: REGISTERS }, (_, index) => readRegister(words, index));
  }

  /** Its memory. */
  get memory(): Memory {
    return this.#state.memory;
  }

  /** Runs until it exits; at the latest when the gas is spent. */
  run(): Exit {
    const run = this.#run;
    return run === undefined
      ? interpret(this.#state, this.#prepared, "exit") ?? { kind: "out-of-gas" }
      : run();
  }

  /** Runs one instruction. Gives the exit, if that was one; else nothing. */
  step(): Exit | undefined {
    return interpret(this.#state, this.#prepared, "single");
  }
}

function isIndex(value: unknown): value is number {
  return isUsize(value) && value < REGISTERS;
}

function readRegister(registers: Int32Array, index: number): U64 {
  return joinU(registers[2 * index] ?? 0, registers[2 * index + 1] ?? 0);
}

/** A start made of options; reading them may run code of the caller. */
function startFrom(options: unknown, prepared: Prepared): Result<Start, InvalidArgument> {
  const { dialect } = prepared;
  if (typeof options !== "object" || options === null) {
    return invalidArgument("options", "the options of a machine", options);
  }
  const read = readOptions(options);
  if (read === undefined) return invalidArgument("options", "options that can be read", options);
  const { memory, gas, pc = 0, readOnlyStore = dialect.readOnlyStore } = read;
  if (!isMemory(memory) || memory.reservedBytes < dialect.reservedBytes) {
    const expected = `a memory with ${dialect.reservedBytes} reserved bytes`;
    return invalidArgument("memory", expected, memory);
  }
  if (!u64.is(gas)) return invalidArgument("gas", EXPECTED.gas, gas);
  if (!isUsize(pc)) return invalidArgument("pc", EXPECTED.pc, pc);
  if (readOnlyStore !== "panic" && readOnlyStore !== "page-fault") {
    return invalidArgument("readOnlyStore", EXPECTED.readOnlyStore, readOnlyStore);
  }
  const registers = registersFrom(read.registers ?? []);
  if (registers === undefined) {
    return invalidArgument("registers", EXPECTED.registers, read.registers);
  }
  const engine = runnerOf(read.engine);
  if (read.engine !== undefined && engine === undefined) {
    return invalidArgument("engine", EXPECTED.engine, read.engine);
  }
  const start = new Start(memory, registers);
  start.prepared = prepared;
  start.engine = engine;
  start.state.tank.gas = gas;
  start.state.pc = pc;
  start.state.readOnlyStore = readOnlyStore;
  return ok(start);
}

/** The options as they stand; nothing when reading them fails. */
function readOptions(options: object): Readonly<Record<keyof MachineOptions, unknown>> | undefined {
  try {
    return {
      memory: Reflect.get(options, "memory"),
      gas: Reflect.get(options, "gas"),
      registers: Reflect.get(options, "registers"),
      pc: Reflect.get(options, "pc"),
      readOnlyStore: Reflect.get(options, "readOnlyStore"),
      engine: Reflect.get(options, "engine"),
    };
  } catch {
    return undefined;
  }
}

/** The registers as halves; nothing when they are no registers. */
function registersFrom(values: unknown): Int32Array | undefined {
  const registers = new Int32Array(2 * REGISTERS);
  try {
    if (!Array.isArray(values) || values.length > REGISTERS) return undefined;
    for (let index = 0; index < values.length; index++) {
      const value: unknown = values[index];
      if (!u64.is(value)) return undefined;
      split(value, registers, 2 * index);
    }
  } catch {
    return undefined;
  }
  return registers;
}
