/**
 * Where two values first differ, in words: the comparison behind every law.
 *
 * @module
 */

import { isList, isPlain, kindOf, show } from "./show.ts";

/** Beyond this nesting two values are taken to differ, so that a cycle cannot hang a proof. */
const DEPTH_MAX = 64;
/** A comparison that takes more steps than this is given up, so that it cannot hang a proof. */
const STEPS_MAX = 2 ** 28;
/** What an object costs, in steps; an element of a list costs one. */
const OBJECT_STEPS = 256;

/** One comparison under way: the first difference, or nothing. */
class Comparison {
  #stepsLeft = STEPS_MAX;

  at(actual: unknown, expected: unknown, path: string, depth: number): string | undefined {
    if (Object.is(actual, expected)) return undefined;
    this.#stepsLeft -= OBJECT_STEPS;
    if (this.#stepsLeft < 0) return located(path, "too large to compare");
    if (depth > DEPTH_MAX) return located(path, "nested too deeply to compare");
    if (isList(actual) && isList(expected)) return this.#lists(actual, expected, path, depth);
    if (isPlain(actual) && isPlain(expected)) return this.#records(actual, expected, path, depth);
    return mismatch(path, actual, expected);
  }

  #lists(
    actual: ArrayLike<unknown>,
    expected: ArrayLike<unknown>,
    path: string,
    depth: number,
  ): string | undefined {
    const length = actual.length;
    if (length !== expected.length) return mismatch(`${path}.length`, length, expected.length);
    this.#stepsLeft -= length;
    if (this.#stepsLeft < 0) return located(path, "too large to compare");
    for (let index = 0; index < length; index++) {
      const a = actual[index];
      const e = expected[index];
      // Asked here too, so that no path is written for an element that is the same.
      if (Object.is(a, e)) continue;
      const found = this.at(a, e, `${path}[${index}]`, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #records(
    actual: Readonly<Record<string, unknown>>,
    expected: Readonly<Record<string, unknown>>,
    path: string,
    depth: number,
  ): string | undefined {
    for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
      const at = path === "" ? key : `${path}.${key}`;
      if (!Object.hasOwn(actual, key)) return located(at, "missing");
      if (!Object.hasOwn(expected, key)) return located(at, "not expected");
      const found = this.at(actual[key], expected[key], at, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function located(path: string, what: string): string {
  return path === "" ? what : `at ${path}: ${what}`;
}

/** Whether a value is an object whose content does not lie in fields, such as a `Map`. */
function isOpaque(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isList(value) && !isPlain(value);
}

function mismatch(path: string, actual: unknown, expected: unknown): string {
  const opaque = isOpaque(actual) ? actual : expected;
  return isOpaque(opaque)
    ? located(path, `${kindOf(opaque)} cannot be compared: hand in plain values`)
    : located(path, `got ${show(actual)}, expected ${show(expected)}`);
}

/**
 * Where two values first differ, or nothing when they are the same.
 *
 * Numbers are compared as `Object.is` does (NaN equals itself, 0 and -0 differ); arrays and typed
 * arrays element by element, whatever their class; plain objects by their own enumerable fields.
 * Everything else, such as a `Map` or an instance of a class, agrees with nothing but itself,
 * because what it holds cannot be seen.
 *
 * @param actual What the implementation gave.
 * @param expected What the model gave.
 * @returns A sentence naming the place and both values, or `undefined`.
 *
 * @example A difference is named
 * ```ts
 * import { agrees } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(agrees({ bytes: Uint8Array.of(1, 2) }, { bytes: [1, 2] }), undefined);
 * assertEquals(agrees({ bytes: [1, 2] }, { bytes: [1, 3] }), "at bytes[1]: got 2, expected 3");
 * ```
 */
export function agrees(actual: unknown, expected: unknown): string | undefined {
  try {
    return new Comparison().at(actual, expected, "", 0);
  } catch {
    return "a value could not be read while comparing";
  }
}
