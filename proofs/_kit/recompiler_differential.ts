/** One machine on the interpreter and one on another engine, through the same exits and host calls. */

import { type Memory, SparseMemory } from "../../src/paged/mod.ts";
import * as pvm from "../../src/pvm/mod.ts";
import type { DialectName, Engine, Exit, GasModel, Machine } from "../../src/pvm/mod.ts";
import { Random } from "./fuzz_inputs.ts";
import { value } from "./paged.ts";
import { exitText } from "./pvm.ts";
import { differ } from "./recompiler_engines.ts";
import { anyProgram, PLACES, programOf } from "./recompiler_programs.ts";

const LIMIT_BYTES = 2 ** 20;
/** After so many exits two machines have shown enough. */
const EXITS_MAX = 8;

/** How two machines are to be compared. */
export interface Case {
  readonly seed: number;
  readonly dialect: DialectName;
  readonly gasModel: GasModel;
  readonly pageSize: number;
  readonly readOnlyStore: "panic" | "page-fault";
  /** How long the program is; any when left out. */
  readonly pieces?: number;
}

/** What came of it. */
export interface Comparison {
  /** How the two differ; nothing when they do not. */
  readonly failure: string | undefined;
  readonly exits: readonly string[];
  /** How many of them were of runs, not of single steps. */
  readonly runs: number;
  /** The gas that was spent. */
  readonly gas: bigint;
}

const DIALECTS: readonly DialectName[] = ["gray-paper", "javm"];
const GAS_MODELS: readonly GasModel[] = ["instruction", "block", "pipeline"];
const PAGE_SIZES: readonly number[] = [4096, 4096, 4096, 4096, 4096, 4096, 16_384, 256];
const GAS: readonly number[] = [0, 7, 40, 200, 1_000, 4_000];

/** Any case. */
export function anyCase(random: Random): Case {
  return {
    seed: random.next(),
    dialect: random.pick(DIALECTS, "gray-paper"),
    gasModel: random.pick(GAS_MODELS, "block"),
    pageSize: random.pick(PAGE_SIZES, 4096),
    readOnlyStore: random.below(2) === 0 ? "panic" : "page-fault",
  };
}

/** Pages of every kind, with others beside them, and with a heap to grow. */
function memoryFor(random: Random, { dialect, pageSize }: Case): () => Memory {
  const least = Math.max(pageSize, 4096);
  const drawn = Array.from({ length: 4 }, () => random.below(8));
  return () => {
    const reservedBytes = dialect === "javm" ? 0 : 65_536;
    const memory = value(SparseMemory.create({ pageSize, limitBytes: LIMIT_BYTES, reservedBytes }));
    const map = (start: number, bytes: number, access: "read-only" | "read-write") =>
      memory.mapRegion(start, bytes, access, Uint8Array.from({ length: 99 }, (_, i) => start + i));
    map(0x1_0000, least, "read-only");
    map(0x2_0000, 2 * least, "read-write");
    if (drawn[0] !== 0) map(0x3_0000, least, "read-write");
    if (drawn[1] !== 0) map(0x3_0000 + least, least, "read-only");
    map(0x4_0000, least, drawn[2] === 0 ? "read-only" : "read-write");
    if (drawn[3] === 0) map(2 ** 32 - least, least, "read-write");
    if (dialect === "javm" && drawn[3] === 1) map(0, least, "read-write");
    if (drawn[3] !== 2) memory.setHeap(0x2_0000, 0x2_0000 + 2 * least, 8);
    return memory;
  };
}

/** The registers at first: pointers where the programs have them, values at their edges elsewhere. */
function registersFor(random: Random): readonly bigint[] {
  const edges = [0n, 1n, 2n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n - 8n];
  return Array.from({ length: 13 }, (_, index) => {
    if ([1, 10, 11].includes(index)) return BigInt(random.pick(PLACES, 0));
    if (index === 0 || index === 12) return BigInt(2 * random.below(9));
    return random.below(2) === 0 ? random.pick(edges, 0n) : BigInt(random.below(100));
  });
}

