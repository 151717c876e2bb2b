/**
 * Cases of the conformance driver: a program with all that it starts with, and what comes of it.
 *
 * @module
 */

import { SparseMemory } from "../paged/mod.ts";
import type { MappedAccess, Memory } from "../paged/mod.ts";
import { decodeBlob, GRAY_PAPER, JAVM, Machine, Program } from "../pvm/mod.ts";
import type { DialectName, Engine, Exit, GasModel } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { runBounded, stepBounded } from "./bounded_run.ts";

/** How gas is charged; not at all, or in a way of its own, when `unmetered`. */
export type Metering = GasModel | "unmetered";

/** Mapped pages. */
export interface CasePages {
  /** The first byte. */
  readonly address: number;
  /** The size in bytes. */
  readonly length: number;
  /** What they allow. */
  readonly access: MappedAccess;
}

/** Bytes in memory. */
export interface CaseBytes {
  /** The first byte. */
  readonly address: number;
  /** The bytes. */
  readonly bytes: Uint8Array;
}

/** Where the heap is. */
export interface CaseHeap {
  /** Where it begins. */
  readonly base: number;
  /** The address that `sbrk` of 0 gives. */
  readonly top: number;
  /** The most pages that it may have, counted from its base. */
  readonly maxPages: number;
}

/** A program with all that it starts with. */
export interface Case {
  readonly name: string;
  readonly dialect: DialectName;
  readonly gasModel: Metering;
  /** What a store to a page that can only be read gives. */
  readonly readOnlyStore: "panic" | "page-fault";
  /** The program blob. */
  readonly program: Uint8Array;
  /** The 13 registers. */
  readonly registers: readonly bigint[];
  readonly pc: number;
  readonly gas: bigint;
  readonly pages: readonly CasePages[];
  readonly memory: readonly CaseBytes[];
  readonly heap: CaseHeap | undefined;
  /** It does so many instructions, or fewer when it exits; nothing to run it to its exit. */
  readonly steps: number | undefined;
}

/**
 * How a run ends: `malformed` when the blob is none, and nothing is run; `running` when its steps are
 * done and it has not exited.
 */
export type Status = Exclude<Exit["kind"], "no-room"> | "malformed" | "running";

/** Every status. */
export const STATUSES: readonly Status[] = [
  ...[
    "halt",
    "panic",
    "page-fault",
    "host-call",
    "out-of-gas",
    "trap",
    "ecall",
  ] as const,
  ...["malformed", "running"] as const,
];

/** What came of a case. */
export interface CaseEnd {
  readonly status: Status;
  /** For a page fault, the start of the page. */
  readonly address: number | undefined;
  /** For a host call, its number. */
  readonly call: bigint | undefined;
  readonly pc: number;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
  /** Chunks that hold every byte that is not zero. */
  readonly memory: readonly CaseBytes[];
  readonly pages: readonly CasePages[];
}

/** The size of a page, which no case changes. */
export const PAGE_BYTES = 4096;
/** What may be mapped for a case. */
const LIMIT_BYTES = 2 ** 28;

/** The memory that a case starts with; nothing when it cannot be made. */
function memoryOf(
  { dialect, pages, memory: chunks, heap }: Case,
): Memory | undefined {
  const { reservedBytes } = dialect === "javm" ? JAVM : GRAY_PAPER;
  const made = SparseMemory.create({ limitBytes: LIMIT_BYTES, reservedBytes });
  if (!made.ok) return undefined;
  const memory = made.value;
  const steps = [
    ...pages.map(({ address, length }) => () => memory.mapRegion(address, length, "read-write")),
    ...chunks.map(({ address, bytes }) => () => memory.write(address, bytes)),
    ...pages.map((page) => () => memory.protectRegion(page.address, page.length, page.access)),
    ...(heap === undefined ? [] : [() => memory.setHeap(heap.base, heap.top, heap.maxPages)]),
  ];
  return steps.every((step) => step().ok) ? memory : undefined;
}

/** A machine that stands at the start of a case; `malformed` when its blob is none. */
export function machineOf(
  input: Case,
  engine?: Engine,
): Result<Machine, "malformed" | "impossible"> {
  const code = decodeBlob(input.program);
  if (!code.ok) return err("malformed");
  const { dialect, gasModel, readOnlyStore, gas, registers, pc } = input;
  const program = Program.create(code.value, {
    dialect: dialect === "javm" ? JAVM : GRAY_PAPER,
    gasModel: gasModel === "unmetered" ? "instruction" : gasModel,
  });
  const memory = memoryOf(input);
  if (!program.ok || memory === undefined) return err("impossible");
  const options = { memory, gas, registers, pc, readOnlyStore, engine };
  const machine = Machine.create(program.value, options);
  return machine.ok ? machine : err("impossible");
}

/** So many zeros between others part two chunks. */
const GAP = 16;

/** The bytes of a page that are not zero, in chunks. */
function trimmed(address: number, bytes: Uint8Array): readonly CaseBytes[] {
  const chunks: CaseBytes[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === 0) {
      at++;
      continue;
    }
    let end = at + 1;
    for (let next = end; next < bytes.length && next - end < GAP; next++) {
      if (bytes[next] !== 0) end = next + 1;
    }
    chunks.push({ address: address + at, bytes: bytes.slice(at, end) });
    at = end;
  }
  return chunks;
}

/** Every byte of a memory that is not zero. */
export function bytesOf(memory: Memory): readonly CaseBytes[] {
  return Array.from(memory.pages()).flatMap(({ address, bytes }) => trimmed(address, bytes));
}

/** What is mapped in a memory. */
export function regionsOf(memory: Memory): readonly CasePages[] {
  return memory.regions().map(({ start, size, access }) => ({
    address: start,
    length: size,
    access,
  }));
}

/** What came of a case that was not run, because its blob is none. */
export function unstarted({ pc, gas, registers, memory, pages }: Case): CaseEnd {
  const none = { address: undefined, call: undefined };
  return { status: "malformed", ...none, pc, gas, registers, memory, pages };
}

/**
 * Runs a case.
 *
 * @param engine What runs it; the interpreter when left out.
 * @returns What came of it; or why it cannot be run, in words.
 */
export function runCase(input: Case, engine?: Engine): Result<CaseEnd, string> {
  const made = machineOf(input, engine);
  if (!made.ok) {
    return made.error === "malformed"
      ? ok(unstarted(input))
      : err("its pages, memory or registers are impossible");
  }
  const machine = made.value;
  const ran = input.steps === undefined ? runBounded(machine) : stepBounded(machine, input.steps);
  if (!ran.ok) return ran;
  const exit = ran.value;
  if (exit?.kind === "no-room") return err("there is no room for its pages");
  return ok({
    status: exit?.kind ?? "running",
    address: exit?.kind === "page-fault" ? exit.address : undefined,
    call: exit?.kind === "host-call" ? exit.id : undefined,
    pc: machine.pc,
    gas: machine.gas,
    registers: machine.registers,
    memory: bytesOf(machine.memory),
    pages: regionsOf(machine.memory),
  });
}
