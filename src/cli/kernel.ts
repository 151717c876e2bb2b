/**
 * The command `kernel`: which of its parts is meant.
 *
 * @module
 */

import type { Result } from "../result.ts";
import { type CommandLine, operandOf } from "./command_line.ts";
import type { Io } from "./io.ts";
import { inspectCommand } from "./kernel_inspect.ts";
import { kernelRunCommand } from "./kernel_run.ts";
import { type Problem, usageProblem } from "./problem.ts";

/** The options of `kernel`. */
export const KERNEL_OPTIONS = { store: "value", gas: "value", json: "flag" } as const;

/** Does the command `kernel`. */
export function kernelCommand(line: CommandLine, io: Io): Result<number, Problem> {
  const [part, ...operands] = line.operands;
  const what = part === "inspect" ? "HASH" : "MANIFEST";
  if (part !== "run" && part !== "inspect") return usageProblem("expected run or inspect");
  const operand = operandOf({ ...line, operands }, what);
  if (!operand.ok) return operand;
  if (part === "run") return kernelRunCommand(operand.value, line, io);
  if (line.value("gas") !== undefined) return usageProblem("--gas is of run alone");
  return inspectCommand(operand.value, line, io);
}
