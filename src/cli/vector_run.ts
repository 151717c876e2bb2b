/**
 * Running a vector, and comparing every field of what comes out.
 *
 * @module
 */

import { decodeBlob, Machine, Program } from "../pvm/mod.ts";
import type { Engine, Exit, Memory } from "../pvm/mod.ts";
import { vectorMemory } from "./machine_for.ts";
import type { Vector, VectorBytes } from "./vector.ts";

/** A way to run a vector. All of them must come to the same. */
export interface Way {
  /** The kind of memory. */
  readonly backend: "flat" | "sparse";
  /** To the exit at once, or step by step. */
  readonly mode: "run" | "step";
}

/** Every way. */
export const WAYS: readonly Way[] = [
  { backend: "sparse", mode: "run" },
  { backend: "sparse", mode: "step" },
  { backend: "flat", mode: "run" },
  { backend: "flat", mode: "step" },
];

/** The pages that a memory has to hold, in the form in which it shows its own: `address access bytes`. */
function expectedPages({ pages, expected }: Vector, pageSize: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { address, length, writable } of pages) {
    for (let at: number = address; at < address + length; at += pageSize) {
      const bytes = pageBytes(expected.memory, at, pageSize);
      found.add(`${at} ${writable ? "read-write" : "read-only"} ${bytes.join()}`);
    }
  }
  return found;
}

function pageBytes(chunks: readonly VectorBytes[], at: number, pageSize: number): Uint8Array {
  const bytes = new Uint8Array(pageSize);
  for (const { address, contents } of chunks) {
    for (const [place, byte] of contents.entries()) {
      const offset = address + place - at;
      if (offset >= 0 && offset < pageSize) bytes[offset] = byte;
    }
  }
  return bytes;
}

/** The first page that is not as it should be; nothing when all are. */
function wrongPage(vector: Vector, memory: Memory): string | undefined {
  const expected = expectedPages(vector, memory.pageSize);
  let matched = 0;
  for (const { address, access, bytes } of memory.pages()) {
    if (!expected.has(`${address} ${access} ${bytes.join()}`)) return `the page ${address}`;
    matched++;
  }
  return matched === expected.size ? undefined : "a page that is not there";
}

/** What differs from what is expected, field by field. */
function differences(vector: Vector, exit: Exit, machine: Machine): readonly string[] {
  const { expected } = vector;
  const fields: readonly (readonly [string, unknown, unknown])[] = [
    ["status", exit.kind, expected.status],
    ["fault address", exit.kind === "page-fault" ? exit.address : undefined, expected.faultAddress],
    ["pc", machine.pc, expected.pc],
    ["gas", machine.gas, expected.gas],
    ...expected.registers.map((value, index) =>
      [`register ${index}`, machine.register(index), value] as const
    ),
  ];
  const found = fields.flatMap(([name, actual, wanted]) =>
    actual === wanted ? [] : [`${name} is ${actual}, not ${wanted}`]
  );
  const page = wrongPage(vector, machine.memory);
  return page === undefined ? found : [...found, `memory differs: ${page}`];
}

/**
 * Runs a vector in one way, with gas charged for whole blocks as the vectors have it.
 *
 * @param engine What runs it; the interpreter when left out.
 * @returns What differs in status, fault address, pc, gas, registers and every byte of memory; an
 * empty list when nothing does.
 */
export function runVector(
  vector: Vector,
  { backend, mode }: Way,
  engine?: Engine,
): readonly string[] {
  const code = decodeBlob(vector.program);
  if (!code.ok) return ["the program is malformed"];
  const program = Program.create(code.value, { gasModel: "block" });
  const memory = vectorMemory(vector, backend);
  if (!program.ok || memory === undefined) return ["the program cannot be loaded"];
  const { gas, registers, pc } = vector;
  const machine = Machine.create(program.value, { memory, gas, registers, pc, engine });
  if (!machine.ok) return ["the machine cannot be made"];
  let exit = mode === "run" ? machine.value.run() : machine.value.step();
  while (exit === undefined) exit = machine.value.step();
  return differences(vector, exit, machine.value);
}
