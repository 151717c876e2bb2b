/** Cases of the PVM in the official schema, with additions, computed on the model. */

import type { Memory } from "../../model/paged.ts";
import { setHeap } from "../../model/paged_heap.ts";
import { change, empty } from "../../model/paged_regions.ts";
import * as model from "../../model/pvm.ts";
import type { Dialect } from "../../model/pvm_opcodes.ts";
import { deblob, littleEndianBytes } from "../../model/pvm_program.ts";
import { type JsonObject, runsOf } from "./json.ts";

/** The size of a page in bytes. */
export const PAGE = 4096;

/** Pages next to each other. */
export interface Pages {
  readonly address: number;
  readonly length: number;
  readonly writable: boolean;
}

/** Bytes in memory. */
export interface Chunk {
  readonly address: number;
  readonly contents: readonly number[];
}

/** What a host changes before a machine goes on. */
export interface Edit {
  readonly registers?: readonly (readonly [index: number, value: bigint])[];
  readonly gas?: bigint;
  readonly pc?: number;
  readonly pages?: readonly Pages[];
  readonly memory?: readonly Chunk[];
  readonly steps?: number;
}

/** A case before it has run. */
export interface Setup {
  readonly name: string;
  readonly program: readonly number[];
  readonly dialect: Dialect;
  readonly gasModel: model.GasModel;
  readonly memoryCycles?: number;
  readonly readOnlyStore?: "panic" | "page-fault";
  readonly registers?: readonly bigint[];
  readonly pc?: number;
  readonly gas: bigint;
  readonly pages?: readonly Pages[];
  readonly memory?: readonly Chunk[];
  readonly heap?: { readonly base: number; readonly top: number; readonly maxPages: number };
  readonly steps?: number;
  readonly resume?: readonly Edit[];
}

/** A case, and the exit of its first leg. */
export interface Ran {
  readonly json: JsonObject;
  readonly exit: string;
}

const memories = new Map<string, Memory>();

/** The memory with pages mapped, and bytes put there past all permissions. */
function mapped(memory: Memory, pages: readonly Pages[], chunks: readonly Chunk[]): Memory {
  let next = memory;
  for (const { address, length, writable } of pages) {
    for (let start = address; start < address + length; start += PAGE) {
      const access = writable ? "read-write" : "read-only";
      const { state, outcome } = change(next, "map", start, PAGE, access);
      if ("error" in outcome) throw new Error(`a page cannot be mapped: ${outcome.error.kind}`);
      next = state;
    }
  }
  const put = (start: number, old: readonly bigint[]) => {
    const bytes = [...old];
    for (const { address, contents } of chunks) {
      for (const [i, byte] of contents.entries()) {
        const at = address + i - start;
        if (at >= 0 && at < PAGE) bytes[at] = BigInt(byte);
      }
    }
    return bytes;
  };
  return {
    ...next,
    pages: next.pages.map((page) => ({ ...page, bytes: put(Number(page.start), page.bytes) })),
  };
}

function memoryOf({ dialect, pages = [], memory = [], heap }: Setup): Memory {
  const key = JSON.stringify([dialect, pages, memory, heap]);
  const known = memories.get(key);
  if (known !== undefined) return known;
  const bare = empty({
    backend: "sparse",
    pageSize: BigInt(PAGE),
    limitBytes: 2n ** 32n,
    reservedBytes: dialect === "gray-paper" ? 65_536n : 0n,
    wraps: true,
  });
  const made = mapped(bare, pages, memory);
  const whole = heap === undefined ? made : setHeap(made, heap.base, heap.top, heap.maxPages).state;
  memories.set(key, whole);
  return whole;
}

/** The pages of a memory, as the schema has them: neighbours of one kind are one region. */
function pageMap({ pages }: Memory): readonly JsonObject[] {
  const regions: { address: number; length: number; "is-writable": boolean }[] = [];
  for (const { start, access } of pages) {
    const writable = access === "read-write";
    const last = regions.at(-1);
    const joins = last !== undefined && last["is-writable"] === writable &&
      last.address + last.length === Number(start);
    if (joins) last.length += PAGE;
    else regions.push({ address: Number(start), length: PAGE, "is-writable": writable });
  }
  return regions;
}

const chunksOf = ({ pages }: Memory) =>
  pages.flatMap(({ start, bytes }) => runsOf(bytes, Number(start))).map(({ at, bytes }) => ({
    address: at,
    contents: bytes,
  }));

interface Stopped {
  readonly machine: model.Machine;
  readonly exit: model.Exit | undefined;
}

function goOn(start: model.Machine, steps = Infinity): Stopped {
  let machine = start;
  for (let done = 0; done < steps; done++) {
    const { machine: next, exit } = model.step(machine);
    machine = next;
    if (exit !== undefined) return { machine, exit };
  }
  return { machine, exit: undefined };
}

