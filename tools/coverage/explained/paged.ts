/** Branches of the room paged that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const PAGED: readonly Explained[] = [];
