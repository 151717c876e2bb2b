/**
 * JSON whose whole numbers are read exactly, also above 2^53.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { reasonOf } from "./reason.ts";

/** A whole number that a double may not hold. */
const WHOLE = /^-?\d{16,}$/;
/** Stands in front of such a number while it is a string. */
const MARK = "whole number ";
/** Such a string. */
const MARKED = /^whole number (-?\d{15}\d+)$/;

/** The longest number that is read, in characters; every double can be written with fewer. */
const NUMBER_CHARACTERS_MAX = 4_096;

/** Text that is no JSON. */
export interface NotJson {
  /** Tells this error from the others. */
  readonly kind: "not-json";
  /** What the engine says about it. */
  readonly detail: string;
}

/** Where the string ends that begins at a quote. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '"') return at + 1;
    if (char === "\\") at++;
  }
  return text.length;
}

/**
 * A text with its long whole numbers as strings; in time that grows with the text alone, whatever it
 * is. Nothing when it has a number that is too long.
 */
function marked(text: string): string | undefined {
  const parts: string[] = [];
  let kept = 0;
  // The quote in front of a string, or a number of 16 characters and more, to its end.
  const token = /"|[-\d][-+.\deE]{15,4096}/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found.length > NUMBER_CHARACTERS_MAX) return undefined;
    if (found === '"') token.lastIndex = stringEnd(text, match.index);
    else if (WHOLE.test(found)) {
      parts.push(text.slice(kept, match.index), `"${MARK}${found}"`);
      kept = token.lastIndex;
    }
  }
  return `${parts.join("")}${text.slice(kept)}`;
}

/** The value that a text stands for; whole numbers of 16 digits and more are kept as they stand. */
export function parseExact(text: string): Result<unknown, NotJson> {
  try {
    const exact = marked(text);
    if (exact === undefined) {
      const detail = `a number of more than ${NUMBER_CHARACTERS_MAX} characters`;
      return err({ kind: "not-json", detail });
    }
    const value: unknown = JSON.parse(exact);
    return ok(value);
  } catch (mistake) {
    return err({
      kind: "not-json",
      detail: reasonOf(mistake),
    });
  }
}

/** A text out of such a value; nothing for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && !MARKED.test(value) ? value : undefined;
}

/** A whole number out of such a value, from `min` to `max`; nothing for anything else. */
export function wholeOf(value: unknown, min: bigint, max: bigint): bigint | undefined {
  let whole: bigint | undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) whole = BigInt(value);
  else if (typeof value === "string") {
    const digits = MARKED.exec(value)?.[1];
    if (digits !== undefined) whole = BigInt(digits);
  }
  return whole !== undefined && whole >= min && whole <= max ? whole : undefined;
}
