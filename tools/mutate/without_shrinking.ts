/**
 * fast-check without shrinking: the judge only asks whether a proof fails, not by which least input.
 */

import { check as checkAll, type IRawProperty, type Parameters, type RunDetails } from "fast-check";

export * from "fast-check";
export { default } from "fast-check";

/** Checks a property, and ends at the first input that fails. */
export function check<T>(
  property: IRawProperty<T>,
  parameters?: Parameters<T>,
): RunDetails<T> | Promise<RunDetails<T>> {
  return checkAll(property, { ...parameters, endOnFailure: true });
}
