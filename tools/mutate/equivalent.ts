/** Faults that nothing can tell from the source, each with the reason. */

import type { Judged } from "./record.ts";

/** A fault by what it changes, and why that makes no difference. */
interface Equivalent {
  readonly path: string;
  /** The line of the source, without the white space around it. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** A quick way that is taken less often. */
const LESS_QUICK = "the quick way is left out more often; the slow one gives the same";
/** Estimates only choose between two ways to the same quotient. */
const SLOWER = "an estimate that is not taken is followed by the exact way, with the same quotient";

const DIV = "src/int/wide/div.ts";
const IS_SURE =
  "return Math.abs(estimate) < ESTIMATE_END && rest < 1 - MARGIN && (rest > MARGIN || rounded === 0);";

const EQUIVALENT: readonly Equivalent[] = [
  {
    path: "src/int/wide/shift.ts",
    text: "out[at + 1] = (aHi << count) | (aLo >>> 1 >>> ~count);",
    from: ">>>",
    to: ">>",
    reason: "the second shift: what it moves has 31 bits and no sign",
  },
  {
    path: DIV,
    text: "return areExact(aHi ^ (aHi >> 31), bHi ^ (bHi >> 31));",
    from: ">>",
    to: "<<",
    reason:
      "of the divisor: one wrongly called exact is beside -2^63, above every exact dividend, " +
      "and the quotient 0 is right",
  },
  {
    path: DIV,
    text: "const magnitudeLo = (bHi | 0) < 0 ? negatedLo : bLo;",
    from: "0",
    to: "(1)",
    reason: "the 0 of `bHi | 0`: only the sign is looked at",
  },
  {
    path: DIV,
    text: "const MARGIN = 2 ** -6;",
    from: "6",
    to: "(7)",
    reason: "an estimate below 2^44 is off by three roundings, 3 parts in 2^9: less than 2^-7 too",
  },
  {
    path: DIV,
    text: IS_SURE,
    from: "<",
    to: "<=",
    reason: "an estimate at the border, of either sort, is off by less than the margin as well",
  },
  { path: DIV, text: IS_SURE, from: "1 - MARGIN", to: "(MARGIN) - (1)", reason: SLOWER },
  {
    path: "src/paged/sparse_access.ts",
    text: 'if (typeof address === "number" && typeof index === "number" && out === this.#out) {',
    from: '"number"',
    to: '"number_"',
    reason: LESS_QUICK,
  },
  {
    path: "src/paged/flat_store.ts",
    text:
      "if (offset <= this.#mask - 1 && (start === this.#readStart || this.#findReadable(start))) {",
    from: "1",
    to: "(2)",
    reason: LESS_QUICK,
  },
];

/** Why nothing can tell a fault from the source, should it be a listed one. */
export function reasonOf({ path, text, from, to }: Judged): string | undefined {
  return EQUIVALENT.find((known) =>
    known.path === path && known.text === text && known.from === from && known.to === to
  )?.reason;
}
