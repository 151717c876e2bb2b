/**
 * Cutting a program into segments and chunks.
 *
 * A segment is a run of instructions that is entered at its beginning alone and left at its end,
 * unless something stops it. A chunk is a run of segments that becomes one function.
 *
 * @module
 */

import { RECORDS } from "../mod.ts";
import type { Prepared } from "../mod.ts";

const { AUXILIARY, FIRST_RECORD, OPERATION, RECORD } = RECORDS;

/** A chunk ends before the next block, once it has so many instructions. */
const CHUNK_WANTED = 1_000;
/** A chunk never has more instructions. */
const CHUNK_MAX = 2_000;
/** A chunk never has more segments: so deep are its blocks nested. */
const SEGMENTS_MAX = 800;

/** The bits of an id that say which segment of its chunk it names; the others name the chunk. */
export const LOCAL_BITS = 12;
export const LOCAL_MASK = 4095;

/** Where nothing else does, execution may arrive from outside after so many instructions. */
const ENTRY_EVERY = 40;

/** How a segment begins. */
export const ENTRY = 1; // execution arrives from outside of its chunk, or from behind
export const PAID = 2; // its instructions were paid for before
export const LANDING = 4; // it has no instructions: it pays for the segment behind it
export const FALLEN_INTO = 8; // the segment before it goes on here

/** The segments of a program. Instructions go by the number of their record. */
export interface Segments {
  /** The first instruction of each segment, and behind the last the number of all instructions. */
  readonly first: Int32Array;
  /** What the constants above say of each. */
  readonly flags: Uint8Array;
  /** The first segment of each chunk, and behind the last the number of all segments. */
  readonly chunks: Int32Array;
}

/** The operations that leave the generated code; execution goes on behind them. */
export function leaves(operation: number): boolean {
  return operation === 3 || operation === 10 || operation === 101;
}

/** Whether the auxiliary word of an operation is a target. */
export function hasTarget(operation: number): boolean {
  return operation === 40 || operation === 80 || (operation >= 170 && operation <= 175);
}

/** The number of the instruction whose record lies at a place. */
export function numberOf(place: number): number {
  return (place - FIRST_RECORD) / RECORD;
}

