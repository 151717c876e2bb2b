/**
 * JSON whose whole numbers are read exactly, also above 2^53.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";

/** A string, or a whole number that a double may not hold. */
const STRING_OR_LONG = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
/** Stands in front of such a number while it is a string. */
const MARK = "whole number ";
/** Such a string. */
const MARKED = /^whole number (-?\d{15}\d+)$/;

/** Text that is no JSON. */
export interface NotJson {
  /** Tells this error from the others. */
  readonly kind: "not-json";
  /** What the engine says about it. */
  readonly detail: string;
}

/** The value that a text stands for; whole numbers of 16 digits and more are kept as they stand. */
export function parseExact(text: string): Result<unknown, NotJson> {
  const marked = text.replace(
    STRING_OR_LONG,
    (found) => found.startsWith('"') ? found : `"${MARK}${found}"`,
  );
  try {
    const value: unknown = JSON.parse(marked);
    return ok(value);
  } catch (mistake) {
    return err({
      kind: "not-json",
      detail: mistake instanceof Error ? mistake.message : "no JSON",
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
