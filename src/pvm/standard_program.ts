/**
 * Standard programs: code with the memory and the registers that it starts with.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { concatenate, copyBytes } from "../bytes.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { Reader } from "./reader.ts";
import type { MalformedProgram } from "./reader.ts";
import { isWhole } from "./whole.ts";

/** A standard program, taken apart (Gray Paper, appendix A.7). */
export interface StandardProgram {
  /** The bytes that the guest can only read, up to 2^24 - 1. */
  readonly readOnlyData: Uint8Array;
  /** The bytes at the front of the heap, up to 2^24 - 1. */
  readonly readWriteData: Uint8Array;
  /** How many pages the heap has behind them, 0 to 65,535. */
  readonly heapPages: number;
  /** The size of the stack in bytes, 0 to 2^24 - 1. */
  readonly stackBytes: number;
  /** The program blob; it may be malformed, and then panics at the first step. */
  readonly blob: Uint8Array;
}

/** The most that a field of three bytes holds. */
const U24_MAX = 2 ** 24 - 1;
const U16_MAX = 2 ** 16 - 1;
const U32_MAX = 2 ** 32 - 1;

/** Reads the fields of a standard program, up to the end of the bytes. */
export function readStandardProgram(reader: Reader): StandardProgram {
  const readOnlyBytes = reader.little("read-only data length", 3);
  const readWriteBytes = reader.little("read-write data length", 3);
  const heapPages = reader.little("heap pages", 2);
  const stackBytes = reader.little("stack size", 3);
  const readOnlyData = reader.take("read-only data", readOnlyBytes).slice();
  const readWriteData = reader.take("read-write data", readWriteBytes).slice();
  const blob = reader.take("code", reader.little("code length", 4)).slice();
  reader.end();
  return { readOnlyData, readWriteData, heapPages, stackBytes, blob };
}

/**
 * Decodes a standard program, strictly (Gray Paper, appendix A.7, `Y`).
 *
 * @param bytes The bytes, which end with the code.
 * @returns Its parts. Faults: `malformed-program`, naming field and offset; `invalid-argument`.
 */
export function decodeStandardProgram(
  bytes: Uint8Array,
): Result<StandardProgram, MalformedProgram | InvalidArgument> {
  const copy = copyBytes(bytes);
  if (copy === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
  const reader = new Reader(copy);
  const program = readStandardProgram(reader);
  return reader.failure ?? ok(program);
}

function little(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => Math.floor(value / 256 ** place) % 256);
}

/** A private copy of a standard program; nothing for what is none. */
export function copyStandardProgram(value: unknown): StandardProgram | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    const readOnlyData = copyBytes(Reflect.get(value, "readOnlyData"));
    const readWriteData = copyBytes(Reflect.get(value, "readWriteData"));
    const heapPages: unknown = Reflect.get(value, "heapPages");
    const stackBytes: unknown = Reflect.get(value, "stackBytes");
    const blob = copyBytes(Reflect.get(value, "blob"));
    if (readOnlyData === undefined || readWriteData === undefined || blob === undefined) {
      return undefined;
    }
    const fits = readOnlyData.length <= U24_MAX && readWriteData.length <= U24_MAX &&
      blob.length <= U32_MAX && isWhole(heapPages, 0, U16_MAX) && isWhole(stackBytes, 0, U24_MAX);
    return fits ? { readOnlyData, readWriteData, heapPages, stackBytes, blob } : undefined;
  } catch {
    return undefined;
  }
}

/** What a standard program is, in words. */
export const EXPECTED_STANDARD_PROGRAM = "the parts of a standard program, each within its range";

/**
 * Encodes a standard program: the inverse of {@link decodeStandardProgram}.
 *
 * @returns The bytes. Fault: `invalid-argument`.
 */
export function encodeStandardProgram(
  program: StandardProgram,
): Result<Uint8Array, InvalidArgument> {
  const copy = copyStandardProgram(program);
  if (copy === undefined) return invalidArgument("program", EXPECTED_STANDARD_PROGRAM, program);
  return ok(concatenate([
    little(copy.readOnlyData.length, 3),
    little(copy.readWriteData.length, 3),
    little(copy.heapPages, 2),
    little(copy.stackBytes, 3),
    copy.readOnlyData,
    copy.readWriteData,
    little(copy.blob.length, 4),
    copy.blob,
  ]));
}
