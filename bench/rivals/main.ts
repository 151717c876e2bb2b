/**
 * This library against others that run the PVM: every engine in one process, on the same programs,
 * with the same results and the same gas: `deno task bench:rivals`.
 */

import process from "node:process";
import { ananAs } from "./anan_as.ts";
import { type Ending, type Engine, insist } from "./engine.ts";
import { caller, type Guest, guests } from "./guests.ts";
import { RINGFENCE } from "./ringfence.ts";
import { typeberry } from "./typeberry.ts";

const GAS = 1_000_000_000n;
const CALLS = 100_000;
/** Every program has to be so long. */
const INSTRUCTIONS_MIN = 10_000_000n;

/** How an engine did with a guest. */
interface Measured {
  readonly gasUsed: bigint;
  /** The time of the fastest run: what else the machine does only ever makes it slower. */
  readonly milliseconds: number;
}

type Row = ReadonlyMap<string, Measured>;

function runOnce(engine: Engine, guest: Guest): Measured {
  const loaded = engine.load(guest.program, GAS);
  const start = performance.now();
  const { result, gasUsed }: Ending = loaded.run();
  const milliseconds = performance.now() - start;
  insist(
    result === guest.answer,
    `${engine.name}: ${guest.name} gave ${result}`,
  );
  return { gasUsed, milliseconds };
}

/** The times of all engines, which take turns; all of them have to use the same gas. */
function compare(engines: readonly Engine[], guest: Guest): Row {
  console.error(guest.name);
  const row = new Map<string, Measured>();
  const rounds = Math.max(...engines.map(({ runs }) => runs));
  for (let round = 0; round < rounds; round++) {
    for (const engine of engines.filter(({ runs }) => runs > round)) {
      const now = runOnce(engine, guest);
      const { gasUsed } = row.get(RINGFENCE.name) ?? now;
      insist(
        now.gasUsed === gasUsed,
        `${engine.name}: ${guest.name} used ${now.gasUsed} gas`,
      );
      const before = row.get(engine.name)?.milliseconds ?? Infinity;
      row.set(engine.name, {
        gasUsed,
        milliseconds: Math.min(before, now.milliseconds),
      });
    }
  }
  return row;
}

function time(row: Row, name: string): number {
  return row.get(name)?.milliseconds ?? NaN;
}

/** How many times as long as this library an engine takes. */
function ratio(row: Row, name: string): number {
  return time(row, name) / time(row, RINGFENCE.name);
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(
    values.reduce((sum, value) => sum + Math.log(value), 0) / values.length,
  );
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

const engines = [RINGFENCE, ...await ananAs(), await typeberry()];
const programs = guests();
const rows = programs.map((guest) => compare(engines, guest));
const calls = compare(engines, caller(CALLS));
for (const row of rows) {
  insist(
    (row.get(RINGFENCE.name)?.gasUsed ?? 0n) >= INSTRUCTIONS_MIN,
    "a program is too short",
  );
}
const versions = process.versions;
const runtime = versions["deno"] ?? versions["bun"];
console.log(
  `${runtime === undefined ? "Node" : versions["deno"] ? "Deno" : "Bun"} ${runtime ?? versions.node}

How many times as long as this library the others take:
`,
);
console.log(table(
  [
    "engine",
    "geometric mean",
    "host call",
    ...programs.map(({ name }) => name),
  ],
  engines.filter((engine) => engine !== RINGFENCE).map(({ name }) => [
    name,
    geometricMean(rows.map((row) => ratio(row, name))).toFixed(2),
    ratio(calls, name).toFixed(1),
    ...rows.map((row) => ratio(row, name).toFixed(2)),
  ]),
));
console.log(
  "\nMillions of instructions a second, and microseconds for a host call:\n",
);
console.log(table(
  ["engine", "host call", ...programs.map(({ name }) => name)],
  engines.map(({ name }) => [
    name,
    (1000 * time(calls, name) / CALLS).toFixed(3),
    ...rows.map((row) => (Number(row.get(name)?.gasUsed) / time(row, name) / 1000).toFixed(1)),
  ]),
));
