/**
 * Arguments with parts, read once and without trust: lists and records of a caller may run code of
 * the caller, which may throw or give another value each time.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { U16, U32, U64, U8 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { ByteString, wrapBytes } from "./byte_string.ts";
import { isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";

/** Reads an argument, or says which part of it is none. */
export type Parse<T> = (value: unknown, parameter: string) => Result<T, InvalidArgument>;

/** The longest list that an argument may be. */
export const LIST_MAX: number = 2 ** 20;

/** A value that some test tells. */
export function checked<T>(expected: string, is: (value: unknown) => value is T): Parse<T> {
  return (value, parameter) => is(value) ? ok(value) : invalidArgument(parameter, expected, value);
}

/** A whole number of a byte. */
export const parseU8: Parse<U8> = checked<U8>("0 to 255", U8.is);
/** A whole number of two bytes. */
export const parseU16: Parse<U16> = checked<U16>("0 to 65,535", U16.is);
/** A whole number of four bytes. */
export const parseU32: Parse<U32> = checked<U32>("0 to 2^32 - 1", U32.is);
/** A bigint of eight bytes. */
export const parseU64: Parse<U64> = checked<U64>("0n to 2n ** 64n - 1n", U64.is);
/** A hash. */
export const parseHash: Parse<CapHash> = checked<CapHash>("64 lowercase hex digits", isCapHash);

/** Bytes, which are copied; a byte string is taken as it is. */
export const parseBytes: Parse<ByteString> = (value, parameter) => {
  if (ByteString.is(value)) return ok(value);
  const copy = copyBytes(value);
  return copy === undefined
    ? invalidArgument(parameter, "a Uint8Array", value)
    : ok(wrapBytes(copy));
};

/** A list of up to `max` values, as a frozen list. */
export function parseList<T>(of: Parse<T>, max: number = LIST_MAX): Parse<readonly T[]> {
  return (value, parameter) => {
    const expected = `a list of at most ${max}`;
    const values: T[] = [];
    try {
      if (!Array.isArray(value)) return invalidArgument(parameter, expected, value);
      const length: unknown = value.length;
      if (typeof length !== "number" || !(length >= 0 && length <= max)) {
        return invalidArgument(parameter, expected, value);
      }
      for (let index = 0; index < length; index++) {
        const part = of(value[index], `${parameter}[${index}]`);
        if (!part.ok) return part;
        values.push(part.value);
      }
    } catch {
      return invalidArgument(parameter, expected, value);
    }
    return ok(Object.freeze(values));
  };
}

/** A record: its fields, each read once and in this order. */
export function parseRecord<R extends object>(
  fields: { readonly [K in keyof R]: Parse<R[K]> },
): Parse<Readonly<R>>;
export function parseRecord(
  fields: Readonly<Record<string, Parse<unknown>>>,
): Parse<Readonly<Record<string, unknown>>> {
  const parts = Object.entries(fields);
  return (value, parameter) => {
    if (typeof value !== "object" || value === null) {
      return invalidArgument(parameter, "an object", value);
    }
    const record: Record<string, unknown> = {};
    for (const [name, parse] of parts) {
      const part = parseField(value, name, parse, parameter);
      if (!part.ok) return part;
      record[name] = part.value;
    }
    return ok(Object.freeze(record));
  };
}

function parseField(
  value: object,
  name: string,
  parse: Parse<unknown>,
  parameter: string,
): Result<unknown, InvalidArgument> {
  let field: unknown;
  try {
    field = Reflect.get(value, name);
  } catch {
    return invalidArgument(`${parameter}.${name}`, "a field that can be read", value);
  }
  return parse(field, `${parameter}.${name}`);
}

/** A value, or `otherwise` where it is left out. */
export function orElse<T, U>(parse: Parse<T>, otherwise: U): Parse<T | U> {
  return (value, parameter) => value === undefined ? ok(otherwise) : parse(value, parameter);
}

/** A value on which a further demand is made, in words. */
export function such<T>(parse: Parse<T>, expected: string, that: (value: T) => boolean): Parse<T> {
  return (value, parameter) => {
    const parsed = parse(value, parameter);
    return !parsed.ok || that(parsed.value) ? parsed : invalidArgument(parameter, expected, value);
  };
}

/** A value in another form. */
export function as<T, U>(parse: Parse<T>, into: (value: T) => U): Parse<U> {
  return (value, parameter) => {
    const parsed = parse(value, parameter);
    return parsed.ok ? ok(into(parsed.value)) : parsed;
  };
}

/** Entries in the order of their keys, those of one key in the order they had. */
export function sortedBy<T>(entries: readonly T[], key: (entry: T) => number): readonly T[] {
  return Object.freeze(entries.toSorted((a, b) => key(a) - key(b)));
}

/** Entries in the order of their keys, each of which may occur once. */
export function parseMap<T>(of: Parse<T>, key: (entry: T) => number): Parse<readonly T[]> {
  const sorted = as(parseList(of), (entries) => sortedBy(entries, key));
  return such(
    sorted,
    "no key twice",
    (entries) =>
      entries.every((entry, i) => i === 0 || key(entry) !== key(entries[i - 1] ?? entry)),
  );
}

/** The failure alone, when something is wrong. */
export function failureOf(
  results: readonly Result<unknown, InvalidArgument>[],
): Err<InvalidArgument> | undefined {
  for (const result of results) if (!result.ok) return err(result.error);
  return undefined;
}
