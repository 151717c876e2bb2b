/**
 * The command line: which command is meant, and what it exits with.
 *
 * @module
 */

import type { Result } from "../result.ts";
import { type CommandLine, type OptionKind, readCommandLine } from "./command_line.ts";
import { CONFORMANCE_OPTIONS, conformanceCommand } from "./conformance.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { HELP } from "./help.ts";
import type { Io } from "./io.ts";
import { KERNEL_OPTIONS, kernelCommand } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { RUN_OPTIONS, runCommand } from "./run.ts";
import { ASM_OPTIONS, asmCommand, DISASM_OPTIONS, disasmCommand } from "./text_commands.ts";

interface Command {
  readonly options: Readonly<Record<string, OptionKind>>;
  readonly run: (line: CommandLine, io: Io) => Result<number, Problem>;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["run", { options: RUN_OPTIONS, run: (line, io) => runCommand(line, io, false) }],
  ["trace", { options: RUN_OPTIONS, run: (line, io) => runCommand(line, io, true) }],
  ["asm", { options: ASM_OPTIONS, run: asmCommand }],
  ["disasm", { options: DISASM_OPTIONS, run: disasmCommand }],
  ["kernel", { options: KERNEL_OPTIONS, run: kernelCommand }],
  ["conformance", { options: CONFORMANCE_OPTIONS, run: conformanceCommand }],
]);

function complain({ code, message }: Problem, name: string, io: Io): number {
  const hint = code === EXIT_CODE.usage ? `\n"${`${name} --help`.trim()}" says more` : "";
  io.error(`${message}${hint}\n`);
  return code;
}

/** The arguments without those that nothing but a string can be. */
function argumentsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/**
 * Runs the command line: `run`, `trace`, `asm`, `disasm`, `kernel`, `conformance`.
 *
 * @param args The arguments, beginning with the command; `--help` explains them.
 * @param io Its surroundings; files, outputs and clock come from there alone.
 * @returns What to exit with, see `EXIT_CODE`. Every problem is told on the error output.
 *
 * @example A command line in surroundings of its own
 * ```ts
 * import { EXIT_CODE, main } from "@ringfence/core/cli";
 * import { assertEquals } from "@std/assert";
 *
 * const printed: string[] = [];
 * const code = main(["run", "sum.pvmasm", "--register", "7=2"], {
 *   read: () => ({ ok: true, value: new TextEncoder().encode("add_imm_64 r7, r7, 3\njump_ind [r0]") }),
 *   list: () => ({ ok: false, error: "no folder" }),
 *   write: () => ({ ok: false, error: "no file" }),
 *   out: (text) => printed.push(text),
 *   error: (text) => printed.push(text),
 *   isTerminal: false,
 *   now: () => 0,
 * });
 * assertEquals(code, EXIT_CODE.done);
 * assertEquals(printed[0]?.startsWith("exit: halt\n"), true);
 * ```
 */
export function main(args: readonly string[], io: Io): number {
  const [name = "", ...rest] = argumentsOf(args);
  if (name === "" || name === "help" || name.startsWith("-")) {
    const isAsked = name === "help" || name === "--help" || name === "-h";
    (isAsked ? io.out : io.error)(HELP[""] ?? "");
    return isAsked ? EXIT_CODE.done : EXIT_CODE.usage;
  }
  const command = COMMANDS.get(name);
  if (command === undefined) {
    return complain({ code: EXIT_CODE.usage, message: `there is no command "${name}"` }, "", io);
  }
  const line = readCommandLine(rest, { ...command.options, help: "flag" });
  if (!line.ok) return complain(line.error, name, io);
  if (line.value.has("help")) {
    io.out(HELP[name] ?? "");
    return EXIT_CODE.done;
  }
  const done = command.run(line.value, io);
  return done.ok ? done.value : complain(done.error, name, io);
}
