/**
 * The programs of the JAVM: code bytes, a packed mask, and a jump table of numbers.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asU32, U32 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { packMask, unpackMask } from "./blob.ts";
import { CODE_BYTES_MAX, copyCode, EXPECTED_CODE, jumpTarget, TABLE_ENTRIES_MAX } from "./code.ts";
import type { Code } from "./code.ts";
import { isWhole } from "./whole.ts";

/** The width of a jump table entry of the JAVM, in bytes. */
const ENTRY_BYTES = 4;

/** The entries as little-endian bytes; nothing when one is no 32-bit number. */
function entryBytes(entries: unknown): Uint8Array | undefined {
  try {
    if (!Array.isArray(entries)) return undefined;
    const count: unknown = entries.length; // once: a proxy may answer anew each time
    if (!isWhole(count, 0, TABLE_ENTRIES_MAX)) return undefined;
    const bytes = new Uint8Array(ENTRY_BYTES * count);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < count; index++) {
      const entry: unknown = entries[index];
      if (!U32.is(entry)) return undefined;
      view.setUint32(ENTRY_BYTES * index, entry, true);
    }
    return bytes;
  } catch {
    return undefined;
  }
}

/**
 * Makes code of the parts of a JAVM program (`PvmProgram`).
 *
 * @param bytes The code bytes, up to 64 MiB.
 * @param mask Where instructions start: a bit for each code byte, the first in the lowest bit.
 * Missing bits are 0, surplus bits are left out.
 * @param jumpTable The code offsets that dynamic jumps lead to, up to 2^22.
 * @returns The code. Fault: `invalid-argument`.
 */
export function javmCode(
  bytes: Uint8Array,
  mask: Uint8Array,
  jumpTable: readonly number[],
): Result<Code, InvalidArgument> {
  const code = copyBytes(bytes);
  if (code === undefined || code.length > CODE_BYTES_MAX) {
    return invalidArgument("bytes", "a Uint8Array of up to 64 MiB", bytes);
  }
  const packed = copyBytes(mask);
  if (packed === undefined) return invalidArgument("mask", "a Uint8Array", mask);
  const entries = entryBytes(jumpTable);
  if (entries === undefined) {
    return invalidArgument("jumpTable", "up to 2^22 numbers from 0 to 2^32 - 1", jumpTable);
  }
  const count = entries.length / ENTRY_BYTES;
  return ok({
    bytes: code,
    starts: unpackMask(packed, code.length),
    jumpTable: { count, width: ENTRY_BYTES, bytes: entries },
  });
}

/** Code as a JAVM program and an image of the kernel have it. */
export interface PackedCode {
  /** The code bytes, up to 64 MiB. */
  readonly code: Uint8Array;
  /** Where instructions start: a bit for each code byte, the first in the lowest bit. */
  readonly packedBitmask: Uint8Array;
  /** The code offsets that dynamic jumps lead to, up to 2^22. */
  readonly jumpTable: readonly U32[];
}

/**
 * Packs code for the JAVM and for images of the kernel: what {@link javmCode} makes code of.
 *
 * @param code The code, such as the assembler gives it. Its jump targets are below 2^32.
 * @returns The parts, which share nothing with the code; the mask has a bit for each code byte and
 * zeros behind them. Fault: `invalid-argument`.
 *
 * Spec: JAVM program, `pack_bitmask`.
 *
 * @example An image of source text
 * ```ts
 * import { ImageSource, packCode } from "@ringfence/core/kernel";
 * import { assemble } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const assembled = assemble("add_64 r7, r7, r8\necalli 0");
 * assert(assembled.ok);
 * const packed = packCode(assembled.value.code);
 * assert(packed.ok);
 * assertEquals(packed.value.packedBitmask, Uint8Array.of(0b1001));
 * assert(ImageSource.create({ ...packed.value, endpoints: [{ index: 0, entryPc: 0n }] }).ok);
 * ```
 */
export function packCode(code: Code): Result<PackedCode, InvalidArgument> {
  const copy = copyCode(code);
  if (copy === undefined) return invalidArgument("code", EXPECTED_CODE, code);
  const { bytes, starts, jumpTable: table } = copy;
  const jumpTable: U32[] = [];
  for (let entry = 0; entry < table.count; entry++) {
    const target = jumpTarget(table, entry);
    if (target > U32.max) return invalidArgument("code", "jump targets below 2^32", code);
    jumpTable.push(asU32(target));
  }
  return ok({ code: bytes, packedBitmask: packMask(starts), jumpTable });
}
