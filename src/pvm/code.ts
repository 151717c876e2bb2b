/**
 * Code as it stands in a program: bytes, the places where instructions start, and the jump table.
 *
 * @module
 */

import { copyBytes } from "../bytes.ts";
import { isWhole } from "./whole.ts";

/** The most bytes of code that a program may have. */
export const CODE_BYTES_MAX: number = 2 ** 26;
/** The most entries that a jump table may have. */
export const TABLE_ENTRIES_MAX: number = 2 ** 22;
/** The greatest width of an entry, in bytes. */
const ENTRY_WIDTH_MAX = 255;
/** Beyond this width, the further bytes of an entry are zero. */
const ENTRY_VALUE_BYTES = 8;

/** What code is, in words. */
export const EXPECTED_CODE = "code of up to 64 MiB with its starts and jump table";

/** The targets of dynamic jumps: entries of a fixed width, as they stand in the program. */
export interface JumpTable {
  /** How many entries there are, 0 to 2^22. */
  readonly count: number;
  /** The width of an entry in bytes, 0 to 255; entries of width 0 are 0 and take no bytes. */
  readonly width: number;
  /** The entries, little-endian: `count * width` bytes. */
  readonly bytes: Uint8Array;
}

/** The code of a program. */
export interface Code {
  /** The code bytes. */
  readonly bytes: Uint8Array;
  /** One byte for each code byte: 1 where an instruction starts, else 0. */
  readonly starts: Uint8Array;
  /** The targets of dynamic jumps. */
  readonly jumpTable: JumpTable;
}

/** The code offset that an entry names; far beyond every code, it may be rounded. */
export function jumpTarget(table: JumpTable, index: number): number {
  const first = index * table.width;
  let offset = 0;
  for (let place = table.width - 1; place >= 0; place--) {
    offset = offset * 256 + (table.bytes[first + place] ?? 0);
  }
  return offset;
}

/** The place of the first entry that is 2^64 or more, in bytes; -1 when there is none. */
export function tooLargeEntryAt({ width, bytes }: JumpTable): number {
  if (width <= ENTRY_VALUE_BYTES) return -1;
  for (let at = 0; at < bytes.length; at += width) {
    if (bytes.subarray(at + ENTRY_VALUE_BYTES, at + width).some((byte) => byte !== 0)) return at;
  }
  return -1;
}

/** A private copy of a jump table; nothing for what is none. */
function copyJumpTable(value: object): JumpTable | undefined {
  const count: unknown = Reflect.get(value, "count");
  const width: unknown = Reflect.get(value, "width");
  const bytes = copyBytes(Reflect.get(value, "bytes"));
  if (!isWhole(count, 0, TABLE_ENTRIES_MAX) || !isWhole(width, 0, ENTRY_WIDTH_MAX)) {
    return undefined;
  }
  if (bytes?.length !== count * width) return undefined;
  const table = { count, width, bytes };
  return tooLargeEntryAt(table) === -1 ? table : undefined;
}

/** A private copy of some code; nothing for what is none. Reading it may run code of the caller. */
export function copyCode(value: unknown): Code | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    const bytes = copyBytes(Reflect.get(value, "bytes"));
    const starts = copyBytes(Reflect.get(value, "starts"));
    const given: unknown = Reflect.get(value, "jumpTable");
    const jumpTable = typeof given === "object" && given !== null
      ? copyJumpTable(given)
      : undefined;
    if (bytes === undefined || bytes.length > CODE_BYTES_MAX) return undefined;
    if (jumpTable === undefined || starts?.length !== bytes.length) return undefined;
    return { bytes, starts: starts.map((start) => start === 0 ? 0 : 1), jumpTable };
  } catch {
    return undefined;
  }
}
