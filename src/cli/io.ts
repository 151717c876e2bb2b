/**
 * What the command line needs of its surroundings, so that it runs under Deno, Bun and Node, and in
 * tests, alike.
 *
 * @module
 */

import type { CapStore } from "../kernel/mod.ts";
import type { Result } from "../result.ts";
import type { Launch } from "./conform_link.ts";
import type { Problem } from "./problem.ts";

/** A store of capabilities, open until it is closed. */
export interface OpenStore extends CapStore {
  /** Ends it. */
  close(): unknown;
}

/** The surroundings of the command line. Nothing here throws. */
export interface Io {
  /** The bytes of a file; or why there are none, in words. */
  readonly read: (path: string) => Result<Uint8Array, string>;
  /** The names of what is in a folder; or why there are none. */
  readonly list: (path: string) => Result<readonly string[], string>;
  /** Replaces a file; or says why it could not. */
  readonly write: (path: string, bytes: Uint8Array) => Result<void, string>;
  /** Writes to the standard output. */
  readonly out: (text: string) => void;
  /** Writes to the standard error output. */
  readonly error: (text: string) => void;
  /** Whether somebody looks at the standard error output. */
  readonly isTerminal: boolean;
  /** Opens a store of capabilities, or says why there is none; left out where there are no stores. */
  readonly store?: (path: string, readOnly: boolean) => Result<OpenStore, Problem>;
  /** Starts a program to talk to; left out where none can be started. */
  readonly launch?: Launch;
  /** The lines of the standard input; left out where there is none. */
  readonly lines?: () => AsyncIterable<string>;
  /** A time in milliseconds that never goes back. */
  readonly now: () => number;
}
