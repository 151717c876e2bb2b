/**
 * Reading operands: every format, for all code, all lengths of the code and of the instruction.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm, Truth } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Fault, symbolic } from "../_kit/symbolic.ts";
import {
  A,
  at,
  B,
  byte,
  bytes,
  CODE,
  imm,
  immediate,
  type Operands,
  PC_MAX,
  register12,
  target,
  type Terms,
  two,
  upperNibble,
} from "../_kit/symbolic_operands.ts";

const FILE = "src/pvm/instruction.ts";

/** A format, its operands by the definition, and a fault. */
const FORMATS: readonly (readonly [string, (terms: Terms) => Operands, string, string])[] = [
  [
    "none",
    () => ({}),
    'case "none":\n      return NO_OPERANDS',
    'case "none":\n      return { ...NO_OPERANDS, a: low }',
  ],
  [
    "one_imm",
    (terms) => ({ x: imm(terms, 1) }),
    "...wide(single(1, skip))",
    "...wide(single(1, skip - 1))",
  ],
  [
    "one_reg_one_ext_imm",
    (terms) => {
      const whole = Array.from({ length: 8 }, (_, k) => s.shiftLeft(byte(terms, 2 + k), 8 * k))
        .reduce((sum, part) => s.add(sum, part));
      return { a: A(terms), x: s.signed(64, whole) };
    },
    "immediate(code, pc + 6, 4)",
    "immediate(code, pc + 6, 3)",
  ],
  [
    "two_imm",
    (terms) => two(terms, 2, byte(terms, 1), "y"),
    "...NO_OPERANDS, ...pair(2, b1)",
    "...NO_OPERANDS, ...pair(2, b1 >> 1)",
  ],
  [
    "one_offset",
    (terms) => ({ target: target(terms, 1) }),
    "target: pc + single(1, skip)",
    "target: pc + single(1, skip) + 1",
  ],
  [
    "one_reg_one_imm",
    (terms) => ({ a: A(terms), x: imm(terms, 2) }),
    "a: low, ...wide(single(2, skip - 1))",
    "a: low, ...wide(single(2, skip))",
  ],
  [
    "one_reg_two_imm",
    (terms) => ({ a: A(terms), ...two(terms, 2, upperNibble(terms), "y") }),
    "a: low, ...pair(2, b1 >> 4)",
    "a: low, ...pair(2, b1)",
  ],
  [
    "one_reg_one_imm_one_offset",
    (terms) => ({ a: A(terms), ...two(terms, 2, upperNibble(terms), "target") }),
    "a: low, x, xHigh, target: pc + y",
    "a: low, x, xHigh, target: pc + x",
  ],
  ["two_reg", (terms) => ({ d: A(terms), a: B(terms) }), "d: low, a: high", "d: high, a: low"],
  [
    "two_reg_one_imm",
    (terms) => ({ a: A(terms), b: B(terms), x: imm(terms, 2) }),
    "b: high, ...wide(single(2, skip - 1))",
    "b: high, ...wide(single(1, skip - 1))",
  ],
  [
    "two_reg_one_offset",
    (terms) => ({ a: A(terms), b: B(terms), target: target(terms, 2) }),
    "target: pc + single(2, skip - 1)",
    "target: pc + single(2, skip - 2)",
  ],
  [
    "two_reg_two_imm",
    (terms) => ({ a: A(terms), b: B(terms), ...two(terms, 3, byte(terms, 2), "y") }),
    "...pair(3, b2)",
    "...pair(3, b1)",
  ],
  [
    "three_reg",
    (terms) => ({ a: A(terms), b: B(terms), d: register12(byte(terms, 2)) }),
    "d: register(b2)",
    "d: register(b2 & 15)",
  ],
];

function agrees(result: s.Result, expected: Operands): Truth {
  const { value } = result;
  const zero = s.constant(0);
  const x = expected["x"] ?? zero;
  return s.and(
    ...["a", "b", "d", "y", "target"].map((name) =>
      s.equal(value.field(name).integer, expected[name] ?? zero)
    ),
    s.equal(value.field("x").integer, s.signed(32, x)),
    s.equal(value.field("xHigh").integer, s.signed(32, s.divide(x, 1n << 32n))),
  );
}

