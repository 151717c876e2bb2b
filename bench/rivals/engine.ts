/** What the engines of the comparison have in common. */

import type { Guest } from "./guests.ts";

/** How a run of a guest ended. */
export interface Ending {
  /** Register 7. */
  readonly result: bigint;
  /** Nothing where an engine does not count as the others do. */
  readonly gasUsed: bigint | undefined;
}

/** A guest, loaded and ready to run once. */
export interface Loaded {
  /** Runs it to its end. A host call gets an answer in register 7: the former value plus one. */
  run(): Ending;
}

/** An engine, in one configuration. */
export interface Engine {
  /** How often a guest is run; the fastest run counts. */
  readonly runs: number;
  load(guest: Guest, gas: bigint): Loaded;
}

/** An engine by name, made in the process that it is measured in. */
export interface Entry {
  readonly name: string;
  make(): Promise<Engine>;
}

/** Makes sure of something that the comparison rests on. */
export function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
