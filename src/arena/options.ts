/**
 * Options, read one by one from an object that may run code of its own.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";

/** How a free-standing arena is made. */
export interface ArenaOptions {
  /** How many bytes it has: 0 to 2^28; 262,144 unless told. The first 8 are never handed out. */
  readonly capacityBytes?: number;
}

/** How an arena over a memory is made. */
export interface ArenaOverOptions {
  /** Where in the memory it begins, in bytes: a multiple of 8 below 2^32; 0 unless told. */
  readonly base?: number;
  /** How many bytes it has: 0 to 2^32; 262,144 unless told. */
  readonly capacityBytes?: number;
}

/** How an arena is reset. */
export interface ResetOptions {
  /** Whether every byte of the arena is set to 0; `false` unless told. */
  readonly zero?: boolean;
}

/** What an option takes. */
export interface OptionType<T> {
  /** The values in words. */
  readonly expected: string;
  /** Whether a value is one of them. */
  accepts(value: unknown): value is T;
}

/** Whole multiples of `step` bytes, from 0 to `max`. */
export function bytesUpTo(max: number, step: number): OptionType<number> {
  return {
    expected: step === 1 ? `an integer from 0 to ${max}` : `a multiple of ${step} up to ${max}`,
    accepts: (value): value is number =>
      typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0) &&
      value >= 0 && value <= max && value % step === 0,
  };
}

/** True or false. */
export const FLAG: OptionType<boolean> = {
  expected: "a boolean",
  accepts: (value) => typeof value === "boolean",
};

/** Reads one option; one that is absent or undefined has the value `otherwise`. */
export function readOption<T>(
  options: unknown,
  name: string,
  type: OptionType<T>,
  otherwise: T,
): Result<T, InvalidArgument> {
  if (options === undefined) return ok(otherwise);
  if (typeof options !== "object" || options === null) {
    return invalidArgument("options", "an object", options);
  }
  try {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined) return ok(otherwise);
    return type.accepts(value)
      ? ok(value)
      : invalidArgument(`options.${name}`, type.expected, value);
  } catch {
    return invalidArgument("options", "an object whose properties can be read", options);
  }
}
