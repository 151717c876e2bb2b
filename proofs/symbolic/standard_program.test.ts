/** The regions of a standard program, for every header. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Row, rowProof } from "../_kit/symbolic_rows.ts";

const STANDARD = "Gray Paper, appendix A.7";

const ZONE = 65_536n;

/** The start and the end of each region, from the bottom up. */
function regions(value: s.View): readonly (readonly [IntTerm, IntTerm])[] {
  return [0, 2, 4, 6].map((at) => {
    const start = value.item(at).integer;
    return [start, s.add(start, value.item(at + 1).integer)];
  });
}

const HEADER = {
  readOnly: s.uint(24),
  readWrite: s.uint(24),
  heapPages: s.uint(16),
  stack: s.uint(24),
  args: s.range(0, 2n ** 24n),
};

const REGIONS = `export function regionsOf(readOnly, readWrite, heapPages, stackBytes, args) {
  const out = new Uint32Array(12);
  let at = 0;
  const note = (value) => {
    out[at] = value;
    at++;
  };
  const memory = {
    mapRegion: (start, size) => {
      note(start);
      note(size);
      return { ok: true };
    },
    setHeap: (base, top, pages) => {
      note(base);
      note(top);
      note(pages);
      return { ok: true };
    },
  };
  const program = {
    readOnlyData: { length: readOnly },
    readWriteData: { length: readWrite },
    heapPages,
    stackBytes,
  };
  mapRegions(memory, program, { length: args });
  return out;
}`;

function regionsRow(id: string, says: string, from: string, to: string, shows: Row["shows"]): Row {
  return {
    id,
    says,
    subject: "initialState",
    spec: STANDARD,
    file: "src/pvm/initial_state.ts",
    function: "regionsOf",
    harness: REGIONS,
    over: "every header of a standard program, and every length of the arguments",
    inputs: HEADER,
    given: (g) => ({
      readOnly: g("readOnly"),
      readWrite: g("readWrite"),
      heapPages: g("heapPages"),
      stackBytes: g("stack"),
      args: g("args"),
    }),
    shows,
    from,
    to,
  };
}

/** The least multiple of a power of two that is no less. */
const up = (of: IntTerm, to: bigint) => s.multiply(s.divide(s.add(of, to - 1n), to), to);

const STANDARDS: readonly Row[] = [
  regionsRow(
    "standard_regions_are_apart",
    "the regions of a standard program lie in order, apart, and a zone from each other",
    "2 ** 32 - PROGRAM_ZONE - ARGUMENT_BYTES_MAX",
    "2 ** 28 - PROGRAM_ZONE - ARGUMENT_BYTES_MAX",
    (_, { value }) => {
      const all = regions(value);
      const apart = all.slice(1).map(([start], place) => {
        const end = all[place]?.[1] ?? s.constant(0);
        return s.atMost(s.add(end, place === 1 ? 0n : ZONE), start);
      });
      const [first, last] = [all[0]?.[0] ?? 0, all[3]?.[1] ?? 0];
      return s.and(s.atMost(ZONE, first), ...apart, s.atMost(last, 2n ** 32n - ZONE));
    },
  ),
  regionsRow(
    "standard_regions_hold_their_data",
    "each region begins where the definition says, in whole pages, and holds all of its data",
    "roundUp(readWriteData.length, PAGE_SIZE) + heapPages * PAGE_SIZE",
    "readWriteData.length + heapPages * PAGE_SIZE",
    (g, { value }) => {
      const heap = s.add(2n * ZONE, up(g("readOnly"), ZONE));
      const heapBytes = s.add(up(g("readWrite"), 4096n), s.multiply(g("heapPages"), 4096n));
      const stack = up(g("stack"), 4096n);
      const args = 2n ** 32n - ZONE - 2n ** 24n;
      const wanted: readonly s.Integer[] = [
        ZONE,
        up(g("readOnly"), 4096n),
        heap,
        heapBytes,
        s.subtract(args - ZONE, stack),
        stack,
        args,
        up(g("args"), 4096n),
        heap,
        s.add(heap, heapBytes),
      ];
      return s.and(...wanted.map((term, place) => s.equal(value.item(place).integer, term)));
    },
  ),
  regionsRow(
    "standard_heap_ends_below_the_stack",
    "the heap may grow up to the stack and no further",
    "(STACK_END - stack - heapStart) / PAGE_SIZE",
    "(STACK_END - heapStart) / PAGE_SIZE",
    (_, { value }) => {
      const [base, pages] = [value.item(8).integer, value.item(10).integer];
      return s.equal(s.add(base, s.multiply(pages, 4096n)), value.item(4).integer);
    },
  ),
];

export const proofs: readonly Proof[] = STANDARDS.map(rowProof);

register(proofs);
