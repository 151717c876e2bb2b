/**
 * What generated code costs before it is fast: cold starts, a program of 500 KB, many machines at once, and the
 * first run of each program of `bench:rivals`:
 * `deno run --allow-all bench/recompiler_cold.ts [ROUNDS [CASE]]`, or with Bun. In each round every engine has
 * a process of its own for each case, in this order and then in the other one.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Engine } from "../src/pvm/mod.ts";
import { auto, recompiler } from "../src/pvm/recompiler/mod.ts";
import { cut } from "../src/pvm/recompiler/segments.ts";
import { caller, type Guest, guests } from "./rivals/guests.ts";
import { RINGFENCE } from "./rivals/ringfence.ts";
import { callsHost, codeOf, machineOf, preparedOf, programOf } from "./recompiler_programs.ts";

type Make = () => Engine | undefined;

const ENGINES: Readonly<Record<string, Make>> = { interpreter: () => undefined, recompiler, auto };
/** The instructions of a program of one chunk, of 20,000, and of one of about 500 KB. */
const SMALL = 800;
const MEDIUM = 20_000;
const LARGE = 140_000;
const ROUNDS = 100;
const MACHINES = 200;
/** How often the loop at the beginning of a program is run, so that its chunk is compiled. */
const HOT = 400_000;
/** The gas of a program of the comparison, and the calls of the one that calls its host. */
const GAS = 1_000_000_000n;
const CALLS = 100_000;

interface Figures {
  /** The first of its kind in the process, and the median of the others. */
  readonly firstMs: number;
  readonly laterMs: number;
  /** The most memory that the process had at the end of the first, in bytes. */
  readonly bytes: number;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** The most memory that this process had at once, where the system tells; else what it has now. */
function peakBytes(): number {
  try {
    const [, kibibytes] = /VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kibibytes !== undefined) return 1024 * Number(kibibytes);
  } catch {
    // not on Linux
  }
  return process.memoryUsage().rss;
}

/** Times something that prepares itself, so many times. */
function timed(times: number, prepare: (mark: number) => () => void): Figures {
  const found: number[] = [];
  let bytes = 0;
  for (let mark = 0; mark < times; mark++) {
    const run = prepare(mark);
    const start = performance.now();
    run();
    found.push(performance.now() - start);
    if (mark === 0) bytes = peakBytes();
  }
  const [firstMs = NaN] = found;
  return { firstMs, laterMs: median(found.slice(1)), bytes };
}

