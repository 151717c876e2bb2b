/**
 * Any value in words, for errors: without running code of the value's own.
 *
 * @module
 */

/** The longest piece of a given string that an error quotes, in characters. */
const QUOTED_CHARACTERS_MAX = 40;

/** Beyond this magnitude, writing a bigint out in decimal could take long. */
const QUOTED_BIGINT_MAX = 2n ** 128n;

/**
 * Describes any value: its type, and the value where it can be shown without running its code (no
 * `toString`, no getters).
 *
 * @param value Any value.
 * @returns Such as `number -0`, `string "abc"`, `object`; of bounded length.
 */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "number -0" : `number ${value}`;
    case "bigint":
      return value > QUOTED_BIGINT_MAX || value < -QUOTED_BIGINT_MAX
        ? "bigint beyond 128 bits"
        : `bigint ${value}`;
    case "boolean":
      return `boolean ${value}`;
    case "string":
      return `string ${JSON.stringify(value.slice(0, QUOTED_CHARACTERS_MAX))}`;
    default:
      return value === null ? "null" : typeof value;
  }
}
