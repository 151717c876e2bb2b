/**
 * Running the real function on inputs that the solver found.
 *
 * @module
 */

import { concreteArgument, concreteValue, words } from "./concrete.ts";
import type { Argument } from "./contract.ts";
import type { Evaluation } from "./evaluate.ts";
import { nameOf } from "./name_of.ts";
import type { Run } from "./run.ts";

/** What counterexamples are run on. */
export interface Playback<N extends string> {
  /** The real function, called with the parameters in order; it may also give a promise. */
  readonly real: (...parameters: readonly never[]) => unknown;
  /** What it should give for these inputs. */
  readonly model?: (inputs: Readonly<Record<N, bigint>>) => unknown;
}

/** A counterexample, run. */
export interface Played {
  /** The arguments of the call. */
  readonly arguments: string;
  /** What the real function gave, and the arrays that it wrote to. */
  readonly real: string;
  /** What the terms say that it gives. */
  readonly predicted: string;
  /** What it should give. */
  readonly model: string | undefined;
  /** Whether the real function does what was predicted. */
  readonly agrees: boolean;
}

/** A result and what was written, in words. */
function outcome(value: unknown, parameters: readonly unknown[]): string {
  const written = parameters.filter((parameter) => ArrayBuffer.isView(parameter));
  return [value, ...written].map(words).join("; ");
}

/** Runs the real function and the model, and says what the terms predict. */
export async function playBack<N extends string>(
  playback: Playback<N> | undefined,
  inputs: Readonly<Record<N, bigint>>,
  run: Run,
  given: Readonly<Record<string, Argument>>,
  evaluation: Evaluation,
): Promise<Played | undefined> {
  if (playback === undefined) return undefined;
  const names = [...run.parameters.keys()];
  const parameters = names.map((name) => concreteArgument(given[name], evaluation));
  const shown = parameters.map(words).join(", ");
  const after = [...run.parameters.values()]
    .map((value) => concreteValue(value, run.state, evaluation));
  const predicted = outcome(concreteValue(run.value, run.state, evaluation), after);
  const real = await attempt(async () => {
    const value: unknown = await Reflect.apply(playback.real, undefined, parameters);
    return outcome(value, parameters);
  });
  const { model } = playback;
  const wanted = model === undefined ? undefined : await attempt(() => words(model(inputs)));
  return { arguments: shown, real, predicted, model: wanted, agrees: real === predicted };
}

async function attempt(run: () => string | Promise<string>): Promise<string> {
  try {
    return await run();
  } catch (thrown) {
    return `nothing: it throws ${nameOf(thrown)}`;
  }
}
