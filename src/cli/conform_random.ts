/**
 * Random numbers that a seed decides, alike on every machine.
 *
 * @module
 */

/** A generator of 32-bit numbers (splitmix, 32 bits). */
export class Random {
  #state: number;

  /** @param seed Any number; its low 32 bits count. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** The next number, 0 to 2^32 - 1. */
  next(): number {
    this.#state = (this.#state + 0x9e37_79b9) | 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** The next number below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() / 2 ** 32 * limit);
  }

  /** One of some values. */
  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** Whether one of `times` draws comes out. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }
}

/** Numbers at the edges of the widths that instructions know. */
const EDGES: readonly [bigint, ...bigint[]] = [
  0n,
  ...[0n, 1n, 2n, 3n, 4n, 7n, 8n, 15n, 16n, 31n, 32n, 33n, 63n, 64n, 65n],
  ...[7n, 8n, 15n, 16n, 31n, 32n, 47n, 63n].flatMap((
    width,
  ) => [
    2n ** width - 1n,
    2n ** width,
    2n ** width + 1n,
    2n ** 64n - 2n ** width,
    2n ** 64n - 2n ** width - 1n,
  ]),
  ...[
    2n ** 64n - 1n,
    2n ** 64n - 2n,
    0x0123_4567_89ab_cdefn,
    0xfedc_ba98_7654_3210n,
  ],
];

/** A number of 64 bits: mostly at an edge, else of any length. */
export function anyWord(random: Random): bigint {
  const drawn = random.below(8);
  if (drawn < 5) return random.pick(EDGES);
  const whole = BigInt(random.next()) << 32n | BigInt(random.next());
  return drawn < 6 ? whole : whole >> BigInt(random.below(64));
}
