/**
 * Reading JSON strictly: what is wrong is told with its path.
 *
 * @module
 */

import { asU32, asU64, asU8 } from "../int/mod.ts";
import type { U32, U64, U8 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { textOf, wholeOf } from "./exact_json.ts";

/** What is wrong with a value. */
export interface Mistake {
  /** Where it stands, such as `images.adder.mappings[0].size`; empty for the whole. */
  readonly path: string;
  /** What is wrong there. */
  readonly message: string;
  /** What the command line exits with, where it is not the manifest that is wrong. */
  readonly code?: number;
}

/** Reads a value that stands at a path. */
export type Read<T> = (value: unknown, path: string) => Result<T, Mistake>;

/** A value that was read, and where it stands. */
export interface Named<T> {
  readonly name: string;
  readonly path: string;
  readonly value: T;
}

/** A mistake at a path. */
export function mistake(path: string, message: string): Result<never, Mistake> {
  return err({ path, message });
}

/** The path of a field. */
export function fieldPath(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function whole<T>(max: bigint, brand: (value: bigint) => T): Read<T> {
  return (value, path) => {
    const number = wholeOf(value, 0n, max);
    if (number !== undefined) return ok(brand(number));
    return mistake(path, `expected a whole number from 0 to ${max}`);
  };
}

/** A number of 8 bits. */
export const readU8: Read<U8> = whole(2n ** 8n - 1n, (value) => asU8(Number(value)));
/** A number of 32 bits. */
export const readU32: Read<U32> = whole(2n ** 32n - 1n, (value) => asU32(Number(value)));
/** A number of 64 bits. */
export const readU64: Read<U64> = whole(2n ** 64n - 1n, asU64);

/** A text. */
export const readText: Read<string> = (value, path) => {
  const text = textOf(value);
  return text === undefined ? mistake(path, "expected a text") : ok(text);
};

/** Yes or no. */
export const readBoolean: Read<boolean> = (value, path) =>
  typeof value === "boolean" ? ok(value) : mistake(path, "expected true or false");

/** Bytes in hexadecimal digits. */
export const readBytes: Read<Uint8Array> = (value, path) => {
  if (typeof value !== "string" || !/^(?:[0-9a-fA-F]{2})*$/.test(value)) {
    return mistake(path, "expected an even number of hexadecimal digits");
  }
  const at = (index: number) => Number.parseInt(value.slice(2 * index, 2 * index + 2), 16);
  return ok(Uint8Array.from({ length: value.length / 2 }, (_, index) => at(index)));
};

/** One of a few words. */
export function readWord<T extends string>(...words: readonly T[]): Read<T> {
  return (value, path) => {
    const word = words.find((each) => each === value);
    return word === undefined ? mistake(path, `expected one of ${words.join(", ")}`) : ok(word);
  };
}

/** A list of up to `max` values. */
export function readList<T>(read: Read<T>, max: number = 2 ** 20): Read<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > max) {
      return mistake(path, `expected a list of at most ${max}`);
    }
    const items: T[] = [];
    for (const [index, each] of value.entries()) {
      const item = read(each, `${path}[${index}]`);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return ok(items);
  };
}

function entriesOf(value: unknown, path: string): Result<readonly [string, unknown][], Mistake> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return ok(Object.entries(value));
  }
  return mistake(path, "expected an object");
}

/** An object with names of the author's own. */
export function readTable<T>(read: Read<T>): Read<readonly Named<T>[]> {
  return (value, path) => {
    const entries = entriesOf(value, path);
    if (!entries.ok) return entries;
    const items: Named<T>[] = [];
    for (const [name, each] of entries.value) {
      const place = fieldPath(path, name);
      const item = read(each, place);
      if (!item.ok) return item;
      items.push({ name, path: place, value: item.value });
    }
    return ok(items);
  };
}

/** A field that may be left out. */
export function optional<T, D>(read: Read<T>, otherwise: D): Read<T | D> {
  return (value, path) => value === undefined ? ok(otherwise) : read(value, path);
}

/** An object with these fields and no others. */
export function readRecord<R extends object>(
  fields: { readonly [K in keyof R]: Read<R[K]> },
): Read<Readonly<R>>;
export function readRecord(
  fields: Readonly<Record<string, Read<unknown>>>,
): Read<Readonly<Record<string, unknown>>> {
  return (value, path) => {
    const entries = entriesOf(value, path);
    if (!entries.ok) return entries;
    const odd = entries.value.find(([name]) => !Object.hasOwn(fields, name));
    if (odd !== undefined) {
      const known = Object.keys(fields).join(", ");
      return mistake(fieldPath(path, odd[0]), `is no field here; these are: ${known}`);
    }
    const given = new Map(entries.value);
    const record: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(fields)) {
      const place = fieldPath(path, name);
      const field = read(given.get(name), place);
      if (!field.ok) {
        return given.has(name) ? field : mistake(place, `is missing: ${field.error.message}`);
      }
      record[name] = field.value;
    }
    return ok(record);
  };
}
