/** Branches of the room linear that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const LINEAR: readonly Explained[] = [];
