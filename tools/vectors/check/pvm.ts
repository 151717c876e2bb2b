/** Vectors of the PVM on the implementation: on the interpreter and on the recompiler. */

import { wholeOf } from "../../../src/cli/exact_json.ts";
import { type Memory, SparseMemory } from "../../../src/paged/mod.ts";
import {
  decodeBlob,
  type Engine,
  type Exit,
  GRAY_PAPER,
  JAVM,
  Machine,
  Program,
} from "../../../src/pvm/mod.ts";
import { recompiler } from "../../../src/pvm/recompiler/mod.ts";
import { difference, field, type Given, list, listIn, valueOf } from "./values.ts";

const PAGE = 4096;
const U64_MAX = 2n ** 64n - 1n;
const compiling = recompiler();

/** A whole number that was read exactly. */
function exact(value: Given): bigint {
  const whole = wholeOf(value, 0n, U64_MAX);
  if (whole === undefined) throw new Error("no whole number of 64 bits");
  return whole;
}

const small = (value: Given) => Number(exact(value));
const bytesOf = (value: Given) => Uint8Array.from(list(value), small);

interface Region {
  readonly address: number;
  readonly length: number;
  readonly access: "read-only" | "read-write";
}

function regionsOf(value: Given): readonly Region[] {
  return list(value).map((each) => ({
    address: small(field(each, "address")),
    length: small(field(each, "length")),
    access: field(each, "is-writable") === true ? "read-write" : "read-only",
  }));
}

/** Maps regions and puts bytes there, past all permissions. */
function fill(memory: Memory, regions: readonly Region[], chunks: readonly Given[]): void {
  for (const { address, length, access } of regions) {
    valueOf(memory.mapRegion(address, length, access), "pages cannot be mapped");
  }
  const accesses = chunks.length === 0
    ? new Map<number, Region["access"]>()
    : new Map(Array.from(memory.pages(), ({ address, access }) => [Number(address), access]));
  for (const chunk of chunks) {
    const address = small(field(chunk, "address"));
    const contents = bytesOf(field(chunk, "contents"));
    const first = address - address % PAGE;
    for (let page = first; page < address + contents.length; page += PAGE) {
      valueOf(memory.protectRegion(page, PAGE, "read-write"), "bytes where no page is");
    }
    valueOf(memory.write(address, contents), "bytes cannot be written");
    for (let page = first; page < address + contents.length; page += PAGE) {
      const access = accesses.get(page) ?? "read-write";
      valueOf(memory.protectRegion(page, PAGE, access), "bytes where no page is");
    }
  }
}

/** The machine that a case starts with, or what is wrong with its program. */
function machineOf(each: Given, engine: Engine | undefined): Machine | object {
  const code = decodeBlob(bytesOf(field(each, "program")));
  if (!code.ok) return code.error;
  const dialect = field(each, "dialect") === "javm" ? JAVM : GRAY_PAPER;
  const model = field(each, "gas-model");
  const gasModel = model === "instruction" || model === "pipeline" ? model : "block";
  const cycles = field(each, "memory-cycles");
  const memoryCycles = cycles === undefined ? 25 : small(cycles);
  const program = Program.create(code.value, { dialect, gasModel, memoryCycles });
  const reservedBytes = dialect.reservedBytes;
  const memory = valueOf(SparseMemory.create({ reservedBytes }), "no memory");
  fill(memory, regionsOf(field(each, "initial-page-map")), listIn(each, "initial-memory"));
  const heap = field(each, "initial-heap");
  if (heap !== undefined) {
    const [base, top, pages] = ["base", "top", "max-pages"].map((name) => small(field(heap, name)));
    valueOf(memory.setHeap(base ?? 0, top ?? 0, pages ?? 0), "no heap");
  }
  const readOnlyStore = field(each, "read-only-store") === "page-fault" ? "page-fault" : "panic";
  const made = Machine.create(valueOf(program, "no program"), {
    memory,
    gas: exact(field(each, "initial-gas")),
    registers: listIn(each, "initial-regs").map(exact),
    pc: small(field(each, "initial-pc")),
    readOnlyStore,
    engine,
  });
  return valueOf(made, "no machine");
}

