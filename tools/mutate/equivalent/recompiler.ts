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
];
