/**
 * What the command line needs of its surroundings, so that it runs under Deno, Bun and Node, and in
 * tests, alike.
 *
 * @module
 */

import type { CapStore } from "../kernel/mod.ts";
import type { Err, Result } from "../result.ts";
import type { Launch } from "./conform_link.ts";
import type { Problem } from "./problem.ts";

/** A store of capabilities, open until it is closed. */
export interface OpenStore extends CapStore {
  /** Ends it. */
  close(): unknown;
}

/**
 * The surroundings of the command line. Nothing here should throw or reject; when it does all the same,
 * or gives what makes no sense, the command ends with a code that says so.
 */
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
  readonly store?: ((path: string, readOnly: boolean) => Result<OpenStore, Problem>) | undefined;
  /** Starts a program to talk to; left out where none can be started. */
  readonly launch?: Launch | undefined;
  /**
   * The lines of the standard input, waited for as long as they take; a problem in place of what is no
   * line, or cannot be read, after which there are none. Left out where there is no input.
   */
  readonly lines?: (() => AsyncIterable<string | Err<Problem>>) | undefined;
  /** A time in milliseconds that never goes back. */
  readonly now: () => number;
}
