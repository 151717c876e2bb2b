/**
 * Laws stated once and applied many times. Each returns nothing where it holds, and otherwise a
 * sentence that says how it fails.
 *
 * @module
 */

import { agrees } from "./difference.ts";

/** What an operation did: its outcome, and the whole state after it. */
export interface Observation {
  /** What the operation gave back. */
  readonly outcome: unknown;
  /** The whole state afterwards, in plain values. */
  readonly state: unknown;
}

/** The first failure among some, if any. */
export function allOf(...failures: readonly (string | undefined)[]): string | undefined {
  return failures.find((failure) => failure !== undefined);
}

function within(part: string, failure: string | undefined): string | undefined {
  return failure === undefined ? undefined : `${part} ${failure}`;
}

/**
 * The implementation gives the model's outcome and leaves the model's whole state.
 *
 * Both directions at once: an implementation that refuses too much fails as one that allows too much.
 *
 * @example A store that lost a byte
 * ```ts
 * import { agreesWithModel } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 *
 * const failure = agreesWithModel(
 *   { outcome: "stored", state: [1, 0] },
 *   { outcome: "stored", state: [1, 2] },
 * );
 * assertEquals(failure, "state at [1]: got 0, expected 2");
 * ```
 */
export function agreesWithModel(actual: Observation, expected: Observation): string | undefined {
  try {
    return allOf(
      within("outcome", agrees(actual.outcome, expected.outcome)),
      within("state", agrees(actual.state, expected.state)),
    );
  } catch (thrown) {
    return `an observation threw ${nameOf(thrown)}`;
  }
}

/**
 * An operation that failed left the whole state as it was.
 *
 * @param before The state before, in plain values that are not the state itself: a copy.
 * @param isFault Whether the operation failed.
 * @param after The state afterwards.
 */
export function leavesStateOnFault(
  before: unknown,
  isFault: boolean,
  after: unknown,
): string | undefined {
  return isFault
    ? within("a failed operation changed the state", agrees(after, before))
    : undefined;
}

/**
 * Decoding what was encoded gives the value back.
 *
 * @param encode Makes the other form.
 * @param decode Makes the value again.
 * @param value The value.
 */
export function roundTrips<T, U>(
  encode: (value: T) => U,
  decode: (encoded: U) => unknown,
  value: T,
): string | undefined {
  try {
    return within("round trip", agrees(decode(encode(value)), value));
  } catch (thrown) {
    return `round trip threw ${nameOf(thrown)}`;
  }
}

/**
 * The call returns: it does not throw, whatever it was given.
 *
 * @param call The call, which is not async: what becomes of a promise is not looked at.
 */
export function isTotal(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (thrown) {
    return `threw ${nameOf(thrown)}`;
  }
}

/** Says what was thrown, without running code of the thrown value. */
export function nameOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `a ${typeof thrown}`;
  } catch {
    return "a value that cannot be read";
  }
}
