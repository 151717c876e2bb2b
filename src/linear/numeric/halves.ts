/**
 * Results that are 64-bit integers in halves.
 *
 * @module
 */

import { asI32 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Ok } from "../../result.ts";
import type { I64Halves } from "../load.ts";

/** A success with a 64-bit integer in halves, of which the low 32 bits of each number count. */
export function okHalves(lo: number, hi: number): Ok<I64Halves> {
  return ok({ lo: asI32(lo | 0), hi: asI32(hi | 0) });
}

/** Where the arithmetic on halves leaves a result, low half first. */
export const scratch: Int32Array = new Int32Array(2);

/** A success with what the arithmetic has left. */
export function okScratch(): Ok<I64Halves> {
  return okHalves(scratch[0] ?? 0, scratch[1] ?? 0);
}
