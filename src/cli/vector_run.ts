/**
 * Running a vector, and comparing every field of what comes out.
 *
 * @module
 */

import { copyBytes } from "../bytes.ts";
import { U32, U64 } from "../int/mod.ts";
import { decodeBlob, Machine, Program } from "../pvm/mod.ts";
import type { Engine, Exit, Memory } from "../pvm/mod.ts";
import { runBounded, stepBounded } from "./bounded_run.ts";
import { vectorMemory } from "./machine_for.ts";
import { reasonOf } from "./reason.ts";
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

/** The most items of a list, and the most bytes in memory, that a vector may have. */
const ITEMS_MAX = 2 ** 16;
const BYTES_MAX = 2 ** 26;
const REGISTERS = 13;

/** The items of a list, read once; nothing for what is none. Throws what it throws. */
function itemsOf<T>(list: readonly T[]): readonly T[] | undefined {
  const length = Array.isArray(list) ? list.length : Infinity;
  if (length > ITEMS_MAX) return undefined;
  const items = Array.from({ length }, (_, index) => list[index]);
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
}

/** The 13 registers; nothing for any other list. */
function registersOf(values: readonly U64[]): readonly U64[] | undefined {
  const registers = itemsOf(values);
  return registers?.length === REGISTERS && registers.every(U64.is) ? registers : undefined;
}

/** Regions, copied; nothing where one is none. */
function pagesOf(regions: Vector["pages"]): Vector["pages"] | undefined {
  const pages = itemsOf(regions)?.map(({ address, length, writable }) => ({
    ...{ address, length, writable },
  }));
  const isRight = pages?.every(({ address, length, writable }) =>
    U32.is(address) && U32.is(length) && typeof writable === "boolean"
  );
  return isRight === true ? pages : undefined;
}

/** Bytes in memory, copied; nothing where they are none, or too many. */
function chunksOf(chunks: readonly VectorBytes[]): readonly VectorBytes[] | undefined {
  let left = BYTES_MAX;
  const copies = itemsOf(chunks)?.flatMap(({ address, contents }) => {
    const bytes = U32.is(address) ? copyBytes(contents) : undefined;
    left -= bytes?.length ?? Infinity;
    return bytes === undefined || left < 0 ? [] : [{ address, contents: bytes }];
  });
  return left < 0 ? undefined : copies;
}

/**
 * The same vector, none of whose parts runs code or changes any more; nothing for what is none. Throws
 * what they throw.
 */
function copyOf(vector: Vector): Vector | undefined {
  const { name, pc, gas, expected } = vector;
  const { status, faultAddress } = expected;
  const program = copyBytes(vector.program);
  const [registers, after] = [registersOf(vector.registers), registersOf(expected.registers)];
  const pages = pagesOf(vector.pages);
  const [memory, memoryAfter] = [chunksOf(vector.memory), chunksOf(expected.memory)];
  if (!U32.is(pc) || !U64.is(gas) || program === undefined) return undefined;
  if (registers === undefined || after === undefined || pages === undefined) return undefined;
  if (memory === undefined || memoryAfter === undefined) return undefined;
  const end = { status, faultAddress, pc: expected.pc, gas: expected.gas };
  return {
    ...{ name, pc, gas, program, registers, pages, memory },
    expected: { ...end, registers: after, memory: memoryAfter },
  };
}

/** The bytes that pages have to hold, by where the page begins; the others hold zeros. */
function expectedBytes(
  chunks: readonly VectorBytes[],
  pageSize: number,
): ReadonlyMap<number, Uint8Array> {
  const pages = new Map<number, Uint8Array>();
  for (const { address, contents } of chunks) {
    for (let from = 0; from < contents.length;) {
      const place = (address + from) % pageSize;
      const at = address + from - place;
      const page = pages.get(at) ?? new Uint8Array(pageSize);
      const part = contents.subarray(from, from + pageSize - place);
      page.set(part, place);
      pages.set(at, page);
      from += part.length;
    }
  }
  return pages;
}

/** The first page that is not as it should be; nothing when all are. */
function wrongPage({ pages, expected }: Vector, memory: Memory): string | undefined {
  const { pageSize } = memory;
  const held = expectedBytes(expected.memory, pageSize);
  const zeros = new Uint8Array(pageSize);
  const accesses = new Map<number, string>();
  for (const { address, length, writable } of pages) {
    for (let at: number = address; at < address + length; at += pageSize) {
      accesses.set(at, writable ? "read-write" : "read-only");
    }
  }
  let matched = 0;
  for (const { address, access, bytes } of memory.pages()) {
    const wanted = held.get(address) ?? zeros;
    const isRight = access === accesses.get(address) &&
      bytes.every((byte, place) => byte === wanted[place]);
    if (!isRight) return `the page ${address}`;
    matched++;
  }
  return matched === accesses.size ? undefined : "a page that is not there";
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

function run(vector: Vector, { backend, mode }: Way, engine?: Engine): readonly string[] {
  const code = decodeBlob(vector.program);
  if (!code.ok) return ["the program is malformed"];
  const program = Program.create(code.value, { gasModel: "block" });
  const memory = vectorMemory(vector, backend);
  if (!program.ok || memory === undefined) return ["the program cannot be loaded"];
  const { gas, registers, pc } = vector;
  const machine = Machine.create(program.value, { memory, gas, registers, pc, engine });
  if (!machine.ok) return ["the machine cannot be made"];
  const ran = mode === "run" ? runBounded(machine.value) : stepBounded(machine.value);
  if (!ran.ok) return [ran.error];
  return ran.value === undefined
    ? ["it does not exit"]
    : differences(vector, ran.value, machine.value);
}

/**
 * Runs a vector in one way, with gas charged for whole blocks as the vectors have it.
 *
 * @param engine What runs it; the interpreter when left out.
 * @returns What differs in status, fault address, pc, gas, registers and every byte of memory; an
 * empty list when nothing does. What is no vector, and what runs on for more than 2^26 gas or 2^20
 * steps, differs.
 */
export function runVector(vector: Vector, way: Way, engine?: Engine): readonly string[] {
  try {
    const copy = copyOf(vector);
    return copy === undefined ? ["it is no vector"] : run(copy, way, engine);
  } catch (thrown) {
    return [`it is no vector: ${reasonOf(thrown)}`];
  }
}
