/**
 * Programs of commands, run on an implementation and on its model side by side.
 *
 * @module
 */

import { agreesWithModel, nameOf } from "./laws.ts";

/** How to run a command on the implementation and on the model, and how to see the state of each. */
export interface SequenceSpec<Model, Real, Command> {
  /** Makes the two in their first state. */
  start(): { readonly model: Model; readonly real: Real };
  /** Runs a command on the model, which is a value: gives the next one. */
  applyModel(
    model: Model,
    command: Command,
  ): { readonly state: Model; readonly outcome: unknown };
  /** Runs a command on the implementation, in place. */
  applyReal(real: Real, command: Command): unknown;
  /** The whole state of the model, in plain values. */
  stateOfModel(model: Model): unknown;
  /** The whole state of the implementation, in the same plain values. */
  stateOfReal(real: Real): unknown;
  /** Which outcome of the proof a step reached, if it names one. */
  reached?(command: Command, outcome: unknown): string | undefined;
}

/**
 * Runs the commands on both; outcome and whole state must agree after every single one.
 *
 * @param spec How to run and to observe.
 * @param commands The program; fast-check shrinks it when it fails.
 * @param reach Where to report the outcomes that `spec.reached` names.
 * @returns Nothing, or the number of the command at which the two part or something throws, and how.
 *
 * @example A counter that forgets to wrap
 * ```ts
 * import { sequenceAgrees } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 *
 * const failure = sequenceAgrees({
 *   start: () => ({ model: 0, real: { count: 0 } }),
 *   applyModel: (count, step: number) => ({ state: (count + step) % 4, outcome: "added" }),
 *   applyReal(counter, step) {
 *     counter.count += step;
 *     return "added";
 *   },
 *   stateOfModel: (count) => count,
 *   stateOfReal: (counter) => counter.count,
 * }, [3, 1], () => {});
 * assertEquals(failure, "command 2 of 2: state got 4, expected 0");
 * ```
 */
export function sequenceAgrees<Model, Real, Command>(
  spec: SequenceSpec<Model, Real, Command>,
  commands: readonly Command[],
  reach: (outcome: string) => void,
): string | undefined {
  let place = "before the first command";
  try {
    if (!Array.isArray(commands)) return "the commands are no list";
    let { model, real } = spec.start();
    for (const [index, command] of commands.entries()) {
      place = `command ${index + 1} of ${commands.length}`;
      const expected = spec.applyModel(model, command);
      const outcome = spec.applyReal(real, command);
      model = expected.state;
      const failure = agreesWithModel(
        { outcome, state: spec.stateOfReal(real) },
        { outcome: expected.outcome, state: spec.stateOfModel(model) },
      );
      if (failure !== undefined) return `${place}: ${failure}`;
      const name = spec.reached?.(command, outcome);
      if (name !== undefined) reach(name);
    }
    return undefined;
  } catch (thrown) {
    return `${place}: threw ${nameOf(thrown)}`;
  }
}
