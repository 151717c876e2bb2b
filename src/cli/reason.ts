/**
 * Why something went wrong, out of what was thrown.
 *
 * @module
 */

import { describe } from "../describe.ts";

/** The longest reason that is told, in characters. */
const REASON_CHARACTERS_MAX = 500;

/** What was thrown, in words: its message where it has one. None of its code makes this fail. */
export function reasonOf(thrown: unknown): string {
  if (typeof thrown === "string") return thrown.slice(0, REASON_CHARACTERS_MAX);
  try {
    const message: unknown = typeof thrown === "object" && thrown !== null
      ? Reflect.get(thrown, "message")
      : undefined;
    if (typeof message === "string") return message.slice(0, REASON_CHARACTERS_MAX);
  } catch {
    // its message cannot be read
  }
  return describe(thrown);
}
