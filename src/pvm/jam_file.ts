/**
 * `.jam` files: a standard program behind a prefix of metadata.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { concatenate, copyBytes } from "../bytes.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { naturalBytes } from "./natural.ts";
import { Reader } from "./reader.ts";
import type { MalformedProgram } from "./reader.ts";
import { encodeStandardProgram, readStandardProgram } from "./standard_program.ts";
import type { StandardProgram } from "./standard_program.ts";

/** A `.jam` file, taken apart. */
export interface JamFile {
  /** What stands in front of the program; the machine ignores it. */
  readonly metadata: Uint8Array;
  /** The program. */
  readonly program: StandardProgram;
}

/** Reads the fields of a `.jam` file of `fileBytes` bytes, up to its end. */
export function readJamFile(reader: Reader, fileBytes: number): JamFile {
  const length = reader.natural("metadata length", fileBytes);
  const metadata = reader.take("metadata", length).slice();
  return { metadata, program: readStandardProgram(reader) };
}

/**
 * Decodes a `.jam` file: the length of the metadata as a natural, the metadata, a standard program.
 *
 * @returns Its parts. Faults: `malformed-program`, naming field and offset; `invalid-argument`.
 */
export function decodeJamFile(
  bytes: Uint8Array,
): Result<JamFile, MalformedProgram | InvalidArgument> {
  const copy = copyBytes(bytes);
  if (copy === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
  const reader = new Reader(copy);
  const file = readJamFile(reader, copy.length);
  return reader.failure ?? ok(file);
}

/**
 * Encodes a `.jam` file: the inverse of {@link decodeJamFile}.
 *
 * @param metadata The metadata; the machine ignores it.
 * @returns The bytes. Fault: `invalid-argument`.
 */
export function encodeJamFile(
  metadata: Uint8Array,
  program: StandardProgram,
): Result<Uint8Array, InvalidArgument> {
  const prefix = copyBytes(metadata);
  if (prefix === undefined) return invalidArgument("metadata", "a Uint8Array", metadata);
  const encoded = encodeStandardProgram(program);
  if (!encoded.ok) return encoded;
  return ok(concatenate([naturalBytes(BigInt(prefix.length)), prefix, encoded.value]));
}
