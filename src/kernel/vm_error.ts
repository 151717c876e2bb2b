/**
 * The errors of the `Vm`, of its stack and of what it works with.
 *
 * @module
 */

import type { U32 } from "../int/mod.ts";
import type { RegionError } from "../paged/mod.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { CacheError, OpError, PageMissing } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import type { StoreError } from "./store.ts";

/** The stack holds as many entries as it may. */
export interface CallStackFull {
  /** Tells this error from the others. */
  readonly kind: "call-stack-full";
  /** How many it may hold. */
  readonly maxDepth: U32;
}

/** The stack has no entry where one is needed. */
export interface CallStackEmpty {
  /** Tells this error from the others. */
  readonly kind: "call-stack-empty";
}

/** A rule between the parts of a state does not hold. */
export interface InvariantBroken {
  /** Tells this error from the others. */
  readonly kind: "invariant";
  /** The rule. */
  readonly text: string;
}

/** A reference to a position at or above its own. */
export interface ReferenceOutOfRange {
  /** Tells this error from the others. */
  readonly kind: "reference-out-of-range";
  /** The position referred to. */
  readonly position: U32;
}

/** A reference to an entry that is no Instance. */
export interface ReferenceNonInstance {
  /** Tells this error from the others. */
  readonly kind: "reference-non-instance";
  /** The position referred to. */
  readonly position: U32;
}

/** Why the stack did nothing. */
export type CallStackError =
  | CallStackFull
  | CallStackEmpty
  | InvariantBroken
  | ReferenceOutOfRange
  | ReferenceNonInstance;

/** What is to be called is not there, or is no Instance. */
export interface InstanceNotFound {
  /** Tells this error from the others. */
  readonly kind: "instance-not-found";
  /** What was looked for. */
  readonly target: CapTarget;
}

/** The image of an Instance is not there, or is no Image of the mode. */
export interface ImageNotFound {
  /** Tells this error from the others. */
  readonly kind: "image-not-found";
  /** What was looked for. */
  readonly hash: CapHash;
}

/** No catcher lists the marker of a yield. */
export interface UnhandledMarker {
  /** Tells this error from the others. */
  readonly kind: "unhandled-marker";
}

/** Code that cannot be run. */
export interface InvalidBytecode {
  /** Tells this error from the others. */
  readonly kind: "invalid-bytecode";
  /** What is wrong with it. */
  readonly text: string;
}

/** A slot holds a capability of another kind than the one needed. */
export interface SlotKindMismatch {
  /** Tells this error from the others. */
  readonly kind: "slot-kind-mismatch";
  /** The slot. */
  readonly slot: U32;
}

/** A slot that has to hold something is empty. */
export interface SlotEmpty {
  /** Tells this error from the others. */
  readonly kind: "slot-empty";
  /** The slot. */
  readonly slot: U32;
}

/** A region of memory cannot be mapped. */
export interface MapRegionFailed {
  /** Tells this error from the others. */
  readonly kind: "map-region";
  /** Why. */
  readonly error: RegionError;
}

/** The kernel's assist threw, or gave what it may not give. */
export interface AssistFailed {
  /** Tells this error from the others. */
  readonly kind: "assist-failed";
  /** The method. */
  readonly method: string;
  /** What it did. */
  readonly text: string;
}

/** The engine had no room for a page that a program may write. */
export interface NoRoomForPage {
  /** Tells this error from the others. */
  readonly kind: "no-room";
}

/** What is to be resumed or dropped is not paused. */
export interface NotPaused {
  /** Tells this error from the others. */
  readonly kind: "not-paused";
  /** The Instance. */
  readonly hash: CapHash;
}

/** Why an invocation gave no result. The stack and the directory are as they were. */
export type VmError =
  | CallStackError
  | InstanceNotFound
  | ImageNotFound
  | UnhandledMarker
  | InvalidBytecode
  | SlotKindMismatch
  | SlotEmpty
  | MapRegionFailed
  | AssistFailed
  | NoRoomForPage
  | NotPaused
  | OpError
  | PageMissing
  | StoreError
  | CacheError;
