/** Branches of the room proof that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const PROOF: readonly Explained[] = [
  {
    path: "src/proof/trial.ts",
    lines: [
      'const flaws = details.failed ? ["could not draw its inputs"] : reached.flaws(options.effort >= 1);',
    ],
    reason:
      "fast-check tells of a failure without a failing input only when it is ended from outside, and " +
      "here it is not",
  },
];
