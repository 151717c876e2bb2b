/** Branches of the room pvm that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const PVM: readonly Explained[] = [];