/** How many of the first `count` numbers, which ascend, are not beyond a limit. */
function countUpTo(numbers: Int32Array, count: number, limit: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first segment that begins behind an instruction. */
export function segmentBehind({ first, flags }: Segments, number: number): number {
  return countUpTo(first, flags.length, number);
}

/** The chunk of a segment; -1 for none. */
function chunkWith({ chunks }: Segments, segment: number): number {
  return countUpTo(chunks, chunks.length - 1, segment) - 1;
}

/** The chunk that an instruction lies in; -1 for what is none. */
export function chunkOf(segments: Segments, number: number): number {
  return chunkWith(segments, segmentBehind(segments, number) - 1);
}

/** The segment that begins with an instruction, for who has paid or not; -1 when none does. */
export function segmentAt(segments: Segments, number: number, isPaid: boolean): number {
  const { first, flags } = segments;
  // Of two that begin there the first is the one that pays.
  for (let at = segmentBehind(segments, number) - 1; first[at] === number; at--) {
    if (((flags[at] ?? 0) & PAID) !== 0 === isPaid) return at;
  }
  return -1;
}

/** The id of a segment; -1 for none. */
export function idOf(segments: Segments, segment: number): number {
  const chunk = chunkWith(segments, segment);
  return chunk < 0 ? -1 : (chunk << LOCAL_BITS) | (segment - (segments.chunks[chunk] ?? 0));
}

/** The segment that an id names. */
export function segmentOf({ chunks }: Segments, id: number): number {
  return (chunks[id >>> LOCAL_BITS] ?? 0) + (id & LOCAL_MASK);
}

const LEADER = 1;
const TARGET = 2;
const AFTER_EXIT = 4;
const OPEN = 8; // what is before it goes on here

/** Marks where segments begin. */
function marksOf({ layout, isTerminator }: Prepared): Uint8Array {
  const { words, table, pcs } = layout;
  const marks = new Uint8Array(pcs.length);
  const mark = (number: number, as: number) => {
    marks[number] = (marks[number] ?? 0) | as;
  };
  // What each operation makes of the instruction behind it, and whether it has a target.
  const behind = Uint8Array.from(
    { length: 256 },
    (_, operation) =>
      isTerminator(operation)
        ? LEADER | TARGET
        : leaves(operation)
        ? LEADER | AFTER_EXIT | OPEN
        : OPEN,
  );
  mark(0, LEADER | TARGET);
  for (let number = 0; number < pcs.length; number++) {
    const place = FIRST_RECORD + number * RECORD;
    const operation = words[place + OPERATION] ?? 0;
    const target = hasTarget(operation) ? words[place + AUXILIARY] ?? 0 : 0;
    if (target !== 0) mark(numberOf(target), LEADER | TARGET);
    if (number + 1 < pcs.length) mark(number + 1, behind[operation] ?? 0);
  }
  for (const place of table) if (place !== 0) mark(numberOf(place), LEADER | TARGET | AFTER_EXIT);
  return marks;
}

/** Collects segments. */
class Draft {
  readonly #perInstruction: boolean;
  readonly #first: Int32Array;
  readonly #flags: Uint8Array;
  readonly chunks: number[] = [];
  count = 0;
  /** The last instruction at which execution may arrive from outside. */
  #entered = 0;

  /** With room for `most` segments. */
  constructor(most: number, perInstruction: boolean) {
    this.#perInstruction = perInstruction;
    this.#first = new Int32Array(most + 1);
    this.#flags = new Uint8Array(most);
  }

  #add(number: number, flags: number): void {
    this.#first[this.count] = number;
    this.#flags[this.count++] = flags;
  }

  /** Adds the segments that begin at an instruction. */
  begin(number: number, mark: number): void {
    const isFar = number - this.#entered >= ENTRY_EVERY;
    const entry = (mark & AFTER_EXIT) === 0 && !isFar ? 0 : ENTRY;
    if (entry === ENTRY) this.#entered = number;
    const isOpen = (mark & OPEN) !== 0;
    const fallen = isOpen ? FALLEN_INTO : 0;
    if (this.#perInstruction || !isOpen) return this.#add(number, entry | fallen);
    if ((mark & TARGET) !== 0) this.#add(number, entry | LANDING);
    this.#add(number, entry | fallen | PAID);
  }

  /** What was collected, of so many instructions. */
  segments(instructions: number): Segments {
    const { count } = this;
    this.#first[count] = instructions;
    return {
      first: this.#first.subarray(0, count + 1),
      flags: this.#flags.subarray(0, count),
      chunks: Int32Array.from([...this.chunks, count]),
    };
  }
}

/** Marks the segments that jumps from other chunks, or from behind, lead to. */
function markEntries({ layout }: Prepared, segments: Segments): void {
  const { words, pcs } = layout;
  const { first, flags, chunks } = segments;
  for (const start of chunks) {
    // What pays for another segment is jumped to, and that one is run into from the chunk before.
    for (const at of [start, start + 1]) {
      if (at < flags.length) flags[at] = (flags[at] ?? 0) | ENTRY;
    }
  }
  let [segment, chunk] = [0, 0];
  for (let number = 0; number < pcs.length; number++) {
    while ((first[segment + 1] ?? 0) <= number && segment + 1 < flags.length) segment++;
    while ((chunks[chunk + 1] ?? 0) <= segment && chunk + 2 < chunks.length) chunk++;
    const place = FIRST_RECORD + number * RECORD;
    if (!hasTarget(words[place + OPERATION] ?? 0)) continue;
    const target = words[place + AUXILIARY] ?? 0;
    if (target === 0) continue;
    const to = segmentAt(segments, numberOf(target), false);
    const isFar = to >= (chunks[chunk + 1] ?? 0);
    if (to <= segment || isFar) flags[to] = (flags[to] ?? 0) | ENTRY;
  }
}

/** The most segments that there can be: one or two for each beginning, and those of chunks. */
function mostSegments(marks: Uint8Array): number {
  let most = Math.ceil(marks.length / CHUNK_MAX) + 1;
  for (let at = 0; at < marks.length; at++) {
    const mark = marks[at] ?? 0;
    if ((mark & LEADER) !== 0) most += (mark & TARGET) !== 0 && (mark & OPEN) !== 0 ? 2 : 1;
  }
  return most;
}

/** Cuts a program, in time proportional to its length. */
export function cut(prepared: Prepared): Segments {
  const marks = marksOf(prepared);
  const draft = new Draft(mostSegments(marks), prepared.gasModel === "instruction");
  let began = -CHUNK_MAX;
  let begun = 0;
  for (let number = 0; number < marks.length; number++) {
    const mark = marks[number] ?? 0;
    const length = number - began;
    const isLeader = (mark & LEADER) !== 0;
    const isEnd = length >= CHUNK_MAX || (isLeader && draft.count - begun >= SEGMENTS_MAX - 1) ||
      (length >= CHUNK_WANTED && isLeader && (mark & OPEN) === 0);
    if (!isEnd && !isLeader) continue;
    if (isEnd) {
      began = number;
      begun = draft.count;
      draft.chunks.push(begun);
    }
    draft.begin(number, mark);
  }
  const segments = draft.segments(marks.length);
  markEntries(prepared, segments);
  return segments;
}
