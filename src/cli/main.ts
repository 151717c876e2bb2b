/**
 * The command line: which command is meant, and what it exits with.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type CommandLine, type OptionKind, readCommandLine } from "./command_line.ts";
import { CONFORM_OPTIONS, conformCommand } from "./conform.ts";
import { CONFORMANCE_OPTIONS, conformanceCommand } from "./conformance.ts";
import { ENGINE_OPTIONS, engineCommand } from "./engine_command.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { type Guarded, guarded } from "./guarded_io.ts";
import { HELP } from "./help.ts";
import type { Io } from "./io.ts";
import { KERNEL_OPTIONS, kernelCommand } from "./kernel.ts";
import { type Problem, usageProblem } from "./problem.ts";
import { RUN_OPTIONS, runCommand } from "./run.ts";
import { ASM_OPTIONS, asmCommand, DISASM_OPTIONS, disasmCommand } from "./text_commands.ts";

interface Command {
  readonly options: Readonly<Record<string, OptionKind>>;
  readonly run: (line: CommandLine, io: Io) => Outcome | Promise<Outcome>;
}

/** What a command exits with, or why it could not do what it was to do. */
type Outcome = Result<number, Problem>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["run", { options: RUN_OPTIONS, run: (line, io) => runCommand(line, io, false) }],
  ["trace", { options: RUN_OPTIONS, run: (line, io) => runCommand(line, io, true) }],
  ["asm", { options: ASM_OPTIONS, run: asmCommand }],
  ["disasm", { options: DISASM_OPTIONS, run: disasmCommand }],
  ["kernel", { options: KERNEL_OPTIONS, run: kernelCommand }],
  ["conformance", { options: CONFORMANCE_OPTIONS, run: conformanceCommand }],
  ["conform", { options: CONFORM_OPTIONS, run: conformCommand }],
  ["engine", { options: ENGINE_OPTIONS, run: engineCommand }],
]);

/** The commands that wait for others. */
const WAITING: ReadonlySet<string> = new Set(["conform", "engine"]);

function complain({ code, message }: Problem, name: string, io: Io): number {
  const hint = code === EXIT_CODE.usage ? `\n"${`${name} --help`.trim()}" says more` : "";
  io.error(`${message}${hint}\n`);
  return code;
}

/** A proxy may say that it is as long as it likes. */
const WORDS_MAX = 2 ** 16;

/** The arguments without those that nothing but a string can be, up to one that cannot be read. */
function argumentsOf(value: unknown): readonly string[] {
  const words: string[] = [];
  try {
    if (!Array.isArray(value)) return words; // throws for a revoked proxy
    for (let at = 0; at < WORDS_MAX && at < value.length; at++) {
      const word: unknown = value[at];
      if (typeof word === "string") words.push(word);
    }
  } catch {
    // it is the caller's code that threw
  }
  return words;
}

/** A command that has begun. */
interface Start {
  readonly name: string;
  readonly done: Outcome | Promise<Outcome>;
}

/** Finds the command that is meant and begins it. */
function begin(args: readonly string[], io: Io, isWaited: boolean): Start {
  const [name = "", ...rest] = argumentsOf(args);
  if (name === "" || name === "help" || name.startsWith("-")) {
    const isAsked = name === "help" || name === "--help" || name === "-h";
    (isAsked ? io.out : io.error)(HELP[""] ?? "");
    return { name, done: ok(isAsked ? EXIT_CODE.done : EXIT_CODE.usage) };
  }
  const command = COMMANDS.get(name);
  if (command === undefined) {
    const done = usageProblem(`there is no command "${name}"`);
    return { name: "", done };
  }
  const line = readCommandLine(rest, { ...command.options, help: "flag" });
  if (!line.ok) return { name, done: line };
  if (line.value.has("help")) {
    io.out(HELP[name] ?? "");
    return { name, done: ok(EXIT_CODE.done) };
  }
  if (WAITING.has(name) && !isWaited) {
    const message = `"${name}" has to be waited for`;
    return { name, done: err({ code: EXIT_CODE.unavailable, message }) };
  }
  return { name, done: command.run(line.value, io) };
}

/** The exit code of a command that is done; every problem is told. */
function finish(done: Outcome, name: string, { io, fault }: Guarded): number {
  const code = done.ok ? done.value : complain(done.error, name, io);
  const wrong = fault();
  // What a command came to counts for nothing when it was not told, or rests on what was not read.
  return wrong === undefined || code >= EXIT_CODE.usage ? code : complain(
    {
      code: EXIT_CODE.unavailable,
      message: `the surroundings failed: ${wrong}`,
    },
    name,
    io,
  );
}

/**
 * Runs the command line: `run`, `trace`, `asm`, `disasm`, `kernel`, `conformance`. The commands that wait
 * for others, `conform` and `engine`, are for `mainAsync` alone.
 *
 * @param args The arguments, beginning with the command; `--help` explains them.
 * @param io Its surroundings; files, outputs and clock come from there alone. Any value may be given:
 * what throws or makes no sense ends in a code of 64 and more.
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
  const safe = guarded(io);
  const { name, done } = begin(args, safe.io, false);
  // What has to be waited for has not begun.
  return done instanceof Promise ? EXIT_CODE.unavailable : finish(done, name, safe);
}

/**
 * Runs the command line, also the commands that wait for others: `conform` and `engine`.
 *
 * @param args The arguments, as `main` takes them.
 * @param io Its surroundings, as `main` takes them; these commands need `launch`, or `lines`, which
 * are waited for: a second more than they were given, and `lines` as long as they take.
 * @returns What to exit with, see `EXIT_CODE`. The promise is never rejected.
 *
 * @example An engine that is asked who it is
 * ```ts
 * import { EXIT_CODE, mainAsync } from "@ringfence/core/cli";
 * import { assertEquals } from "@std/assert";
 *
 * const printed: string[] = [];
 * const code = await mainAsync(["engine"], {
 *   read: () => ({ ok: false, error: "no file" }),
 *   list: () => ({ ok: false, error: "no folder" }),
 *   write: () => ({ ok: false, error: "no file" }),
 *   out: (text) => printed.push(text),
 *   error: (text) => printed.push(text),
 *   isTerminal: false,
 *   lines: async function* () {
 *     yield await Promise.resolve('{"type":"hello","protocol":"ringfence-conform","version":1}');
 *   },
 *   now: () => 0,
 * });
 * assertEquals(code, EXIT_CODE.done);
 * assertEquals(JSON.parse(printed.join("")).name, "ringfence interpreter");
 * ```
 */
export async function mainAsync(args: readonly string[], io: Io): Promise<number> {
  const safe = guarded(io);
  const { name, done } = begin(args, safe.io, true);
  return finish(await done, name, safe);
}
