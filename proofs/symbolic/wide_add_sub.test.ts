/** 64-bit arithmetic on halves, for all halves in either reading: sums, comparisons, bits, shifts. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm, Truth } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Fault, symbolic } from "../_kit/symbolic.ts";
import { bitsOf, firstOne, ones, reversed } from "../_kit/symbolic_bits.ts";
import {
  areHalves,
  halfInputs,
  halves,
  OUT,
  signedWordOf,
  wordOf,
  written,
} from "../_kit/symbolic_words.ts";

type Terms = Readonly<Record<string, IntTerm>>;

/** A function of `src/int/wide/`, what it is of, and a fault that shows. */
interface Case {
  readonly name: string;
  readonly file: string;
  readonly parameters: readonly string[];
  readonly says: string;
  readonly spec: string;
  readonly twin: Fault;
}

const LO_HI = ["aLo", "aHi"];
const PAIR = [...LO_HI, "bLo", "bHi"];

function proofOf(
  row: Case,
  writes: boolean,
  claim: (terms: Terms, result: s.Result) => Truth,
): Proof {
  const { name, file, parameters } = row;
  return symbolic<string>({
    ...row,
    id: `wide_${name}`,
    subject: [`wide.${name}`],
    function: name,
    file: `src/int/wide/${file}`,
    over: `every ${parameters.join(", ")}, each half in both readings`,
    inputs: halfInputs(...parameters),
    assume: (terms) => areHalves(terms, ...parameters),
    parameters: (terms) => ({ ...halves(terms, ...parameters), ...(writes ? OUT : {}) }),
    claim,
  });
}

/** A function that writes a word, and the word that it writes. */
function writes(row: Case, expected: (terms: Terms) => IntTerm): Proof {
  return proofOf(row, true, (terms, result) =>
    s.and(
      s.equal(written(result), s.unsigned(64, expected(terms))),
      result.value.isUndefined,
    ));
}

/** A function that tells whether something holds. */
function tells(row: Case, expected: (terms: Terms) => Truth): Proof {
  return proofOf(row, false, (terms, result) => s.iff(result.value.truth, expected(terms)));
}

/** A function that counts. */
function counts(row: Case, expected: (terms: Terms) => IntTerm): Proof {
  return proofOf(row, false, (terms, result) => s.equal(result.value.integer, expected(terms)));
}

const count = (terms: Terms) => s.modulo(terms["count"] ?? 0, 64n);
const ADD = "Wasm core 2.0, 4.3.2 (iadd)";
const SUB = "Wasm core 2.0, 4.3.2 (isub)";

const a = (terms: Terms) => wordOf(terms, "a");
const b = (terms: Terms) => wordOf(terms, "b");
const signedA = (terms: Terms) => signedWordOf(terms, "a");
const signedB = (terms: Terms) => signedWordOf(terms, "b");

function extension(bits: number, twin: Fault): Proof {
  const lo = (terms: Terms) => s.signed(bits, terms["aLo"] ?? 0);
  return writes({
    name: `extend${bits}S`,
    file: "bits.ts",
    parameters: ["aLo"],
    says: `extend${bits}S writes the low ${bits} bits, read as signed, in 64 bits`,
    spec: `Wasm core 2.0, 4.3.2 (iextend${bits}_s)`,
    twin,
  }, lo);
}

function shift(name: string, spec: string, says: string, twin: Fault, to: (t: Terms) => IntTerm) {
  const parameters = [...LO_HI, "count"];
  return writes({ name, file: "shift.ts", parameters, says, spec, twin }, to);
}

