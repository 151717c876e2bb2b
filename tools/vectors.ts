/** Writes the reference vectors into a folder, or checks a folder: `deno task vectors DIR [--check]`. */

import { existsSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { checkFolder, type Verdict } from "./vectors/check/folder.ts";
import { isWritable, vectors, writeFolder } from "./vectors/folder.ts";
import { readFolder } from "./vectors/check/read_folder.ts";

const USAGE = `usage: vectors DIR [options]
  DIR       the folder to write; it is new, empty, or holds vectors
  --check   read the folder instead, and run every case on the implementation
  --json    print what comes of a check as JSON
  --help    print this`;

/** How many programs there are in one line of the report. */
const PROGRAMS = "pvm/programs/";

function write(folder: string): boolean {
  if (!isWritable(folder)) {
    console.error(`vectors: ${folder} holds other files and no manifest.json`);
    return false;
  }
  const start = performance.now();
  const files = vectors();
  writeFolder(folder, files);
  const bytes = files.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0);
  const size = (bytes / 1e6).toFixed(1);
  const time = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`vectors: ${files.length} files, ${size} MB in ${folder} (${time} s)`);
  return true;
}

function told({ path, cases, problems }: Verdict): void {
  if (problems.length === 0 && path.startsWith(PROGRAMS)) return;
  if (problems.length === 0) console.log(cases > 0 ? `${path}: ${cases} cases` : path);
  else console.log(`FAILED ${path}\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
}

function check(folder: string, asJson: boolean): boolean {
  if (!existsSync(folder)) {
    console.error(`vectors: there is no folder ${folder}`);
    return false;
  }
  const start = performance.now();
  const verdicts = checkFolder(readFolder(folder), asJson ? undefined : told);
  const failed = verdicts.filter(({ problems }) => problems.length > 0);
  const cases = verdicts.reduce((sum, verdict) => sum + verdict.cases, 0);
  const counts = { files: verdicts.length, cases, failed: failed.length };
  if (asJson) console.log(JSON.stringify({ ...counts, failures: failed }));
  else {
    const programs = verdicts.filter(({ path }) => path.startsWith(PROGRAMS)).length;
    const time = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${PROGRAMS}*: ${programs} files`);
    console.log(
      `vectors: ${counts.files} files, ${cases} cases, ${failed.length} files failed (${time} s)`,
    );
  }
  return failed.length === 0;
}

/** Does what the arguments say, and gives what the process exits with. */
export function main(args: readonly string[]): number {
  const flag = { type: "boolean" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { check: flag, json: flag, help: flag },
      allowPositionals: true,
    });
    const [folder, ...more] = positionals;
    if (values.help === true) {
      console.log(USAGE);
      return 0;
    }
    if (folder === undefined || folder === "" || more.length > 0) {
      console.error(USAGE);
      return 2;
    }
    const isDone = values.check === true ? check(folder, values.json === true) : write(folder);
    return isDone ? 0 : 1;
  } catch (mistake) {
    console.error(`vectors: ${mistake instanceof Error ? mistake.message : "it went wrong"}`);
    console.error(USAGE);
    return 2;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
