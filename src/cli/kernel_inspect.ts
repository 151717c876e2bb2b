/**
 * The command `kernel inspect`.
 *
 * @module
 */

import { isCapHash } from "../kernel/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { CommandLine } from "./command_line.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { describeCap, type Description, linesOf } from "./kernel_describe.ts";
import { refusalText } from "./kernel_report.ts";
import { withDirectory } from "./kernel_store.ts";
import { malformed, type Problem, unreadable, usageProblem } from "./problem.ts";

/** Does the command `kernel inspect`. */
export function inspectCommand(text: string, line: CommandLine, io: Io): Result<number, Problem> {
  if (!isCapHash(text)) return usageProblem(`"${text}" is not 64 lowercase hexadecimal digits`);
  const path = line.value("store");
  if (path === undefined) return usageProblem("expected --store FILE");
  const described = withDirectory<Description>(path, true, io, (directory) => {
    const cap = directory.load(text);
    if (!cap.ok) {
      const message = `${path}: ${refusalText(cap.error)}`;
      return cap.error.kind === "corrupt-blob"
        ? malformed(message)
        : err({ code: EXIT_CODE.unreadable, message });
    }
    if (cap.value === undefined) return unreadable(path, `nothing is there under ${text}`);
    return ok({ hash: text, ...describeCap(cap.value, directory) });
  });
  if (!described.ok) return described;
  io.out(
    line.has("json") ? `${JSON.stringify(described.value)}\n` : linesOf(described.value).join(""),
  );
  return ok(EXIT_CODE.done);
}
