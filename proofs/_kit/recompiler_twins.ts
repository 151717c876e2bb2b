/** A machine on the interpreter and one on an engine that have to stay alike, whatever is done to both. */

import { type Memory, SparseMemory } from "../../src/paged/mod.ts";
import * as pvm from "../../src/pvm/mod.ts";
import type { Code, DialectName, Engine, GasModel, Machine } from "../../src/pvm/mod.ts";
import { value } from "./paged.ts";
import { exitText } from "./pvm.ts";
import { differ } from "./recompiler_engines.ts";

/** A region to map. */
export type Region = readonly [start: number, size: number, access: "read-only" | "read-write"];

/** What the two begin with. */
export interface Beginning {
  readonly code: Code;
  readonly dialect: DialectName;
  readonly gasModel: GasModel;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
  readonly regions: readonly Region[];
  readonly pageSize?: number;
  readonly heap?: readonly [base: number, top: number, maxPages: number];
  readonly limitBytes?: number;
  readonly pc?: number;
  readonly readOnlyStore?: "panic" | "page-fault";
}

/** A byte that tells where it is. */
const marks = (start: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => (start + at) * 37 + (at >> 8));

/** A memory with regions full of bytes. */
export function memoryWith(beginning: Beginning): Memory {
  const { dialect, regions, heap, pageSize = 4096, limitBytes = 2 ** 20 } = beginning;
  const reservedBytes = dialect === "javm" ? 0 : 65_536;
  const memory = value(SparseMemory.create({ pageSize, limitBytes, reservedBytes }));
  for (const [start, size, access] of regions) {
    value(memory.mapRegion(start, size, access, marks(start, size)));
  }
  if (heap !== undefined) value(memory.setHeap(...heap));
  return memory;
}

/** The program of a beginning. */
export function programWith({ code, dialect, gasModel }: Beginning): pvm.Program {
  const options = { dialect: dialect === "javm" ? pvm.JAVM : pvm.GRAY_PAPER, gasModel };
  return value(pvm.Program.create(code, options));
}

/** A machine on an engine; on the interpreter when there is none. */
export function machineWith(
  beginning: Beginning,
  engine?: Engine,
  program: pvm.Program = programWith(beginning),
  memory: Memory = memoryWith(beginning),
): Machine {
  const { gas, registers, pc, readOnlyStore } = beginning;
  const options = { memory, gas, registers, pc, readOnlyStore, engine };
  return value(pvm.Machine.create(program, options));
}

/** Two machines that have to stay alike. */
export interface Twins {
  readonly plain: Machine;
  readonly quick: Machine;
}

/** A machine on the interpreter, and one on an engine, of the same program. */
export function twinsOf(beginning: Beginning, engine: Engine): Twins {
  const program = programWith(beginning);
  return {
    plain: machineWith(beginning, undefined, program),
    quick: machineWith(beginning, engine, program),
  };
}

/** Does the same to both. */
export function both({ plain, quick }: Twins, change: (machine: Machine) => void): void {
  change(plain);
  change(quick);
}

/** Runs both to their exits: what the exit is, and how they differ. */
export function runTwins(
  { plain, quick }: Twins,
): { readonly exit: pvm.Exit; readonly kind: string; readonly failure: string | undefined } {
  const exit = plain.run();
  const failure = differ({ exit: quick.run(), machine: quick }, { exit, machine: plain });
  return { exit, kind: exitText(exit).split(" ")[0] ?? "", failure };
}

/** Code whose jump table leads to some of its places. */
export function withEntries(code: Code, places: readonly number[]): Code {
  const bytes = places.flatMap((place) => [place, place >> 8, place >> 16, place >> 24]);
  const jumpTable = { count: places.length, width: 4, bytes: Uint8Array.from(bytes) };
  return { ...code, jumpTable };
}

/** Where the instructions of some code begin. */
export function placesOf({ starts }: Code): readonly number[] {
  return [...starts.keys()].filter((place) => starts[place] === 1);
}
