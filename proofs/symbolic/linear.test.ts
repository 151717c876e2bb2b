/** The bounds checks and the growth of linear memory and tables. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { conditionOf, type Row, rowProof } from "../_kit/symbolic_rows.ts";

const BOUNDS = "src/linear/bounds.ts";
/** Every integer that a number holds exactly. */
const WHOLE = s.range(-(2n ** 53n), 2n ** 53n);
const SIZE = s.range(0, 2n ** 53n);
const MEMORY = "Wasm core 2.0, 4.4.7";
const BIG = s.int(100);

const WORD_MIN = -(2n ** 31n);
const WORD_MAX = 2n ** 32n - 1n;

const LINEAR: readonly Row[] = [
  {
    id: "linear_isNatural",
    says: "isNatural holds for exactly the integers from 0 to the greatest",
    subject: "IsolatedMemory.loadI32",
    spec: MEMORY,
    file: BOUNDS,
    function: "isNatural",
    inputs: { value: WHOLE, max: WHOLE },
    shows: (g, { value }) => s.iff(value.truth, s.within(g("value"), 0n, g("max"))),
    from: "value >= 0 && value <= max",
    to: "value >= 0 && value < max",
  },
  {
    id: "linear_fits",
    says: "an access fits if and only if its last byte lies inside, as integers without end say it",
    subject: "IsolatedMemory.loadI32",
    spec: MEMORY,
    file: BOUNDS,
    function: "fits",
    inputs: { size: SIZE, offset: WHOLE, width: SIZE },
    shows: (g, { value }) =>
      s.iff(
        value.truth,
        s.and(s.atMost(0n, g("offset")), s.atMost(s.add(g("offset"), g("width")), g("size"))),
      ),
    from: "isNatural(offset, size - width)",
    to: "isNatural((offset + width) >>> 0, size)",
  },
  {
    id: "linear_rangeFits",
    says:
      "a range fits if and only if all of its bytes lie inside; one of no bytes may begin at the end",
    subject: "IsolatedMemory.copyWithin",
    spec: MEMORY,
    file: BOUNDS,
    function: "rangeFits",
    inputs: { size: SIZE, offset: WHOLE, length: WHOLE },
    shows: (g, { value }) =>
      s.iff(
        value.truth,
        s.and(
          s.atMost(0n, g("offset")),
          s.atMost(0n, g("length")),
          s.atMost(s.add(g("offset"), g("length")), g("size")),
        ),
      ),
    from: "isNatural(length, size) && fits",
    to: "fits",
  },
  {
    id: "linear_isWord",
    says: "isWord holds for exactly the integers of 32 bits in either reading",
    subject: "IsolatedMemory.storeI32",
    spec: MEMORY,
    file: BOUNDS,
    function: "isWord",
    inputs: { value: WHOLE },
    shows: (g, { value }) => s.iff(value.truth, s.within(g("value"), WORD_MIN, WORD_MAX)),
    from: "value <= 0xffff_ffff",
    to: "value <= 0x7fff_ffff",
  },
  {
    id: "linear_isLong",
    says: "isLong holds for exactly the integers of 64 bits in either reading",
    subject: "IsolatedMemory.storeI64",
    spec: MEMORY,
    file: BOUNDS,
    function: "isLong",
    inputs: { value: BIG },
    given: (g) => ({ value: s.big(g("value")) }),
    shows: (g, { value }) => s.iff(value.truth, s.within(g("value"), -(2n ** 63n), 2n ** 64n - 1n)),
    from: "BigInt.asUintN(64, value) === value",
    to: "BigInt.asUintN(63, value) === value",
  },
  {
    id: "linear_grow",
    says:
      "a memory grows if and only if the sum of the pages is at most the most; the sum of 32 bits " +
      "that the original took is a counterexample",
    subject: "IsolatedMemory.grow",
    spec: "Wasm core 2.0, 4.4.7 (memory.grow)",
    file: "src/linear/backing.ts",
    function: "grows",
    harness: conditionOf(
      "grows",
      "old, delta",
      /return (.*) && this\.#activate\(old \+ delta, old\)/,
    ),
    inputs: { old: s.range(0, 65_536), delta: SIZE, max: s.range(0, 65_536) },
    where: (g) => s.atMost(g("old"), g("max")),
    given: (g) => ({ self: { maxPages: g("max") }, old: g("old"), delta: g("delta") }),
    shows: (g, { value }) => s.iff(value.truth, s.atMost(s.add(g("old"), g("delta")), g("max"))),
    from: "delta <= this.maxPages - old &&",
    to: "((old + delta) >>> 0) <= this.maxPages &&",
  },
  {
    id: "linear_engine_pages",
    says: "the pages of the engine are the fewest that hold the bytes",
    subject: "IsolatedMemory.grow",
    spec: "Wasm core 2.0, 4.2.8",
    file: "src/linear/backing.ts",
    function: "enginePages",
    inputs: { bytes: SIZE },
    shows: (g, { value }) => {
      const held = s.multiply(value.integer, 65_536n);
      return s.and(s.atMost(g("bytes"), held), s.less(s.subtract(held, 65_536n), g("bytes")));
    },
    from: "Math.ceil(bytes / PAGE_SIZE)",
    to: "Math.floor(bytes / PAGE_SIZE)",
  },
  {
    id: "linear_table_grow",
    says: "a table grows if and only if the sum of the slots is at most the most",
    subject: "FuncrefTable.grow",
    spec: "Wasm core 2.0, 4.4.6 (table.grow)",
    file: "src/linear/table.ts",
    function: "grows",
    harness: conditionOf("grows", "size, delta", /\|\| !(isNatural\(delta, .*\))\) return -1/),
    inputs: { size: s.uint(32), delta: WHOLE, max: s.uint(32) },
    where: (g) => s.atMost(g("size"), g("max")),
    given: (g) => ({ self: { max: g("max") }, size: g("size"), delta: g("delta") }),
    shows: (g, { value }) =>
      s.iff(
        value.truth,
        s.and(s.atMost(0n, g("delta")), s.atMost(s.add(g("size"), g("delta")), g("max"))),
      ),
    from: "!isNatural(delta, this.#max - size)",
    to: "!isNatural(delta, this.#max)",
  },
];

export const proofs: readonly Proof[] = LINEAR.map(rowProof);

register(proofs);
