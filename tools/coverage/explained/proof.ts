/** Branches of the room proof that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const PROOF: readonly Explained[] = [];
