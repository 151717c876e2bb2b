/**
 * Whole numbers among arbitrary values.
 *
 * @module
 */

/** Whether a value is a whole number from `min` to `max`. -0 is none. */
export function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max &&
    !Object.is(value, -0);
}