function formatProof(
  [format, operands, from, to]: typeof FORMATS[number],
): Proof {
  return symbolic<string>({
    id: `decode_${format}`,
    says: `the operands of the format ${format} are what the definition says`,
    subject: ["decodeBlob"],
    spec: "Gray Paper, appendix A.5",
    file: FILE,
    function: "operandsOf",
    over: `all code of up to ${CODE} bytes, the instruction at 0 to ${PC_MAX}, all skips`,
    inputs: {
      ...bytes("c", CODE),
      pc: s.range(0, PC_MAX),
      skip: s.range(0, 24),
      length: s.range(0, CODE),
    },
    parameters: (terms) => ({
      code: s.typedArray(
        "Uint8Array",
        Array.from({ length: CODE }, (_, place) => at(terms, `c${place}`)),
        at(terms, "length"),
      ),
      pc: at(terms, "pc"),
      skip: at(terms, "skip"),
      format,
    }),
    twin: { from, to },
    claim: (terms, result) => agrees(result, operands(terms)),
  });
}

/** An immediate of each length on its own. */
function immediateProof(count: number): Proof {
  const twin: Fault = count === 0
    ? { from: "return count === 0 ? 0 : bits", to: "return count === 0 ? 1 : bits" }
    : { from: "bits << unused >> unused", to: "bits << unused >>> unused" };
  return symbolic<string>({
    id: `decode_immediate_of_${count}`,
    says: `an immediate of ${count} bytes is their little-endian value, sign-extended`,
    subject: ["decodeBlob"],
    spec: "Gray Paper, appendix A.4",
    file: FILE,
    function: "immediate",
    over: `all ${count} bytes`,
    inputs: { ...bytes("c", 4), length: s.range(0, 4) },
    parameters: (terms) => ({
      code: s.typedArray(
        "Uint8Array",
        [0, 1, 2, 3].map((k) => at(terms, `c${k}`)),
        at(terms, "length"),
      ),
      at: 0,
      count,
    }),
    twin: count === 4 ? { from: "<< (8 * place)", to: "<< (7 * place)" } : twin,
    claim: (terms, result) =>
      s.equal(
        result.value.integer,
        immediate({ ...terms, pc: s.constant(0) }, 0, s.constant(count)),
      ),
  });
}

/** How many bytes there are up to the next start, the end, or 24. */
function skipExpected(terms: Terms): IntTerm {
  let skip: IntTerm = s.constant(24);
  for (let k = 23; k >= 0; k--) {
    const place = s.add(at(terms, "pc"), k + 1);
    const ends = s.or(s.atMost(at(terms, "length"), place), s.not(s.equal(byte(terms, k + 1), 0n)));
    skip = s.choose(ends, k, skip);
  }
  return skip;
}

export const proofs: readonly Proof[] = [
  ...FORMATS.map(formatProof),
  ...[0, 1, 2, 3, 4].map(immediateProof),
  symbolic<string>({
    id: "decode_skip",
    says:
      "an instruction ends before the next start, at the end of the code, or after 24 bytes more",
    subject: ["decodeBlob"],
    spec: "Gray Paper, appendix A.3",
    file: FILE,
    function: "skipOf",
    over: `all masks of up to ${CODE} bytes, the instruction at 0 to ${PC_MAX}`,
    inputs: {
      ...Object.fromEntries(Array.from({ length: CODE }, (_, k) => [`c${k}`, s.uint(1)])),
      pc: s.range(0, PC_MAX),
      length: s.range(0, CODE),
    },
    parameters: (terms) => ({
      starts: s.typedArray(
        "Uint8Array",
        Array.from({ length: CODE }, (_, place) => at(terms, `c${place}`)),
        at(terms, "length"),
      ),
      pc: at(terms, "pc"),
    }),
    twin: { from: "Math.min(SKIP_MAX, Math.max", to: "Math.min(SKIP_MAX + 1, Math.max" },
    claim: (terms, result) => s.equal(result.value.integer, skipExpected(terms)),
  }),
];

register(proofs);
