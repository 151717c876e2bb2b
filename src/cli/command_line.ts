/**
 * Taking a command line apart.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type Problem, usageProblem } from "./problem.ts";

/** How an option is written: with a value, with several, or alone. */
export type OptionKind = "value" | "values" | "flag";

/** A command line, taken apart. */
export interface CommandLine {
  /** What stands there besides options. */
  readonly operands: readonly string[];
  /** The value of an option. */
  readonly value: (name: string) => string | undefined;
  /** All values of an option. */
  readonly values: (name: string) => readonly string[];
  /** Whether an option is there. */
  readonly has: (name: string) => boolean;
}

function stringsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === "string");
}

/** Takes arguments apart; what is none of the options is a problem. */
export function readCommandLine(
  args: readonly string[],
  kinds: Readonly<Record<string, OptionKind>>,
): Result<CommandLine, Problem> {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, {
      type: kind === "flag" ? "boolean" as const : "string" as const,
      multiple: kind === "values",
    }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const found: ReadonlyMap<string, unknown> = new Map(Object.entries(values));
    return ok({
      operands: positionals,
      value: (name) => stringsOf(found.get(name)).at(-1),
      values: (name) => stringsOf(found.get(name)),
      has: (name) => found.get(name) === true,
    });
  } catch (mistake) {
    return usageProblem(
      mistake instanceof Error ? mistake.message : "the arguments are unreadable",
    );
  }
}

/** The one operand that a command takes. */
export function operandOf({ operands }: CommandLine, what: string): Result<string, Problem> {
  const [operand, surplus] = operands;
  if (operand === undefined) return usageProblem(`expected ${what}`);
  return surplus === undefined ? ok(operand) : usageProblem(`"${surplus}": one ${what} is enough`);
}
