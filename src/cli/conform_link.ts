/**
 * A running implementation, as the conformance driver talks to it.
 *
 * @module
 */

/** What comes from an implementation when it is listened to. */
export type Heard =
  | { readonly kind: "line"; readonly text: string }
  /** It ended, or said what cannot be taken; it says nothing more. */
  | { readonly kind: "ended"; readonly reason: string }
  /** Nothing, for as long as it was listened to. */
  | { readonly kind: "silent" };

/** A running implementation. Nothing here throws or rejects. */
export interface Link {
  /** Sends a line; lost when the implementation has ended. */
  readonly send: (line: string) => void;
  /** Waits for a line. */
  readonly hear: (milliseconds: number) => Promise<Heard>;
  /** How many lines have come that nobody has asked for. */
  readonly waiting: () => number;
  /** Closes its input and waits for it to end; gives what is wrong with how it did. */
  readonly close: (milliseconds: number) => Promise<string | undefined>;
  /** Ends it at once. */
  readonly stop: () => void;
}

/** Starts an implementation; what cannot be started ends at once. */
export type Launch = (words: readonly string[]) => Link;
