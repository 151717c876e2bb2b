/**
 * Every operation that the inner loop hands on, against its definition on 64 bits: for all contents of
 * three registers, and for every choice of the same or other registers as operands and result.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Fault, symbolic } from "../_kit/symbolic.ts";
import {
  ALU_INPUTS,
  low,
  type Meaning,
  means,
  narrow,
  place,
  quotient,
  registers,
  remainder,
  signed,
  turned,
} from "../_kit/symbolic_alu.ts";
import { bitsOf, firstOne, ones, reversed } from "../_kit/symbolic_bits.ts";
import { CONTRACTS, inverse, turnedDown, wide } from "../_kit/symbolic_meanings.ts";

const FILE = "src/pvm/arithmetic.ts";

/** Opcode, name, the operation, and a fault. */
const ROWS: readonly (readonly [number, string, Meaning, string, string])[] = [
  [
    102,
    "count_set_bits_64",
    (a) => ones(a, 64),
    "wide.popcnt(al, ah), 0",
    "wide.popcnt(al, al), 0",
  ],
  [103, "count_set_bits_32", (a) => ones(a, 32), "wide.popcnt(al, 0)", "wide.popcnt(al, 1)"],
  [
    104,
    "leading_zero_bits_64",
    (a) => firstOne([...bitsOf(a, 64)].reverse()),
    "wide.clz(al, ah)",
    "wide.clz(ah, al)",
  ],
  [
    105,
    "leading_zero_bits_32",
    (a) => firstOne([...bitsOf(a, 32)].reverse()),
    "Math.clz32(al)",
    "Math.clz32(ah)",
  ],
  [
    106,
    "trailing_zero_bits_64",
    (a) => firstOne(bitsOf(a, 64)),
    "wide.ctz(al, ah)",
    "wide.ctz(ah, al)",
  ],
  [
    107,
    "trailing_zero_bits_32",
    (a) => firstOne(bitsOf(a, 32)),
    "wide.ctz(al, 1)",
    "wide.ctz(al, 2)",
  ],
  [
    108,
    "sign_extend_8",
    (a) => s.signed(8, a),
    "wide.extend8S(al, words, d)",
    "wide.extend16S(al, words, d)",
  ],
  [
    109,
    "sign_extend_16",
    (a) => s.signed(16, a),
    "return wide.extend16S(al, words, d)",
    "return wide.extend16S(ah, words, d)",
  ],
  [110, "zero_extend_16", (a) => s.unsigned(16, a), "al & 0xffff, 0", "al & 0xffff, ah"],
  [
    111,
    "reverse_bytes",
    reversed,
    "wide.byteSwap(al, ah, words, d)",
    "wide.byteSwap(ah, al, words, d)",
  ],
  [203, "div_u_64", wide("divU"), "wide.divU(al, ah, bl, bh", "wide.divU(al, ah, bl, ah"],
  [204, "div_s_64", wide("divS"), "wide.divS(al, ah, bl, bh", "wide.divU(al, ah, bl, bh"],
  [205, "rem_u_64", wide("remU"), "wide.remU(al, ah, bl, bh", "wide.remU(bl, bh, al, ah"],
  [206, "rem_s_64", wide("remS"), "wide.remS(al, ah, bl, bh", "wide.remU(al, ah, bl, bh"],
  [213, "mul_upper_s_s", wide("mulUpperSS"), "wide.mulUpperSS(al, ah", "wide.mulUpperSU(al, ah"],
  [
    214,
    "mul_upper_u_u",
    wide("mulUpperUU"),
    "wide.mulUpperUU(al, ah, bl",
    "wide.mulUpperUU(al, ah, al",
  ],
  [
    215,
    "mul_upper_s_u",
    wide("mulUpperSU"),
    "wide.mulUpperSU(al, ah, bl, bh",
    "wide.mulUpperSU(bl, bh, al, ah",
  ],
  [
    220,
    "rot_l_64",
    (a, b) => turned(64, a, s.modulo(b, 64n)),
    "wide.rotl(al, ah, bl",
    "wide.rotr(al, ah, bl",
  ],
  [
    221,
    "rot_l_32",
    (a, b) => narrow(turned(32, low(a), s.modulo(b, 32n))),
    "rotateLeft32(al, bl)",
    "rotateLeft32(al, bh)",
  ],
  [222, "rot_r_64", turnedDown(64), "wide.rotr(al, ah, bl", "wide.rotl(al, ah, bl"],
  [
    223,
    "rot_r_32",
    (a, b, d) => narrow(turnedDown(32)(a, b, d)),
    "rotateLeft32(al, -bl)",
    "rotateLeft32(al, ~bl)",
  ],
  [224, "and_inv", (a, b) => s.bitAnd(a, inverse(b)), "al & ~bl, ah & ~bh", "al & ~bl, ah & bh"],
  [225, "or_inv", (a, b) => s.bitOr(a, inverse(b)), "al | ~bl", "~al | bl"],
  [226, "xnor", (a, b) => inverse(s.bitXor(a, b)), "~(al ^ bl)", "al ^ bl"],
  [
    227,
    "max",
    (a, b) => s.choose(s.less(signed(a), signed(b)), b, a),
    "return wide.ltS(al, ah, bl, bh) ? put(words, d, bl, bh)",
    "return wide.ltU(al, ah, bl, bh) ? put(words, d, bl, bh)",
  ],
  [
    228,
    "max_u",
    (a, b) => s.choose(s.less(a, b), b, a),
    "return wide.ltU(al, ah, bl, bh) ? put(words, d, bl, bh)",
    "return wide.ltU(al, ah, bl, bh) ? put(words, d, bl, ah)",
  ],
  [
    229,
    "min",
    (a, b) => s.choose(s.less(signed(a), signed(b)), a, b),
    "return wide.ltS(al, ah, bl, bh) ? put(words, d, al, ah)",
    "return wide.ltS(al, bh, bl, ah) ? put(words, d, al, ah)",
  ],
  [
    230,
    "min_u",
    (a, b) => s.choose(s.less(a, b), a, b),
    "return wide.ltU(al, ah, bl, bh) ? put(words, d, al, ah)",
    "return wide.ltS(al, ah, bl, bh) ? put(words, d, al, ah)",
  ],
];

