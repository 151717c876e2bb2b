/**
 * The numbers of the host calls, and the values they give.
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import type { U64 } from "../../int/mod.ts";

/** What host calls give in register 7 when they give no value of their own (Gray Paper, appendix B.1). */
export const HOST_RESULT: Readonly<
  Record<
    "OK" | "NONE" | "WHAT" | "OOB" | "WHO" | "FULL" | "CORE" | "CASH" | "LOW" | "HUH",
    U64
  >
> = Object.freeze({
  OK: asU64(0n),
  NONE: asU64(2n ** 64n - 1n),
  WHAT: asU64(2n ** 64n - 2n),
  OOB: asU64(2n ** 64n - 3n),
  WHO: asU64(2n ** 64n - 4n),
  FULL: asU64(2n ** 64n - 5n),
  CORE: asU64(2n ** 64n - 6n),
  CASH: asU64(2n ** 64n - 7n),
  LOW: asU64(2n ** 64n - 8n),
  HUH: asU64(2n ** 64n - 9n),
});

/** The numbers of the calls that this library does (Gray Paper, appendix B, from 0.6.7 on; JIP-1). */
export const HOST_CALL: Readonly<
  Record<
    "gas" | "machine" | "peek" | "poke" | "pages" | "invoke" | "expunge" | "log",
    number
  >
> = Object.freeze({
  gas: 0,
  machine: 8,
  peek: 9,
  poke: 10,
  pages: 11,
  invoke: 12,
  expunge: 13,
  log: 100,
});
