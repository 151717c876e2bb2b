/** Machines and their model side by side: how to make, to drive and to see them. */

import type * as paged from "../../model/paged.ts";
import { setHeap } from "../../model/paged_heap.ts";
import { change, empty } from "../../model/paged_regions.ts";
import * as model from "../../model/pvm.ts";
import type { Code } from "../../model/pvm_decode.ts";
import type { Dialect } from "../../model/pvm_opcodes.ts";
import { FlatMemory, type Memory, SparseMemory } from "../../src/paged/mod.ts";
import { agrees } from "../../src/proof/mod.ts";
import type * as pvm from "../../src/pvm/mod.ts";
import type { Code as RealCode, Exit, Machine } from "../../src/pvm/mod.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";
import { value } from "./paged.ts";

/** The face under proof. */
export type Face = typeof pvm;
/** Makes mutants of it. They share the memories, which are no part of it. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>("src/pvm/mod.ts");

export const DIALECTS: readonly Dialect[] = ["gray-paper", "javm"];
export const GAS_MODELS: readonly model.GasModel[] = ["instruction", "block", "pipeline"];

/** A page at the start. */
export interface Page {
  readonly start: number;
  readonly access: "none" | "read-only" | "read-write";
}

/** A machine to make. */
export interface Setup {
  readonly code: Code;
  readonly dialect: Dialect;
  readonly gasModel: model.GasModel;
  readonly backend: "flat" | "sparse";
  readonly readOnlyStore: "panic" | "page-fault";
  readonly pageSize: number;
  readonly pages: readonly Page[];
  readonly registers: readonly bigint[];
  readonly gas: bigint;
  readonly pc: number;
  readonly heap?: { readonly base: number; readonly top: number; readonly maxPages: number };
}

/** The settings that proofs vary, at their plainest. */
export const PLAIN: Omit<Setup, "code"> = {
  dialect: "gray-paper",
  gasModel: "instruction",
  backend: "sparse",
  readOnlyStore: "panic",
  pageSize: 16,
  pages: [],
  registers: [],
  gas: 1000n,
  pc: 0,
};

/** Code of plain numbers: its bytes, where its instructions start, and its jump table. */
export function codeOf(
  bytes: readonly number[],
  starts: readonly number[] | "first",
  table: { readonly width: number; readonly entries: readonly bigint[] } = {
    width: 0,
    entries: [],
  },
): Code {
  const { width, entries } = table;
  return {
    bytes: bytes.map(BigInt),
    mask: bytes.map((_, place) => starts === "first" ? place === 0 : starts.includes(place)),
    jumpTable: {
      count: BigInt(entries.length),
      width: BigInt(width),
      bytes: entries.flatMap((entry) =>
        Array.from({ length: width }, (_, i) => entry / 256n ** BigInt(i) % 256n)
      ),
    },
  };
}

/** A byte that tells where it is. */
const mark = (address: number): number => (address * 37 + 203) % 256;

function marks({ start }: Page, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => mark(start + i));
}

const LIMIT_BYTES = 2 ** 20;
const reserved = (dialect: Dialect): number => dialect === "gray-paper" ? 65_536 : 0;

/** The memory of a machine. */
export function realMemory(setup: Setup): Memory {
  const { backend, pageSize, pages, dialect, heap } = setup;
  const options = { pageSize, limitBytes: LIMIT_BYTES, reservedBytes: reserved(dialect) };
  const memory = backend === "flat"
    ? value(FlatMemory.create(options))
    : value(SparseMemory.create(options));
  for (const page of pages) {
    if (page.access === "none") continue;
    value(memory.mapRegion(page.start, pageSize, page.access, marks(page, pageSize)));
  }
  if (heap !== undefined) value(memory.setHeap(heap.base, heap.top, heap.maxPages));
  return memory;
}

/** Memories of the model are values: one that was made serves every machine with the same pages. */
const memories = new WeakMap<readonly Page[], Map<string, paged.Memory>>();

/** The model's memory of a machine. */
export function modelMemory(setup: Setup): paged.Memory {
  const { backend, pageSize, pages, dialect, heap } = setup;
  const known = memories.get(pages) ?? new Map<string, paged.Memory>();
  memories.set(pages, known);
  const key = `${backend} ${pageSize} ${dialect}`;
  const memory = known.get(key) ?? newMemory(setup);
  known.set(key, memory);
  return heap === undefined ? memory : setHeap(memory, heap.base, heap.top, heap.maxPages).state;
}

