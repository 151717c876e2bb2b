/** What the engines of the comparison have in common. */

/** How a run of a guest ended. */
export interface Ending {
  /** Register 7. */
  readonly result: bigint;
  readonly gasUsed: bigint;
}

/** A guest, loaded and ready to run once. */
export interface Loaded {
  /** Runs it to its end. A host call gets an answer in register 7: the former value plus one. */
  run(): Ending;
}

/** An engine, in one configuration. */
export interface Engine {
  readonly name: string;
  /** How often a guest is run; the median counts. */
  readonly runs: number;
  load(program: Uint8Array, gas: bigint): Loaded;
}

/** Makes sure of something that the comparison rests on. */
export function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
