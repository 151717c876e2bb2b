/** Faults of the room paged that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** A quick way that is taken less often. */
const LESS_QUICK = "the quick way is left out more often; the slow one gives the same";

const FLAT = "src/paged/flat_store.ts";
const SPARSE = "src/paged/sparse_access.ts";
/** Where the page is that is remembered. */
const FOUND: readonly string[] = [
  "start === this.#readStart || this.#findReadable(start)",
  "start === this.#writeStart || this.#findWritable(start)",
];
/** How the quick ways begin, by how far the access reaches. */
const WIDE: readonly (readonly [reach: number, text: string])[] = [1, 3, 7].flatMap((reach) =>
  FOUND.map((found) => [reach, `if (offset <= this.#mask - ${reach} && (${found})) {`] as const)
);
const QUICK: readonly string[] = [
  ...WIDE.map(([, text]) => text),
  ...FOUND.map((found) => `if ((${found})) {`),
];
/** How the arguments of unboxed accesses are looked at. */
const LOOKED_AT: readonly string[] = [
  'if (typeof address === "number" && typeof index === "number" && out === this.#out) {',
  'if (typeof address === "number" && typeof low === "number") {',
  'if (typeof address === "number" && typeof low === "number" && typeof high === "number") {',
];

/** What both backends have: the quick ways, and what they remember. */
function quickWays(path: string, store: string): readonly Equivalent[] {
  return [
    ...LOOKED_AT.map((text) => ({
      ...{ path, text, from: '"number"', to: '"number_"', reason: LESS_QUICK },
    })),
    ...QUICK.map((text) => ({ path, text, from: "||", to: "&&", reason: LESS_QUICK })),
    ...WIDE.flatMap(([reach, text]) => [
      { path, text, from: "<=", to: "<", reason: LESS_QUICK },
      { path, text, from: `${reach}`, to: `(${reach + 1})`, reason: LESS_QUICK },
      {
        ...{ path, text, from: `this.#mask - ${reach}`, to: `(${reach}) - (this.#mask)` },
        reason: LESS_QUICK,
      },
    ]),
    ...["this.#readStart = start;", "this.#writeStart = start;"].map((text) => ({
      ...{ path, text, from: text, to: ";" },
      reason: "the last page is not remembered, and looked up again",
    })),
    {
      ...{ path, text: "const start = address ^ offset;", from: "^", to: "|" },
      reason:
        "the page is looked up by an address in it; what is remembered fits that address alone",
    },
    {
      ...{ path, text: "return DONE;", from: "return DONE;", to: ";" },
      reason: "the slow way then does the same once more",
    },
    ...[1, 2, 4].flatMap((width) =>
      ["(1)", "(-1)"].map((to) => ({
        ...{ path, text: `return slowStore(${store}, ${width}, address, low, 0);`, from: "0", to },
        reason: "up to four bytes come of the lower half alone",
      }))
    ),
  ];
}

export const PAGED: readonly Equivalent[] = [
  ...quickWays(FLAT, "this"),
  ...quickWays(SPARSE, "this.whole"),
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/paged/typed.ts",
    text: "return isWhole(value, -2_147_483_648, 4_294_967_295) ? [value | 0, 0] : undefined;",
    ...{ from: "0", to },
    reason: "of the upper half: up to four bytes come of the lower one alone",
  })),
  {
    path: "src/paged/options.ts",
    text: "!isWhole(pageSize, PAGE_SIZE_MIN, PAGE_SIZE_MAX) || (pageSize & (pageSize - 1)) !== 0",
    ...{ from: "1", to: "(2)" },
    reason:
      "an odd size keeps its lowest bit, and of an even one the half decides, in the same way",
  },
  ...[
    ["1024", "(1025)"],
    ["1024", "(1023)"],
    ["2", "(1)"],
    ["2", "(3)"],
    ["32", "(31)"],
    ["32", "(33)"],
    ["**", "*"],
    ["-", "+"],
    ["32 - pageShift", "(pageShift) - (32)"],
    ["32 - pageShift - LEAF_BITS", "(LEAF_BITS) - (32 - pageShift)"],
  ].map(([from = "", to = ""]) => ({
    path: "src/paged/page_table.ts",
    text: "this.root = new Int32Array(Math.min(1024, 2 ** (32 - pageShift - LEAF_BITS)));",
    ...{ from, to },
    reason: "how many groups there is room for at first is a choice: it grows",
  })),
  ...["let start = 0;", "let end = 0;"].flatMap((text) =>
    ["(1)", "(-1)"].map((to) => ({
      ...{ path: "src/paged/snapshot.ts", text, from: "0", to },
      reason: "the first mapped page sets it: its access is another than none",
    }))
  ),
  {
    path: "src/paged/bulk.ts",
    text: "return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Infinity;",
    ...{ from: "<=", to: "<" },
    reason: "2^53 - 1 is beyond every memory, as infinity is",
  },
  {
    path: "src/paged/shared_move.ts",
    text: "let [best, most] = [store.heap.maxPages > 0 ? top : 0, 0];",
    ...{ from: "0", to: "(-1)" },
    reason: "the length of the longest run: any run is longer",
  },
  ...[["0", "(-1)"], ["0", "(1)"], ["1", "(2)"]].map(([from = "", to = ""]) => ({
    path: "src/paged/shared_move.ts",
    text: "let [first, end] = [0, -1];",
    ...{ from, to },
    reason: "no page is behind -1, nor behind -2, so that the first page begins a run",
  })),
  {
    path: "src/paged/shared_pool.ts",
    text: "if (missing <= 0) return true;",
    ...{ from: "0", to: "(1)", reason: "what is missing is a multiple of 4" },
  },
  {
    path: "src/paged/shared_pool.ts",
    text: "this.#mainEnd < most && fits(this.#mainEnd, this.#table.entry(this.#mainEnd))",
    ...{ from: "<", to: "<=" },
    reason: "how many pages are looked at, at a time, is a choice: one more is as right",
  },
  {
    path: "src/paged/shared_pool.ts",
    text: "while (first > 0 && page - first < PAGES_AT_ONCE && follows(first - 1)) first--;",
    ...{ from: "page - first", to: "(first) - (page)" },
    reason: "how many pages are looked at, at a time, is a choice: more are as right",
  },
  ...[
    "if (this.permission(start >>> this.#shift) === NONE) return false;",
    "if (this.permission(start >>> this.#shift) !== READ_WRITE) return false;",
  ].map((text) => ({
    ...{ path: FLAT, text, from: ">>>", to: ">>" },
    reason: LESS_QUICK,
  })),
  ...["#readBase = 0;", "#writeBase = 0;"].flatMap((text) =>
    ["(1)", "(-1)"].map((to) => ({
      ...{ path: SPARSE, text, from: "0", to },
      reason: "it is set with the page that it belongs to, and no page starts nowhere",
    }))
  ),
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/paged/page_table.ts",
    text: "if (leaf !== 0) this.leaves[leaf + (page & LEAF_MASK)] = entry;",
    ...{ from: "0", to },
    reason: "where there is no leaf only 0 is set, and the leaf that then gets it holds zeros",
  })),
  {
    path: "src/paged/shared_move.ts",
    text: "if (hasBytes && offset === 0) return undefined;",
    ...{ from: "0", to: "(-1)" },
    reason: "the pool was made with room for all of the pages",
  },
  {
    path: "src/paged/shared_pool.ts",
    text: "while (first > 0 && page - first < PAGES_AT_ONCE && follows(first - 1)) first--;",
    ...{ from: ">", to: ">=" },
    reason: "what stands for a page before the first has no entry, and follows nothing",
  },
];
