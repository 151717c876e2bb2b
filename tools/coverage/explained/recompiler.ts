/** Branches of the room recompiler that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const RECOMPILER: readonly Explained[] = [
  {
    path: "src/pvm/recompiler/run.ts",
    lines: ['return this.#input.interpret("exit") ?? { kind: "out-of-gas" };'],
    reason: "a run to the next exit gives the exit; only a single step may give none",
  },
  {
    path: "src/pvm/recompiler/linked.ts",
    lines: ['if (typeof given !== "number") return -1;'],
    reason:
      "the function of the module that was made here gives a number; its type does not say so",
  },
];
