/**
 * What generated code costs before it is fast: cold starts, a program of 500 KB, and many machines at once:
 * `deno run --allow-all bench/recompiler_cold.ts`, or with Bun. Each figure is taken in a process of
 * its own, three times; the least counts.
 */

import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { SparseMemory } from "../src/paged/mod.ts";
import { type Code, decodeBlob, type Engine, Machine, Program } from "../src/pvm/mod.ts";
import { auto, recompiler } from "../src/pvm/recompiler/mod.ts";
import { Builder } from "./rivals/builder.ts";

const PAGE = 0x2_0000;
const ENGINES: Readonly<Record<string, () => Engine | undefined>> = {
  interpreter: () => undefined,
  recompiler,
  auto,
};
/** The instructions of the program of 20,000, and of one of about 500 KB. */
const MEDIUM = 20_000;
const LARGE = 140_000;
const ROUNDS = 100;
const MACHINES = 200;

/** How often the loop at the beginning of a program is run, so that its chunk is compiled. */
const HOT = 400_000;

/** Code that differs in every block with every mark, so that no cache of an engine knows it. */
function codeOf(instructions: number, mark: number, hot = 1): Code {
  const builder = new Builder().one("load_imm", 6, mark).one("load_imm", 8, PAGE)
    .one("load_imm", 11, hot).label("hot")
    .immediate("add_imm_64", 11, 11, -1)
    .branchImmediate("branch_ne_imm", 11, 0, "hot")
    .plain("ecalli", 1);
  for (let place = 0; place < instructions; place += 8) {
    builder.three("add_64", 10, 7, 9)
      .immediate("xor_imm", 7, 10, place & 1023)
      .immediate("store_ind_u64", 7, 8, place & 2040)
      .immediate("load_ind_u32", 12, 8, place & 1020)
      .three("mul_64", 7, 7, 12)
      .immediate("add_imm_32", 10, 7, place + 1_000_000 * (mark + 1))
      .branchImmediate("branch_eq_imm", 10, 12_345, `next ${place}`)
      .label(`next ${place}`);
  }
  const code = decodeBlob(builder.plain("ecalli", 2).halt().blob());
  if (!code.ok) throw new Error(code.error.kind);
  return code.value;
}

function machineOf(program: Program, engine: Engine | undefined): Machine {
  const memory = SparseMemory.create({ reservedBytes: 65_536 });
  if (!memory.ok) throw new Error("no memory");
  memory.value.mapRegion(PAGE, 4096, "read-write");
  const options = { memory: memory.value, gas: 1_000_000_000n, engine };
  const machine = Machine.create(program, options);
  if (!machine.ok) throw new Error(machine.error.expected);
  return machine.value;
}

function programOf(code: Code): Program {
  const program = Program.create(code);
  if (!program.ok) throw new Error("no program");
  return program.value;
}

function callsHost(machine: Machine): void {
  const exit = machine.run();
  if (exit.kind !== "host-call") throw new Error(exit.kind);
}

interface Figures {
  readonly firstMs: number;
  readonly bestMs: number;
  /** How much more memory the process had at its peak, in bytes. */
  readonly bytes: number;
}

/** Times something that prepares itself, so many times. */
function timed(times: number, prepare: (mark: number) => () => void): Figures {
  let [firstMs, bestMs, bytes] = [0, Infinity, 0];
  for (let mark = 0; mark < times; mark++) {
    const run = prepare(mark);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    run();
    const time = performance.now() - start;
    if (mark === 0) [firstMs, bytes] = [time, process.memoryUsage().rss - before];
    bestMs = Math.min(bestMs, time);
  }
  return { firstMs, bestMs, bytes };
}

/** 20,000 instructions, of which two million are run. */
function coldStart(make: () => Engine | undefined): Figures {
  return timed(25, (mark) => {
    const code = codeOf(MEDIUM, mark);
    return () => {
      const machine = machineOf(programOf(code), make());
      for (let round = 0; round < ROUNDS; round++) {
        callsHost(machine);
        callsHost(machine);
        machine.setPc(0);
      }
    };
  });
}

/** 500 KB, of which the first block is run. */
function firstBlock(make: () => Engine | undefined): Figures {
  return timed(5, (mark) => {
    const code = codeOf(LARGE, mark);
    return () => callsHost(machineOf(programOf(code), make()));
  });
}

/** 500 KB, of which the beginning is run until it is compiled. */
function firstChunk(make: () => Engine | undefined): Figures {
  return timed(5, (mark) => {
    const code = codeOf(LARGE, mark, HOT);
    return () => callsHost(machineOf(programOf(code), make()));
  });
}

/** Many machines that live at once, each run by its engine: all of them go on after the last was made. */
function atOnce(make: () => Engine | undefined): Figures {
  const program = programOf(codeOf(800, 0));
  return timed(1, () => () => {
    const machines = Array.from({ length: MACHINES }, () => machineOf(program, make()));
    for (let round = 0; round < 40; round++) {
      for (const machine of machines) {
        callsHost(machine);
        callsHost(machine);
        machine.setPc(0);
      }
    }
    const states = new Set(machines.map(({ registers, gas }) => `${registers} ${gas}`));
    if (states.size !== 1) throw new Error("machines differ");
  });
}

const CASES: Readonly<Record<string, (make: () => Engine | undefined) => Figures>> = {
  "20,000 instructions, 2 million run": coldStart,
  "500 KB, first block": firstBlock,
  "500 KB, first chunk made hot": firstChunk,
  [`${MACHINES} machines at once`]: atOnce,
};
const MARK = "figures: ";
/** How many processes each figure is the best of. */
const PROCESSES = 3;

function inOwnProcess(name: string, engine: string): Figures {
  const flags = "deno" in process.versions ? ["run", "--allow-all", "--no-check"] : [];
  const args = [...flags, fileURLToPath(import.meta.url), name, engine];
  let best: Figures = { firstMs: Infinity, bestMs: Infinity, bytes: Infinity };
  for (let time = 0; time < PROCESSES; time++) {
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    const line = stdout.split("\n").find((line) => line.startsWith(MARK));
    if (line === undefined) throw new Error(stderr);
    const { firstMs, bestMs, bytes }: Figures = JSON.parse(line.slice(MARK.length));
    best = {
      firstMs: Math.min(firstMs, best.firstMs),
      bestMs: Math.min(bestMs, best.bestMs),
      bytes: Math.min(bytes, best.bytes),
    };
  }
  return best;
}

function main([name, engine]: readonly string[]): void {
  const measure = CASES[name ?? ""];
  const make = ENGINES[engine ?? ""];
  if (measure !== undefined && make !== undefined) {
    return console.log(MARK + JSON.stringify(measure(make)));
  }
  const bytes = codeOf(LARGE, 0).bytes.length;
  console.log(`The large program has ${bytes} bytes of code.\n`);
  console.log(
    "| case | engine | ms, best | ms, first | best by the interpreter's | MB more | bytes per code byte beyond the interpreter's |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const name of Object.keys(CASES)) {
    let base: Figures | undefined;
    for (const engine of Object.keys(ENGINES)) {
      const found = inOwnProcess(name, engine);
      base ??= found;
      const more = name.startsWith("500") ? ((found.bytes - base.bytes) / bytes).toFixed(1) : "";
      const cells = [
        name,
        engine,
        found.bestMs.toFixed(1),
        found.firstMs.toFixed(1),
        (found.bestMs / base.bestMs).toFixed(2),
        (found.bytes / 1e6).toFixed(1),
        more,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  }
}

main(process.argv.slice(2));
