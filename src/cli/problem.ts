/**
 * Why a command could not do what it was to do.
 *
 * @module
 */

import { err } from "../result.ts";
import type { Err } from "../result.ts";
import { EXIT_CODE } from "./exit_code.ts";

/** A problem, and what the command line exits with because of it. */
export interface Problem {
  /** The exit code. */
  readonly code: number;
  /** What is wrong, in lines without a line break at the end. */
  readonly message: string;
}

/** The command line is wrong. */
export function usageProblem(message: string): Err<Problem> {
  return err({ code: EXIT_CODE.usage, message });
}

/** A file is not what it should be. */
export function malformed(message: string): Err<Problem> {
  return err({ code: EXIT_CODE.malformed, message });
}

/** A file or folder cannot be read. */
export function unreadable(path: string, reason: string): Err<Problem> {
  return err({ code: EXIT_CODE.unreadable, message: `${path}: ${reason}` });
}
