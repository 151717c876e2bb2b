/**
 * The outcome of an operation that can fail: a plain object, told apart by `ok`.
 *
 * @module
 */

/** A success, with its value. */
export interface Ok<T> {
  /** Always `true`: tells a success from a failure. */
  readonly ok: true;
  /** What the operation produced. */
  readonly value: T;
}

/** A failure, with the error value that explains it. */
export interface Err<E> {
  /** Always `false`: tells a failure from a success. */
  readonly ok: false;
  /** Why the operation failed; a union told apart by its `kind`. */
  readonly error: E;
}

/** Either a success with a `T` or a failure with an `E`. No operation of this library throws instead. */
export type Result<T, E> = Ok<T> | Err<E>;

/**
 * Makes a success.
 *
 * A fresh object each time: a shared frozen one was measured slower, because the engine can no
 * longer keep the result in registers.
 *
 * @param value What the operation produced.
 * @returns A success holding `value`.
 *
 * @example A success
 * ```ts
 * import { ok } from "@ringfence/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals<unknown>(ok(7), { ok: true, value: 7 });
 * ```
 */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/**
 * Makes a failure.
 *
 * @param error Why the operation failed.
 * @returns A failure holding `error`.
 *
 * @example A failure
 * ```ts
 * import { err } from "@ringfence/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(err({ kind: "full" }), { ok: false, error: { kind: "full" } });
 * ```
 */
export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

/**
 * Ends a `switch` over a union: the compiler rejects the call while a member is not handled.
 *
 * Total, as everything here: a value smuggled past the compiler gives `otherwise`.
 *
 * @param _value What is left of the union, which is nothing.
 * @param otherwise What to return should a value arrive all the same.
 * @returns `otherwise`.
 *
 * @example A switch that must stay complete
 * ```ts
 * import { assertNever } from "@ringfence/core";
 * import { assertEquals } from "@std/assert";
 *
 * function name(bit: 0 | 1): string {
 *   switch (bit) {
 *     case 0:
 *       return "zero";
 *     case 1:
 *       return "one";
 *     default:
 *       return assertNever(bit, "no bit");
 *   }
 * }
 * assertEquals(name(1), "one");
 * ```
 */
export function assertNever<T>(_value: never, otherwise: T): T {
  return otherwise;
}
