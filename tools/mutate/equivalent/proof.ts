/** Faults of the room proof that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

const BIASED = "src/proof/biased.ts";
const OFTEN = "how often each sort of offset is drawn is a choice; that each is drawn is proved";

export const PROOF: readonly Equivalent[] = [
  {
    path: BIASED,
    text: "for (let bit = 0n; bit <= BigInt(bits); bit++) {",
    ...{ from: "0n", to: "(-1n)" },
    reason: "half of 1 is 0: what stands around it stands around 1 as well",
  },
  ...[
    ["{ weight: 4, arbitrary: integer({ min: 0, max: Math.min(size, 2 ** 31 - 1) }) },", "4"],
    ["{ weight: 3, arbitrary: constantFrom(...near.filter((value) => value >= 0)) },", "3"],
    ["{ weight: 1, arbitrary: constantFrom(...far) },", "1"],
    ["{ weight: 1, arbitrary: maxSafeInteger().map(Math.abs) },", "1"],
  ].flatMap(([text = "", from = ""]) =>
    [Number(from) + 1, Number(from) - 1].filter((weight) => weight > 0).map((weight) => ({
      ...{ path: BIASED, text, from, to: `(${weight})`, reason: OFTEN },
    }))
  ),
  {
    path: BIASED,
    text: "const size = Number.isSafeInteger(sizeBytes) && sizeBytes > 0 ? sizeBytes : 0;",
    ...{ from: ">", to: ">=", reason: "0 is 0 either way" },
  },
  ...["(2)", "(0)"].map((to) => ({
    path: BIASED,
    text: "{ weight: 4, arbitrary: integer({ min: 0, max: Math.min(size, 2 ** 31 - 1) }) },",
    ...{ from: "1", to, reason: "how far the offsets inside of a huge size go is a choice" },
  })),
  {
    path: BIASED,
    text: "{ weight: 3, arbitrary: constantFrom(...near.filter((value) => value >= 0)) },",
    ...{ from: "0", to: "(1)", reason: "0 is drawn among those inside as well" },
  },
  {
    path: BIASED,
    text: "for (let bit = 0n; bit <= BigInt(bits); bit++) {",
    ...{ from: "<=", to: "<" },
    reason: "what is lost are the ends of the width, which the other half is biased to as well",
  },
];
