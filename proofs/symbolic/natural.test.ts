/** Naturals of variable length, both ways, and jumps through the table. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Row, rowProof } from "../_kit/symbolic_rows.ts";

const NATURAL = "Gray Paper, appendix C.1.3";
const U64 = s.range(0, 2n ** 64n - 1n);

/** How many bytes follow the first of a natural: by the ranges of the definition. */
function extraOf(value: IntTerm): IntTerm {
  let extra: IntTerm = s.constant(8);
  for (let l = 7; l >= 0; l--) extra = s.choose(s.less(value, 1n << BigInt(7 * (l + 1))), l, extra);
  return extra;
}

/** The value that the bytes stand for by the definition, and how many of them, when they suffice. */
function decoded(bytes: readonly IntTerm[]): readonly [IntTerm, IntTerm] {
  const first = bytes[0] ?? s.constant(0);
  let value: IntTerm = s.constant(0);
  let extra: IntTerm = s.constant(8);
  for (let l = 8; l >= 0; l--) {
    const low = bytes.slice(1, l + 1)
      .reduce((sum, byte, k) => s.add(sum, s.shiftLeft(byte, 8 * k)), s.constant(0));
    const top = l === 8 ? s.constant(0) : s.subtract(first, 256 - 2 ** (8 - l));
    const here = s.less(first, l === 8 ? 256 : 256 - 2 ** (7 - l));
    value = s.choose(here, s.add(low, s.shiftLeft(top, 8 * l)), value);
    extra = s.choose(here, l, extra);
  }
  return [value, extra];
}

const BYTES = Array.from({ length: 9 }, (_, k) => `byte${k}`);

const NATURALS: readonly Row[] = [
  {
    id: "natural_encode",
    says: "a natural is encoded in the form of its range, and no shorter one has it",
    subject: "encodeNatural",
    spec: NATURAL,
    file: "src/pvm/natural.ts",
    function: "naturalBytes",
    inputs: { value: U64 },
    given: (g) => ({ value: s.big(g("value")) }),
    shows: (g, { value }) => {
      const bytes = BYTES.map((_, k) => {
        const item = value.item(k);
        return s.choose(item.isInteger, item.integer, 0n);
      });
      const [back, extra] = decoded(bytes);
      return s.and(
        s.equal(value.length, s.add(extraOf(g("value")), 1n)),
        s.equal(extra, extraOf(g("value"))),
        s.equal(back, g("value")),
      );
    },
    from: "Number(value >> BigInt(8 * extra))",
    to: "Number(value >> BigInt(8 * extra + 1))",
  },
  {
    id: "natural_decode",
    says:
      "bytes are decoded to the natural that they stand for, if they suffice and are its shortest " +
      "form; else they are refused",
    subject: "decodeNatural",
    spec: NATURAL,
    file: "src/pvm/reader.ts",
    function: "read",
    harness: `export function read(bytes) {
      const reader = new Reader(bytes);
      const value = reader.natural64("natural");
      const failure = reader.failure;
      return failure === undefined ? [value, reader.offset] : failure.error.problem;
    }`,
    over: "all bytes, 0 to 9 of them",
    inputs: {
      ...Object.fromEntries(BYTES.map((name) => [name, s.uint(8)])),
      length: s.range(0, 9),
    },
    given: (g) => ({ bytes: s.typedArray("Uint8Array", BYTES.map(g), g("length")) }),
    shows: (g, { value }) => {
      const [natural, extra] = decoded(BYTES.map(g));
      const suffices = s.less(extra, g("length"));
      const shortest = s.equal(extraOf(natural), extra);
      const taken = s.and(suffices, shortest);
      return s.and(
        s.iff(value.isText("truncated"), s.not(suffices)),
        s.iff(value.isText("not-shortest"), s.and(suffices, s.not(shortest))),
        s.implies(
          taken,
          s.and(
            s.equal(value.item(0).integer, natural),
            s.equal(value.item(1).integer, s.add(extra, 1n)),
          ),
        ),
      );
    },
    from: "value < 1n << BigInt(7 * extra)",
    to: "value <= 1n << BigInt(7 * extra)",
  },
];

