/**
 * Every operation on registers that the inner loop does itself, against its definition on 64 bits. What
 * is executed are the statements of its case, as they stand in the source.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm, Truth } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { symbolic } from "../_kit/symbolic.ts";
import {
  ALU_INPUTS,
  low,
  type Meaning,
  means,
  narrow,
  operand,
  place,
  registers,
  signed,
  slicedCase,
  wideContract,
} from "../_kit/symbolic_alu.ts";

const FILE = "src/pvm/execute.ts";

function sliced(
  opcode: number,
  name: string,
  says: string,
  faults: readonly [string, string],
  claim: (terms: Readonly<Record<string, IntTerm>>, result: s.Result) => Truth,
): Proof {
  const [from, to] = faults;
  return symbolic<string>({
    id: `alu_${name}`,
    says,
    subject: ["Machine.run"],
    spec: `Gray Paper, appendix A.5 (${name})`,
    file: FILE,
    function: `played_${opcode}`,
    harness: (text) => slicedCase(text, String(opcode)),
    over: "all contents of three registers, each operand any of them",
    inputs: ALU_INPUTS,
    parameters: (terms) => ({
      w: registers(terms),
      table: undefined,
      memory: undefined,
      i: 0,
      d: place(terms, "d"),
      a: place(terms, "a"),
      b: place(terms, "b"),
    }),
    // Multiplication is proved on its own.
    contracts: { mul: wideContract((a, b) => s.unsigned(64, s.multiply(a, b))) },
    arithmetic: name.startsWith("mul") ? "limbs" : "words",
    twin: { from, to },
    claim,
  });
}

const shift = (count: IntTerm, bits: number) => s.modulo(count, BigInt(bits));
const bool = (truth: Truth) => s.choose(truth, 1n, 0n);

/** Opcode, name, the operation, and a fault. */
const ROWS: readonly (readonly [number, string, Meaning, string, string])[] = [
  [
    190,
    "add_32",
    (a, b) => narrow(s.add(a, b)),
    "extend32S(((w[a] ?? 0) + (w[b] ?? 0)) | 0",
    "extend32S(((w[a] ?? 0) + (w[d] ?? 0)) | 0",
  ],
  [
    191,
    "sub_32",
    (a, b) => narrow(s.subtract(a, b)),
    "extend32S(((w[a] ?? 0) - (w[b] ?? 0)) | 0",
    "extend32S(((w[b] ?? 0) - (w[a] ?? 0)) | 0",
  ],
  [
    192,
    "mul_32",
    (a, b) => narrow(s.multiply(low(a), low(b))),
    "Math.imul(w[a] ?? 0, w[b] ?? 0)",
    "Math.imul(w[a] ?? 0, w[a] ?? 0)",
  ],
  [
    197,
    "shlo_l_32",
    (a, b) => narrow(s.shiftLeft(a, shift(b, 32))),
    "(w[a] ?? 0) << (w[b] ?? 0)",
    "(w[a] ?? 0) << (w[b] ?? 0) << 1",
  ],
  [
    198,
    "shlo_r_32",
    (a, b) => narrow(s.shiftRight(low(a), shift(b, 32))),
    "((w[a] ?? 0) >>> (w[b] ?? 0)) | 0",
    "((w[a] ?? 0) >> (w[b] ?? 0)) | 0",
  ],
  [
    199,
    "shar_r_32",
    (a, b) => s.shiftRight(narrow(a), shift(b, 32)),
    "extend32S((w[a] ?? 0) >> (w[b] ?? 0)",
    "extend32S((w[a] ?? 0) >>> (w[b] ?? 0)",
  ],
  [
    200,
    "add_64",
    (a, b) => s.add(a, b),
    "add(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b]",
    "add(w[a] ?? 0, w[(d + 1) | 0] ?? 0, w[b]",
  ],
  [
    201,
    "sub_64",
    (a, b) => s.subtract(a, b),
    "sub(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b]",
    "sub(w[b] ?? 0, w[(a + 1) | 0] ?? 0, w[b]",
  ],
  [
    202,
    "mul_64",
    (a, b) => s.multiply(a, b),
    "mul(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b]",
    "mul(w[a] ?? 0, w[(b + 1) | 0] ?? 0, w[b]",
  ],
  [
    207,
    "shlo_l_64",
    (a, b) => s.shiftLeft(a, shift(b, 64)),
    "shl(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0",
    "shl(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[d] ?? 0",
  ],
  [208, "shlo_r_64", (a, b) => s.shiftRight(a, shift(b, 64)), "shrU(w[a]", "shrS(w[a]"],
  [209, "shar_r_64", (a, b) => s.shiftRight(signed(a), shift(b, 64)), "shrS(w[a]", "shrU(w[a]"],
  [
    210,
    "and",
    (a, b) => s.bitAnd(a, b),
    "(w[(a + 1) | 0] ?? 0) & (w[(b + 1) | 0] ?? 0)",
    "(w[(a + 1) | 0] ?? 0) | (w[(b + 1) | 0] ?? 0)",
  ],
  [
    211,
    "xor",
    (a, b) => s.bitXor(a, b),
    "(w[(a + 1) | 0] ?? 0) ^ (w[(b + 1) | 0] ?? 0)",
    "(w[(a + 1) | 0] ?? 0) | (w[(b + 1) | 0] ?? 0)",
  ],
  [
    212,
    "or",
    (a, b) => s.bitOr(a, b),
    "(w[a] ?? 0) | (w[b] ?? 0), (",
    "(w[a] ?? 0) ^ (w[b] ?? 0), (",
  ],
  [216, "set_lt_u", (a, b) => bool(s.less(a, b)), "w[d] = Number(ltU(", "w[d] = Number(ltS("],
  [
    217,
    "set_lt_s",
    (a, b) => bool(s.less(signed(a), signed(b))),
    "w[d] = Number(ltS(",
    "w[d] = Number(ltU(",
  ],
  [
    218,
    "cmov_iz",
    (a, b, d) => s.choose(s.equal(b, 0n), a, d),
    "(((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) === 0)",
    "((w[b] ?? 0) === 0)",
  ],
  [
    219,
    "cmov_nz",
    (a, b, d) => s.choose(s.equal(b, 0n), d, a),
    "(((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) !== 0)",
    "((w[(b + 1) | 0] ?? 0) !== 0)",
  ],
  [
    100,
    "move_reg",
    (a) => a,
    "case 100: // move_reg, load_imm, load_imm_64\n              put(w, d, w[a] ?? 0, w[(a + 1) | 0] ?? 0)",
    "case 100: // move_reg, load_imm, load_imm_64\n              put(w, d, w[b] ?? 0, w[(a + 1) | 0] ?? 0)",
  ],
];

