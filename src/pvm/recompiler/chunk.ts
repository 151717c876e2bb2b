/**
 * A chunk as it is to be written: its segments, their instructions, and where they go on.
 *
 * @module
 */

import { RECORDS } from "../mod.ts";
import type { Prepared } from "../mod.ts";
import {
  ENTRY,
  FALLEN_INTO,
  hasTarget,
  idOf,
  LANDING,
  numberOf,
  PAID,
  segmentAt,
} from "./segments.ts";
import type { Segments } from "./segments.ts";
import type { Edge } from "./shape.ts";

const { AUXILIARY, COST, FIRST_RECORD, OPERATION, RECORD } = RECORDS;

/** Blocks that cost more are left to the interpreter. */
const COST_MAX = 8_192;

/** A chunk; its segments go by their number in it, instructions by that of their record. */
export class Chunk {
  readonly number: number;
  readonly prepared: Prepared;
  readonly #segments: Segments;
  readonly #start: number;
  /** How many segments it has. */
  readonly count: number;

  constructor(prepared: Prepared, segments: Segments, number: number) {
    this.number = number;
    this.prepared = prepared;
    this.#segments = segments;
    this.#start = segments.chunks[number] ?? 0;
    this.count = (segments.chunks[number + 1] ?? 0) - this.#start;
  }

  #flags(local: number): number {
    return this.#segments.flags[this.#start + local] ?? 0;
  }

  /** 1 for each segment that is entered from outside, or from behind. */
  entries(): Uint8Array {
    const flags = this.#segments.flags.subarray(this.#start, this.#start + this.count);
    return flags.map((flag) => flag & ENTRY);
  }

  /** The first instruction of a segment, or of what follows the chunk. */
  first(local: number): number {
    return this.#segments.first[this.#start + local] ?? 0;
  }

  /** The id of a segment, which may lie in another chunk. */
  id(local: number): number {
    return idOf(this.#segments, this.#start + local);
  }

  /** A word of an instruction's record. */
  word(number: number, which: number): number {
    return this.prepared.layout.words[FIRST_RECORD + number * RECORD + which] ?? 0;
  }

  /** The segment that an instruction jumps to, which may lie in another chunk; nothing when it may not. */
  target(number: number): number | undefined {
    const place = this.word(number, AUXILIARY);
    if (place === 0) return undefined;
    return segmentAt(this.#segments, numberOf(place), false) - this.#start;
  }

  /** The segment that one goes on with where it does not jump. */
  following(local: number): number {
    const next = this.first(local + 1);
    // One that pays for the segment behind it is passed over by who has paid.
    const isPassed = (this.#flags(local + 1) & LANDING) !== 0 && next > this.first(local) &&
      !this.prepared.isTerminator(this.word(next - 1, OPERATION));
    return local + (isPassed ? 2 : 1);
  }

  /** The jumps within the chunk. */
  edges(): readonly Edge[] {
    const edges: Edge[] = [];
    const add = (from: number, to: number) => {
      if (to >= 0 && to < this.count) edges.push({ from, to });
    };
    for (let local = 0; local < this.count; local++) {
      const end = this.first(local + 1);
      if (end === this.first(local)) continue;
      const target = hasTarget(this.word(end - 1, OPERATION)) ? this.target(end - 1) : undefined;
      if (target !== undefined) add(local, target);
      if (this.following(local) !== local + 1) add(local, this.following(local));
    }
    return edges;
  }

  /** What entering a segment costs; nothing when that is left to the interpreter. */
  cost(local: number): number | undefined {
    const number = this.first(local);
    const { costAt, gasModel } = this.prepared;
    if ((this.#flags(local) & PAID) !== 0) return 0;
    if (gasModel === "instruction") {
      const isOpen = (this.#flags(local + 1) & FALLEN_INTO) !== 0;
      return this.word(number, COST) - (isOpen ? this.word(this.first(local + 1), COST) : 0);
    }
    const cost = costAt(FIRST_RECORD + number * RECORD, COST_MAX);
    return cost <= COST_MAX ? cost : undefined;
  }
}
