/**
 * Everything that must hold before a change is taken: `deno task test`.
 *
 * It needs nothing but Deno, and brings its other tools itself.
 */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { counted, ended, filesChecked, proofsPassed, testsPassed } from "./counts.ts";
import { citationProblems } from "./deviations.ts";
import { checkHouse } from "./house.ts";
import { chooseImportMap } from "./import_map.ts";
import { deno, ROOT } from "./process.ts";
import { compareLists, expectedFiles, listedFiles } from "./published.ts";
import { readmeProblems } from "./readme.ts";
import { type Outcome, runSteps, type Step } from "./steps.ts";

/** Everything with TypeScript in it; folders that do not exist yet are left out. */
const CODE = ["mod.ts", "src", "model", "proofs", "bench", "tools", "examples", "workbench"];

/** The files of the package's exports. */
function exportedFiles(): string[] {
  const config: { exports: Readonly<Record<string, string>> } = JSON.parse(
    Deno.readTextFileSync(join(ROOT, "deno.json")),
  );
  return Object.values(config.exports);
}

/** Files whose documentation may hold examples. */
function documentedFiles(): string[] {
  const docs = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`)].filter((file) =>
    existsSync(join(ROOT, file))
  );
}

/** An outcome that depends on a list of problems being empty. */
function without(problems: readonly string[], summary: string): Outcome {
  return problems.length === 0
    ? { ok: true, summary }
    : { ok: false, summary: `${problems.length} problems`, details: problems.join("\n") };
}

function house(): Outcome {
  const { files, published, offences } = checkHouse(ROOT);
  const lines = offences.map(({ path, line, message }) => `${path}:${line}: ${message}`);
  if (published === 0) lines.push("no published file was found");
  return without(lines, `${files} files, ${published} of them published`);
}

async function publish(): Promise<Outcome> {
  const ending = await deno(["publish", "--dry-run", "--allow-dirty"]);
  if (ending.code !== 0) return ended(ending, "");
  const listed = listedFiles(ending.text, pathToFileURL(join(ROOT, "/")).href);
  const problems = compareLists(listed, expectedFiles(ROOT));
  return without(problems, `${listed.length} files`);
}

/** The steps; quick ones first, so that a slip shows early. */
function steps(importMap: string | undefined): Step[] {
  const mapped = importMap === undefined ? [] : [`--import-map=${importMap}`];
  const env = importMap === undefined ? {} : { RINGFENCE_IMPORT_MAP: importMap };
  const code = CODE.filter((name) => existsSync(join(ROOT, name)));
  return [
    {
      name: "format",
      run: async () => counted(await deno(["fmt", "--check"]), filesChecked, "files"),
    },
    { name: "lint", run: async () => counted(await deno(["lint"]), filesChecked, "files") },
    {
      name: "types",
      run: async () => ended(await deno(["check", ...mapped, ...code]), code.join(", ")),
    },
    {
      name: "documentation",
      run: async () => {
        const files = exportedFiles();
        const ending = await deno(["doc", "--lint", ...mapped, ...files]);
        return ended(ending, `${files.length} exports`);
      },
    },
    { name: "house", run: () => Promise.resolve(house()) },
    { name: "readme", run: () => Promise.resolve(without(readmeProblems(ROOT), "as it is")) },
    {
      name: "proofs that the documentation names",
      run: () => Promise.resolve(without(citationProblems(ROOT), "every one exists")),
    },
    { name: "published files", run: publish },
    {
      name: "bundles",
      run: async () => {
        const args = ["run", "--quiet", "--allow-all", ...mapped, "tools/bundles.ts"];
        return ended(await deno(args), "each face within its limit");
      },
    },
    {
      name: "examples in the documentation",
      run: async () => {
        const files = ["mod.ts", "src", "model", ...documentedFiles()];
        const ending = await deno([
          "test",
          "--doc",
          "--parallel",
          "--allow-env",
          "--allow-read",
          ...mapped,
          ...files,
        ]);
        return counted(ending, testsPassed, "examples");
      },
    },
    {
      name: "tests of the tools and the examples",
      run: async () => {
        const files = ["tools", "examples/proof/deno.test.ts"];
        const ending = await deno(["test", "--allow-all", ...mapped, ...files], { env });
        return counted(ending, testsPassed, "tests");
      },
    },
    {
      name: "demo",
      run: async () => ended(await deno(["task", "demo"]), "every result is as expected"),
    },
    {
      name: "proofs",
      run: async () => {
        const args = ["run", "--quiet", "--allow-all", ...mapped, "tools/proofs.ts", "--workers=2"];
        const { code, out } = await deno(args, { env, show: true });
        const { ok, summary } = counted({ code, out, text: out }, proofsPassed, "proofs");
        return { ok, summary }; // what it printed has been shown already
      },
    },
  ];
}

async function main(): Promise<boolean> {
  const folder = await Deno.makeTempDir({ prefix: "ringfence-test-" });
  try {
    const { file, reason } = await chooseImportMap(folder);
    console.log(`@std: ${reason}`);
    return await runSteps("test", steps(file));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  if (process.argv.length > 2) {
    console.error("usage: gate (it takes no arguments)");
    process.exitCode = 2;
  } else process.exitCode = await main() ? 0 : 1;
}
