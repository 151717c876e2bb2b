/** Branches that no proof takes, each with the reason: a list for each room. */

import { ARENA } from "./explained/arena.ts";
import { CLI } from "./explained/cli.ts";
import { INT } from "./explained/int.ts";
import { KERNEL } from "./explained/kernel.ts";
import { KERNEL_COMPAT } from "./explained/kernel_compat.ts";
import { KERNEL_V3 } from "./explained/kernel_v3.ts";
import { LINEAR } from "./explained/linear.ts";
import { PAGED } from "./explained/paged.ts";
import { PROOF } from "./explained/proof.ts";
import { PVM } from "./explained/pvm.ts";
import { RECOMPILER } from "./explained/recompiler.ts";

/** A line, or several lines of a file, at which a branch is not taken. */
export interface Explained {
  readonly path: string;
  /**
   * The lines of the source, without the white space around them; one that begins with `}` has the
   * line above before it.
   */
  readonly lines: readonly string[];
  readonly reason: string;
}

/** All that are listed. */
export const EXPLAINED: readonly Explained[] = [
  ...[...INT, ...LINEAR, ...PAGED, ...ARENA, ...PVM],
  ...[...RECOMPILER, ...KERNEL, ...KERNEL_COMPAT, ...KERNEL_V3, ...CLI, ...PROOF],
];
