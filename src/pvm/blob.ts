/**
 * Program blobs: the code of a program in one run of bytes.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { concatenate, copyBytes } from "../bytes.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import {
  CODE_BYTES_MAX,
  copyCode,
  EXPECTED_CODE,
  TABLE_ENTRIES_MAX,
  tooLargeEntryAt,
} from "./code.ts";
import type { Code } from "./code.ts";
import { naturalBytes } from "./natural.ts";
import { Reader } from "./reader.ts";
import type { MalformedProgram } from "./reader.ts";

/** The bits of a mask, one byte each; surplus bits are left out. */
export function unpackMask(mask: Uint8Array, length: number): Uint8Array {
  const bits = new Uint8Array(length);
  for (let place = 0; place < length; place++) {
    bits[place] = ((mask[place >> 3] ?? 0) >> (place & 7)) & 1;
  }
  return bits;
}

/** A mask of the places where `starts` is 1, eight to a byte, the first in the lowest bit. */
export function packMask(starts: Uint8Array): Uint8Array {
  const mask = new Uint8Array(Math.ceil(starts.length / 8));
  for (let place = 0; place < starts.length; place++) {
    mask[place >> 3] = (mask[place >> 3] ?? 0) | ((starts[place] ?? 0) << (place & 7));
  }
  return mask;
}

/** Reads the fields of a blob, up to the end of the bytes. */
export function readBlob(reader: Reader): Code {
  const count = reader.natural("jump table length", TABLE_ENTRIES_MAX);
  const width = reader.little("jump table entry width", 1);
  const length = reader.natural("code length", CODE_BYTES_MAX);
  const table = reader.offset;
  const entries = reader.take("jump table", count * width).slice();
  const jumpTable = { count, width, bytes: entries };
  const tooLarge = tooLargeEntryAt(jumpTable);
  if (tooLarge >= 0) reader.fail("jump table", table + tooLarge, "too-large");
  const bytes = reader.take("code", length).slice();
  const masked = reader.offset;
  const mask = reader.take("mask", Math.ceil(length / 8));
  const padding = (mask.at(-1) ?? 0) >> (((length + 7) & 7) + 1);
  if (padding !== 0) reader.fail("mask", masked + mask.length - 1, "padding");
  reader.end();
  return { bytes, starts: unpackMask(mask, bytes.length), jumpTable };
}

/**
 * Decodes a program blob, strictly (Gray Paper, appendix A.2, `deblob`).
 *
 * Any code is well-formed: what is no instruction traps when it is reached.
 *
 * @param blob The bytes: code of up to 64 MiB, with up to 2^22 jump table entries.
 * @returns The code. Faults: `malformed-program`, naming field and offset; `invalid-argument`.
 *
 * @example One instruction, `add_64`
 * ```ts
 * import { decodeBlob } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const code = decodeBlob(Uint8Array.of(0, 0, 3, 0xc8, 0x87, 0x09, 0x01));
 * assert(code.ok);
 * assertEquals(code.value.starts, Uint8Array.of(1, 0, 0));
 * ```
 */
export function decodeBlob(blob: Uint8Array): Result<Code, MalformedProgram | InvalidArgument> {
  const copy = copyBytes(blob);
  if (copy === undefined) return invalidArgument("blob", "a Uint8Array", blob);
  const reader = new Reader(copy);
  const code = readBlob(reader);
  return reader.failure ?? ok(code);
}

/** The blob of some code. */
export function blobBytes({ bytes, starts, jumpTable }: Code): Uint8Array<ArrayBuffer> {
  return concatenate([
    naturalBytes(BigInt(jumpTable.count)),
    Uint8Array.of(jumpTable.width),
    naturalBytes(BigInt(bytes.length)),
    jumpTable.bytes,
    bytes,
    packMask(starts),
  ]);
}

/**
 * Encodes code as a program blob: the inverse of {@link decodeBlob}.
 *
 * @param code The code, such as `decodeBlob` or the assembler gives it.
 * @returns The blob. Fault: `invalid-argument`.
 */
export function encodeBlob(code: Code): Result<Uint8Array, InvalidArgument> {
  const copy = copyCode(code);
  if (copy === undefined) return invalidArgument("code", EXPECTED_CODE, code);
  return ok(blobBytes(copy));
}
