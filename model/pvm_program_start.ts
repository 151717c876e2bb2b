/**
 * The reference model of standard programs: their fields, and the memory and registers that they
 * start with (Gray Paper, appendix A.7).
 *
 * @module
 */

import { littleEndian, littleEndianBytes, type Malformed, natural } from "./pvm_program_fields.ts";

/** The parts of a standard program. */
export interface Standard {
  /** The read-only data. */
  readonly readOnly: readonly bigint[];
  /** The read-write data. */
  readonly readWrite: readonly bigint[];
  /** The heap pages behind the data. */
  readonly heapPages: bigint;
  /** The size of the stack, in bytes. */
  readonly stackBytes: bigint;
  /** Its program blob. */
  readonly blob: readonly bigint[];
}

/** A run of pages with one access, and the bytes in front; the others are zero. */
export interface Region {
  /** The first address. */
  readonly start: bigint;
  /** The address behind the last. */
  readonly end: bigint;
  /** What the region allows. */
  readonly access: "read-only" | "read-write";
  /** The bytes. */
  readonly bytes: readonly bigint[];
}

/** What a parser of a whole program gives. */
export type Outcome<T> = { readonly ok: T } | { readonly error: Malformed };

/** The fields in their order: the name of each, and how many bytes it takes after those before. */
const FIELDS: readonly (readonly [string, (seen: readonly bigint[]) => bigint])[] = [
  ["read-only data length", () => 3n],
  ["read-write data length", () => 3n],
  ["heap pages", () => 2n],
  ["stack size", () => 3n],
  ["read-only data", (seen) => seen[0] ?? 0n],
  ["read-write data", (seen) => seen[1] ?? 0n],
  ["code length", () => 4n],
  ["code", (seen) => seen[6] ?? 0n],
];

/** Decodes a standard program that begins at `from`. */
export function standard(bytes: readonly bigint[], from = 0n): Outcome<Standard> {
  const values: bigint[] = [];
  const fields: (readonly bigint[])[] = [];
  let at = from;
  for (const [field, lengthOf] of FIELDS) {
    const length = lengthOf(values);
    if (at + length > BigInt(bytes.length)) {
      return { error: { field, offset: at, problem: "truncated" } };
    }
    const taken = bytes.slice(Number(at), Number(at + length));
    fields.push(taken);
    values.push(littleEndian(taken));
    at += length;
  }
  if (at < BigInt(bytes.length)) {
    return { error: { field: "end", offset: at, problem: "trailing" } };
  }
  const [, , heapPages = 0n, stackBytes = 0n] = values;
  const [, , , , readOnly = [], readWrite = [], , blob = []] = fields;
  return { ok: { readOnly, readWrite, heapPages, stackBytes, blob } };
}

/** Encodes a standard program. */
export function standardBytes(program: Standard): readonly bigint[] {
  return [
    ...littleEndianBytes(BigInt(program.readOnly.length), 3),
    ...littleEndianBytes(BigInt(program.readWrite.length), 3),
    ...littleEndianBytes(program.heapPages, 2),
    ...littleEndianBytes(program.stackBytes, 3),
    ...program.readOnly,
    ...program.readWrite,
    ...littleEndianBytes(BigInt(program.blob.length), 4),
    ...program.blob,
  ];
}

/** Decodes a `.jam` file: metadata behind its length, then a standard program. */
export function jam(
  bytes: readonly bigint[],
): Outcome<{ readonly metadata: readonly bigint[]; readonly program: Standard }> {
  const length = natural(bytes, 0n, "metadata length");
  if ("error" in length) return length;
  const total = BigInt(bytes.length);
  if (length.ok > total) {
    return { error: { field: "metadata length", offset: 0n, problem: "too-large" } };
  }
  const end = length.next + length.ok;
  if (end > total) {
    return { error: { field: "metadata", offset: length.next, problem: "truncated" } };
  }
  const program = standard(bytes, end);
  if ("error" in program) return program;
  const metadata = bytes.slice(Number(length.next), Number(end));
  return { ok: { metadata, program: program.ok } };
}

/** Rounds up to whole pages. */
const P = (x: bigint): bigint => ((x + 4095n) / 4096n) * 4096n;
/** Rounds up to whole zones. */
const Q = (x: bigint): bigint => ((x + 65_535n) / 65_536n) * 65_536n;

/** The regions that a standard program starts with; empty ones are left out. */
export function regions(program: Standard, args: readonly bigint[]): readonly Region[] {
  const { readOnly, readWrite, heapPages, stackBytes } = program;
  const o = BigInt(readOnly.length);
  const heap = 0x2_0000n + Q(o);
  const all: readonly Region[] = [
    { start: 0x1_0000n, end: 0x1_0000n + P(o), access: "read-only", bytes: readOnly },
    {
      start: heap,
      end: heap + P(BigInt(readWrite.length)) + 4096n * heapPages,
      access: "read-write",
      bytes: readWrite,
    },
    {
      start: 0xfefe_0000n - P(stackBytes),
      end: 0xfefe_0000n,
      access: "read-write",
      bytes: [],
    },
    {
      start: 0xfeff_0000n,
      end: 0xfeff_0000n + P(BigInt(args.length)),
      access: "read-only",
      bytes: args,
    },
  ];
  return all.filter((region) => region.end > region.start);
}

/** The registers that a standard program starts with. */
export function registers(args: readonly bigint[]): readonly bigint[] {
  return [
    0xffff_0000n,
    0xfefe_0000n,
    ...[0n, 0n, 0n, 0n, 0n],
    0xfeff_0000n,
    BigInt(args.length),
    ...[0n, 0n, 0n, 0n],
  ];
}
