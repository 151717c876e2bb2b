/**
 * Program files of unknown kind: told apart by what decodes strictly.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asUsize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { readBlob } from "./blob.ts";
import type { Code } from "./code.ts";
import { readJamFile } from "./jam_file.ts";
import { Reader } from "./reader.ts";
import type { MalformedProgram } from "./reader.ts";
import { readStandardProgram } from "./standard_program.ts";
import type { StandardProgram } from "./standard_program.ts";

/** A standard program without metadata. */
export interface StandardFile {
  /** Tells this kind from the others. */
  readonly kind: "standard";
  /** The program. */
  readonly program: StandardProgram;
  /** The code in its blob. */
  readonly code: Code;
}

/** A standard program behind metadata. */
export interface MetadataFile {
  /** Tells this kind from the others. */
  readonly kind: "jam";
  /** What stands in front of the program; the machine ignores it. */
  readonly metadata: Uint8Array;
  /** The program. */
  readonly program: StandardProgram;
  /** The code in its blob. */
  readonly code: Code;
}

/** A program blob alone: it says nothing of memory. */
export interface BlobFile {
  /** Tells this kind from the others. */
  readonly kind: "blob";
  /** The code. */
  readonly code: Code;
}

/** A program file, taken apart. */
export type ProgramFile = StandardFile | MetadataFile | BlobFile;

/** The bytes are a program of no kind. */
export interface UnknownProgram {
  /** Tells this error from the others. */
  readonly kind: "unknown-program";
  /** Why they are no standard program. */
  readonly standard: MalformedProgram;
  /** Why they are no standard program behind metadata. */
  readonly jam: MalformedProgram;
  /** Why they are no program blob. */
  readonly blob: MalformedProgram;
}

type Attempt<T> = Result<T, MalformedProgram>;

function attempt<T>(bytes: Uint8Array, read: (reader: Reader) => T): Attempt<T> {
  const reader = new Reader(bytes);
  const value = read(reader);
  return reader.failure ?? ok(value);
}

/** The code of a program whose blob ends with the file; a fault tells its place in the file. */
function codeOf(program: StandardProgram, fileBytes: number): Attempt<Code> {
  const code = attempt(program.blob, readBlob);
  if (code.ok) return code;
  const offset = asUsize(fileBytes - program.blob.length + code.error.offset);
  return err({ ...code.error, offset });
}

function asStandard(bytes: Uint8Array): Attempt<ProgramFile> {
  const program = attempt(bytes, readStandardProgram);
  if (!program.ok) return program;
  const code = codeOf(program.value, bytes.length);
  return code.ok ? ok({ kind: "standard", program: program.value, code: code.value }) : code;
}

function asJam(bytes: Uint8Array): Attempt<ProgramFile> {
  const file = attempt(bytes, (reader) => readJamFile(reader, bytes.length));
  if (!file.ok) return file;
  const { metadata, program } = file.value;
  const code = codeOf(program, bytes.length);
  return code.ok ? ok({ kind: "jam", metadata, program, code: code.value }) : code;
}

function asBlob(bytes: Uint8Array): Attempt<ProgramFile> {
  const code = attempt(bytes, readBlob);
  return code.ok ? ok({ kind: "blob", code: code.value }) : code;
}

/**
 * Decodes a program file whose kind is not known: a standard program with a well-formed blob, or
 * metadata and such a program, or a blob alone; the first that the bytes are, strictly.
 *
 * The format does not tell the kinds apart (Gray Paper, appendix A.7): bytes may be of two kinds.
 *
 * @param bytes The file.
 * @returns What it is. Faults: `unknown-program` with the reason for each kind; `invalid-argument`.
 *
 * @example A blob alone
 * ```ts
 * import { readProgram } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const file = readProgram(Uint8Array.of(0, 0, 3, 0xc8, 0x87, 0x09, 0x01));
 * assert(file.ok);
 * assertEquals(file.value.kind, "blob");
 * ```
 */
export function readProgram(
  bytes: Uint8Array,
): Result<ProgramFile, UnknownProgram | InvalidArgument> {
  const copy = copyBytes(bytes);
  if (copy === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
  const standard = asStandard(copy);
  if (standard.ok) return standard;
  const jam = asJam(copy);
  if (jam.ok) return jam;
  const blob = asBlob(copy);
  if (blob.ok) return blob;
  return err({
    kind: "unknown-program",
    standard: standard.error,
    jam: jam.error,
    blob: blob.error,
  });
}
