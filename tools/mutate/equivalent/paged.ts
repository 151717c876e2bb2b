/** Faults of the room paged that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** A quick way that is taken less often. */
const LESS_QUICK = "the quick way is left out more often; the slow one gives the same";

const FLAT = "src/paged/flat_store.ts";
/** How the quick ways begin, by the width of the access. */
const QUICK: readonly string[] = ["Read", "Writ"].flatMap((kind) => {
  const found = kind === "Read"
    ? "start === this.#readStart || this.#findReadable(start)"
    : "start === this.#writeStart || this.#findWritable(start)";
  return [1, 3, 7].map((reach) => `if (offset <= this.#mask - ${reach} && (${found})) {`);
});

export const PAGED: readonly Equivalent[] = [
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
  {
    path: "src/paged/bulk.ts",
    text: "return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Infinity;",
    ...{ from: "<=", to: "<" },
    reason: "2^53 - 1 is beyond every memory, as infinity is",
  },
  ...["this.#readStart = start;", "this.#writeStart = start;"].map((text) => ({
    ...{ path: FLAT, text, from: text, to: ";" },
    reason: "the last page is not remembered, and looked up again",
  })),
  {
    path: FLAT,
    text: "const start = address ^ offset;",
    ...{ from: "^", to: "|" },
    reason: "the page is looked up by an address in it; what is remembered fits that address alone",
  },
  ...QUICK.map((text) => ({
    ...{ path: FLAT, text, from: "||", to: "&&", reason: LESS_QUICK },
  })),
  ...QUICK.map((text) => ({
    ...{ path: "src/paged/sparse_access.ts", text, from: "||", to: "&&", reason: LESS_QUICK },
  })),
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
  ...[FLAT, "src/paged/sparse_access.ts"].map((path) => ({
    ...{ path, text: "return DONE;", from: "return DONE;", to: ";" },
    reason: "the slow way then does the same once more",
  })),
  ...[
    "if (this.permission(start >>> this.#shift) === NONE) return false;",
    "if (this.permission(start >>> this.#shift) !== READ_WRITE) return false;",
  ].map((text) => ({
    ...{ path: FLAT, text, from: ">>>", to: ">>" },
    reason: LESS_QUICK,
  })),
  ...["#readBase = 0;", "#writeBase = 0;"].flatMap((text) =>
    ["(1)", "(-1)"].map((to) => ({
      ...{ path: "src/paged/sparse_access.ts", text, from: "0", to },
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
];