/** 20,000 instructions, of which two million are run. */
function coldStart(make: Make): Figures {
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

/** A program of which the beginning is run. */
function beginning(instructions: number, rounds: number): (make: Make) => Figures {
  return (make) =>
    timed(6, (mark) => {
      const code = codeOf(instructions, mark, rounds);
      return () => callsHost(machineOf(programOf(code), make()));
    });
}

/** Many machines that live at once, each run by its engine: all of them go on after the last was made. */
function atOnce(make: Make): Figures {
  const program = programOf(codeOf(SMALL, 0));
  return timed(2, () => () => {
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

/** A program of the comparison, loaded and run. */
function wholeRun(guest: Guest): Measure {
  return async (_, name) => {
    const engine = await RINGFENCE.find((entry) => entry.name === name)?.make();
    return timed(6, () => () => {
      const ending = engine?.load(guest, GAS).run();
      if (ending?.result !== guest.answer) throw new Error(`${guest.name} gave another result`);
    });
  };
}

type Measure = (make: Make, engine: string) => Figures | Promise<Figures>;

const CASES: Readonly<Record<string, Measure>> = {
  "20,000 instructions, 2 million run": coldStart,
  "one chunk, made hot": beginning(SMALL, HOT),
  "500 KB, first block": beginning(LARGE, 1),
  "500 KB, first chunk made hot": beginning(LARGE, HOT),
  [`${MACHINES} machines at once`]: atOnce,
  ...Object.fromEntries(
    [...guests(), caller(CALLS)].map((guest) => [`run of ${guest.name}`, wholeRun(guest)]),
  ),
};
const MARK = "figures: ";

function inOwnProcess(name: string, engine: string): Figures {
  const flags = "deno" in process.versions ? ["run", "--allow-all", "--no-check"] : [];
  const args = [...flags, fileURLToPath(import.meta.url), "one", name, engine];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const line = stdout.split("\n").find((line) => line.startsWith(MARK));
  if (line === undefined) throw new Error(stderr);
  return JSON.parse(line.slice(MARK.length));
}

/** A figure that stands for several. */
type Mean = (values: readonly number[]) => number;

const geometricMean: Mean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** The figures of a case, by engine. */
function measured(name: string, rounds: number): ReadonlyMap<string, readonly Figures[]> {
  const all = new Map<string, Figures[]>(Object.keys(ENGINES).map((engine) => [engine, []]));
  for (let round = 0; round < rounds; round++) {
    const order = [...all];
    for (const [engine, found] of round % 2 === 0 ? order : order.toReversed()) {
      found.push(inOwnProcess(name, engine));
    }
  }
  return all;
}

const firstOf = ({ firstMs }: Figures) => firstMs;
const laterOf = ({ laterMs }: Figures) => laterMs;
const peakOf = (found: readonly Figures[]) => median(found.map(({ bytes }) => bytes));

/** The rows of a case, one for each engine. */
function rows(
  name: string,
  all: ReadonlyMap<string, readonly Figures[]>,
  codeBytes: number,
): readonly string[] {
  const base = all.get("interpreter") ?? [];
  return [...all].map(([engine, found]) => {
    const compared = (of: (figures: Figures) => number) => {
      const [own, other] = [geometricMean(found.map(of)), geometricMean(base.map(of))];
      return [own.toFixed(1), (own / other).toFixed(2)];
    };
    const more = peakOf(found) - peakOf(base);
    const cells = [
      ...[name, engine, ...compared(firstOf), ...compared(laterOf)],
      ...[(peakOf(found) / 1e6).toFixed(1), (more / 1e6).toFixed(1)],
      name.startsWith("500") ? (more / codeBytes).toFixed(1) : "",
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

/** The time of `auto` by that of the better of the two that it chooses from. */
function choice(
  all: ReadonlyMap<string, readonly Figures[]>,
  of: (figures: Figures) => number,
): number {
  const [plain = NaN, quick = NaN, chosen = NaN] = ["interpreter", "recompiler", "auto"].map(
    (engine) => geometricMean((all.get(engine) ?? []).map(of)),
  );
  return chosen / Math.min(plain, quick);
}

async function main(args: readonly string[]): Promise<void> {
  const [first = "4", name = "", engine = ""] = args;
  const [measure, make] = [CASES[name], ENGINES[engine]];
  if (first === "one" && measure !== undefined && make !== undefined) {
    return console.log(MARK + JSON.stringify(await measure(make, engine)));
  }
  const program = programOf(codeOf(LARGE, 0));
  const prepared = preparedOf(program);
  const codeBytes = prepared.code.bytes.length;
  const parts = cut(prepared);
  const arrays = [parts.first, parts.flags, parts.chunks].map(({ buffer }) => buffer.byteLength);
  const perByte = arrays.reduce((sum, bytes) => sum + bytes, 0) / codeBytes;
  console.log(
    `The large program has ${codeBytes} bytes of code; where it is cut takes ${
      perByte.toFixed(2)
    } bytes for each.\n`,
  );
  const head = ["case", "engine", "first, ms", "by the interpreter's", "later, ms"];
  head.push("by the interpreter's", "peak, MB", "MB more", "more by byte of code");
  console.log(`| ${head.join(" | ")} |\n| ${head.map(() => "---").join(" | ")} |`);
  const choices: (readonly [string, number, number])[] = [];
  for (const known of Object.keys(CASES)) {
    if (!known.includes(name)) continue;
    const all = measured(known, Number(first));
    for (const row of rows(known, all, codeBytes)) console.log(row);
    choices.push([known, choice(all, firstOf), choice(all, laterOf)]);
  }
  console.log("\n`auto` by the better of the two, first and later:\n");
  for (const [known, first, later] of choices) {
    console.log(`- ${known}: ${first.toFixed(2)}, ${later.toFixed(2)}`);
  }
}

await main(process.argv.slice(2));
