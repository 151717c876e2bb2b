/** Paged memory: the arithmetic of regions, of the heap and of addresses. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { pieceOf, type Row, rowProof } from "../_kit/symbolic_rows.ts";

const PAGE = "src/paged/page.ts";
const REGION = "src/paged/region.ts";
const HEAP = "src/paged/heap.ts";
const SPACE = 2n ** 32n;
const WHOLE = s.range(-(2n ** 53n), 2n ** 53n);
const SPEC = "Gray Paper, 4.6 and appendix A";

const isOne = (of: IntTerm) => s.equal(of, 1n);

/** What `readRegion` says, as a number: 0 for a region, else which fault. */
function regionRow(pageSize: number): Row {
  const size = BigInt(pageSize);
  return {
    id: `paged_region_of_${pageSize}`,
    says:
      `a region of pages of ${pageSize} is taken if and only if it is aligned, within the addresses ` +
      "and not reserved, and is then the pages that it covers",
    subject: "SparseMemory.mapRegion",
    spec: SPEC,
    file: REGION,
    function: "regionOf",
    harness: `export function regionOf(pageSize, reservedBytes, start, size) {
      const store = { settings: { pageSize, reservedBytes } };
      const region = readRegion(store, start, size, "read-write", 1);
      if (!region.ok) return region.error.kind;
      return [Math.floor(region.value.first), Math.floor(region.value.count)];
    }`,
    inputs: { reserved: s.range(0, SPACE / size), start: s.uint(53), size: s.uint(53) },
    given: (g) => ({
      pageSize,
      reservedBytes: s.multiply(g("reserved"), size),
      start: g("start"),
      size: g("size"),
    }),
    shows: (g, { value }) => {
      const [start, bytes] = [g("start"), g("size")];
      const odd = s.not(s.equal(s.modulo(start, size), 0n));
      const oddSize = s.not(s.equal(s.modulo(bytes, size), 0n));
      const beyond = s.less(SPACE, s.add(start, bytes));
      const reserved = s.and(
        s.less(0n, bytes),
        s.less(start, s.multiply(g("reserved"), size)),
      );
      const taken = s.not(s.or(odd, oddSize, beyond, reserved));
      return s.and(
        s.iff(value.isText("unaligned-start"), odd),
        s.iff(value.isText("unaligned-size"), s.and(s.not(odd), oddSize)),
        s.iff(value.isText("overflow"), s.and(s.not(odd), s.not(oddSize), beyond)),
        s.implies(
          taken,
          s.and(
            value.item(0).isInteger,
            s.equal(s.multiply(value.item(0).integer, size), start),
            s.equal(s.multiply(value.item(1).integer, size), bytes),
          ),
        ),
      );
    },
    // The sum of two integers below 2^53 may be rounded; it is then far beyond the addresses.
    rounding: true,
    from: "from.value + length.value > SPACE",
    to: "from.value + length.value >= SPACE",
  };
}

function heapPages(pageSize: number): Row {
  const size = BigInt(pageSize);
  return {
    id: `paged_heap_pages_of_${pageSize}`,
    says: `what the heap of pages of ${pageSize} maps are the pages that its new bytes touch`,
    subject: "SparseMemory.sbrk",
    spec: "Gray Paper, appendix A.5 (sbrk)",
    file: HEAP,
    function: "pages",
    harness: (text) =>
      `export function pages(top, size, pageSize) {
        const first = ${pieceOf(text, /const first = (.*);/)};
        const count = ${pieceOf(text, /const count = (.*);/)};
        return [first, count];
      }`,
    inputs: { top: s.range(0, SPACE), size: s.range(1, SPACE - 1n) },
    given: (g) => ({ top: g("top"), size: g("size"), pageSize }),
    shows: (g, { value }) => {
      const [first, count] = [value.item(0).integer, value.item(1).integer];
      const last = s.divide(s.subtract(s.add(g("top"), g("size")), 1n), size);
      return s.and(
        s.equal(first, s.divide(g("top"), size)),
        s.equal(s.add(first, count), s.add(last, 1n)),
      );
    },
    from: "Math.ceil((top + size) / pageSize) - first",
    to: "Math.ceil(size / pageSize)",
  };
}

