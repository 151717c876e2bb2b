/**
 * Programs as lines that can be put in, changed and taken out, with jumps that follow.
 *
 * @module
 */

import { encodeBlob, OPCODES } from "../pvm/mod.ts";
import type { Code, Format } from "../pvm/mod.ts";

/** Where a jump leads: so many bytes from the start of a line; the end counts as a line. */
export interface Target {
  readonly line: number;
  readonly delta: number;
}

/** The offset in a jump. */
export interface Jump {
  /** Where it stands in the line, and its length in bytes. */
  readonly at: number;
  readonly length: number;
  readonly to: Target;
}

/** The bytes from one start of an instruction up to the next. */
export interface Line {
  readonly bytes: readonly number[];
  /** Whether an instruction starts here; only the first line may be none. */
  readonly isStart: boolean;
  readonly jump: Jump | undefined;
}

/** A program as lines. */
export interface Draft {
  readonly lines: readonly Line[];
  /** The width of the entries of the jump table, in bytes. */
  readonly width: number;
  /** The entries: lines, or any other numbers. */
  readonly entries: readonly (Target | bigint)[];
}

const FORMATS: ReadonlyMap<number, Format> = new Map(
  OPCODES.map(({ code, format }) => [code, format]),
);
const MNEMONICS: ReadonlyMap<number, string> = new Map(
  OPCODES.map(({ code, mnemonic }) => [code, mnemonic]),
);
const IMMEDIATE_MAX = 4;
/** Beyond this width, the further bytes of an entry are zero. */
const ENTRY_VALUE_BYTES = 8;

/** Where the offset of an instruction stands (Gray Paper, appendix A.5); nothing when it has none. */
function offsetPlace(
  bytes: readonly number[],
): { at: number; length: number } | undefined {
  const format = FORMATS.get(bytes[0] ?? 0);
  const from = (at: number) => ({
    at,
    length: Math.min(IMMEDIATE_MAX, Math.max(0, bytes.length - at)),
  });
  switch (format) {
    case "one_offset":
      return from(1);
    case "two_reg_one_offset":
      return from(2);
    case "one_reg_one_imm_one_offset":
      return from(2 + Math.min(IMMEDIATE_MAX, ((bytes[1] ?? 0) >> 4) & 7));
    default:
      return undefined;
  }
}

/** A signed number of 1 to 4 bytes. */
function signed(bytes: readonly number[], at: number, length: number): number {
  let bits = 0;
  for (let place = 0; place < length; place++) {
    bits |= (bytes[at + place] ?? 0) << (8 * place);
  }
  return bits << (32 - 8 * length) >> (32 - 8 * length);
}

/** The line that an offset lies in; in front of the first and behind the last, the nearest. */
function targetAt(offset: number, places: readonly number[]): Target {
  let [line, end] = [0, places.length];
  while (end - line > 1) {
    const middle = (line + end) >>> 1;
    if ((places[middle] ?? 0) <= offset) line = middle;
    else end = middle;
  }
  return { line, delta: offset - (places[line] ?? 0) };
}

/** The value of an entry of a jump table. */
function entryAt({ width, bytes }: Code["jumpTable"], index: number): bigint {
  const counting = Math.min(width, ENTRY_VALUE_BYTES);
  return bytes.subarray(index * width, index * width + counting)
    .reduceRight((above, byte) => above * 256n + BigInt(byte), 0n);
}

/** Takes code apart. */
export function draftOf({ bytes, starts, jumpTable }: Code): Draft {
  const places: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (at === 0 || starts[at] === 1) places.push(at);
  }
  const ends = [...places.slice(1), bytes.length];
  const all = [...places, bytes.length];
  const lines = places.map((place, index) => {
    const own = Array.from(bytes.subarray(place, ends[index]));
    const isStart = starts[place] === 1;
    const found = isStart ? offsetPlace(own) : undefined;
    if (found === undefined || found.length === 0) {
      return { bytes: own, isStart, jump: undefined };
    }
    const to = targetAt(place + signed(own, found.at, found.length), all);
    return { bytes: own, isStart, jump: { ...found, to } };
  });
  const lineAt = new Map(all.map((place, line) => [BigInt(place), line]));
  const entries = Array.from({ length: jumpTable.count }, (_, index) => {
    const value = entryAt(jumpTable, index);
    const line = lineAt.get(value);
    return line === undefined ? value : { line, delta: 0 };
  });
  return { lines, width: jumpTable.width, entries };
}

