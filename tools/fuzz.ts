/** Runs hostile programs for a time, and keeps what breaks something: `deno task fuzz`. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { fateOf } from "../proofs/_kit/fuzz_check.ts";
import { nextInput, Random } from "../proofs/_kit/fuzz_inputs.ts";
import { ROOT } from "./process.ts";

const USAGE = `usage: fuzz [options]
  --seconds S   stop after S seconds (default 10)
  --inputs N    stop after N inputs
  --seed N      begin with this seed (default 1; "random" for another each time)
  --every       run each input in every dialect and gas model, not in one of them by turns
  --help        print this`;

const REGRESSIONS = join(ROOT, "proofs", "regressions");

interface Options {
  readonly seconds: number;
  readonly inputs: number;
  readonly seed: number;
  readonly every: boolean;
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: "string" },
        inputs: { type: "string" },
        seed: { type: "string" },
        every: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    const inputs = whole(values.inputs, Infinity);
    const seconds = whole(values.seconds, values.inputs === undefined ? 10 : Infinity);
    const seed = values.seed === "random"
      ? Math.trunc(Math.random() * 2 ** 31)
      : whole(values.seed, 1);
    const isWrong = [inputs, seconds, seed].some(Number.isNaN);
    return values.help === true || isWrong
      ? undefined
      : { seconds, inputs, seed, every: values.every === true };
  } catch {
    return undefined;
  }
}

/** Keeps an input for the proof that runs all of them again. */
function keep(bytes: Uint8Array, problem: string): void {
  mkdirSync(REGRESSIONS, { recursive: true });
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const name = `fuzz_${hex.length}_${hex.slice(0, 16)}.hex`;
  writeFileSync(join(REGRESSIONS, name), `${hex}\n`);
  console.log(`FAILED ${name}: ${problem}`);
}

/** Runs inputs until it is time to stop, and says whether all of them did well. */
function fuzz({ seconds, inputs, seed, every }: Options): boolean {
  const random = new Random(seed);
  const start = performance.now();
  const exits = new Map<string, number>();
  let [count, loaded, failed] = [0, 0, 0];
  while (count < inputs && (count % 64 !== 0 || performance.now() - start < 1000 * seconds)) {
    const bytes = nextInput(random);
    const fate = fateOf(bytes, every ? undefined : count);
    count++;
    if (fate.loaded) loaded++;
    for (const exit of fate.exits) exits.set(exit, (exits.get(exit) ?? 0) + 1);
    if (fate.problem === undefined) continue;
    failed++;
    keep(bytes, fate.problem);
  }
  const elapsed = ((performance.now() - start) / 1000).toFixed(1);
  const list = [...exits].map(([exit, times]) => `${exit} ${times}`).join(", ");
  console.log(`exits: ${list}`);
  console.log(
    `fuzz: seed ${seed}, ${count} inputs, ${loaded} loaded, ${failed} failed (${elapsed} s)`,
  );
  return failed === 0 && loaded > 0;
}

const options = readOptions();
if (options === undefined) {
  console.log(USAGE);
  process.exitCode = process.argv.includes("--help") ? 0 : 2;
} else process.exitCode = fuzz(options) ? 0 : 1;
