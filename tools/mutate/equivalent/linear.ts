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
  ...[
    'return notInt32("bits", bits) ?? ok(asI32(bits ^ -0x80000000));',
    "ok(asI32((bits & 0x7fffffff) | (sign & -0x80000000)));",
  ].map((text) => ({
    ...{ path: "src/linear/numeric/f32_arithmetic.ts", text },
    ...{ from: "-0x80000000", to: "0x80000000" },
    reason: "a bit operator takes both for the same 32 bits",
  })),
  {
    path: "src/linear/numeric/operand.ts",
    text: "if (isInt32(lo) && isInt32(hi)) return undefined;",
    ...{ from: "return undefined;", to: ";" },
    reason: "each half is then looked at once more, and nothing is found either",
  },
  {
    path: "src/linear/numeric/float.ts",
    text: "if (hi >= -0x100000 && hi < 0x100000) return Math.fround(hi * 0x100000000 + lo);",
    ...{ from: "<", to: "<=" },
    reason: "around 2^52 both ways are exact before the one rounding",
  },
];