/** What the slice of a case returns where a jump is taken, and where it is not. */
const TAKEN = 2;
const NEXT_BLOCK = 1;

const BRANCHES:
  readonly (readonly [number, string, (a: IntTerm, b: IntTerm) => Truth, string, string])[] = [
    [170, "branch_eq", s.equal, "w[a] === w[b] && w[(a + 1)", "w[a] === w[b] || w[(a + 1)"],
    [
      171,
      "branch_ne",
      (a, b) => s.not(s.equal(a, b)),
      "w[a] !== w[b] || w[(a + 1)",
      "w[a] !== w[b] && w[(a + 1)",
    ],
    [172, "branch_lt_u", s.less, "if (ltU(w[a]", "if (ltS(w[a]"],
    [173, "branch_lt_s", (a, b) => s.less(signed(a), signed(b)), "if (ltS(w[a]", "if (ltU(w[a]"],
    [174, "branch_ge_u", (a, b) => s.atMost(b, a), "if (!ltU(w[a]", "if (ltU(w[a]"],
    [
      175,
      "branch_ge_s",
      (a, b) => s.atMost(signed(b), signed(a)),
      "if (!ltS(w[a]",
      "if (!ltU(w[a]",
    ],
  ];

export const proofs: readonly Proof[] = [
  ...ROWS.map(([opcode, name, meaning, from, to]) =>
    sliced(
      opcode,
      name,
      `${name} gives the register D what the definition says, and leaves the others`,
      [from, to],
      (terms, result) =>
        s.and(
          s.equal(result.value.integer, 0n),
          means(terms, result, "w", meaning),
        ),
    )
  ),
  ...BRANCHES.map(([opcode, name, holds, from, to]) =>
    sliced(
      opcode,
      name,
      `${name} jumps if and only if its condition holds, and changes no register`,
      [from, to],
      (terms, result) => {
        const jumps = holds(operand(terms, "a"), operand(terms, "b"));
        const after = result.after("w");
        const kept = Array.from({ length: 6 }, (_, at) =>
          s.equal(after.item(at).integer, terms[`w${at}`] ?? 0));
        return s.and(s.equal(result.value.integer, s.choose(jumps, TAKEN, NEXT_BLOCK)), ...kept);
      },
    )
  ),
];

register(proofs);
