/**
 * This library against others that run the PVM:
 * `deno task bench:rivals [deno] [bun] [node] [--part PART] [--rounds COUNT] [--engines NAME,...]`.
 */

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { readTree } from "./house/tree.ts";
import { deno, type Ending, npm, ROOT } from "./process.ts";
import { BENCH_RUNTIMES, type StagedRuntime } from "./runtimes_list.ts";
import { toJavaScript } from "./stage.ts";

const FOLDER = join(ROOT, "bench", "rivals");

/** Installs the others into a folder that git ignores. */
async function install(): Promise<boolean> {
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock"];
  const { code, text } = await npm("npm", args, { cwd: FOLDER });
  if (code !== 0) console.error(text);
  return code === 0;
}

/** Runs under Bun, or as JavaScript under Node, from a copy in a folder of its own. */
async function under(
  runtime: StagedRuntime,
  options: readonly string[],
): Promise<Ending> {
  const folder = await Deno.makeTempDir({
    prefix: `ringfence-rivals-${runtime.name}-`,
  });
  try {
    for (const { path, text } of readTree(ROOT)) {
      if (!/^(src|bench\/rivals)\/.*\.ts$/.test(path)) continue;
      const isScript = runtime.language === "javascript";
      const target = join(
        folder,
        isScript ? path.replace(/\.ts$/, ".js") : path,
      );
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, isScript ? toJavaScript(text, path) : text);
    }
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ type: "module" }),
    );
    symlinkSync(
      join(FOLDER, "node_modules"),
      join(folder, "bench", "rivals", "node_modules"),
      "dir",
    );
    const main = runtime.language === "javascript" ? "main.js" : "main.ts";
    return await runtime.start(
      [main, ...options],
      join(folder, "bench", "rivals"),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The tables of a run, without what the others print in between. */
function tablesOf({ code, text, out }: Ending): string {
  return code === 0
    ? out.split("\n").filter((line) => !line.startsWith("Warning:")).join("\n")
    : text;
}

async function main(): Promise<number> {
  const given = process.argv.slice(2);
  const first = given.findIndex((argument) => argument.startsWith("--"));
  const names = first < 0 ? given : given.slice(0, first);
  const options = first < 0 ? [] : given.slice(first);
  const others = names.filter((name) => name !== "deno");
  const runtimes = BENCH_RUNTIMES.filter(({ name }) => others.includes(name));
  if (runtimes.length < new Set(others).size) {
    console.error(
      "usage: bench_rivals [deno] [bun] [node] [--part PART] [--rounds COUNT] [--engines NAME,...]",
    );
    return 2;
  }
  if (!await install()) return 1;
  const args = [
    "run",
    "--allow-all",
    "--node-modules-dir=manual",
    "main.ts",
    ...options,
  ];
  let failed = false;
  const show = (ending: Ending) => {
    console.log(tablesOf(ending));
    failed ||= ending.code !== 0;
  };
  if (names.length === 0 || names.includes("deno")) {
    show(await deno(args, { cwd: FOLDER }));
  }
  for (const runtime of runtimes) show(await under(runtime, options));
  return failed ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main();
