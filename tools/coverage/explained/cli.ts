/** Branches of the room cli that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const CLI: readonly Explained[] = [];
