/**
 * How an invocation ended.
 *
 * @module
 */

import type { U32, U64 } from "../int/mod.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { CapHash } from "./hash.ts";

/** Why a program faulted. */
export type FaultReason =
  | { readonly kind: "trap" }
  | { readonly kind: "panic" }
  | { readonly kind: "out-of-gas" }
  | { readonly kind: "page-fault"; readonly address: U32 }
  /** An operation whose checks failed (`v3`; in `compat` that is a trap). */
  | { readonly kind: "operation-failed"; readonly operation: U32 }
  /** A marker that nobody catches (`v3`; in `compat` that is a trap). */
  | { readonly kind: "unhandled-marker" }
  /** The Instance could not be entered (`v3`). */
  | { readonly kind: "not-entered"; readonly detail: U32 };

/** The program ended by itself. */
export interface InvocationHalted {
  /** Tells the results apart. */
  readonly kind: "halt";
  /** What it left in r7. */
  readonly returnValue: U64;
  /** The Instance as it is now, in the directory. */
  readonly postInstanceHash: CapHash;
  /** What its slot 0 held. */
  readonly reflectedSlot0: CapTarget | undefined;
  /** The gas used. */
  readonly gasUsed: U64;
}

/** The program faulted: the directory is as it was, and so is the Instance. */
export interface InvocationFaulted {
  /** Tells the results apart. */
  readonly kind: "faulted";
  /** Why. */
  readonly reason: FaultReason;
  /** What slot 0 held; in `v3` it may refer to what was never stored. */
  readonly reflectedSlot0: CapTarget | undefined;
  /** The gas used. */
  readonly gasUsed: U64;
}

/** The program yielded to the host. */
export interface InvocationPaused {
  /** Tells the results apart. */
  readonly kind: "paused";
  /** What came with the yield: what the yielder's slot 0 held, or the Gas or Quota that is spent. */
  readonly markerPayload: CapTarget | undefined;
  /** The marker (`v3`). */
  readonly marker: CapHash | undefined;
  /** The paused Instance, in the directory (`v3`; in `compat` the stack keeps what is paused). */
  readonly pausedInstanceHash: CapHash | undefined;
  /** The gas used. */
  readonly gasUsed: U64;
}

/** How an invocation ended. */
export type CallResult = InvocationHalted | InvocationFaulted | InvocationPaused;
