/** Branches of the room paged that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const PAGED: readonly Explained[] = [
  {
    path: "src/paged/shared_pool.ts",
    lines: ["if (!(buffer instanceof ArrayBuffer)) return;"],
    reason:
      "a memory of WebAssembly that is not asked to be shared has an ArrayBuffer; the type alone " +
      "does not say so",
  },
];
