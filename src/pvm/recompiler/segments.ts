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
  /** By instruction: the segment that begins there for who has yet to pay, plus one; or 0. */
  readonly unpaid: Int32Array;
  /** By instruction: the segment that begins there for who has paid, plus one; or 0. */
  readonly paid: Int32Array;
  /** The id of each segment. */
  readonly ids: Int32Array;
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

/** The chunk that an instruction lies in; -1 for what is none. */
export function chunkOf({ first, chunks }: Segments, number: number): number {
  let [low, high] = [0, chunks.length - 1];
  while (low < high) { // the first chunk that begins behind it
    const middle = (low + high) >>> 1;
    if ((first[chunks[middle] ?? 0] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
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
  readonly unpaid: Int32Array;
  readonly paid: Int32Array;
  readonly #first: Int32Array;
  readonly #flags: Uint8Array;
  readonly chunks: number[] = [];
  count = 0;
  /** The last instruction at which execution may arrive from outside. */
  #entered = 0;

  /** With room for `most` segments of so many instructions. */
  constructor(instructions: number, most: number, perInstruction: boolean) {
    this.#perInstruction = perInstruction;
    this.unpaid = new Int32Array(instructions);
    this.paid = new Int32Array(instructions);
    this.#first = new Int32Array(most + 1);
    this.#flags = new Uint8Array(most);
  }

  #add(number: number, flags: number): number {
    this.#first[this.count] = number;
    this.#flags[this.count] = flags;
    return ++this.count;
  }

  /** Adds the segments that begin at an instruction. */
  begin(number: number, mark: number): void {
    const isFar = number - this.#entered >= ENTRY_EVERY;
    const entry = (mark & AFTER_EXIT) === 0 && !isFar ? 0 : ENTRY;
    if (entry === ENTRY) this.#entered = number;
    const isOpen = (mark & OPEN) !== 0;
    const fallen = isOpen ? FALLEN_INTO : 0;
    if (this.#perInstruction || !isOpen) {
      this.unpaid[number] = this.#add(number, entry | fallen);
      return;
    }
    if ((mark & TARGET) !== 0) this.unpaid[number] = this.#add(number, entry | LANDING);
    this.paid[number] = this.#add(number, entry | fallen | PAID);
  }

  /** What was collected. */
  segments(): Segments {
    const { count, unpaid, paid } = this;
    this.#first[count] = unpaid.length;
    const chunks = Int32Array.from([...this.chunks, count]);
    const ids = new Int32Array(count);
    for (let chunk = 0; chunk + 1 < chunks.length; chunk++) {
      const start = chunks[chunk] ?? 0;
      const end = chunks[chunk + 1] ?? 0;
      for (let at = start; at < end; at++) ids[at] = (chunk << LOCAL_BITS) | (at - start);
    }
    const first = this.#first.slice(0, count + 1);
    return { first, flags: this.#flags.slice(0, count), chunks, unpaid, paid, ids };
  }
}

/** Marks the segments that jumps from other chunks, or from behind, lead to. */
function markEntries({ layout }: Prepared, segments: Segments): void {
  const { words } = layout;
  const { first, flags, unpaid, ids, chunks } = segments;
  for (const start of chunks) {
    // What pays for another segment is jumped to, and that one is run into from the chunk before.
    for (const at of [start, start + 1]) {
      if (at < flags.length) flags[at] = (flags[at] ?? 0) | ENTRY;
    }
  }
  let segment = 0;
  for (let number = 0; number < unpaid.length; number++) {
    while ((first[segment + 1] ?? 0) <= number && segment + 1 < flags.length) segment++;
    const place = FIRST_RECORD + number * RECORD;
    if (!hasTarget(words[place + OPERATION] ?? 0)) continue;
    const target = words[place + AUXILIARY] ?? 0;
    if (target === 0) continue;
    const to = (unpaid[numberOf(target)] ?? 0) - 1;
    const isFar = (ids[to] ?? 0) >>> LOCAL_BITS !== (ids[segment] ?? 0) >>> LOCAL_BITS;
    if (to <= segment || isFar) flags[to] = (flags[to] ?? 0) | ENTRY;
  }
}

/** The most segments that there can be: two for each beginning, and those of chunks. */
function mostSegments(marks: Uint8Array): number {
  let leaders = 0;
  for (let at = 0; at < marks.length; at++) leaders += (marks[at] ?? 0) & LEADER;
  return 2 * (leaders + Math.ceil(marks.length / CHUNK_WANTED));
}

/** Cuts a program, in time proportional to its length. */
export function cut(prepared: Prepared): Segments {
  const marks = marksOf(prepared);
  const perInstruction = prepared.gasModel === "instruction";
  const draft = new Draft(marks.length, mostSegments(marks), perInstruction);
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
  const segments = draft.segments();
  markEntries(prepared, segments);
  return segments;
}
