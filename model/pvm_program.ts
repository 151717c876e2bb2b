/**
 * The reference model of program blobs (Gray Paper, appendix A.2).
 *
 * @module
 */

import {
  encodeNatural,
  little,
  littleEndian,
  littleEndianBytes,
  malformed,
  natural,
  type Parsed,
  take,
  then,
} from "./pvm_program_fields.ts";

export { littleEndianBytes } from "./pvm_program_fields.ts";

/** Code, its instruction starts and its jump table, every entry a number. */
export interface Blob {
  /** The code. */
  readonly code: readonly bigint[];
  /** 1 where an instruction starts, else 0. */
  readonly starts: readonly bigint[];
  /** The width of a jump table entry, in bytes. */
  readonly width: bigint;
  /** The jump table. */
  readonly table: readonly bigint[];
}

/** The limits of the library; the Gray Paper has none. */
export const LIMITS: { readonly entries: bigint; readonly code: bigint } = {
  entries: 2n ** 22n,
  code: 2n ** 26n,
};

function naturalUpTo(bytes: readonly bigint[], at: bigint, field: string, max: bigint) {
  return then(
    natural(bytes, at, field),
    (value, next): Parsed<bigint> =>
      value > max ? malformed(field, at, "too-large") : { ok: value, next },
  );
}

/** Nothing may be left. */
function end<T>(bytes: readonly bigint[], at: bigint, value: T): Parsed<T> {
  return at < BigInt(bytes.length) ? malformed("end", at, "trailing") : { ok: value, next: at };
}

/** The entries of a jump table. */
function entries(bytes: readonly bigint[], at: bigint, count: bigint, width: bigint) {
  return then(
    take(bytes, at, count * width, "jump table"),
    (taken, next): Parsed<readonly bigint[]> => {
      const each = Array.from(
        { length: Number(count) },
        (_, i) => littleEndian(taken.slice(i * Number(width), (i + 1) * Number(width))),
      );
      const large = each.findIndex((entry) => entry >= 2n ** 64n);
      return large < 0
        ? { ok: each, next }
        : malformed("jump table", at + BigInt(large) * width, "too-large");
    },
  );
}

/** Decodes a blob (`deblob`). */
export function deblob(bytes: readonly bigint[]): Parsed<Blob> {
  return then(
    naturalUpTo(bytes, 0n, "jump table length", LIMITS.entries),
    (count, a) =>
      then(
        little(bytes, a, 1n, "jump table entry width"),
        (width, b) =>
          then(naturalUpTo(bytes, b, "code length", LIMITS.code), (length, c) =>
            then(entries(bytes, c, count, width), (table, d) =>
              then(take(bytes, d, length, "code"), (code, e) =>
                then(take(bytes, e, (length + 7n) / 8n, "mask"), (mask, f): Parsed<Blob> => {
                  const bits = mask.flatMap((byte) =>
                    [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].map((bit) =>
                      (byte / 2n ** bit) % 2n
                    )
                  );
                  const padding = bits.slice(Number(length));
                  if (padding.includes(1n)) {
                    return malformed("mask", f - 1n, "padding");
                  }
                  const starts = bits.slice(0, Number(length));
                  return end(bytes, f, { code, starts, width, table });
                })))),
      ),
  );
}

/** Encodes a blob. */
export function blob({ code, starts, width, table }: Blob): readonly bigint[] {
  const mask = Array.from(
    { length: Math.ceil(code.length / 8) },
    (_, i) =>
      starts.slice(8 * i, 8 * i + 8).reduce((sum, bit, n) => sum + bit * 2n ** BigInt(n), 0n),
  );
  return [
    ...encodeNatural(BigInt(table.length)),
    width,
    ...encodeNatural(BigInt(code.length)),
    ...table.flatMap((entry) => littleEndianBytes(entry, Number(width))),
    ...code,
    ...mask,
  ];
}
