/**
 * What the interpreter learns about a program for which there is no code yet: how much gas goes where.
 *
 * It runs in slices. All gas of a slice is put down to where it ended, so that nothing has to be counted on
 * the way; the slices differ in length, so that no loop keeps step with them.
 *
 * @module
 */

import type { Prepared } from "../mod.ts";

/**
 * Instructions are worth compiling once so much gas for each of them went into them: about as long as
 * making code of them takes. A few of them take less, and mostly are a loop.
 */
const WORTH_MOST = 200;
const WORTH_LEAST = 20;
const INSTRUCTIONS_PER_WORTH = 5;

/** So many instructions are looked at together before the program is cut, as a shift. */
const PART_SHIFT = 10;

/** How long a slice is on an average; that of a small program is shorter. */
const SLICE_MOST = 8_192;
const SLICE_LEAST = 256;
const SLICES_TO_HOT = 8;

/** The gas that makes so many instructions worth compiling. */
export function worthOf(instructions: number): number {
  const each = Math.max(WORTH_LEAST, instructions / INSTRUCTIONS_PER_WORTH);
  return instructions * Math.min(WORTH_MOST, each);
}

/** What was learned about one program. */
export class Heat {
  /** Whether a part of it is worth compiling. */
  isHot = false;
  /** Whether a machine went over to generated code. */
  isUsed = false;
  /** The gas of this slice, and what is left of it. */
  #whole: number;
  left: number;
  readonly #worth: number;
  readonly #length: number;
  #random = 1;
  /** The gas that each part took. */
  readonly #parts = new Map<number, number>();

  constructor(instructions: number) {
    this.#worth = worthOf(Math.min(instructions, 2 ** PART_SHIFT));
    const length = Math.floor(this.#worth / SLICES_TO_HOT);
    this.#length = Math.min(SLICE_MOST, Math.max(SLICE_LEAST, length));
    this.left = this.#whole = this.slice();
  }

  /** The length of the next slice. */
  slice(): number {
    this.#random = (Math.imul(this.#random, 1_103_515_245) + 12_345) >>> 0;
    return (this.#length >> 1) + Math.floor(this.#length * (this.#random / 2 ** 32));
  }

  /** Whether nothing of this slice was spent. */
  get isWhole(): boolean {
    return this.left === this.#whole;
  }

  /** The slice ended at an instruction. */
  end(number: number): void {
    const part = number >>> PART_SHIFT;
    const total = (this.#parts.get(part) ?? 0) + this.#whole - this.left;
    this.#parts.set(part, total);
    if (total >= this.#worth) this.isHot = true;
    this.left = this.#whole = this.slice();
  }

  /** The gas of each part, by an instruction in its midst; it is handed on once. */
  handOn(instructions: number): readonly (readonly [number: number, gas: number])[] {
    const size = 2 ** PART_SHIFT;
    const found = [...this.#parts].map(([part, gas]) => {
      const first = part * size;
      return [(first + Math.min(first + size, instructions)) >> 1, gas] as const;
    });
    this.#parts.clear();
    return found;
  }
}

const heats = new WeakMap<Prepared, Heat>();

/** What was learned about a program, by all its machines. */
export function heatOf(prepared: Prepared): Heat {
  const known = heats.get(prepared) ?? new Heat(prepared.layout.pcs.length);
  heats.set(prepared, known);
  return known;
}
