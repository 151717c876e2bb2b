/**
 * Targets that come from outside of an invocation.
 *
 * @module
 */

import { ok } from "../../result.ts";
import type { CacheDirectory } from "../cache_directory.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CapHash } from "../hash.ts";
import { broken, failure } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** A target of a directory as a hash. */
export function settledTarget(directory: CacheDirectory, target: CapTarget): Sure<CapHash> {
  const settled = directory.settle(target);
  if (settled.ok) return ok(settled.value);
  const { error } = settled;
  return error.kind === "invalid-argument" ? broken("not a target") : failure(error);
}
