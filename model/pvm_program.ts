/**
 * The reference model of program input: naturals of variable length, program blobs, standard
 * programs and `.jam` files (Gray Paper, appendices A.2, A.7 and C.1.3).
 *
 * Bytes are lists of bigints. A parser gives what it read and what is left, or the first malformed
 * field.
 *
 * @module
 */

/** The first malformed field. */
export interface Malformed {
  readonly field: string;
  readonly offset: bigint;
  readonly problem: "truncated" | "not-shortest" | "too-large" | "padding" | "trailing";
}

/** What a parser gives: a value and where the next field begins, or why there is none. */
export type Parsed<T> =
  | { readonly ok: T; readonly next: bigint }
  | { readonly error: Malformed };

/** Code, its instruction starts and its jump table, every entry a number. */
export interface Blob {
  readonly code: readonly bigint[];
  readonly starts: readonly bigint[];
  readonly width: bigint;
  readonly table: readonly bigint[];
}

/** The limits of the library; the Gray Paper has none. */
export const LIMITS: { readonly entries: bigint; readonly code: bigint } = {
  entries: 2n ** 22n,
  code: 2n ** 26n,
};

function malformed(field: string, offset: bigint, problem: Malformed["problem"]) {
  return { error: { field, offset, problem } };
}

/** Goes on behind a field that was well. */
function then<T, U>(parsed: Parsed<T>, next: (value: T, at: bigint) => Parsed<U>): Parsed<U> {
  return "error" in parsed ? parsed : next(parsed.ok, parsed.next);
}

/** The bytes of a field. The only place that looks whether they are there. */
function take(
  bytes: readonly bigint[],
  at: bigint,
  count: bigint,
  field: string,
): Parsed<readonly bigint[]> {
  return at + count > BigInt(bytes.length)
    ? malformed(field, at, "truncated")
    : { ok: bytes.slice(Number(at), Number(at + count)), next: at + count };
}

/** The number that little-endian bytes stand for. */
export function littleEndian(bytes: readonly bigint[]): bigint {
  return bytes.reduce((sum, byte, place) => sum + byte * 256n ** BigInt(place), 0n);
}

/** A number as little-endian bytes. */
export function littleEndianBytes(value: bigint, count: number): readonly bigint[] {
  return Array.from({ length: count }, (_, place) => (value / 256n ** BigInt(place)) % 256n);
}

function little(bytes: readonly bigint[], at: bigint, count: bigint, field: string) {
  return then(take(bytes, at, count, field), (taken, next) => ({ ok: littleEndian(taken), next }));
}

/** Encodes a natural: the row of the table of appendix C whose values include it. */
export function encodeNatural(x: bigint): readonly bigint[] {
  const e = [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].find((each) => x < 2n ** (7n * (each + 1n)));
  if (e === undefined) return [255n, ...littleEndianBytes(x, 8)];
  const first = 256n - 2n ** (8n - e) + x / 2n ** (8n * e);
  return [first, ...littleEndianBytes(x % 2n ** (8n * e), Number(e))];
}

/** Decodes a natural: the only number up to 2^64 - 1 whose encoding stands there. */
export function natural(bytes: readonly bigint[], at: bigint, field: string): Parsed<bigint> {
  return then(take(bytes, at, 1n, field), ([first = 0n]) => {
    // The rows by their first bytes: 0.., 128.., 192.., 224.., and so on up to 255.
    const rows = [0n, 128n, 192n, 224n, 240n, 248n, 252n, 254n, 255n];
    const e = rows.findLastIndex((least) => first >= least);
    const rest = take(bytes, at + 1n, BigInt(e), field);
    if ("error" in rest) return malformed(field, at, "truncated");
    const top = e === 8 ? 0n : first - (rows[e] ?? 0n);
    const value = top * 256n ** BigInt(e) + littleEndian(rest.ok);
    return encodeNatural(value).length === e + 1
      ? { ok: value, next: rest.next }
      : malformed(field, at, "not-shortest");
  });
}

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
