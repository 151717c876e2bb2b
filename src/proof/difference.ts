/**
 * Where two values first differ, in words: the comparison behind every law.
 *
 * @module
 */

import { stringify } from "fast-check";

/** Beyond this nesting two values are taken to differ, so that a cycle cannot hang a proof. */
const DEPTH_MAX = 64;

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) ||
    (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function mismatch(path: string, actual: unknown, expected: unknown): string {
  return `${path === "" ? "" : `at ${path}: `}got ${stringify(actual)}, expected ${
    stringify(expected)
  }`;
}

function listDifference(
  actual: ArrayLike<unknown>,
  expected: ArrayLike<unknown>,
  path: string,
  depth: number,
): string | undefined {
  const length = actual.length;
  if (length !== expected.length) return mismatch(`${path}.length`, length, expected.length);
  for (let index = 0; index < length; index++) {
    const a = actual[index];
    const e = expected[index];
    if (Object.is(a, e)) continue;
    const found = differenceAt(a, e, `${path}[${index}]`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function recordDifference(
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): string | undefined {
  for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
    const at = path === "" ? key : `${path}.${key}`;
    if (!Object.hasOwn(actual, key)) return `at ${at}: missing`;
    if (!Object.hasOwn(expected, key)) return `at ${at}: not expected`;
    const found = differenceAt(actual[key], expected[key], at, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function differenceAt(
  actual: unknown,
  expected: unknown,
  path: string,
  depth: number,
): string | undefined {
  if (Object.is(actual, expected)) return undefined;
  if (depth > DEPTH_MAX) return `at ${path}: nested too deeply to compare`;
  if (isList(actual) && isList(expected)) return listDifference(actual, expected, path, depth);
  if (isRecord(actual) && isRecord(expected) && !isList(actual) && !isList(expected)) {
    return recordDifference(actual, expected, path, depth);
  }
  return mismatch(path, actual, expected);
}

/**
 * Where two values first differ, or nothing when they are the same.
 *
 * Numbers are compared as `Object.is` does (NaN equals itself, 0 and -0 differ); arrays and typed
 * arrays element by element, whatever their class; other objects by their own enumerable fields.
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
    return differenceAt(actual, expected, "", 0);
  } catch {
    return "a value could not be read while comparing";
  }
}
