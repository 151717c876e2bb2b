/** Paged memory: which accesses are allowed, byte by byte, and what they load and store. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Given, type Row, rowProof } from "../_kit/symbolic_rows.ts";
import { word } from "../_kit/symbolic_words.ts";

const STORE = "src/paged/store.ts";
const SPACE = 2n ** 32n;
const SPEC = "Gray Paper, 4.6 and appendix A";

/** A store of which the codes of four pages in a row are given; the fifth is the first again. */
const CHECK = `export function checkPages(start, count, isWrite, wraps, codes, pageSize) {
  const store = { settings: { pageSize }, permission: (page) => codes[page & 3] };
  return check(store, start, count, isWrite, wraps);
}`;

const isOne = (of: IntTerm) => s.equal(of, 1n);

/** The status of the first byte that is not allowed, else 0. */
function statusOf(g: Given, count: number, pageSize: bigint): IntTerm {
  let status: IntTerm = s.constant(0);
  for (let k = count - 1; k >= 0; k--) {
    const place = s.add(g("start"), k);
    const beyond = s.atMost(SPACE, place);
    const address = s.unsigned(32, place);
    const page = s.divide(address, pageSize);
    const code = [0, 1, 2].reduce(
      (rest, at) => s.choose(s.equal(s.modulo(page, 4n), at), g(`code${at}`), rest),
      g("code3"),
    );
    const start = s.signed(32, s.multiply(page, pageSize));
    const kind = s.choose(
      s.equal(code, 0n),
      s.add(start, 1n),
      s.choose(s.and(isOne(g("isWrite")), s.not(s.equal(code, 2n))), s.add(start, 2n), 0n),
    );
    const here = s.choose(s.and(beyond, s.not(isOne(g("wraps")))), 1n, kind);
    status = s.choose(s.equal(here, 0n), status, here);
  }
  return status;
}

function checkRow(pageSize: number, count: number): Row {
  return {
    id: `paged_check_${count}_of_${pageSize}`,
    says:
      `an access of ${count} bytes to pages of ${pageSize} is decided by its first byte that is ` +
      "not allowed, over borders of pages and the end of the addresses",
    subject: "SparseMemory.loadU32",
    spec: SPEC,
    file: STORE,
    function: "checkPages",
    harness: CHECK,
    inputs: {
      start: s.uint(32),
      isWrite: s.range(0, 1),
      wraps: s.range(0, 1),
      code0: s.range(0, 2),
      code1: s.range(0, 2),
      code2: s.range(0, 2),
      code3: s.range(0, 2),
    },
    given: (g) => ({
      start: g("start"),
      count,
      isWrite: isOne(g("isWrite")),
      wraps: isOne(g("wraps")),
      codes: s.typedArray("Uint8Array", [g("code0"), g("code1"), g("code2"), g("code3")]),
      pageSize,
    }),
    shows: (g, { value }) => s.equal(value.integer, statusOf(g, count, BigInt(pageSize))),
    ...(count === 1
      ? { from: "isWrite && permission !== READ_WRITE", to: "isWrite && permission === READ_WRITE" }
      : { from: "left -= pageSize - offset", to: "left -= pageSize" }),
  };
}

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, place) => `${prefix}${place}`);

const LOAD = `export function loadFrom(width, start, memory, out) {
  const store = {
    settings: { pageSize: 4096, wraps: true },
    permission: (page) => 1,
    byteAt: (address) => memory[address & 15],
  };
  return loadSlowly(store, width, start, out, 0);
}`;

const SAVE = `export function storeTo(width, start, memory, low, high) {
  const store = {
    settings: { pageSize: 4096, wraps: true },
    permission: (page) => 2,
    touch: (address, length) => true,
    setByte: (address, byte) => {
      memory[address & 15] = byte;
    },
  };
  return storeSlowly(store, width, start, low, high);
}`;

/** The byte at a place of 16 in a ring. */
function inRing(at: IntTerm, bytes: readonly IntTerm[]): IntTerm {
  const place = s.modulo(at, 16n);
  return bytes.reduceRight(
    (rest, byte, k) => s.choose(s.equal(place, k), byte, rest),
    s.constant(0),
  );
}

function loadRow(width: number): Row {
  const bytes = names("byte", 16);
  return {
    id: `paged_load_${width}`,
    says: `a load of ${width} bytes gives their little-endian value, also over a border`,
    subject: "SparseMemory.loadU64",
    spec: SPEC,
    file: STORE,
    function: "loadFrom",
    harness: LOAD,
    over: `all addresses, and all bytes there`,
    inputs: {
      start: s.uint(32),
      ...Object.fromEntries(bytes.map((name) => [name, s.uint(8)])),
    },
    given: (g) => ({
      width,
      start: g("start"),
      memory: s.typedArray("Uint8Array", bytes.map(g)),
      out: s.typedArray("Int32Array", [7, 7]),
    }),
    contracts: { isInt32Array: () => true },
    shows: (g, result) => {
      let value: IntTerm = s.constant(0);
      for (let k = 0; k < width; k++) {
        const byte = inRing(s.add(g("start"), k), bytes.map(g));
        value = s.add(value, s.shiftLeft(byte, 8 * k));
      }
      const out = result.after("out");
      return s.and(
        s.equal(result.value.integer, 0n),
        s.equal(word(out.item(0).integer, out.item(1).integer), value),
      );
    },
    ...(width === 8
      ? { from: "byte << (8 * i - 32)", to: "byte << (8 * i - 24)" }
      : { from: "low |= byte << (8 * i)", to: "low |= byte << (8 * i + 1)" }),
  };
}

function storeRow(width: number): Row {
  const bytes = names("byte", 16);
  return {
    id: `paged_store_${width}`,
    says: `a store of ${width} bytes writes the value little-endian, and no other byte`,
    subject: "SparseMemory.storeU64",
    spec: SPEC,
    file: STORE,
    function: "storeTo",
    harness: SAVE,
    over: `all addresses, all values and all bytes there`,
    inputs: {
      start: s.uint(32),
      low: s.int(32),
      high: s.int(32),
      ...Object.fromEntries(bytes.map((name) => [name, s.uint(8)])),
    },
    given: (g) => ({
      width,
      start: g("start"),
      memory: s.typedArray("Uint8Array", bytes.map(g)),
      low: g("low"),
      high: g("high"),
    }),
    shows: (g, result) => {
      const value = word(g("low"), g("high"));
      const after = result.after("memory");
      return s.and(...bytes.map((name, place) => {
        const offset = s.modulo(s.subtract(place, g("start")), 16n);
        const byte = s.modulo(s.shiftRight(value, s.multiply(8n, offset)), 256n);
        const wanted = s.choose(s.less(offset, width), byte, g(name));
        return s.equal(after.item(place).integer, wanted);
      }));
    },
    ...(width === 8
      ? { from: "const half = i < 4 ? low : high", to: "const half = i < 5 ? low : high" }
      : width === 1
      ? { from: "half >>> (8 * (i % 4))", to: "half >>> (8 * (i % 4) + 1)" }
      : { from: "half >>> (8 * (i % 4))", to: "half >>> (8 * (i % 2 === 0 ? i + 1 : i - 1))" }),
  };
}

const WIDTHS = [1, 2, 4, 8] as const;

export const proofs: readonly Proof[] = [
  ...[4, 4096, 65_536].flatMap((pageSize) => WIDTHS.map((width) => checkRow(pageSize, width))),
  ...WIDTHS.map(loadRow),
  ...WIDTHS.map(storeRow),
].map(rowProof);

register(proofs);
