/** This library against others that run the PVM: `deno task bench:rivals [bun] [node]`. */

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { readTree } from "./house/tree.ts";
import { deno, type Ending, npm, ROOT } from "./process.ts";
import { chosen, type Runtime } from "./runtimes.ts";
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
async function under(runtime: Runtime): Promise<Ending> {
  const folder = await Deno.makeTempDir({ prefix: `ringfence-rivals-${runtime.name}-` });
  try {
    for (const { path, text } of readTree(ROOT)) {
      if (!/^(src|bench\/rivals)\/.*\.ts$/.test(path)) continue;
      const isScript = runtime.language === "javascript";
      const target = join(folder, isScript ? path.replace(/\.ts$/, ".js") : path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, isScript ? toJavaScript(text, path) : text);
    }
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    symlinkSync(
      join(FOLDER, "node_modules"),
      join(folder, "bench", "rivals", "node_modules"),
      "dir",
    );
    const main = runtime.language === "javascript" ? "main.js" : "main.ts";
    return await runtime.start([main], join(folder, "bench", "rivals"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The table of a run, without what the others print in between. */
function tableOf({ code, text, out }: Ending): string {
  if (code !== 0) return text;
  return out.split("\n").filter((line) => !line.startsWith("Warning:")).join("\n");
}

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  const runtimes = names.length === 0 ? [] : chosen(names);
  if (runtimes === undefined) {
    console.error("usage: bench_rivals [bun] [node]");
    return 2;
  }
  if (!await install()) return 1;
  const args = ["run", "--allow-all", "--node-modules-dir=manual", "main.ts"];
  let failed = false;
  const show = (ending: Ending) => {
    console.log(tableOf(ending));
    failed ||= ending.code !== 0;
  };
  show(await deno(args, { cwd: FOLDER }));
  for (const runtime of runtimes) show(await under(runtime));
  return failed ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main();
