/**
 * UTF-8 by the table of well-formed sequences (Unicode 15, table 3-7), with one U+FFFD for each
 * maximal subpart of an ill-formed sequence (Unicode 15, 3.9; WHATWG Encoding, UTF-8 decoder).
 *
 * @module
 */

/** One row of the table: the range of each byte of a sequence. */
type Row = readonly (readonly [bigint, bigint])[];

const TAIL = [0x80n, 0xbfn] as const;

/** Unicode 15, table 3-7: each row is a shape of well-formed sequences. */
const WELL_FORMED: readonly Row[] = [
  [[0x00n, 0x7fn]],
  [[0xc2n, 0xdfn], TAIL],
  [[0xe0n, 0xe0n], [0xa0n, 0xbfn], TAIL],
  [[0xe1n, 0xecn], TAIL, TAIL],
  [[0xedn, 0xedn], [0x80n, 0x9fn], TAIL],
  [[0xeen, 0xefn], TAIL, TAIL],
  [[0xf0n, 0xf0n], [0x90n, 0xbfn], TAIL, TAIL],
  [[0xf1n, 0xf3n], TAIL, TAIL, TAIL],
  [[0xf4n, 0xf4n], [0x80n, 0x8fn], TAIL, TAIL],
];

/** What the value bits of a first byte count from, by the length of the sequence. */
const LEAD_BASE = [0n, 0n, 0xc0n, 0xe0n, 0xf0n];

const REPLACEMENT = 0xfffdn;

/** One decoded piece: a code point, or an ill-formed piece where there is none. */
interface Piece {
  readonly codePoint: bigint | undefined;
  readonly length: number;
}

/** How many bytes at the start of `bytes` fit the row. */
function fitting(row: Row, bytes: readonly bigint[]): number {
  const miss = row.findIndex(([lo, hi], place) => {
    const byte = bytes[place];
    return byte === undefined || byte < lo || byte > hi;
  });
  return miss < 0 ? row.length : miss;
}

function valueOf(sequence: readonly bigint[]): bigint {
  const [lead = 0n, ...tail] = sequence;
  return tail.reduce(
    (value, byte) => value * 64n + (byte - 0x80n),
    lead - (LEAD_BASE[sequence.length] ?? 0n),
  );
}

/** The piece at the start of some bytes, of which there is at least one. */
function first(bytes: readonly bigint[]): Piece {
  const fits = WELL_FORMED.map((row) => fitting(row, bytes));
  const whole = WELL_FORMED.find((row, place) => fits[place] === row.length);
  return whole === undefined
    ? { codePoint: undefined, length: Math.max(1, ...fits) }
    : { codePoint: valueOf(bytes.slice(0, whole.length)), length: whole.length };
}

/** Some bytes as text. */
export interface Text {
  /** The code points, with U+FFFD for each ill-formed piece. */
  readonly codePoints: readonly bigint[];
  /** Where the first ill-formed piece begins; nothing when all is well-formed. */
  readonly illFormedAt: bigint | undefined;
}

/** Decodes bytes. */
export function decode(bytes: readonly bigint[]): Text {
  const codePoints: bigint[] = [];
  let illFormedAt: bigint | undefined;
  for (let at = 0; at < bytes.length;) {
    const piece = first(bytes.slice(at, at + 4));
    if (piece.codePoint === undefined) illFormedAt ??= BigInt(at);
    codePoints.push(piece.codePoint ?? REPLACEMENT);
    at += piece.length;
  }
  return { codePoints, illFormedAt };
}

/** The code points of a string's code units: U+FFFD for a surrogate without its partner. */
export function codePointsOf(units: readonly bigint[]): readonly bigint[] {
  const codePoints: bigint[] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] ?? 0n;
    const next = units[at + 1] ?? 0n;
    if (unit < 0xd800n || unit > 0xdfffn) codePoints.push(unit);
    else if (unit <= 0xdbffn && next >= 0xdc00n && next <= 0xdfffn) {
      codePoints.push(0x1_0000n + (unit - 0xd800n) * 1024n + (next - 0xdc00n));
      at++;
    } else codePoints.push(REPLACEMENT);
  }
  return codePoints;
}

/** The bytes of one code point. */
function bytesOf(codePoint: bigint): readonly bigint[] {
  if (codePoint < 0x80n) return [codePoint];
  const tail = (unit: bigint) => 0x80n + (codePoint / unit) % 64n;
  if (codePoint < 0x800n) return [0xc0n + codePoint / 64n, tail(1n)];
  if (codePoint < 0x1_0000n) return [0xe0n + codePoint / 4096n, tail(64n), tail(1n)];
  return [0xf0n + codePoint / 262_144n, tail(4096n), tail(64n), tail(1n)];
}

/** The bytes of code points. */
export function encode(codePoints: readonly bigint[]): readonly bigint[] {
  return codePoints.flatMap(bytesOf);
}
