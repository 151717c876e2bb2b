/**
 * What an operation is.
 *
 * @module
 */

import type { Frame } from "../frame.ts";
import type { Run } from "../run.ts";
import type { Checked } from "../stop.ts";

/** Checks everything, then charges quota, then changes something. */
export type Operation = (run: Run, frame: Frame) => Checked<undefined>;

/** Operations by number. */
export type Operations = Readonly<Record<number, Operation>>;
