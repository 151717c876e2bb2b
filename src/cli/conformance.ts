/**
 * The command `conformance`.
 *
 * @module
 */

import type { Engine } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type CommandLine, operandOf } from "./command_line.ts";
import { engineNameOf, engineOf } from "./engine.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { type Problem, unreadable } from "./problem.ts";
import { readVector } from "./vector.ts";
import { runVector, WAYS } from "./vector_run.ts";

/** The options of `conformance`. */
export const CONFORMANCE_OPTIONS = { engine: "value", json: "flag" } as const;

/** How one file did. */
export interface VectorVerdict {
  readonly file: string;
  /** What is wrong; empty when the vector passed. */
  readonly problems: readonly string[];
}

/** The files of a folder that have to be vectors; a folder without any is a problem. */
export function vectorFiles(folder: string, io: Io): Result<readonly string[], Problem> {
  const names = io.list(folder);
  if (!names.ok) return unreadable(folder, names.error);
  const files = names.value.filter((name) => name.endsWith(".json")).toSorted();
  return files.length > 0
    ? ok(files.map((name) => `${folder.replace(/[\\/]$/, "")}/${name}`))
    : err({ code: EXIT_CODE.unreadable, message: `${folder}: there is no vector` });
}

/** Runs one vector in every way. */
export function judge(file: string, io: Io, engine?: Engine): VectorVerdict {
  const bytes = io.read(file);
  if (!bytes.ok) return { file, problems: [bytes.error] };
  const vector = readVector(new TextDecoder().decode(bytes.value));
  if (!vector.ok) return { file, problems: [vector.error.detail] };
  const problems = WAYS.flatMap((way) =>
    runVector(vector.value, way, engine).map((problem) => `${way.backend}, ${way.mode}: ${problem}`)
  );
  return { file, problems };
}

/** Does the command `conformance`: every vector of a folder has to pass. */
export function conformanceCommand(line: CommandLine, io: Io): Result<number, Problem> {
  const folder = operandOf(line, "DIR");
  if (!folder.ok) return folder;
  const files = vectorFiles(folder.value, io);
  if (!files.ok) return files;
  const engine = engineNameOf(line);
  if (!engine.ok) return engine;
  const verdicts: VectorVerdict[] = [];
  for (const file of files.value) {
    verdicts.push(judge(file, io, engineOf(engine.value)));
    if (io.isTerminal) io.error(`\r${verdicts.length} of ${files.value.length}\u001b[K`);
  }
  if (io.isTerminal) io.error("\r\u001b[K");
  const failed = verdicts.filter(({ problems }) => problems.length > 0);
  const [total, pass] = [verdicts.length, verdicts.length - failed.length];
  if (line.has("json")) {
    const summary = { pass, fail: failed.length, skip: 0, total, failures: failed };
    io.out(`${JSON.stringify(summary)}\n`);
  } else {
    for (const { file, problems } of failed) {
      io.out(`FAILED ${file}\n${problems.map((problem) => `  ${problem}\n`).join("")}`);
    }
    const ways = `${WAYS.length} ways each`;
    io.out(
      `${engine.value}: ${pass} pass, ${failed.length} fail, 0 skip, ${total} total; ${ways}\n`,
    );
  }
  return ok(failed.length > 0 ? EXIT_CODE.panic : EXIT_CODE.done);
}