/** What has to come out, in the schema's fields. */
function expected(before: Memory, { machine, exit }: Stopped, hasHeap: boolean): JsonObject {
  const { registers, pc, gas, memory } = machine;
  const pages = pageMap(memory);
  const changed = JSON.stringify(pages) !== JSON.stringify(pageMap(before));
  return {
    "expected-status": exit?.kind ?? "running",
    "expected-regs": registers,
    "expected-pc": pc,
    ...(changed ? { "expected-page-map": pages } : {}),
    "expected-memory": chunksOf(memory),
    "expected-gas": gas,
    ...(exit?.kind === "page-fault" ? { "expected-page-fault-address": exit.address } : {}),
    ...(exit?.kind === "host-call" ? { "expected-host-call": exit.id } : {}),
    ...(hasHeap ? { "expected-heap-top": memory.heap.top } : {}),
  };
}

function edited(machine: model.Machine, edit: Edit): model.Machine {
  const { registers = [], gas = machine.gas, pc, pages = [], memory = [] } = edit;
  const changed = {
    ...machine,
    gas,
    registers: machine.registers.map((old, i) =>
      registers.find(([index]) => index === i)?.[1] ?? old
    ),
    memory: mapped(machine.memory, pages, memory),
  };
  return pc === undefined ? changed : model.withPc(changed, BigInt(pc));
}

const regionsJson = (pages: readonly Pages[]) =>
  pages.map(({ address, length, writable }) => ({ address, length, "is-writable": writable }));

function editJson({ registers, gas, pc, pages, memory, steps }: Edit): JsonObject {
  return {
    "set-regs": registers?.map(([register, value]) => ({ register, value })),
    "set-gas": gas,
    "set-pc": pc,
    "set-pages": pages === undefined ? undefined : regionsJson(pages),
    "set-memory": memory?.map(({ address, contents }) => ({ address, contents })),
    steps,
  };
}

/** The additions of a case, where they are not what the official schema stands for. */
function additions(setup: Setup): JsonObject {
  const { dialect, gasModel, memoryCycles, readOnlyStore = "panic", heap, steps } = setup;
  return {
    dialect: dialect === "gray-paper" ? undefined : dialect,
    "gas-model": gasModel === "block" ? undefined : gasModel,
    "memory-cycles": memoryCycles,
    "read-only-store": readOnlyStore === "panic" ? undefined : readOnlyStore,
    "initial-heap": heap === undefined
      ? undefined
      : { base: heap.base, top: heap.top, "max-pages": heap.maxPages },
    steps,
  };
}

function initial(setup: Setup, registers: readonly bigint[]): JsonObject {
  const { name, program, pc = 0, gas, pages = [], memory = [] } = setup;
  return {
    name,
    ...additions(setup),
    "initial-regs": registers,
    "initial-pc": pc,
    "initial-page-map": regionsJson(pages),
    "initial-memory": memory.map(({ address, contents }) => ({ address, contents })),
    "initial-gas": gas,
    program,
  };
}

/** Runs a case on the model. */
export function ran(setup: Setup): Ran {
  const registers = Array.from(
    { length: 13 },
    (_, i) => BigInt.asUintN(64, setup.registers?.[i] ?? 0n),
  );
  const { pc = 0, gas, dialect, gasModel, readOnlyStore = "panic", memoryCycles = 25 } = setup;
  const parsed = deblob(setup.program.map(BigInt));
  const head = initial(setup, registers);
  const memory = memoryOf(setup);
  if ("error" in parsed) {
    const { field, offset, problem } = parsed.error;
    const json = {
      ...head,
      "expected-status": "malformed",
      "expected-regs": registers,
      "expected-pc": pc,
      "expected-memory": chunksOf(memory),
      "expected-gas": gas,
      "expected-error": { field, offset, problem },
    };
    return { json, exit: "malformed" };
  }
  const { code, starts, width, table } = parsed.ok;
  const bytes = table.flatMap((entry) => littleEndianBytes(entry, Number(width)));
  const jumpTable = { count: BigInt(table.length), width, bytes };
  const made = {
    code: { bytes: code, mask: starts.map((bit) => bit === 1n), jumpTable },
    dialect,
    gasModel,
    memoryCycles: BigInt(memoryCycles),
    readOnlyStore,
  };
  const hasHeap = setup.heap !== undefined;
  let stopped = goOn(
    model.create(made, { pc: BigInt(pc), gas, registers, memory }),
    setup.steps,
  );
  const first = { ...head, ...expected(memory, stopped, hasHeap) };
  const exit = stopped.exit?.kind ?? "running";
  const legs = (setup.resume ?? []).map((edit): JsonObject => {
    const before = edited(stopped.machine, edit);
    stopped = goOn(before, edit.steps);
    return { ...editJson(edit), ...expected(memory, stopped, hasHeap) };
  });
  return { json: legs.length === 0 ? first : { ...first, resume: legs }, exit };
}
