/** Faults of the room pvm that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** Room that is made early. */
const MORE_ROOM = "how much room is made beyond what is needed shows nowhere";
/** Bytes that are written again before they are read. */
const WRITTEN_LATER = "the bytes are written once more before anybody reads them";

export const PVM: readonly Equivalent[] = [
  ...[["2", "(3)"], ["2", "(1)"], ["*", "+"]].map(([from = "", to = ""]) => ({
    path: "src/pvm/text/data_section.ts",
    text: "const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length));",
    ...{ from, to, reason: MORE_ROOM },
  })),
  ...["if (!this.fill(bytes.length, 0)) return false;", "if (!this.fill(width, 0)) return false;"]
    .flatMap((text) =>
      ["(1)", "(-1)"].map((to) => ({
        path: "src/pvm/text/data_section.ts",
        ...{ text, from: "0", to, reason: WRITTEN_LATER },
      }))
    ),
  {
    path: "src/pvm/pipeline.ts",
    text: "let [cycle, used, done, pc] = [0, 0, 0, entry];",
    ...{ from: "0", to: "(-1)" },
    reason: "of `done`: the first instruction ends at 0 or later",
  },
  {
    path: "src/pvm/interpreter.ts",
    text: "const amount = (words[words[record + A] ?? 0] ?? 0) >>> 0;",
    ...{ from: ">>>", to: ">>" },
    reason: "an amount of 2^31 or more is refused, as a negative one is",
  },
];
