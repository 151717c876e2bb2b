/** Runs the benchmarks under Deno, Bun and Node, and writes the figures: `deno task bench:record`. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import {
  type Bench,
  headOf,
  ratioRows,
  RECORD,
  refreshed,
  type RuntimeFigures,
} from "./bench_table.ts";
import { deno, type Ending, ROOT } from "./process.ts";
import { BENCH_RUNTIMES, type StagedRuntime, versionOf } from "./runtimes_list.ts";
import { stage } from "./stage.ts";

const EXPLANATION = `# Speed

Written by \`deno task bench:record\`. Each figure is the time of the named benchmark divided by that
of the baseline of its group, in the same process: below 1 is faster than the baseline. Both times
are those of the fastest of many samples: whatever else a machine does only ever adds to a time.

## What costs what

- V8 reads an imported binding anew at every use. The same code in one file instead of several took
  a \`Result\` load to 0.5 of its time; binding the imports to constants of the module
  (\`const { fits } = bounds;\`) took it to 0.6 without putting the files together. It is why a first
  look at the \`Result\` tier found 1.2 times the hand-written check in a bundle and 4 times it in
  modules.
- A \`Result\` is free while the engine can do without the object. Once a place has seen an error it is
  allocated: 1.5 to 1.9 times the hand-written check for \`i32\`, and about 1.3 for other widths.
- V8 compiles \`BigInt.asUintN(64, a + b)\` to machine words, and a \`BigUint64Array\` does away with the
  bigint as well: that is faster than two halves on V8 for sums, products and signed division, and
  slower than plain bigints on JavaScriptCore. Comparisons, shifts and unsigned division are faster
  on halves everywhere, and nothing beats halves on both engines.

## Figures
`;

function benchFiles(): string[] {
  const names = readdirSync(join(ROOT, "bench")).filter((name) => name.endsWith(".bench.ts"));
  return names.sort().map((name) => `bench/${name}`);
}

function benchesOf(ending: Ending, what: string): readonly Bench[] {
  if (ending.code !== 0) throw new Error(`${what} ended with code ${ending.code}\n${ending.text}`);
  const { benches }: { benches: readonly Bench[] } = JSON.parse(ending.out);
  if (benches.length === 0) throw new Error(`${what} holds no benchmark`);
  return benches;
}

async function underDeno(files: readonly string[]): Promise<RuntimeFigures> {
  const benches: Bench[] = [];
  for (const file of files) {
    console.error(`deno ${file}`);
    benches.push(...benchesOf(await deno(["bench", "--json", "--no-check", file]), file));
  }
  return { runtime: `Deno ${Deno.version.deno}`, benches };
}

async function under(runtime: StagedRuntime, files: readonly string[]): Promise<RuntimeFigures> {
  const folder = await Deno.makeTempDir({ prefix: `ringfence-${runtime.name}-` });
  try {
    const version = await versionOf(runtime, folder);
    if (version === undefined) throw new Error(`${runtime.name} is not there, or is too old`);
    const problem = await stage(folder, runtime.language);
    if (problem !== undefined) throw new Error(problem);
    const suffix = runtime.language === "javascript" ? ".js" : ".ts";
    const benches: Bench[] = [];
    for (const file of files) {
      console.error(`${runtime.name} ${file}`);
      const args = [`bench/_kit/main${suffix}`, file.replace(/\.ts$/, suffix)];
      benches.push(...benchesOf(await runtime.start(args, folder), `${runtime.name} ${file}`));
    }
    return { runtime: `${runtime.name === "bun" ? "Bun" : "Node"} ${version}`, benches };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const files = benchFiles();
  const figures = [await underDeno(files)];
  for (const runtime of BENCH_RUNTIMES) figures.push(await under(runtime, files));
  const head = headOf(figures.map(({ runtime }) => runtime));
  const rows = ratioRows(figures);
  await Deno.writeTextFile(join(ROOT, RECORD), [EXPLANATION, ...head, ...rows, ""].join("\n"));
  const readme = join(ROOT, "README.md");
  const text = await Deno.readTextFile(readme);
  await Deno.writeTextFile(readme, refreshed(text, head, rows));
  await deno(["fmt", "--quiet", RECORD, "README.md"]);
  console.log([...head, ...rows].join("\n"));
}

if (import.meta.main) {
  if (process.argv.length > 2) {
    console.error("usage: bench_record");
    process.exitCode = 2;
  } else await main();
}
