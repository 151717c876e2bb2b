/**
 * Quotas that an operand names.
 *
 * @module
 */

import { ok } from "../../../result.ts";
import type { Frame } from "../frame.ts";
import { rowId } from "../meters.ts";
import type { NamedQuota } from "../meters.ts";
import type { Run } from "../run.ts";
import { fullSlot } from "../slots.ts";
import { FAILED } from "../stop.ts";
import type { Checked } from "../stop.ts";

/** The Quota in the slot that a register stands for. */
export function quotaIn(run: Run, frame: Frame, register: number): Checked<NamedQuota> {
  const full = fullSlot(run, frame, register);
  if (!full.ok) return full;
  const { target } = full.value;
  const id = rowId(run, "quota", target);
  if (!id.ok) return id;
  return id.value === undefined ? FAILED : ok({ target, id: id.value });
}
