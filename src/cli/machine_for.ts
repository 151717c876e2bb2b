/**
 * Making the machine that a program is run on.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { U64 } from "../int/mod.ts";
import { FlatMemory, SparseMemory } from "../paged/mod.ts";
import type { Memory } from "../paged/mod.ts";
import { encodeBlob, initialState, Machine, Program } from "../pvm/mod.ts";
import type { Dialect, Engine, GasModel, StandardProgram } from "../pvm/mod.ts";
import { malformed, type Problem } from "./problem.ts";
import type { Input } from "./program_input.ts";
import type { Vector } from "./vector.ts";

/** The stack that code alone is given, in bytes. */
const STACK_BYTES = 65_536;
/** What no vector and no standard program may touch. */
const RESERVED_BYTES = 65_536;

/** How a program is run. */
export interface Setting {
  readonly dialect: Dialect;
  readonly gasModel: GasModel;
  readonly gas: U64;
  readonly args: Uint8Array;
  /** Where it starts; as the file has it when left out. */
  readonly entry: number | undefined;
  /** Registers that are to hold something else at the start. */
  readonly registers: ReadonlyMap<number, U64>;
  /** What runs it; nothing for the interpreter. */
  readonly engine: Engine | undefined;
}

interface Start {
  readonly memory: Memory;
  readonly registers: readonly U64[];
  readonly pc: number;
}

/** The pages of a vector, filled; nothing when they cannot be mapped. */
export function vectorMemory(
  { pages, memory: chunks }: Vector,
  backend: "flat" | "sparse",
): Memory | undefined {
  const options = { reservedBytes: RESERVED_BYTES };
  const made = backend === "flat" ? FlatMemory.create(options) : SparseMemory.create(options);
  if (!made.ok) return undefined;
  for (const { address, length } of pages) {
    if (!made.value.mapRegion(address, length, "read-write").ok) return undefined;
  }
  for (const { address, contents } of chunks) {
    if (!made.value.write(address, contents).ok) return undefined;
  }
  for (const { address, length, writable } of pages) {
    const access = writable ? "read-write" : "read-only";
    if (!made.value.protectRegion(address, length, access).ok) return undefined;
  }
  return made.value;
}

/** Code alone, as a standard program without data. */
function bare(blob: Uint8Array): StandardProgram {
  const none = new Uint8Array(0);
  return { readOnlyData: none, readWriteData: none, heapPages: 0, stackBytes: STACK_BYTES, blob };
}

function startOf(input: Input, args: Uint8Array): Result<Start, Problem> {
  if (input.kind === "vector") {
    const { vector } = input;
    const memory = vectorMemory(vector, "sparse");
    return memory === undefined
      ? malformed("the pages of the vector cannot be mapped")
      : ok({ memory, registers: vector.registers, pc: vector.pc });
  }
  const blob = input.kind === "blob" ? encodeBlob(input.code) : ok(new Uint8Array(0));
  const program = input.kind === "blob"
    ? bare(blob.ok ? blob.value : new Uint8Array(0))
    : input.program;
  const state = initialState(program, args);
  return state.ok
    ? ok({ ...state.value, pc: 0 })
    : malformed(`the program cannot be loaded: ${state.error.kind}`);
}

/** Makes a machine, ready to run. */
export function machineFor(input: Input, setting: Setting): Result<Machine, Problem> {
  const { dialect, gasModel, gas, args, entry, engine } = setting;
  const program = Program.create(input.code, { dialect, gasModel });
  if (!program.ok) return malformed(`the code cannot be prepared: ${program.error.expected}`);
  const start = startOf(input, args);
  if (!start.ok) return start;
  const { memory, pc } = start.value;
  const registers = start.value.registers.map((value, index) =>
    setting.registers.get(index) ?? value
  );
  const options = { memory, gas, registers, pc: entry ?? pc, engine };
  const made = Machine.create(program.value, options);
  return made.ok ? made : err({ code: 65, message: `no machine: ${made.error.expected}` });
}