function newMemory({ backend, pageSize, pages, dialect }: Setup): paged.Memory {
  let memory = empty({
    backend,
    pageSize: BigInt(pageSize),
    limitBytes: BigInt(LIMIT_BYTES),
    reservedBytes: BigInt(reserved(dialect)),
    wraps: true,
  });
  for (const page of pages) {
    if (page.access === "none") continue;
    const bytes = Array.from(marks(page, pageSize), BigInt);
    memory = change(memory, "map", page.start, pageSize, page.access, bytes).state;
  }
  return memory;
}

/** Code of the model, for the machine. */
export function realCode({ bytes, mask, jumpTable }: Code): RealCode {
  const { count, width, bytes: entries } = jumpTable;
  return {
    bytes: Uint8Array.from(bytes, Number),
    starts: Uint8Array.from(mask, Number),
    jumpTable: {
      count: Number(count),
      width: Number(width),
      bytes: Uint8Array.from(entries, Number),
    },
  };
}

/** The dialects of each implementation: while its calls are watched, it shows copies of them. */
const dialects = new WeakMap<Face["Program"], Readonly<Record<Dialect, pvm.Dialect>>>();

/** A dialect of an implementation. */
export function dialectOf(implementation: Face, dialect: Dialect): pvm.Dialect {
  const { Program, GRAY_PAPER, JAVM } = implementation;
  const known = dialects.get(Program) ?? { "gray-paper": GRAY_PAPER, javm: JAVM };
  dialects.set(Program, known);
  return known[dialect];
}

/** The program of a machine. */
export function realProgram(implementation: Face, setup: Setup): pvm.Program {
  const { code, gasModel } = setup;
  const dialect = dialectOf(implementation, setup.dialect);
  return value(implementation.Program.create(realCode(code), { dialect, gasModel }));
}

/** The machine. */
export function realMachine(
  implementation: Face,
  setup: Setup,
  program: pvm.Program = realProgram(implementation, setup),
): Machine {
  const { readOnlyStore, registers, gas, pc } = setup;
  const memory = realMemory(setup);
  return value(
    implementation.Machine.create(program, { memory, gas, registers, pc, readOnlyStore }),
  );
}

/** The model of the machine. */
export function modelMachine(setup: Setup): model.Machine {
  const { code, dialect, gasModel, readOnlyStore, registers, gas, pc } = setup;
  return model.create(
    { code, dialect, gasModel, readOnlyStore, memoryCycles: 25n },
    {
      pc: BigInt(pc),
      gas,
      registers: Array.from({ length: 13 }, (_, index) => registers[index] ?? 0n),
      memory: modelMemory(setup),
    },
  );
}

/** An exit in words. */
export function exitText(exit: Exit | model.Exit | undefined): string {
  if (exit === undefined) return "none";
  if (exit.kind === "page-fault") return `${exit.kind} ${exit.address}`;
  return exit.kind === "host-call" ? `${exit.kind} ${exit.id}` : exit.kind;
}

/** The whole state of a machine, in words. */
export function stateOf(machine: Machine): readonly string[] {
  const { memory } = machine;
  const top = memory.sbrk(0);
  return [
    `pc ${machine.pc}`,
    `gas ${machine.gas}`,
    `registers ${machine.registers.join()}`,
    `heap ${top.ok ? top.value : "?"}`,
    ...Array.from(
      memory.pages(),
      ({ address, access, bytes }) => `${address} ${access} ${bytes.join()}`,
    ),
  ];
}

/** The whole state of a model, in the same words. */
export function stateOfModel({ pc, gas, registers, memory }: model.Machine): readonly string[] {
  return [
    `pc ${pc}`,
    `gas ${gas}`,
    `registers ${registers.join()}`,
    `heap ${memory.heap.top}`,
    ...memory.pages.map(({ start, access, bytes }) => `${start} ${access} ${bytes.join()}`),
  ];
}

/** Whether a machine is in the state of a model, after the same exit. */
export function sameState(
  exit: Exit | undefined,
  real: Machine,
  step: model.Step,
): string | undefined {
  return agrees(
    [exitText(exit), ...stateOf(real)],
    [exitText(step.exit), ...stateOfModel(step.machine)],
  );
}

/** Compares one step with the model: the kind of exit, and how the two differ. */
export function oneAgrees(
  implementation: Face,
  setup: Setup,
): readonly [string, string | undefined] {
  const real = realMachine(implementation, setup);
  const expected = model.step(modelMachine(setup));
  const exit = real.step();
  return [exitText(expected.exit).split(" ")[0] ?? "", sameState(exit, real, expected)];
}
