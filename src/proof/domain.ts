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

/** What stands in for something that is no domain: its size is NaN, and so is that of all built on it. */
const NOT_A_DOMAIN: Domain<never> = Object.freeze({
  describe: "not a domain",
  size: NaN,
  values: () => [],
});

/** Words longer than this are refused: enumerating them nests that deep. */
const WORD_LENGTH_MAX = 256;

/** The domain as it is now, or {@link NOT_A_DOMAIN}. Every combinator reads its parts through this. */
function read<T>(domain: Domain<T>): Domain<T> {
  try {
    const { describe, size, values } = domain;
    return typeof describe === "string" && typeof size === "number" && typeof values === "function"
      ? { describe, size, values: () => Reflect.apply(values, domain, []) }
      : NOT_A_DOMAIN;
  } catch {
    return NOT_A_DOMAIN;
  }
}

/**
 * A domain of its own, for a set that the combinators do not build.
 *
 * @param domain The set. What is no domain becomes one of size NaN, which no proof accepts.
 */
export function from<T>(domain: Domain<T>): Domain<T> {
  return read(domain);
}

/** Exactly the given values, in their order. */
export function of<const T>(...values: readonly T[]): Domain<T> {
  return { describe: `${values.length} values`, size: values.length, values: () => values };
}

/**
 * Every integer from `lo` to `hi`, both included; none when `hi` is below `lo`.
 *
 * @param lo The first: a safe integer.
 * @param hi The last: a safe integer.
 */
export function range(lo: number, hi: number): Domain<number> {
  if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi)) return NOT_A_DOMAIN;
  return {
    describe: `${lo}..${hi}`,
    size: Math.max(0, hi - lo + 1),
    *values() {
      for (let value = lo; value <= hi; value++) yield value;
    },
  };
}

/** Every bigint from `lo` to `hi`, both included; none when `hi` is below `lo`. */
export function bigRange(lo: bigint, hi: bigint): Domain<bigint> {
  if (typeof lo !== "bigint" || typeof hi !== "bigint") return NOT_A_DOMAIN;
  return {
    describe: `${lo}n..${hi}n`,
    size: hi >= lo ? Number(hi - lo + 1n) : 0,
    *values() {
      for (let value = lo; value <= hi; value++) yield value;
    },
  };
}

/** The fields of a record of domains; one that is no domain where it cannot be read. */
function fieldsOf<T>(parts: Readonly<Record<string, Domain<T>>>): readonly [string, Domain<T>][] {
  try {
    return Object.entries(parts).map(([name, part]) => [name, read(part)]);
  } catch {
    return [["?", NOT_A_DOMAIN]];
  }
}

/** Every record that takes each of its fields from the domain of that name. */
export function product<R extends Readonly<Record<string, unknown>>>(
  parts: { readonly [K in keyof R]: Domain<R[K]> },
): Domain<R>;
export function product(
  parts: Readonly<Record<string, Domain<unknown>>>,
): Domain<Readonly<Record<string, unknown>>> {
  const fields = fieldsOf(parts);
  function* enumerate(place: number): Iterable<Record<string, unknown>> {
    const field = fields[place];
    if (field === undefined) {
      yield {};
      return;
    }
    const [name, part] = field;
    for (const value of part.values()) {
      for (const rest of enumerate(place + 1)) yield { [name]: value, ...rest };
    }
  }
  return {
    describe: fields.map(([name, part]) => `${name}: ${part.describe}`).join(" × "),
    size: fields.reduce((size, [, part]) => size * part.size, 1),
    values: () => enumerate(0),
  };
}

/** The values of each part after the other; a value in two parts occurs twice. */
export function union<T>(...parts: readonly Domain<T>[]): Domain<T> {
  const sets = parts.map((part) => read(part));
  return {
    describe: sets.map((set) => set.describe).join(" ∪ "),
    size: sets.reduce((size, set) => size + set.size, 0),
    *values() {
      for (const set of sets) yield* set.values();
    },
  };
}

/** The image of each value under a function, one for one. */
export function map<T, U>(domain: Domain<T>, image: (value: T) => U): Domain<U> {
  if (typeof image !== "function") return NOT_A_DOMAIN;
  const { describe, size, values } = read(domain);
  return {
    describe,
    size,
    *values() {
      for (const value of values()) yield image(value);
    },
  };
}

/**
 * Every sequence of 0 to `lengthMax` letters, shorter ones first: the first that fails is a shortest.
 *
 * @param letters What each place of a sequence takes.
 * @param lengthMax The longest, 0 to 256.
 */
export function words<T>(letters: Domain<T>, lengthMax: number): Domain<readonly T[]> {
  if (!Number.isInteger(lengthMax) || lengthMax < 0 || lengthMax > WORD_LENGTH_MAX) {
    return NOT_A_DOMAIN;
  }
  const alphabet = read(letters);
  let size = 0;
  for (let length = 0; length <= lengthMax; length++) size = 1 + size * alphabet.size;
  function* ofLength(length: number): Iterable<readonly T[]> {
    if (length === 0) {
      yield [];
      return;
    }
    for (const word of ofLength(length - 1)) {
      for (const letter of alphabet.values()) yield [...word, letter];
    }
  }
  return {
    describe: `sequences of up to ${lengthMax} of (${alphabet.describe})`,
    size,
    *values() {
      for (let length = 0; length <= lengthMax; length++) yield* ofLength(length);
    },
  };
}

/** The same domain under a clearer name for the ledger. */
export function named<T>(describe: string, domain: Domain<T>): Domain<T> {
  return typeof describe === "string" ? { ...read(domain), describe } : NOT_A_DOMAIN;
}