/** The pages that there have to be, each as text; with the bytes that the chunks put there. */
function pagesExpected(regions: readonly Region[], chunks: readonly Given[]): readonly string[] {
  const pages = new Map<number, Uint8Array>();
  const accesses = new Map<number, string>();
  for (const { address, length, access } of regions) {
    for (let page = address; page < address + length; page += PAGE) {
      pages.set(page, new Uint8Array(PAGE));
      accesses.set(page, access);
    }
  }
  for (const chunk of chunks) {
    const address = small(field(chunk, "address"));
    for (const [i, byte] of bytesOf(field(chunk, "contents")).entries()) {
      const at = address + i;
      const page = pages.get(at - at % PAGE);
      if (page === undefined) throw new Error(`a byte is expected at ${at}, where no page is`);
      page[at % PAGE] = byte;
    }
  }
  return [...pages].sort(([a], [b]) => a - b).map(([at, bytes]) =>
    `${at} ${accesses.get(at)} ${bytes.join()}`
  );
}

function pagesThere(memory: Memory): readonly string[] {
  return Array.from(
    memory.pages(),
    ({ address, access, bytes }) => `${address} ${access} ${bytes.join()}`,
  );
}

/** What differs after a leg. */
function afterLeg(
  each: Given,
  leg: Given,
  machine: Machine,
  exit: Exit | undefined,
): string | undefined {
  const map = field(leg, "expected-page-map") ?? field(each, "initial-page-map");
  const at = (name: string) => field(leg, `expected-${name}`);
  const whole = (name: string) => at(name) === undefined ? undefined : exact(at(name));
  const heapTop = field(each, "initial-heap") === undefined
    ? undefined
    : BigInt(machine.memory.heapTop);
  const actual = {
    status: exit?.kind ?? "running",
    fault: exit?.kind === "page-fault" ? BigInt(exit.address) : undefined,
    call: exit?.kind === "host-call" ? exit.id : undefined,
    registers: [...machine.registers],
    pc: BigInt(machine.pc),
    gas: machine.gas,
    heapTop,
  };
  const expected = {
    status: at("status"),
    fault: whole("page-fault-address"),
    call: whole("host-call"),
    registers: list(at("regs")).map(exact),
    pc: whole("pc"),
    gas: whole("gas"),
    heapTop: whole("heap-top"),
  };
  return difference(actual, expected) ??
    difference(
      pagesThere(machine.memory),
      pagesExpected(regionsOf(map), list(at("memory"))),
      "pages",
    );
}

function edit(machine: Machine, leg: Given): void {
  for (const each of listIn(leg, "set-regs")) {
    const [index, value] = [small(field(each, "register")), exact(field(each, "value"))];
    valueOf(machine.setRegister(index, value), "no register");
  }
  const [gas, pc] = [field(leg, "set-gas"), field(leg, "set-pc")];
  if (gas !== undefined) valueOf(machine.setGas(exact(gas)), "no gas");
  if (pc !== undefined) valueOf(machine.setPc(small(pc)), "no pc");
  fill(machine.memory, regionsOf(field(leg, "set-pages")), listIn(leg, "set-memory"));
}

/** Goes on for so many instructions as a leg says; one that exits at once may as well be run. */
function goOn(machine: Machine, leg: Given, isRun: boolean): Exit | undefined {
  const steps = field(leg, "steps");
  if (steps === undefined) return machine.run();
  const count = small(steps);
  if (isRun && count === 1 && field(leg, "expected-status") !== "running") return machine.run();
  for (let done = 0; done < count; done++) {
    const exit = machine.step();
    if (exit !== undefined) return exit;
  }
  return undefined;
}

function onEngine(each: Given, engine: Engine | undefined): string | undefined {
  const machine = machineOf(each, engine);
  if (!(machine instanceof Machine)) {
    const { field: name, offset, problem } = { field: "", offset: 0, problem: "", ...machine };
    const expected = field(each, "expected-error");
    const at = { field: name, offset: Number(offset), problem };
    return field(each, "expected-status") === "malformed"
      ? difference(at, { ...at, ...Object(expected) }, "error")
      : "the program is malformed";
  }
  const first = afterLeg(each, each, machine, goOn(machine, each, engine !== undefined));
  if (first !== undefined) return first;
  for (const [i, leg] of listIn(each, "resume").entries()) {
    edit(machine, leg);
    const found = afterLeg(each, leg, machine, goOn(machine, leg, engine !== undefined));
    if (found !== undefined) return `leg ${i + 1}: ${found}`;
  }
  return undefined;
}

/** Runs a case on both engines. */
export function checkPvm(each: Given): string | undefined {
  const interpreted = onEngine(each, undefined);
  if (interpreted !== undefined) return `interpreter: ${interpreted}`;
  const compiled = onEngine(each, compiling);
  return compiled && `recompiler: ${compiled}`;
}