const ENTRIES = Array.from({ length: 8 }, (_, k) => `entry${k}`);

const JUMPS: readonly Row[] = [
  {
    id: "jump_landing",
    says:
      "a dynamic jump lands where its entry says if the address is even, not 0 and within the " +
      "table; else it panics",
    subject: "Machine.run",
    spec: "Gray Paper, appendix A.4.2 (djump)",
    file: "src/pvm/execute.ts",
    function: "landing",
    over: "all addresses of 32 bits, all tables of up to 8 entries",
    inputs: {
      address: s.uint(32),
      length: s.range(0, 8),
      ...Object.fromEntries(ENTRIES.map((name) => [name, s.int(32)])),
    },
    given: (g) => ({
      table: s.typedArray("Int32Array", ENTRIES.map(g), g("length")),
      address: g("address"),
    }),
    shows: (g, { value }) => {
      const address = g("address");
      let target: IntTerm = s.constant(0);
      for (const [k, name] of ENTRIES.entries()) {
        const here = s.and(s.equal(address, 2 * (k + 1)), s.less(k, g("length")));
        target = s.choose(here, g(name), target);
      }
      return s.equal(value.integer, target);
    },
    from: "return (address & 1) === 0 && index >= 0",
    to: "return index >= 0",
  },
  ...[1, 2, 3, 4, 5, 6].map((width): Row => ({
    id: `jump_entry_of_${width}`,
    says: `an entry of ${width} bytes is their little-endian value; bytes that are not there are 0`,
    subject: "decodeBlob",
    spec: "Gray Paper, appendix A.2",
    file: "src/pvm/code.ts",
    function: "jumpTarget",
    inputs: {
      index: s.range(0, 3),
      length: s.range(0, 12),
      ...Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`byte${k}`, s.uint(8)])),
    },
    over: "the first four entries, all bytes of the table",
    given: (g) => ({
      table: {
        width,
        bytes: s.typedArray(
          "Uint8Array",
          Array.from({ length: 12 }, (_, k) => g(`byte${k}`)),
          g("length"),
        ),
      },
      index: g("index"),
    }),
    shows: (g, { value }) => {
      let sum: IntTerm = s.constant(0);
      for (let k = 0; k < width; k++) {
        const place = s.add(s.multiply(g("index"), width), k);
        let byte: IntTerm = s.constant(0);
        for (let at = 0; at < 12; at++) {
          byte = s.choose(s.and(s.equal(place, at), s.less(at, g("length"))), g(`byte${at}`), byte);
        }
        sum = s.add(sum, s.shiftLeft(byte, 8 * k));
      }
      return s.equal(value.integer, sum);
    },
    from: "index * table.width",
    to: "index * (table.width + 1)",
  })),
  {
    id: "jump_empty_entries",
    says:
      "entries of no bytes can be jumped to by exactly the even addresses up to twice their count",
    subject: "Machine.run",
    spec: "Gray Paper, appendix A.4.2 (djump)",
    file: "src/pvm/interpreter.ts",
    function: "lands",
    inputs: {
      count: s.range(0, 2n ** 22n),
      width: s.uint(8),
      address: s.uint(32),
      first: s.int(32),
    },
    harness: `export function lands(count, width, address, first) {
      const prepared = { code: { jumpTable: { count, width } }, layout: { landing: (pc) => first } };
      return emptyEntryLanding(prepared, address);
    }`,
    shows: (g, { value }) => {
      const jumps = s.and(
        s.equal(g("width"), 0n),
        s.equal(s.modulo(g("address"), 2n), 0n),
        s.within(g("address"), 2n, s.multiply(2n, g("count"))),
      );
      return s.equal(value.integer, s.choose(jumps, g("first"), 0n));
    },
    from: "address <= 2 * count",
    to: "address <= count",
  },
];

export const proofs: readonly Proof[] = [...NATURALS, ...JUMPS].map(rowProof);

register(proofs);
