/**
 * The command `engine`.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { CommandLine } from "./command_line.ts";
import { answerLine, errorLine } from "./conform_engine.ts";
import { engineNameOf, engineOf } from "./engine.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { type Problem, usageProblem } from "./problem.ts";

/** The options of `engine`. */
export const ENGINE_OPTIONS = { engine: "value" } as const;

/** Does the command `engine`: answers what the driver asks, until its input ends. */
export async function engineCommand(
  line: CommandLine,
  io: Io,
): Promise<Result<number, Problem>> {
  const [surplus] = line.operands;
  if (surplus !== undefined) {
    return usageProblem(`"${surplus}": there are options only`);
  }
  const name = engineNameOf(line);
  if (!name.ok) return name;
  const { lines } = io;
  if (lines === undefined) {
    return err({ code: EXIT_CODE.unavailable, message: "there is no input here" });
  }
  const engine = engineOf(name.value);
  for await (const request of lines()) {
    if (typeof request === "string") {
      io.out(`${answerLine(request, engine, `ringfence ${name.value}`)}\n`);
      continue;
    }
    // Who asked by a line that is none waits for an answer; what cannot be read has asked nothing.
    if (request.error.code === EXIT_CODE.malformed) {
      io.out(`${errorLine(0, request.error.message)}\n`);
    }
    return request;
  }
  return ok(EXIT_CODE.done);
}
