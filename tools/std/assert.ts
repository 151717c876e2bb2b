/**
 * The few functions of `@std/assert` that tests and examples use, for where JSR cannot be reached.
 *
 * Written for this project. Equality is that of `node:util`, which takes NaN for equal to itself, as
 * the real one does, but tells -0 from 0: what holds here also holds there.
 */

import { inspect, isDeepStrictEqual } from "node:util";

/** What a failed assertion throws. */
export class AssertionError extends Error {
  override readonly name: string = "AssertionError";
}

function fail(message: string, hint: string | undefined): never {
  throw new AssertionError(hint === undefined ? message : `${message}: ${hint}`);
}

/** Holds when the condition is true. */
export function assert(condition: unknown, hint?: string): asserts condition {
  if (!condition) fail("the condition does not hold", hint);
}

/** Holds when both are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, hint?: string): void {
  if (!isDeepStrictEqual(actual, expected)) {
    fail(`${inspect(actual, { depth: 6 })} is not ${inspect(expected, { depth: 6 })}`, hint);
  }
}

/** Holds when the text contains the piece. */
export function assertStringIncludes(actual: string, piece: string, hint?: string): void {
  if (!actual.includes(piece)) fail(`${inspect(actual)} does not contain ${inspect(piece)}`, hint);
}

/** Holds when the text matches the pattern. */
export function assertMatch(actual: string, pattern: RegExp, hint?: string): void {
  if (!pattern.test(actual)) fail(`${inspect(actual)} does not match ${pattern}`, hint);
}

/** Holds when the call throws an error of the class, with the piece in its message. */
export function assertThrows(
  call: () => unknown,
  type: ErrorConstructor = Error,
  piece: string = "",
): void {
  try {
    call();
  } catch (thrown) {
    const fits = thrown instanceof type && thrown.message.includes(piece);
    if (!fits) fail(`${inspect(thrown)} was thrown`, undefined);
    return;
  }
  fail("nothing was thrown", undefined);
}
