/**
 * The error for an argument that is not a value of its type: a mistake of the host, never of a guest.
 *
 * @module
 */

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

/** The longest piece of a given string or bigint that an error quotes, in characters. */
const QUOTED_CHARACTERS_MAX = 40;

/** Beyond this magnitude, writing a bigint out in decimal could take long. */
const QUOTED_BIGINT_MAX = 2n ** 128n;

/** Describes any value without running code of its own (no `toString`, no getters). */
function describe(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "number -0" : `number ${value}`;
    case "bigint":
      return value > QUOTED_BIGINT_MAX || value < -QUOTED_BIGINT_MAX
        ? "bigint beyond 128 bits"
        : `bigint ${value}`;
    case "boolean":
      return `boolean ${value}`;
    case "string":
      return `string ${JSON.stringify(value.slice(0, QUOTED_CHARACTERS_MAX))}`;
    default:
      return value === null ? "null" : typeof value;
  }
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
