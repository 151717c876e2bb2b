/** Faults of the room cli that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const CLI: readonly Equivalent[] = [
  {
    path: "src/cli/vector.ts",
    text: "return this.#need(name, u64Of(this.#fields.get(name)), asU64(0n));",
    from: "0n",
    to: "(1n)",
    reason: "what stands for a number that is missing is never used: the vector is refused",
  },
];
