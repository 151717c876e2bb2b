/** Vectors of the PVM on the implementation: on the interpreter and on the recompiler. */

import { runBounded, stepBounded } from "../../../src/cli/bounded_run.ts";
import { SparseMemory } from "../../../src/paged/mod.ts";
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
import { bytesOf, fill, pagesExpected, pagesThere, regionsOf } from "./pvm_pages.ts";
import { difference, exact, field, type Given, list, listIn, small, valueOf } from "./values.ts";

const compiling = recompiler();

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
  const given = field(leg, "steps");
  const steps = given === undefined ? undefined : small(given);
  const isExit = isRun && steps === 1 && field(leg, "expected-status") !== "running";
  const ran = steps === undefined || isExit ? runBounded(machine) : stepBounded(machine, steps);
  if (!ran.ok) throw new Error(ran.error);
  return ran.value;
}

/** What a case is changed to although its program is malformed, and nothing can be run. */
function changeOf(each: Given): string | undefined {
  const at = (name: string) => field(each, `expected-${name}`);
  const [gas, pc] = ["initial-gas", "initial-pc"].map((name) => exact(field(each, name)));
  const heap = field(each, "initial-heap");
  const top = at("heap-top");
  const [map, memory] = [field(each, "initial-page-map"), listIn(each, "initial-memory")];
  return difference(
    {
      gas,
      pc,
      registers: listIn(each, "initial-regs").map(exact),
      heapTop: heap === undefined ? undefined : exact(field(heap, "top")),
    },
    {
      gas: exact(at("gas")),
      pc: exact(at("pc")),
      registers: list(at("regs")).map(exact),
      heapTop: top === undefined ? undefined : exact(top),
    },
  ) ?? difference(
    pagesExpected(regionsOf(map), memory),
    pagesExpected(regionsOf(at("page-map") ?? map), list(at("memory"))),
    "pages",
  );
}

function onEngine(each: Given, engine: Engine | undefined): string | undefined {
  const machine = machineOf(each, engine);
  if (!(machine instanceof Machine)) {
    const { field: name, offset, problem } = { field: "", offset: 0, problem: "", ...machine };
    const error = { field: name, offset: Number(offset), problem };
    return field(each, "expected-status") === "malformed"
      ? difference(error, field(each, "expected-error"), "error") ?? changeOf(each)
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
