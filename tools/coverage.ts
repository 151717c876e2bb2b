/**
 * Branch coverage of `src/` under the proofs, file by file: `deno task coverage [--reduced]`.
 *
 * Deno counts what the engine ran; the mutants are left out, so that only the shipped files count.
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { coverageTableText, readLcov } from "./coverage_report.ts";
import { deno, ROOT } from "./process.ts";

/** Not counted: the toolkit of the symbolic proofs, which runs of its own go through. */
const LEFT_OUT = "src/symbolic/";

function linesOf(path: string): readonly string[] {
  return readFileSync(join(ROOT, path), "utf8").split("\n");
}

async function main(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-coverage-"));
  try {
    const run = await deno(
      ["run", "--quiet", "--allow-all", "tools/proofs.ts", "--no-mutants", ...args],
      { env: { DENO_COVERAGE_DIR: folder }, show: true },
    );
    const root = pathToFileURL(ROOT).href;
    const { code, out, text } = await deno(
      ["coverage", "--lcov", `--include=^${root}src/`, `--exclude=${LEFT_OUT}`, folder],
    );
    if (code !== 0) {
      console.error(text);
      return code;
    }
    console.log(coverageTableText(readLcov(out, ROOT), linesOf));
    return run.code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