function little(value: bigint, length: number): readonly number[] {
  return Array.from(
    { length },
    (_, place) => Number((value >> BigInt(8 * place)) & 0xffn),
  );
}

/** Where each line begins, and the end. */
export function placesOf({ lines }: Draft): readonly number[] {
  const places = [0];
  for (const { bytes } of lines) {
    places.push((places.at(-1) ?? 0) + bytes.length);
  }
  return places;
}

/** Puts code together. An offset or entry that its bytes do not hold loses its high ones. */
export function codeOf(draft: Draft): Code {
  const places = placesOf(draft);
  const placeOf = ({ line, delta }: Target) => (places[line] ?? 0) + delta;
  const bytes = new Uint8Array(places.at(-1) ?? 0);
  const starts = new Uint8Array(bytes.length);
  for (const [index, { bytes: own, isStart, jump }] of draft.lines.entries()) {
    const place = places[index] ?? 0;
    bytes.set(own, place);
    if (isStart && own.length > 0) starts[place] = 1;
    if (jump === undefined) continue;
    bytes.set(
      little(BigInt(placeOf(jump.to) - place), jump.length),
      place + jump.at,
    );
  }
  const { width, entries } = draft;
  const table = entries.flatMap((entry) => {
    const value = typeof entry === "bigint" ? entry : BigInt(Math.max(0, placeOf(entry)));
    return little(
      BigInt.asUintN(8 * Math.min(width, ENTRY_VALUE_BYTES), value),
      width,
    );
  });
  return {
    bytes,
    starts,
    jumpTable: { count: entries.length, width, bytes: Uint8Array.from(table) },
  };
}

/** The blob of a program; nothing when it is too large for one. */
export function blobOf(draft: Draft): Uint8Array | undefined {
  const blob = encodeBlob(codeOf(draft));
  return blob.ok ? blob.value : undefined;
}

/** Where a target leads when some lines are taken out: what led to them leads to what follows. */
function moved(target: Target, from: number, count: number): Target {
  if (target.line >= from + count) {
    return { ...target, line: target.line - count };
  }
  return target.line >= from ? { line: from, delta: 0 } : target;
}

/** A program without some of its lines, and where a code offset lies then. */
export function withoutLines(
  draft: Draft,
  from: number,
  count: number,
  offset: number,
): { readonly draft: Draft; readonly offset: number } {
  const lines = draft.lines.filter((_, index) => index < from || index >= from + count).map((
    line,
  ) =>
    line.jump === undefined ? line : {
      ...line,
      jump: { ...line.jump, to: moved(line.jump.to, from, count) },
    }
  );
  const entries = draft.entries.map((entry) =>
    typeof entry === "bigint" ? entry : moved(entry, from, count)
  );
  const places = placesOf(draft);
  const { line, delta } = moved(targetAt(offset, places), from, count);
  const shorter = { lines, width: draft.width, entries };
  // What lies beyond the code stays where it is.
  if (offset >= (places.at(-1) ?? 0)) return { draft: shorter, offset };
  return { draft: shorter, offset: (placesOf(shorter)[line] ?? 0) + delta };
}

/** A line of an instruction with its bytes changed; its jump leads where it led. */
export function withBytes(line: Line, bytes: readonly number[]): Line {
  const found = line.isStart ? offsetPlace(bytes) : undefined;
  const jump = found === undefined || found.length === 0 || line.jump === undefined
    ? undefined
    : { ...found, to: line.jump.to };
  return { ...line, bytes, jump };
}

/** The name of the instruction that a line holds. */
export function mnemonicOf({ bytes, isStart }: Line): string {
  return isStart ? MNEMONICS.get(bytes[0] ?? 0) ?? `opcode ${bytes[0] ?? 0}` : "raw";
}
