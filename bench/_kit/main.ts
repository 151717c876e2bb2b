/** Runs the benchmarks of one file under Node or Bun, and prints what `deno bench --json` would. */

import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { collectBenchmarks } from "./collect.ts";
import { measure } from "./measure.ts";

const collected = collectBenchmarks();
const file = process.argv[2];
if (file === undefined) {
  console.error("usage: main FILE");
  process.exitCode = 2;
} else {
  await import(pathToFileURL(resolve(file)).href);
  const benches: unknown[] = [];
  for (const benchmark of collected) {
    const { name, group, baseline } = benchmark;
    const ok = { min: await measure(benchmark) };
    benches.push({ name, group, baseline: baseline === true, results: [{ ok }] });
  }
  console.log(JSON.stringify({ benches }));
}
