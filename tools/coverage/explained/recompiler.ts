/** Branches of the room recompiler that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const RECOMPILER: readonly Explained[] = [];
