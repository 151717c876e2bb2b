/**
 * The operations of a program, by number.
 *
 * @module
 */

import type { Frame } from "../frame.ts";
import type { Run } from "../run.ts";
import { FAILED } from "../stop.ts";
import type { Checked } from "../stop.ts";
import { CALL_OPERATIONS } from "./calls.ts";
import { DATA_OPERATIONS } from "./data.ts";
import { IMAGE_OPERATIONS } from "./images.ts";
import type { Operations } from "./operation.ts";
import { SLOT_OPERATIONS } from "./slots.ts";
import { TYPE_OPERATIONS } from "./types.ts";

const OPERATIONS: Operations = {
  ...SLOT_OPERATIONS,
  ...DATA_OPERATIONS,
  ...TYPE_OPERATIONS,
  ...IMAGE_OPERATIONS,
  ...CALL_OPERATIONS,
};

/** Does an operation; every number without one fails. */
export function operate(run: Run, frame: Frame, number: number): Checked<undefined> {
  const operation = OPERATIONS[number];
  return operation === undefined ? FAILED : operation(run, frame);
}
