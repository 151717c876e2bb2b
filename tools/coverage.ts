/**
 * Branch coverage of `src/` under the proofs:
 * `deno task coverage [--room=ROOM [--write]] [options of proofs]`.
 *
 * Deno counts what the engine ran; the mutants are left out, so that only the shipped files count. It
 * fails when a branch is not taken and not explained, or explained and taken. With a room, only its
 * files count, and only its proofs run; `--write` puts its figures into `docs/strength.md`.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { EXPLAINED } from "./coverage/explained.ts";
import { readLcov } from "./coverage/lcov.ts";
import {
  coverageTableText,
  type FileReport,
  problemsOf,
  reportOf,
  withRow,
} from "./coverage/report.ts";
import { proofFilesOf, roomOf, ROOMS } from "./mutate/rooms.ts";
import { deno, ROOT } from "./process.ts";

/** Not counted: the toolkit of the symbolic proofs, which runs of its own go through. */
const LEFT_OUT = "src/symbolic/";

/** The page that has a row of figures for each room. */
const PAGE = join(ROOT, "docs/strength.md");

/** The room that is asked for, whether its figures are to be written, and the other arguments. */
function readArguments(args: readonly string[]) {
  const given = args.find((arg) => arg.startsWith("--room=")) ?? "--room=";
  const rest = args.filter((arg) => arg !== given && arg !== "--write");
  return { room: given.slice("--room=".length), isWritten: args.includes("--write"), rest };
}

/** Writes the figures of a room; says what is wrong when it cannot. */
function write(room: string, files: readonly FileReport[]): readonly string[] {
  const page = withRow(readFileSync(PAGE, "utf8"), room, files);
  if (page === undefined) return [`docs/strength.md has no row for the room "${room}"`];
  writeFileSync(PAGE, page);
  return [];
}

function groupsOf(files: readonly FileReport[], room: string) {
  const rooms = ROOMS.filter((name) => room === "" || name === room);
  const known = (path: string) => ROOMS.includes(roomOf(path));
  const groups = rooms.map((name) => ({
    name: `**${name}**`,
    files: files.filter(({ path }) => roomOf(path) === name),
  }));
  const others = { name: "**the rest**", files: files.filter(({ path }) => !known(path)) };
  return [
    ...files.map((file) => ({ name: file.path, files: [file] })),
    ...(room === "" ? [...groups, others] : groups),
  ];
}

async function main(args: readonly string[]): Promise<number> {
  const { room, isWritten, rest } = readArguments(args);
  if (room !== "" && !ROOMS.includes(room)) {
    console.error(`coverage: there is no room "${room}": ${ROOMS.join(", ")}`);
    return 2;
  }
  const proofs = room === "" ? [] : proofFilesOf(ROOT, room).map(({ path }) => path);
  const folder = mkdtempSync(join(tmpdir(), "ringfence-coverage-"));
  try {
    const run = await deno(
      ["run", "--quiet", "--allow-all", "tools/proofs.ts", "--no-mutants", ...proofs, ...rest],
      { env: { DENO_COVERAGE_DIR: folder }, show: true },
    );
    const root = pathToFileURL(ROOT).href;
    const { code, out, text } = await deno(
      ["coverage", "--lcov", `--include=^${root}src/`, `--exclude=${LEFT_OUT}`, folder],
    );
    // What it has no source for any more it only skips.
    if (code !== 0 || text.includes("Skipping.")) {
      console.error(text);
      return 1;
    }
    const files = readLcov(out, ROOT).filter(({ path }) => room === "" || roomOf(path) === room)
      .map((file) => {
        const source = { path: file.path, text: readFileSync(join(ROOT, file.path), "utf8") };
        return reportOf(file, source, EXPLAINED);
      });
    console.log(coverageTableText(groupsOf(files, room)));
    const problems = [...problemsOf(files), ...(isWritten ? write(room, files) : [])];
    console.log(problems.join("\n"));
    return problems.length > 0 ? 1 : run.code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
