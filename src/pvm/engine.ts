/**
 * What runs machines: the interpreter, or an engine of another room that is handed in.
 *
 * @module
 */

import type { Exit } from "./exit.ts";
import type { Mode } from "./interpreter.ts";
import type { Prepared } from "./program.ts";
import type { MachineState } from "./state.ts";

/** A machine as an engine is handed it. */
export interface EngineInput {
  /** Where the machine is; the engine moves it. */
  readonly state: MachineState;
  /** Its program. */
  readonly prepared: Prepared;
  /** The interpreter; it gives nothing where the machine went as far as it was to, and did not exit. */
  readonly interpret: (mode: Mode) => Exit | undefined;
}

/**
 * Takes a machine on, and gives what runs it to its next exit. Every engine must do to a machine what
 * the interpreter does.
 */
export type RunMachine = (input: EngineInput) => () => Exit;

/** How the machine of an engine is run; nothing for a value that is no engine. */
export let runnerOf: (value: unknown) => RunMachine | undefined;

/** Something that runs machines; for `MachineOptions.engine`. */
export class Engine {
  readonly #run: RunMachine;

  static {
    runnerOf = (value) =>
      typeof value === "object" && value !== null && #run in value ? value.#run : undefined;
  }

  private constructor(run: RunMachine) {
    this.#run = run;
    Object.freeze(this);
  }

  /**
   * Makes an engine out of a way to run machines. That way is trusted: it is handed the state of the
   * machine itself, and must not throw.
   *
   * @param run Takes a machine on; what is no function gives an engine that interprets.
   * @returns The engine. Errors: none.
   *
   * @example An engine that interprets
   * ```ts
   * import { Engine } from "@ringfence/core/pvm";
   * import { assert } from "@std/assert";
   *
   * const engine = Engine.create(({ interpret }) => () => interpret("exit") ?? { kind: "panic" });
   * assert(engine instanceof Engine);
   * ```
   */
  static create(run: RunMachine): Engine {
    return new Engine(typeof run === "function" ? run : interpreted);
  }
}

function interpreted({ interpret }: EngineInput): () => Exit {
  return () => interpret("exit") ?? { kind: "out-of-gas" };
}
