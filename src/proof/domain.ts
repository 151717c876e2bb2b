/**
 * Finite sets of inputs, each with a size known in closed form.
 *
 * The size is computed from the shape of the set and never by counting, while the values come from
 * a separate enumeration: a complete proof compares the two, so that neither can be wrong alone.
 *
 * @example Four bits, two ways
 * ```ts
 * import { domain } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 *
 * const pairs = domain.product({ high: domain.range(0, 3), low: domain.range(0, 3) });
 * assertEquals(pairs.size, 16);
 * assertEquals([...pairs.values()].length, 16);
 * ```
 *
 * @module
 */

/** A finite set of inputs for an `exhaustive` or `bounded` proof. */
export interface Domain<T> {
  /** The set in words, as the ledger shows it. */
  readonly describe: string;
  /** How many values there are: computed, not counted. */
  readonly size: number;
  /** Enumerates every value, lazily and in a fixed order. */
  values(): Iterable<T>;
}

/** A domain of its own, for a set that the combinators do not build. */
export function from<T>(domain: Domain<T>): Domain<T> {
  return domain;
}

/** Exactly the given values, in their order. */
export function of<const T>(...values: readonly T[]): Domain<T> {
  return { describe: `${values.length} values`, size: values.length, values: () => values };
}

/** How many integers lie in `lo..hi`; none when the bounds are no safe integers or out of order. */
function countOf(lo: number, hi: number): number {
  return Number.isSafeInteger(lo) && Number.isSafeInteger(hi) && hi >= lo ? hi - lo + 1 : 0;
}

/** Every integer from `lo` to `hi`, both included. */
export function range(lo: number, hi: number): Domain<number> {
  const size = countOf(lo, hi);
  return {
    describe: `${lo}..${hi}`,
    size,
    *values() {
      if (size > 0) { for (let value = lo; value <= hi; value++) yield value; }
    },
  };
}

/** Every bigint from `lo` to `hi`, both included. */
export function bigRange(lo: bigint, hi: bigint): Domain<bigint> {
  return {
    describe: `${lo}n..${hi}n`,
    size: hi >= lo ? Number(hi - lo + 1n) : 0,
    *values() {
      for (let value = lo; value <= hi; value++) yield value;
    },
  };
}

/** Every record that takes each of its fields from the domain of that name. */
export function product<R extends Readonly<Record<string, unknown>>>(
  parts: { readonly [K in keyof R]: Domain<R[K]> },
): Domain<R>;
export function product(
  parts: Readonly<Record<string, Domain<unknown>>>,
): Domain<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(parts);
  function* enumerate(from: number): Iterable<Record<string, unknown>> {
    const entry = entries[from];
    if (entry === undefined) {
      yield {};
      return;
    }
    const [name, part] = entry;
    for (const value of part.values()) {
      for (const rest of enumerate(from + 1)) yield { [name]: value, ...rest };
    }
  }
  return {
    describe: entries.map(([name, part]) => `${name}: ${part.describe}`).join(" × "),
    size: entries.reduce((size, [, part]) => size * part.size, 1),
    values: () => enumerate(0),
  };
}

/** The values of each part after the other; a value in two parts occurs twice. */
export function union<T>(...parts: readonly Domain<T>[]): Domain<T> {
  return {
    describe: parts.map((part) => part.describe).join(" ∪ "),
    size: parts.reduce((size, part) => size + part.size, 0),
    *values() {
      for (const part of parts) yield* part.values();
    },
  };
}

/** The image of each value under a function, one for one. */
export function map<T, U>(domain: Domain<T>, image: (value: T) => U): Domain<U> {
  return {
    describe: domain.describe,
    size: domain.size,
    *values() {
      for (const value of domain.values()) yield image(value);
    },
  };
}

/** Every sequence of 0 to `lengthMax` letters. */
export function words<T>(letters: Domain<T>, lengthMax: number): Domain<readonly T[]> {
  let size = 0;
  for (let length = 0; length <= lengthMax; length++) size += letters.size ** length;
  function* enumerate(prefix: readonly T[]): Iterable<readonly T[]> {
    yield prefix;
    if (prefix.length >= lengthMax) return;
    for (const letter of letters.values()) yield* enumerate([...prefix, letter]);
  }
  return {
    describe: `sequences of up to ${lengthMax} of (${letters.describe})`,
    size,
    values: () => lengthMax >= 0 ? enumerate([]) : [],
  };
}

/** The same domain under a clearer name for the ledger. */
export function named<T>(describe: string, domain: Domain<T>): Domain<T> {
  return { describe, size: domain.size, values: () => domain.values() };
}
