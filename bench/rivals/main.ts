/**
 * This library against others that run the PVM: every engine in one process, on the same programs,
 * with the same results and the same gas: `deno task bench:rivals`.
 */

import { ananAs } from "./anan_as.ts";
import { type Ending, type Engine, insist } from "./engine.ts";
import { caller, type Guest, guests } from "./guests.ts";
import { RINGFENCE } from "./ringfence.ts";
import { typeberry } from "./typeberry.ts";

const GAS = 1_000_000_000n;
const CALLS = 50_000;
/** Every program has to be so long. */
const INSTRUCTIONS_MIN = 10_000_000n;

interface Measured extends Ending {
  readonly milliseconds: number;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

function measure(engine: Engine, guest: Guest): Measured {
  const times: number[] = [];
  let ending: Ending | undefined;
  for (let run = 0; run < engine.runs; run++) {
    const loaded = engine.load(guest.program, GAS);
    const start = performance.now();
    ending = loaded.run();
    times.push(performance.now() - start);
  }
  insist(ending !== undefined, `${engine.name} was not run`);
  insist(ending.result === guest.answer, `${engine.name}: ${guest.name} gave ${ending.result}`);
  return { ...ending, milliseconds: median(times) };
}

/** The time of every engine; all of them must have used the same gas. */
function compare(engines: readonly Engine[], guest: Guest): ReadonlyMap<string, Measured> {
  const found = new Map<string, Measured>();
  for (const engine of engines) {
    const measured = measure(engine, guest);
    const { gasUsed } = found.get(RINGFENCE.name) ?? measured;
    insist(measured.gasUsed === gasUsed, `${engine.name}: ${guest.name} used ${measured.gasUsed}, not ${gasUsed}`);
    found.set(engine.name, measured);
    console.error(`${guest.name}: ${engine.name}, ${measured.milliseconds.toFixed(1)} ms`);
  }
  return found;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const engines = [RINGFENCE, ...await ananAs(), await typeberry()];
const programs = guests();
const rows = programs.map((guest) => compare(engines, guest));
for (const row of rows) insist((row.get(RINGFENCE.name)?.gasUsed ?? 0n) >= INSTRUCTIONS_MIN, "a program is too short");
const calls = compare(engines, caller(CALLS));
const time = (row: ReadonlyMap<string, Measured>, name: string) => row.get(name)?.milliseconds ?? NaN;
for (const engine of engines) {
  const ratios = rows.map((row) => time(row, engine.name) / time(row, RINGFENCE.name));
  const call = time(calls, engine.name) / time(calls, RINGFENCE.name);
  console.log(`${engine.name}: ${geometricMean(ratios).toFixed(2)} [${ratios.map((r) => r.toFixed(2)).join(" ")}]; host call ${call.toFixed(1)} (${(1000 * time(calls, engine.name) / CALLS).toFixed(3)} us)`);
}
for (const [i, row] of rows.entries()) {
  const own = row.get(RINGFENCE.name);
  console.log(programs[i]?.name, String(own?.gasUsed), (Number(own?.gasUsed) / (own?.milliseconds ?? 1) / 1000).toFixed(0), "M/s");
}
