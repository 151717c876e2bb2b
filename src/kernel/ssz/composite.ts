/**
 * The SSZ types with parts of one kind: lists and vectors.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { HASH_BYTES } from "../hash.ts";
import { LIST_LIMIT } from "./basic.ts";
import { bound, inPart, malformed, viewOf } from "./codec.ts";
import type { Bound, Malformed, Span, Ssz } from "./codec.ts";
import { chunksOf, depthFor, merkleize, mixIn } from "./merkle.ts";

/** The size of an offset. */
export const OFFSET_BYTES = 4;

/** The size of parts one after the other, with an offset for each without a fixed size. */
export function sizeOfParts(parts: readonly Bound[]): number {
  return parts.reduce((sum, { fixed, size }) => sum + size + (fixed ? 0 : OFFSET_BYTES), 0);
}

/** Writes parts one after the other, those without a fixed size behind the others. */
export function writeParts(
  parts: readonly Bound[],
  into: Uint8Array<ArrayBuffer>,
  at: number,
): void {
  let head = at;
  let tail = at + parts.reduce((sum, { fixed, size }) => sum + (fixed ? size : OFFSET_BYTES), 0);
  for (const part of parts) {
    if (part.fixed) {
      part.write(into, head);
      head += part.size;
    } else {
      viewOf(into).setUint32(head, tail - at, true);
      part.write(into, tail);
      head += OFFSET_BYTES;
      tail += part.size;
    }
  }
}

/** Where each part lies, from the sizes of those that have one; offsets are checked. */
export function readParts(
  { bytes, from, to }: Span,
  sizes: readonly (number | undefined)[],
): Result<readonly Span[], Malformed> {
  const headSize = sizes.reduce<number>((sum, size) => sum + (size ?? OFFSET_BYTES), 0);
  if (to - from < headSize) return malformed(from, `at least ${headSize} bytes, not ${to - from}`);
  const ends: number[] = [];
  let head = from;
  let last = from + headSize;
  for (const size of sizes) {
    if (size === undefined) {
      const start = from + viewOf(bytes).getUint32(head, true);
      const first = ends.length === 0;
      if (first ? start !== last : start < last) return malformed(head, "an offset out of place");
      if (start > to) return malformed(head, "an offset beyond the end");
      ends.push(start);
      last = start;
    }
    head += size ?? OFFSET_BYTES;
  }
  if (ends.length === 0 && last !== to) return malformed(last, `${to - last} bytes too many`);
  ends.push(to);
  let at = from;
  let tail = 0;
  return ok(sizes.map((size) => {
    const start = size === undefined ? ends[tail] ?? to : at;
    at += size ?? OFFSET_BYTES;
    if (size !== undefined) return { bytes, from: start, to: start + size };
    tail += 1;
    return { bytes, from: start, to: ends[tail] ?? to };
  }));
}

/** Reads each part in turn. */
function readEach<T>(type: Ssz<T>, spans: readonly Span[]): Result<readonly T[], Malformed> {
  const values: T[] = [];
  for (const [index, span] of spans.entries()) {
    const value = type.read(span);
    if (!value.ok) return inPart(`[${index}]`, value);
    values.push(value.value);
  }
  return ok(Object.freeze(values));
}

/** The chunks of values: numbers packed, or the root of each. */
function chunksOfValues<T>(type: Ssz<T>, values: readonly T[]): Uint8Array {
  if (!type.basic) return chunksOf(values.map((value) => type.root(value)));
  const size = type.fixedSize ?? HASH_BYTES;
  const chunks = new Uint8Array(Math.ceil(values.length * size / HASH_BYTES) * HASH_BYTES);
  for (const [index, value] of values.entries()) type.write(value, chunks, index * size);
  return chunks;
}

/** How deep the tree over so many elements is. */
function depthOf<T>(type: Ssz<T>, count: number): number {
  const bytes = type.basic ? type.fixedSize ?? HASH_BYTES : HASH_BYTES;
  return depthFor(Math.ceil(count * bytes / HASH_BYTES));
}

/** The spans of a list's elements. */
function elements<T>(type: Ssz<T>, span: Span): Result<readonly Span[], Malformed> {
  const { bytes, from, to } = span;
  const size = type.fixedSize;
  if (size !== undefined) {
    if ((to - from) % size !== 0) return malformed(from, `a multiple of ${size} bytes`);
    const spans: Span[] = [];
    for (let at = from; at < to; at += size) spans.push({ bytes, from: at, to: at + size });
    return ok(spans);
  }
  if (from === to) return ok([]);
  if (to - from < OFFSET_BYTES) return malformed(from, "an offset cut short");
  const first = viewOf(bytes).getUint32(from, true);
  if (first === 0 || first % OFFSET_BYTES !== 0 || first > to - from) {
    return malformed(from, "an offset out of place");
  }
  return readParts(span, new Array<undefined>(first / OFFSET_BYTES).fill(undefined));
}

/** Any number of values of one type. */
export function list<T>(type: Ssz<T>): Ssz<readonly T[]> {
  const depth = depthOf(type, LIST_LIMIT);
  const bind = (values: readonly T[]) => values.map((value) => bound(type, value));
  return {
    fixedSize: undefined,
    basic: false,
    sizeOf: (values) =>
      type.fixedSize === undefined ? sizeOfParts(bind(values)) : values.length * type.fixedSize,
    write: (values, into, at) => writeParts(bind(values), into, at),
    read(span) {
      const spans = elements(type, span);
      return spans.ok ? readEach(type, spans.value) : err(spans.error);
    },
    root: (values) => mixIn(merkleize(chunksOfValues(type, values), depth), values.length),
  };
}

/** A fixed number of values of one type of fixed size. */
export function vector<T>(type: Ssz<T>, length: number): Ssz<readonly T[]> {
  const size = type.fixedSize ?? OFFSET_BYTES;
  const depth = depthOf(type, length);
  return {
    fixedSize: size * length,
    basic: false,
    sizeOf: () => size * length,
    write(values, into, at) {
      for (const [index, value] of values.entries()) type.write(value, into, at + index * size);
    },
    read(span) {
      const spans = readParts(span, new Array<number>(length).fill(size));
      return spans.ok ? readEach(type, spans.value) : err(spans.error);
    },
    root: (values) => merkleize(chunksOfValues(type, values), depth),
  };
}
