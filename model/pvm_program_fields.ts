/**
 * The reference model of the fields of programs: bytes, little-endian numbers, and naturals of
 * variable length (Gray Paper, appendix C).
 *
 * Bytes are lists of bigints. A parser gives what it read and what is left, or the first malformed
 * field.
 *
 * @module
 */

/** The first malformed field. */
export interface Malformed {
  /** The field that is malformed. */
  readonly field: string;
  /** Where the field begins. */
  readonly offset: bigint;
  /** What is wrong with it. */
  readonly problem: "truncated" | "not-shortest" | "too-large" | "padding" | "trailing";
}

/** What a parser gives: a value and where the next field begins, or why there is none. */
export type Parsed<T> =
  | { readonly ok: T; readonly next: bigint }
  | { readonly error: Malformed };

/** A malformed field. */
export function malformed(
  field: string,
  offset: bigint,
  problem: Malformed["problem"],
): { readonly error: Malformed } {
  return { error: { field, offset, problem } };
}

/** Goes on behind a field that was well. */
export function then<T, U>(
  parsed: Parsed<T>,
  next: (value: T, at: bigint) => Parsed<U>,
): Parsed<U> {
  return "error" in parsed ? parsed : next(parsed.ok, parsed.next);
}

/** The bytes of a field. The only place that looks whether they are there. */
export function take(
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

/** The number of a little-endian field. */
export function little(
  bytes: readonly bigint[],
  at: bigint,
  count: bigint,
  field: string,
): Parsed<bigint> {
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
