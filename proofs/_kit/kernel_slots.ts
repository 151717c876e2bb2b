/** Small things that the proofs of cnodes share. */

import type { Value } from "../../model/kernel_ssz.ts";
import type { Cap, CNodeCap } from "../../src/kernel/mod.ts";

/** The cnode that a capability has to be. */
export function cnodeIn(cap: Cap): CNodeCap {
  if (cap.kind !== "cnode") throw new Error(`a ${cap.kind}`);
  return cap;
}

/** The entry of a slot, marked as missing content. */
export function marked(entry: Value, slot: bigint): Value {
  const [own = 0n, , content = ""] = Array.isArray(entry) ? entry : [];
  return own === slot ? [own, 1n, content] : entry;
}
