/** Faults of the room recompiler that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const RECOMPILER: readonly Equivalent[] = [
  {
    path: "src/pvm/recompiler/operations.ts",
    text: "[103, narrowOne(op.I32_POPCNT)],",
    from: "103",
    to: "(104)",
    reason: "104 is set again behind it, and 103 is done by the interpreter",
  },
  {
    path: "src/pvm/recompiler/run.ts",
    text: "const SHORT = 256;",
    from: "256",
    to: "(257)",
    reason: "when the interpreter may be quicker; both do the same",
  },
  {
    path: "src/pvm/recompiler/chunk_writer.ts",
    text: "if (operation === 50 || operation === 180) return this.#dynamic(number);",
    from: "180",
    to: "(179)",
    reason: "180 is done by the interpreter then, as every operation without code",
  },
  {
    path: "src/pvm/recompiler/chunk.ts",
    text: "for (let local = 0; local < this.count; local++) {",
    ...{ from: "0", to: "(-1)" },
    reason: "what the segment before the chunk leads to is entered from outside, and marked so",
  },
  ...["#root: Label = 0;", "#exit: Label = 0;"].flatMap((text) =>
    ["(1)", "(-1)"].map((to) => ({
      path: "src/pvm/recompiler/chunk_writer.ts",
      ...{ text, from: "0", to, reason: "it is set before anything is written that asks for it" },
    }))
  ),
  ...["writer", "step", "unlinked"].map((name) => ({
    path: "src/pvm/recompiler/module.ts",
    text: `const ${name} = new OperandWriter(new Int32Array(0));`,
    ...{ from: "0", to: "(1)" },
    reason: "there are no instructions whose operands it would look up",
  })),
  ...[
    ["const SHORT = 256;", "256", "(255)"],
    ["const SHORTEST = 32;", "32", "(33)"],
    ["const SHORTEST = 32;", "32", "(31)"],
    ["const RUNS_AVERAGED = 16;", "16", "(17)"],
    ["const RUNS_AVERAGED = 16;", "16", "(15)"],
    ["const UNSEEN_MOST = 32;", "32", "(33)"],
    ["const UNSEEN_MOST = 32;", "32", "(31)"],
  ].map(([text = "", from = "", to = ""]) => ({
    path: "src/pvm/recompiler/run.ts",
    ...{ text, from, to, reason: "when the interpreter may be quicker; both do the same" },
  })),
  {
    path: "src/pvm/recompiler/operations.ts",
    text: "[170, op.I64_EQ],",
    ...{ from: "170", to: "(171)" },
    reason: "171 is set again behind it, and 170 is done by the interpreter",
  },
  {
    path: "src/pvm/recompiler/accesses.ts",
    text: "if (reach === 0) return;",
    ...{ from: "0", to: "(-1)" },
    reason:
      "what reaches no further is then compared with its page's last address: never beyond it",
  },
];
