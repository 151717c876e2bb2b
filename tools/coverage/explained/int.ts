/** Branches of the room int that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const INT: readonly Explained[] = [];