const OTHERS: readonly Row[] = [
  {
    id: "paged_isWhole",
    says: "isWhole holds for exactly the integers of the range",
    subject: "SparseMemory.mapRegion",
    spec: SPEC,
    file: PAGE,
    function: "isWhole",
    inputs: { value: WHOLE, min: WHOLE, max: WHOLE },
    shows: (g, { value }) => s.iff(value.truth, s.within(g("value"), g("min"), g("max"))),
    from: "value >= min && value <= max",
    to: "value > min && value <= max",
  },
  {
    id: "paged_isAddress",
    says: "isAddress holds for exactly the integers of 32 bits, unsigned",
    subject: "SparseMemory.read",
    spec: SPEC,
    file: PAGE,
    function: "isAddress",
    inputs: { value: WHOLE },
    shows: (g, { value }) => s.iff(value.truth, s.within(g("value"), 0n, SPACE - 1n)),
    from: "value >>> 0 === value",
    to: "(value | 0) === value",
  },
  {
    id: "paged_status",
    says: "a status gives back the page and the kind of failure that it was made of",
    subject: "readStatus",
    spec: SPEC,
    file: "src/paged/fault.ts",
    function: "reported",
    harness: `export function reported(page, isProtected) {
      const status = isProtected ? protectedAt(4 * page) : inaccessibleAt(4 * page);
      const { kind, address } = readStatus(status);
      return [kind === "write-protected", kind === "page-fault", address];
    }`,
    inputs: { page: s.uint(30), isProtected: s.range(0, 1) },
    given: (g) => ({ page: g("page"), isProtected: isOne(g("isProtected")) }),
    shows: (g, { value }) =>
      s.and(
        s.iff(value.item(0).truth, isOne(g("isProtected"))),
        s.iff(value.item(1).truth, s.not(isOne(g("isProtected")))),
        s.equal(value.item(2).integer, s.multiply(4n, g("page"))),
      ),
    from: "asU32((status & ~KIND_MASK) >>> 0)",
    to: "asU32((status & ~KIND_MASK) & 0x7fff_ffff)",
  },
  {
    id: "paged_heap_fits",
    says: "the heap grows if and only if its new top lies within its pages and the addresses",
    subject: "SparseMemory.sbrk",
    spec: "Gray Paper, appendix A.5 (sbrk)",
    file: HEAP,
    function: "refuses",
    harness: (text) =>
      `export function refuses(base, top, maxPages, pageSize, size) {
        return ${pieceOf(text, /if \((top \+ size > .*)\) return exhausted/)};
      }`,
    inputs: {
      base: s.uint(32),
      top: s.range(0, SPACE),
      maxPages: s.range(0, SPACE / 4n),
      size: s.uint(32),
    },
    given: (g) => ({
      base: g("base"),
      top: g("top"),
      maxPages: g("maxPages"),
      pageSize: 4096,
      size: g("size"),
    }),
    where: (g) => s.atMost(g("base"), g("top")),
    shows: (g, { value }) => {
      const end = s.add(g("top"), g("size"));
      const most = s.add(g("base"), s.multiply(g("maxPages"), 4096n));
      return s.iff(value.truth, s.or(s.less(most, end), s.less(SPACE, end)));
    },
    from: "base + maxPages * pageSize, SPACE",
    to: "maxPages * pageSize, SPACE",
  },
];

export const proofs: readonly Proof[] = [
  ...[4, 4096, 65_536].map(regionRow),
  ...[4, 4096, 65_536].map(heapPages),
  ...OTHERS,
].map(rowProof);

register(proofs);
