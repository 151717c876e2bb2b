/** Faults of the room int that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** Estimates only choose between two ways to the same quotient. */
const SLOWER = "an estimate that is not taken is followed by the exact way, with the same quotient";

const DIV = "src/int/wide/div.ts";
const IS_SURE =
  "return Math.abs(estimate) < ESTIMATE_END && rest < 1 - MARGIN && (rest > MARGIN || rounded === 0);";

export const INT: readonly Equivalent[] = [
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
  ...["^", "31", "bHi >> 31", "aHi >> 31"].flatMap((from) =>
    (from === "^" ? ["|"] : from === "31" ? ["(30)"] : [`(31) >> (${from.slice(0, 3)})`]).map((
      to,
    ) => ({
      path: DIV,
      text: "return areExact(aHi ^ (aHi >> 31), bHi ^ (bHi >> 31));",
      ...{ from, to, reason: `negative words are called exact less often: ${SLOWER}` },
    }))
  ),
  {
    path: DIV,
    text: "return (aHi | bHi) >>> 21 === 0;",
    ...{ from: "0", to: "(-1)", reason: `no word is called exact: ${SLOWER}` },
  },
  ...[["**", "*"], ["2", "(1)"], ["44", "(43)"]].map(([from = "", to = ""]) => ({
    path: DIV,
    text: "const ESTIMATE_END = 2 ** 44;",
    ...{ from, to, reason: SLOWER },
  })),
  {
    path: DIV,
    text: "const ESTIMATE_END = 2 ** 44;",
    ...{ from: "44", to: "(45)" },
    reason:
      "an estimate below 2^45 is off by three roundings, 3 parts in 2^8: less than the margin",
  },
  {
    path: DIV,
    text: "const rest = Math.abs(estimate - rounded);",
    ...{ from: "-", to: "+" },
    reason: `the sum is small for a quotient of 0 only, and then right: ${SLOWER}`,
  },
  {
    path: DIV,
    text: IS_SURE,
    ...{ from: ">", to: ">=" },
    reason: "an estimate at the border is off by less than the margin as well",
  },
  {
    path: DIV,
    text:
      "if (b !== 0 && (areExact(aHi, bHi) || isSure(estimate, rounded))) writeFloat(rounded, out, at);",
    ...{ from: "||", to: "&&", reason: SLOWER },
  },
  ...[["<", "<="], ["0", "(-1)"]].map(([from = "", to = ""]) => ({
    path: DIV,
    text: "if ((aHi | 0) < 0) {",
    ...{ from, to },
    reason:
      "what comes here has a divisor of 2^53 or more, or a dividend: a dividend of 32 bits was " +
      "surely divided before, to 0",
  })),
  ...[
    [DIV, "} else if ((bHi | 0) < 0) {"],
    [DIV, "if ((aHi | 0) < 0) {"],
    [DIV, "const magnitudeHi = (bHi | 0) < 0 ? negatedHi : bHi;"],
    ["src/int/wide/mul.ts", "if ((aHi | 0) < 0) subtractFrom(out, at, bLo, bHi);"],
    ["src/int/wide/mul.ts", "if ((bHi | 0) < 0) subtractFrom(out, at, aLo, aHi);"],
  ].map(([path = "", text = ""]) => ({
    ...{ path, text, from: "0", to: "(1)" },
    reason: "the 0 of `| 0`: only the sign is looked at",
  })),
  ...[
    "const pairs = (a & 0x55555555) + ((a >>> 1) & 0x55555555);",
    "const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);",
    "const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f;",
    "return Math.imul(bytes, 0x01010101) >>> 24;",
  ].map((text) => ({
    ...{ path: "src/int/wide/bits.ts", text, from: ">>>", to: ">>" },
    reason: "the mask takes the copies of the sign away, or there is no sign",
  })),
  {
    path: "src/int/number_types.ts",
    text: "if (whole >= 0 && whole < USIZE_COUNT) return whole;",
    ...{ from: ">=", to: ">", reason: "the remainder of 0 is 0 as well" },
  },
  ...[["<", "<="]].map(([from = "", to = ""]) => ({
    path: "src/int/integer_type.ts",
    text: "if (result < min) return min;",
    ...{ from, to, reason: "the least value is given back either way" },
  })),
  {
    path: "src/int/integer_type.ts",
    text: "return result > max ? max : brand(result);",
    ...{ from: ">", to: ">=", reason: "the greatest value is given back either way" },
  },
  {
    path: "src/int/wide/convert.ts",
    text: "const bytes = new DataView(new ArrayBuffer(8));",
    ...{ from: "8", to: "(9)", reason: "a byte more than is used" },
  },
  {
    path: "src/int/number_types.ts",
    text: "if (whole >= 0 && whole < USIZE_COUNT) return whole;",
    ...{ from: "0", to: "(1)", reason: "the remainder of 0 is 0 as well" },
  },
  ...[
    [DIV, "return (aHi | bHi) >>> 21 === 0;"],
    [DIV, "} else if ((bHi | 0) === 0 && bLo >>> 21 === 0) {"],
  ].map(([path = "", text = ""]) => ({
    ...{ path, text, from: ">>>", to: ">>" },
    reason: "what is negative gives no 0 either way",
  })),
  ...[
    "out[at] = (lo << count) | (hi >>> 1 >>> rest);",
    "out[at + 1] = (hi << count) | (lo >>> 1 >>> rest);",
  ].map((text) => ({
    ...{ path: "src/int/wide/shift.ts", text, from: ">>>", to: ">>" },
    reason: "the second shift: what it moves has 31 bits and no sign",
  })),
  {
    path: "src/int/wide/bits.ts",
    text: "return (a << 24) | ((a & 0xff00) << 8) | ((a >>> 8) & 0xff00) | (a >>> 24);",
    ...{ from: ">>>", to: ">>" },
    reason: "of the first: the mask takes the copies of the sign away",
  },
];
