/** Faults of the room linear that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const LINEAR: readonly Equivalent[] = [
  ...[["return 0;", "0", "(1)"], ["return 0;", "0", "(-1)"], ["return 0n;", "0n", "(1n)"]].map(
    ([text = "", from = "", to = ""]) => ({
      ...{ path: "src/linear/unchecked.ts", text, from, to },
      reason: "what a load out of bounds gives is left open",
    }),
  ),
  ...["(1048575)", "(1048577)"].map((to) => ({
    path: "src/linear/numeric/float.ts",
    text: "if (hi >= -0x100000 && hi < 0x100000) return Math.fround(hi * 0x100000000 + lo);",
    ...{ from: "0x100000", to },
    reason: "around 2^52 both ways are exact before the one rounding",
  })),
  {
    path: "src/linear/table_slots.ts",
    text: "if (dst <= src) {",
    ...{ from: "<=", to: "<" },
    reason: "onto the same place in either direction",
  },
];
