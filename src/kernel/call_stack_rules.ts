/**
 * What holds for the entries of a stack at all times.
 *
 * @module
 */

import type { Entry } from "./call_stack.ts";
import type { InvariantBroken, ReferenceNonInstance, ReferenceOutOfRange } from "./vm_error.ts";

/** The first rule that entries break, the outermost entry first; nothing when they keep all. */
export function brokenIn<F>(
  entries: readonly Entry<F>[],
): InvariantBroken | ReferenceOutOfRange | ReferenceNonInstance | undefined {
  for (const [index, entry] of entries.entries()) {
    const top = index === entries.length - 1;
    if ((entry.status === "running") !== top) {
      const text = top ? "the top entry does not run" : "an entry below the top runs";
      return { kind: "invariant", text };
    }
    if (entry.kind === "instance") continue;
    const position = entry.targetPosition;
    if (position >= index) return { kind: "reference-out-of-range", position };
    if (entries[position]?.kind !== "instance") return { kind: "reference-non-instance", position };
  }
  return undefined;
}
