/**
 * Why an operation stopped short. There is one way for each: a check that failed, a quota that does
 * not suffice, and an error that ends the invocation.
 *
 * @module
 */

import { err } from "../../result.ts";
import type { Err, Result } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { VmError } from "../vm_error.ts";

/** A check failed: the Instance faults. */
export interface Failed {
  readonly kind: "failed";
}

/** A quota does not suffice; what the handler of the yield finds in its slot 0. */
export interface Spent {
  readonly kind: "spent";
  readonly payload: CapTarget | undefined;
}

/** The host cannot go on: the invocation ends. */
export interface HostError {
  readonly kind: "error";
  readonly error: VmError;
}

/** Why an operation stopped short. */
export type Stop = Failed | Spent | HostError;

/** What an operation, or a part of it, gives. */
export type Checked<T> = Result<T, Stop>;

/** What can only go wrong because of the host. */
export type Sure<T> = Result<T, HostError>;

/** A check failed. */
export const FAILED: Err<Failed> = Object.freeze(err<Failed>({ kind: "failed" }));

/** The invocation ends with an error. */
export function failure(error: VmError): Err<HostError> {
  return err({ kind: "error", error });
}

/** The invocation ends with an error that only a fault of this room could make. */
export function broken(text: string): Err<HostError> {
  return failure({ kind: "invariant", text });
}
