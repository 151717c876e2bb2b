/**
 * The SSZ types with parts of several kinds: containers, unions, optionals, and types with another
 * form in memory.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { HASH_BYTES } from "../hash.ts";
import { bound, inPart, malformed } from "./codec.ts";
import type { Bound, Malformed, Span, Ssz } from "./codec.ts";
import { readParts, sizeOfParts, writeParts } from "./composite.ts";
import { chunksOf, depthFor, merkleize, mixIn } from "./merkle.ts";

/** A record, its fields written in the order in which they are given. */
export function container<R extends object>(
  fields: { readonly [K in keyof R]: Ssz<R[K]> },
): Ssz<R>;
export function container(
  fields: Readonly<Record<string, Ssz<unknown>>>,
): Ssz<Readonly<Record<string, unknown>>> {
  const names = Object.keys(fields);
  const types = Object.values(fields);
  const sizes = types.map(({ fixedSize }) => fixedSize);
  const bind = (value: Readonly<Record<string, unknown>>): Bound[] =>
    types.map((type, index) => bound(type, value[names[index] ?? ""]));
  return {
    fixedSize: sizes.reduce<number | undefined>(
      (sum, size) => sum === undefined || size === undefined ? undefined : sum + size,
      0,
    ),
    basic: false,
    sizeOf: (value) => sizeOfParts(bind(value)),
    write: (value, into, at) => writeParts(bind(value), into, at),
    read(span) {
      const spans = readParts(span, sizes);
      if (!spans.ok) return err(spans.error);
      const record: Record<string, unknown> = {};
      for (const [index, type] of types.entries()) {
        const name = names[index] ?? "";
        const value = type.read(spans.value[index] ?? span);
        if (!value.ok) return inPart(`.${name}`, value);
        record[name] = value.value;
      }
      return ok(Object.freeze(record));
    },
    root: (value) =>
      merkleize(chunksOf(bind(value).map((part) => part.root())), depthFor(types.length)),
  };
}

/** One of the types of a union: which values of the union are its own, and how they are read. */
export interface Option<T> {
  /** The name that errors give it. */
  readonly name: string;
  /** The value as one of this option, or nothing when it is one of another. */
  bind(value: T): Bound | undefined;
  /** The value of a stretch of bytes. */
  read(span: Span): Result<T, Malformed>;
}

/** An option of a union. */
export function option<T, U>(
  name: string,
  type: Ssz<U>,
  pick: (value: T) => U | undefined,
  make: (inner: U) => T,
): Option<T> {
  return {
    name,
    bind(value) {
      const inner = pick(value);
      return inner === undefined ? undefined : bound(type, inner);
    },
    read(span) {
      const inner = type.read(span);
      return inner.ok ? ok(make(inner.value)) : err(inner.error);
    },
  };
}

const NOTHING: Bound = {
  fixed: false,
  size: 0,
  write: () => {},
  root: () => new Uint8Array(HASH_BYTES),
};

/** An option of a union that holds nothing. */
export function nothing<T>(name: string, is: (value: T) => boolean, make: T): Option<T> {
  return {
    name,
    bind: (value) => is(value) ? NOTHING : undefined,
    read({ from, to }) {
      return from === to ? ok(make) : malformed(from, `nothing, not ${to - from} bytes`);
    },
  };
}

/** A value of one of several types: a selector, then the value. */
export function union<T>(options: readonly Option<T>[]): Ssz<T> {
  function bind(value: T): readonly [selector: number, Bound] {
    for (const [selector, candidate] of options.entries()) {
      const inner = candidate.bind(value);
      if (inner !== undefined) return [selector, inner];
    }
    return [0, NOTHING];
  }
  return {
    fixedSize: undefined,
    basic: false,
    sizeOf: (value) => 1 + bind(value)[1].size,
    write(value, into, at) {
      const [selector, inner] = bind(value);
      into[at] = selector;
      inner.write(into, at + 1);
    },
    read({ bytes, from, to }) {
      const chosen = from < to ? options[bytes[from] ?? options.length] : undefined;
      if (chosen === undefined) {
        return malformed(from, `a selector from 0 to ${options.length - 1}`);
      }
      const value = chosen.read({ bytes, from: from + 1, to });
      return value.ok ? value : inPart(`.${chosen.name}`, value);
    },
    root(value) {
      const [selector, inner] = bind(value);
      return mixIn(inner.root(), selector);
    },
  };
}

/** A value or none. */
export function optional<T>(type: Ssz<T>): Ssz<T | undefined> {
  return union<T | undefined>([
    nothing("none", (value) => value === undefined, undefined),
    option("some", type, (value) => value, (value) => value),
  ]);
}

/** A type whose values have another form in memory; `into` says what is wrong with some values. */
export function mapped<T, U>(
  type: Ssz<T>,
  into: (value: T) => Result<U, string>,
  back: (value: U) => T,
  root: (value: U) => Uint8Array = (value) => type.root(back(value)),
): Ssz<U> {
  return {
    fixedSize: type.fixedSize,
    basic: false,
    sizeOf: (value) => type.sizeOf(back(value)),
    write: (value, target, at) => type.write(back(value), target, at),
    read(span) {
      const inner = type.read(span);
      if (!inner.ok) return err(inner.error);
      const value = into(inner.value);
      return value.ok ? ok(value.value) : malformed(span.from, value.error);
    },
    root,
  };
}

/** A type of which only some values are well formed; `problem` says what is wrong with the others. */
export function refined<T>(type: Ssz<T>, problem: (value: T) => string | undefined): Ssz<T> {
  return mapped<T, T>(type, (value) => {
    const wrong = problem(value);
    return wrong === undefined ? ok(value) : err(wrong);
  }, (value) => value);
}

/** A value, encoded. */
export function encode<T>(type: Ssz<T>, value: T): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(type.sizeOf(value));
  type.write(value, bytes, 0);
  return bytes;
}
