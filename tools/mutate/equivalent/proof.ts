/** Faults of the room proof that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const PROOF: readonly Equivalent[] = [];