export const proofs: readonly Proof[] = [
  writes({
    name: "add",
    file: "add_sub.ts",
    parameters: PAIR,
    says: "add writes a + b modulo 2^64",
    spec: ADD,
    twin: { from: "(lo >>> 0) < (aLo >>> 0)", to: "(lo >>> 0) <= (aLo >>> 0)" },
  }, (terms) => s.add(a(terms), b(terms))),
  writes({
    name: "sub",
    file: "add_sub.ts",
    parameters: PAIR,
    says: "sub writes a - b modulo 2^64",
    spec: SUB,
    twin: { from: "(aLo >>> 0) < (bLo >>> 0)", to: "(aLo | 0) < (bLo | 0)" },
  }, (terms) => s.subtract(a(terms), b(terms))),
  writes({
    name: "neg",
    file: "add_sub.ts",
    parameters: LO_HI,
    says: "neg writes -a modulo 2^64",
    spec: SUB,
    twin: { from: "Number(lo === 0)", to: "Number(lo === 1)" },
  }, (terms) => s.subtract(0n, a(terms))),
  tells({
    name: "eq",
    file: "compare.ts",
    parameters: PAIR,
    says: "eq tells whether two words are equal",
    spec: "Wasm core 2.0, 4.3.2 (ieq)",
    twin: { from: "(aLo ^ bLo) | (aHi ^ bHi)", to: "(aLo ^ bLo) & (aHi ^ bHi)" },
  }, (terms) => s.equal(a(terms), b(terms))),
  tells({
    name: "ltU",
    file: "compare.ts",
    parameters: PAIR,
    says: "ltU tells whether a is less than b, both unsigned",
    spec: "Wasm core 2.0, 4.3.2 (ilt_u)",
    twin: { from: "const a = aHi >>> 0", to: "const a = aHi >> 0" },
  }, (terms) => s.less(a(terms), b(terms))),
  tells({
    name: "ltS",
    file: "compare.ts",
    parameters: PAIR,
    says: "ltS tells whether a is less than b, both signed",
    spec: "Wasm core 2.0, 4.3.2 (ilt_s)",
    twin: { from: "const b = bHi | 0", to: "const b = bHi >>> 0" },
  }, (terms) => s.less(signedA(terms), signedB(terms))),
  counts({
    name: "clz",
    file: "bits.ts",
    parameters: LO_HI,
    says: "clz counts the zero bits before the highest one",
    spec: "Wasm core 2.0, 4.3.2 (iclz)",
    twin: { from: "? 32 + Math.clz32(aLo)", to: "? 31 + Math.clz32(aLo)" },
  }, (terms) => firstOne([...bitsOf(a(terms), 64)].reverse())),
  counts({
    name: "ctz",
    file: "bits.ts",
    parameters: LO_HI,
    says: "ctz counts the zero bits below the lowest one",
    spec: "Wasm core 2.0, 4.3.2 (ictz)",
    twin: { from: "31 - Math.clz32(a & -a)", to: "31 - Math.clz32(a & ~a)" },
  }, (terms) => firstOne(bitsOf(a(terms), 64))),
  counts({
    name: "popcnt",
    file: "bits.ts",
    parameters: LO_HI,
    says: "popcnt counts the bits that are set",
    spec: "Wasm core 2.0, 4.3.2 (ipopcnt)",
    twin: {
      from: "(nibbles + (nibbles >>> 4)) & 0x0f0f0f0f",
      to: "(nibbles + (nibbles >>> 4)) & 0x07070707",
    },
  }, (terms) => ones(a(terms), 64)),
  extension(8, { from: "aLo << 24 >> 24", to: "aLo << 24 >>> 24" }),
  extension(16, { from: "aLo << 16 >> 16", to: "aLo << 15 >> 15" }),
  extension(32, { from: "out[at + 1] = aLo >> 31", to: "out[at + 1] = aLo >>> 31" }),
  writes({
    name: "byteSwap",
    file: "bits.ts",
    parameters: LO_HI,
    says: "byteSwap writes the eight bytes in reverse",
    spec: "Gray Paper, appendix A.5 (reverse_bytes)",
    twin: { from: "(a & 0xff00) << 8", to: "(a & 0xff00) >> 8" },
  }, (terms) => reversed(a(terms))),
  shift(
    "shl",
    "Wasm core 2.0, 4.3.2 (ishl)",
    "shl writes a times 2^count modulo 2^64, the count modulo 64",
    { from: "(aHi << count) | (aLo >>> 1 >>> ~count)", to: "(aHi << count) | (aLo >>> ~count)" },
    (terms) => s.shiftLeft(a(terms), count(terms)),
  ),
  shift(
    "shrU",
    "Wasm core 2.0, 4.3.2 (ishr_u)",
    "shrU writes a over 2^count rounded down, a unsigned, the count modulo 64",
    { from: "out[at + 1] = aHi >>> count", to: "out[at + 1] = aHi >> count" },
    (terms) => s.shiftRight(a(terms), count(terms)),
  ),
  shift(
    "shrS",
    "Wasm core 2.0, 4.3.2 (ishr_s)",
    "shrS writes a over 2^count rounded down, a signed, the count modulo 64",
    { from: "out[at + 1] = aHi >> 31", to: "out[at + 1] = 0" },
    (terms) => s.shiftRight(signedA(terms), count(terms)),
  ),
  shift(
    "rotl",
    "Wasm core 2.0, 4.3.2 (irotl)",
    "rotl writes a turned up by count bits, the count modulo 64",
    { from: "const rest = ~count", to: "const rest = -count" },
    (terms) =>
      s.add(
        s.unsigned(64, s.shiftLeft(a(terms), count(terms))),
        s.shiftRight(a(terms), s.subtract(64n, count(terms))),
      ),
  ),
  shift(
    "rotr",
    "Wasm core 2.0, 4.3.2 (irotr)",
    "rotr writes a turned down by count bits, the count modulo 64",
    { from: "rotl(aLo, aHi, -count, out, at)", to: "rotl(aLo, aHi, ~count, out, at)" },
    (terms) =>
      s.add(
        s.shiftRight(a(terms), count(terms)),
        s.unsigned(64, s.shiftLeft(a(terms), s.subtract(64n, count(terms)))),
      ),
  ),
  ...(["joinU", "joinS"] as const).map((name) =>
    proofOf(
      {
        name,
        file: "convert.ts",
        parameters: LO_HI,
        says: `${name} gives the word as ${name === "joinU" ? "an unsigned" : "a signed"} bigint`,
        spec: "Wasm core 2.0, 2.2.2",
        twin: { from: "bytes.setInt32(4, aHi, true)", to: "bytes.setInt32(4, aLo, true)" },
      },
      false,
      (terms, result) => s.equal(result.value.integer, (name === "joinU" ? a : signedA)(terms)),
    )
  ),
];

register(proofs);