function proofOf(
  operation: number,
  name: string,
  meaning: Meaning,
  twin: Fault,
  arithmetic: "words" | "limbs" = "words",
): Proof {
  return symbolic<string>({
    id: `alu_${name}`,
    says: `${name} gives the register D what the definition says, and leaves the others`,
    subject: ["Machine.run"],
    spec: `Gray Paper, appendix A.5 (${name})`,
    file: FILE,
    function: "arithmetic",
    over: "all contents of three registers, each operand any of them",
    inputs: ALU_INPUTS,
    parameters: (terms) => ({
      words: registers(terms),
      operation,
      d: place(terms, "d"),
      a: place(terms, "a"),
      b: place(terms, "b"),
    }),
    contracts: CONTRACTS,
    arithmetic,
    twin,
    claim: (terms, result) => means(terms, result, "words", meaning),
  });
}

/** The operations on 32 bits that divide: by the same division, of which the operands are proved. */
const DIVISIONS: readonly (readonly [number, string, Meaning, string, string])[] = [
  [
    193,
    "div_u_32",
    (a, b) => narrow(quotient(low(a), low(b), s.constant(-1n))),
    "b === 0 ? -1 : Math.floor(ua / ub) | 0",
    "b === 0 ? 0 : Math.floor(ua / ub) | 0",
  ],
  [
    194,
    "div_s_32",
    (a, b) => narrow(quotient(narrow(a), narrow(b), s.constant(-1n))),
    "b === 0 ? -1 : (a / b) | 0",
    "b === 0 ? -1 : Math.floor(a / b) | 0",
  ],
  [
    195,
    "rem_u_32",
    (a, b) => narrow(remainder(low(a), low(b))),
    "b === 0 ? a : (ua % ub) | 0",
    "b === 0 ? 0 : (ua % ub) | 0",
  ],
  [
    196,
    "rem_s_32",
    (a, b) => narrow(remainder(narrow(a), narrow(b))),
    "b === 0 ? a : (a % b) | 0",
    "b === 0 ? a : (a % ub) | 0",
  ],
];

export const proofs: readonly Proof[] = [
  ...ROWS.map(([operation, name, meaning, from, to]) =>
    proofOf(operation, name, meaning, { from, to }, /^(div|rem|mul)/.test(name) ? "limbs" : "words")
  ),
  ...DIVISIONS.map(([operation, name, meaning, from, to]) =>
    proofOf(operation, name, meaning, { from, to }, "limbs")
  ),
];

register(proofs);
