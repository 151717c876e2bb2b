/** A small generator of numbers that are the same in every run (mulberry32). */

/** The seed of everything that is drawn. */
export const SEED = 20_260_101;

/** Draws numbers. */
export class Random {
  #state: number;

  /** Each purpose has a stream of its own, so that one that changes leaves the others alone. */
  constructor(purpose: string) {
    this.#state = [...purpose].reduce(
      (sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x0100_0193),
      SEED,
    );
  }

  /** A word of 32 bits. */
  u32(): number {
    this.#state = (this.#state + 0x6d2b_79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A number from 0 up to, and without, `count`. */
  below(count: number): number {
    return this.u32() % count;
  }

  /** One of some values. */
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("nothing to choose from");
    return value;
  }

  /** A word of 64 bits: often small, or close to a power of two. */
  u64(): bigint {
    const edge = BigInt(this.of([0, 7, 8, 15, 16, 31, 32, 63, 64]));
    switch (this.below(4)) {
      case 0:
        return BigInt(this.below(100));
      case 1:
        return BigInt.asUintN(64, 2n ** edge - BigInt(this.below(3)) + 1n);
      case 2:
        return BigInt.asUintN(64, -(2n ** edge) + BigInt(this.below(3)));
      default:
        return BigInt(this.u32()) * 2n ** 32n + BigInt(this.u32());
    }
  }

  /** Bytes. */
  bytes(count: number): number[] {
    return Array.from({ length: count }, () => this.below(256));
  }
}
