/**
 * The engine that a command runs programs on.
 *
 * @module
 */

import { auto, recompiler } from "../pvm/recompiler/mod.ts";
import type { Engine } from "../pvm/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { CommandLine } from "./command_line.ts";
import type { Problem } from "./problem.ts";
import { readChoice } from "./values.ts";

/** The names of the engines. */
export const ENGINES = ["interpreter", "recompiler", "auto"] as const;

/** The name of an engine. */
export type EngineName = (typeof ENGINES)[number];

/** The engine that the option `--engine` names. */
export function engineNameOf(line: CommandLine): Result<EngineName, Problem> {
  const given = line.value("engine");
  return given === undefined ? ok("interpreter") : readChoice("--engine", given, ENGINES);
}

/** An engine for machines; nothing for the interpreter, which they run on by themselves. */
export function engineOf(name: EngineName): Engine | undefined {
  if (name === "interpreter") return undefined;
  return name === "auto" ? auto() : recompiler();
}
