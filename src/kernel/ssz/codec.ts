/**
 * What an SSZ type can do: tell sizes, write, read strictly, and take the hash tree root.
 *
 * Reading is strict: every byte belongs to the value, and writing the value gives those bytes again.
 * Values that are written are well formed, because nothing makes others.
 *
 * @module
 */

import { asUsize } from "../../int/mod.ts";
import type { Usize } from "../../int/mod.ts";
import { err } from "../../result.ts";
import type { Err, Result } from "../../result.ts";

/** Bytes are not the encoding of a value. */
export interface Malformed {
  /** Tells this error from the others. */
  readonly kind: "malformed";
  /** Where in the value: such as `image.endpoints[3].entryPc`. */
  readonly field: string;
  /** Where in the bytes the field begins. */
  readonly offset: Usize;
  /** What is wrong with it, in words. */
  readonly problem: string;
}

/** A stretch of bytes. */
export interface Span {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from: number;
  readonly to: number;
}

/** A type of values, with its encoding and its root. */
export interface Ssz<T> {
  /** The size in bytes, where all values have the same. */
  readonly fixedSize: number | undefined;
  /** Whether values are packed into chunks: numbers. */
  readonly basic: boolean;
  /** The size of a value in bytes. */
  sizeOf(value: T): number;
  /** Writes a value to bytes that have room for it. */
  write(value: T, into: Uint8Array<ArrayBuffer>, at: number): void;
  /** The value of a stretch of bytes. */
  read(span: Span): Result<T, Malformed>;
  /** The hash tree root of a value. */
  root(value: T): Uint8Array;
}

/** A value together with its type: what is left to do is to write it and to take its root. */
export interface Bound {
  readonly fixed: boolean;
  readonly size: number;
  write(into: Uint8Array<ArrayBuffer>, at: number): void;
  root(): Uint8Array;
}

/** Binds a value to its type. */
export function bound<T>(type: Ssz<T>, value: T): Bound {
  let size: number | undefined;
  return {
    fixed: type.fixedSize !== undefined,
    get size(): number { // asked for when it is written; a root does without it
      return size ??= type.sizeOf(value);
    },
    write: (into, at) => type.write(value, into, at),
    root: () => type.root(value),
  };
}

/** The failure to read a field that begins at `offset`. */
export function malformed(offset: number, problem: string): Err<Malformed> {
  return err({ kind: "malformed", field: "", offset: asUsize(offset), problem });
}

/** A failure inside a part, as a failure of the whole. */
export function inPart(part: string, { error }: Err<Malformed>): Err<Malformed> {
  return err({ ...error, field: `${part}${error.field}` });
}

/** A number in bytes, the least significant first. */
export function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
