/** The order in which faults are judged when not all of them are. */

import { createHash } from "node:crypto";
import type { Fault } from "./operators.ts";

/**
 * The faults in an order drawn with a seed. It hangs on the name of each alone: a fault that is added
 * or removed leaves the order of the others as it is.
 */
export function inDrawnOrder(faults: readonly Fault[], seed: number): Fault[] {
  const lots = new Map(faults.map(({ id }) => [
    id,
    createHash("sha256").update(`${seed} ${id}`).digest("hex"),
  ]));
  const lot = ({ id }: Fault) => lots.get(id) ?? "";
  return [...faults].sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
}
