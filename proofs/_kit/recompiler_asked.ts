/** Engines whose interpreter is watched: what they ask of it, call by call. */

import * as pvm from "../../src/pvm/mod.ts";
import type * as running from "../../src/pvm/recompiler/run.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

/** The two ways to run machines. */
export type Running = typeof running;
/** Makes mutants of them. */
export const runningMutant: MutantMaker<Running> = sourceMutants<Running>(
  "src/pvm/recompiler/run.ts",
);

/** How far the interpreter is to go: a step, to the exit, or so much gas. */
export type Asked = Parameters<pvm.EngineInput["interpret"]>[0];

/** An engine, and what it asks of the interpreter. */
export interface Watched {
  readonly engine: pvm.Engine;
  readonly asked: Asked[];
}

/** An engine that runs machines so, watched. */
export function watched(run: (input: pvm.EngineInput) => () => pvm.Exit): Watched {
  const asked: Asked[] = [];
  const engine = pvm.Engine.create((input) =>
    run({
      ...input,
      interpret: (mode) => {
        asked.push(mode);
        return input.interpret(mode);
      },
    })
  );
  return { engine, asked };
}
