/**
 * What an engine that generates code needs of a memory.
 *
 * @module
 */

import type { Window } from "./shared_pool.ts";

export * as GUEST_LAYOUT from "./shared_layout.ts";

/** A memory as generated code works on it: for engines. */
export interface GuestSpace {
  /** Its bytes, laid out as `GUEST_LAYOUT` says. */
  readonly memory: WebAssembly.Memory;
  /** Its bytes as words; others after it grew. */
  readonly words: Int32Array;
  /** Another number whenever what a page allows has changed. */
  readonly version: number;
  /** The writable addresses around one, whose bytes follow one another. */
  windowAt(address: number): Window;
}

export type { Window };
