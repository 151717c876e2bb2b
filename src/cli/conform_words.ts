/**
 * Splitting a command into words, as it is given to `--exec`.
 *
 * @module
 */

import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type Problem, usageProblem } from "./problem.ts";

/** A piece of a word: bare, in quotes of one sort or the other, or a character behind a backslash. */
const PIECE = /\\(["'\\\s])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|([^\s"'])/y;
const SPACE = /\s+/y;

/** What a piece stands for. */
function meant(match: RegExpExecArray): string {
  const [, escaped, single, double, bare] = match;
  if (double !== undefined) return double.replaceAll(/\\(["\\])/g, "$1");
  return escaped ?? single ?? bare ?? "";
}

/**
 * Splits a command at white space. Quotes keep words together; no shell reads it, and nothing in it
 * is expanded.
 *
 * @returns At least one word. Problem: quotes that are not closed, or no word.
 */
export function splitWords(
  command: string,
): Result<readonly string[], Problem> {
  const words: string[] = [];
  let isInWord = false;
  for (let at = 0; at < command.length;) {
    SPACE.lastIndex = at;
    if (SPACE.test(command)) {
      at = SPACE.lastIndex;
      isInWord = false;
      continue;
    }
    PIECE.lastIndex = at;
    const match = PIECE.exec(command);
    if (match === null) return usageProblem("--exec: a quote is not closed");
    if (isInWord) words.push(`${words.pop() ?? ""}${meant(match)}`);
    else words.push(meant(match));
    isInWord = true;
    at = PIECE.lastIndex;
  }
  const [program = ""] = words;
  return program === "" ? usageProblem("--exec: expected a command") : ok(words);
}
