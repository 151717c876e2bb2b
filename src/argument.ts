/**
 * The error for an argument that is not a value of its type: a mistake of the host, never of a guest.
 *
 * @module
 */

import { describe } from "./describe.ts";
import { err } from "./result.ts";
import type { Err } from "./result.ts";

/** An argument was not a value that the parameter takes. Nothing was changed. */
export interface InvalidArgument {
  /** Tells this error from the others. */
  readonly kind: "invalid-argument";
  /** The name of the parameter. */
  readonly parameter: string;
  /** What the parameter takes, in words. */
  readonly expected: string;
  /** What it got, in words: the type, and the value where it can be shown without running its code. */
  readonly given: string;
}

/**
 * Makes the failure for an argument that is not a value of its type.
 *
 * @param parameter The name of the parameter.
 * @param expected What it takes, in words.
 * @param given What it got: any value; none of its code is run.
 */
export function invalidArgument(
  parameter: string,
  expected: string,
  given: unknown,
): Err<InvalidArgument> {
  return err({ kind: "invalid-argument", parameter, expected, given: describe(given) });
}