/** What a host does to a machine between two runs. */
type Edit = (machine: Machine) => void;

/** A change of the pages. */
function pageEdit(random: Random, pageSize: number): Edit {
  const size = Math.max(pageSize, 4096);
  const start = random.pick([0x3_0000, 0x2_0000 + size, 0x4_0000], 0);
  switch (random.below(7)) {
    case 0:
      return ({ memory }) => memory.protectRegion(start, size, "read-only");
    case 1:
      return ({ memory }) => memory.protectRegion(start, size, "read-write");
    case 2:
      return ({ memory }) => memory.resetRegion(start, size, "none");
    case 3:
      return ({ memory }) => memory.resetRegion(start, size, "read-write");
    case 4:
      return ({ memory }) => memory.write(start, Uint8Array.of(1, 2, 3));
    case 5:
      return ({ memory }) => memory.sbrk(100);
    default:
      return ({ memory }) => memory.mapRegion(start, size, "read-write");
  }
}

/** What the host does after an exit. */
function editAfter(random: Random, exit: Exit | undefined, input: Case, end: number): Edit {
  const pc = random.below(end + 2);
  const gas = BigInt(random.pick([1, 2, 5, 30, 200, 1_000], 1));
  const [register, word] = [random.below(13), BigInt(random.next())];
  const page = pageEdit(random, input.pageSize);
  const drawn = random.below(10);
  if (exit?.kind === "out-of-gas") return (machine) => machine.setGas(gas);
  if (exit?.kind === "page-fault" && drawn < 8) {
    return ({ memory }) => memory.mapRegion(exit.address, input.pageSize, "read-write");
  }
  if (exit !== undefined && !["host-call", "ecall"].includes(exit.kind)) {
    return (machine) => machine.setPc(pc);
  }
  if (drawn < 3) return (machine) => machine.setRegister(register, word);
  if (drawn < 5) return page;
  if (drawn < 6) return (machine) => machine.setGas(gas);
  return drawn < 7 ? (machine) => machine.setPc(pc) : () => {};
}

/** Runs a case on the interpreter and on an engine. */
export function compare(input: Case, engine: Engine): Comparison {
  const { seed, dialect, gasModel, readOnlyStore, pieces } = input;
  const random = new Random(seed);
  const code = pieces === undefined
    ? anyProgram(random, dialect)
    : programOf(random, dialect, pieces);
  const options = { dialect: dialect === "javm" ? pvm.JAVM : pvm.GRAY_PAPER, gasModel };
  const program = value(pvm.Program.create(code, options));
  const makeMemory = memoryFor(random, input);
  const registers = registersFor(random);
  const gas = BigInt(random.pick(GAS, 0));
  const pc = random.below(4) === 0 ? random.below(code.bytes.length + 2) : 0;
  const make = (engine?: Engine) =>
    value(pvm.Machine.create(program, {
      ...{ memory: makeMemory(), gas, registers, pc, readOnlyStore, engine },
    }));
  const [expected, actual] = [make(), make(engine)];
  const exits: string[] = [];
  let [spent, runs] = [0n, 0];
  for (let count = 0; count < EXITS_MAX; count++) {
    const isStep = random.below(10) === 0;
    const before = expected.gas;
    const wanted = isStep ? expected.step() : expected.run();
    const exit = isStep ? actual.step() : actual.run();
    runs += isStep ? 0 : 1;
    spent += before - expected.gas;
    const kind = exitText(wanted).split(" ")[0] ?? "";
    exits.push(kind);
    const failure = differ(
      { exit, machine: actual },
      { exit: wanted, machine: expected },
    );
    if (failure !== undefined) {
      return { failure: `exit ${count + 1}, ${kind}: ${failure}`, exits, runs, gas: spent };
    }
    if (["halt", "panic", "trap"].includes(kind) && random.below(3) === 0) break;
    const edit = editAfter(random, wanted, input, code.bytes.length);
    edit(expected);
    edit(actual);
  }
  return { failure: undefined, exits, runs, gas: spent };
}
