/** Runs hostile programs for a time, and keeps what breaks something: `deno task fuzz`. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fateOf } from "../proofs/_kit/fuzz_check.ts";
import { nextInput, Random } from "../proofs/_kit/fuzz_inputs.ts";
import { anyCase, compare } from "../proofs/_kit/recompiler_differential.ts";
import { auto, recompiler } from "../src/pvm/recompiler/mod.ts";
import { type FuzzOptions, readFuzzOptions, startFuzzing } from "./fuzz_options.ts";
import { ROOT } from "./process.ts";

const USAGE = `usage: fuzz [options]
  --seconds S   stop after S seconds (default 10)
  --inputs N    stop after N inputs
  --seed N      begin with this seed (default 1; "random" for another each time)
  --every       run each input in every dialect and gas model, not in one of them by turns
  --differential
                run random programs on the recompiler beside the interpreter instead, and compare
                the whole states of both after every exit
  --help        print this`;

const REGRESSIONS = join(ROOT, "proofs", "regressions");

/** Keeps an input for the proof that runs all of them again. */
function keep(bytes: Uint8Array, problem: string): void {
  mkdirSync(REGRESSIONS, { recursive: true });
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const name = `fuzz_${hex.length}_${hex.slice(0, 16)}.hex`;
  writeFileSync(join(REGRESSIONS, name), `${hex}\n`);
  console.log(`FAILED ${name}: ${problem}`);
}

/** Whether there is time for another input, which is looked at now and then. */
function goesOn(options: FuzzOptions, start: number, done: number): boolean {
  const { seconds, count } = options;
  return done < count && (done % 64 !== 0 || performance.now() - start < 1000 * seconds);
}

function countAll(exits: Map<string, number>, more: readonly string[]): void {
  for (const exit of more) exits.set(exit, (exits.get(exit) ?? 0) + 1);
}

/** Says which exits there were, and gives the time that it took, in words. */
function report(exits: ReadonlyMap<string, number>, start: number): string {
  console.log(`exits: ${[...exits].map(([exit, times]) => `${exit} ${times}`).join(", ")}`);
  return `(${((performance.now() - start) / 1000).toFixed(1)} s)`;
}

/** Every so many programs one is run by the engine that begins in the interpreter. */
const AUTO_EVERY = 8;

/** Runs programs on two engines until it is time to stop, and says whether they never differed. */
function fuzzEngines(options: FuzzOptions): boolean {
  const { seed } = options;
  const random = new Random(seed);
  const engines = { compiled: recompiler(), tiered: auto() };
  const start = performance.now();
  const exits = new Map<string, number>();
  let [count, runs, failed, gas] = [0, 0, 0, 0n];
  while (goesOn(options, start, count)) {
    const drawn = anyCase(random);
    const engine = count % AUTO_EVERY === 0 ? engines.tiered : engines.compiled;
    const comparison = compare(drawn, engine);
    count++;
    runs += comparison.runs;
    gas += comparison.gas;
    countAll(exits, comparison.exits);
    if (comparison.failure === undefined) continue;
    failed++;
    console.log(`FAILED ${JSON.stringify(drawn)}: ${comparison.failure}`);
  }
  const time = report(exits, start);
  const programs = `seed ${seed}, ${count} programs, ${runs} runs`;
  console.log(`fuzz --differential: ${programs}, ${gas} gas, ${failed} failed ${time}`);
  return failed === 0 && runs > 0;
}

/** Runs inputs until it is time to stop, and says whether all of them did well. */
function fuzzInputs(options: FuzzOptions): boolean {
  const { seed } = options;
  const every = options.flags.has("every");
  const random = new Random(seed);
  const start = performance.now();
  const exits = new Map<string, number>();
  let [count, loaded, failed] = [0, 0, 0];
  while (goesOn(options, start, count)) {
    const bytes = nextInput(random);
    const fate = fateOf(bytes, every ? undefined : count);
    count++;
    if (fate.loaded) loaded++;
    countAll(exits, fate.exits);
    if (fate.problem === undefined) continue;
    failed++;
    keep(bytes, fate.problem);
  }
  const time = report(exits, start);
  console.log(`fuzz: seed ${seed}, ${count} inputs, ${loaded} loaded, ${failed} failed ${time}`);
  return failed === 0 && loaded > 0;
}

startFuzzing(
  USAGE,
  readFuzzOptions(process.argv.slice(2), "inputs", ["every", "differential"]),
  (options) => (options.flags.has("differential") ? fuzzEngines : fuzzInputs)(options),
);
