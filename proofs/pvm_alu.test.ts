/** What the operations on registers compute. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import { agreesOn, computer, COMPUTING, machineFor, secondsOf } from "./_kit/pvm_alu.ts";
import { register } from "./_kit/register.ts";

const ARITHMETIC = "src/pvm/arithmetic.ts";
const EXECUTE = "src/pvm/execute.ts";
const LOWERING = "src/pvm/lowering.ts";

/** How a byte becomes an operand: extended in either way, or at the top of 32 and of 64 bits. */
const PLACEMENTS: Readonly<Record<string, (byte: bigint) => bigint>> = {
  zero: (byte) => byte,
  sign: (byte) => BigInt.asUintN(64, BigInt.asIntN(8, byte)),
  high: (byte) => byte * (2n ** 56n + 2n ** 24n),
};
/** All bytes, beginning with those that tell most, so that what is wrong is found soon. */
const TELLING_FIRST = domain.named(
  "0..255",
  domain.map(domain.range(0, 255), (byte) => (byte * 127 + 128) % 256),
);
const BYTES = Array.from({ length: 256 }, (_, byte) => BigInt(byte));

/** The place of an operation in the list. */
type Place = { readonly place: number };
const at = ({ place }: Place) => {
  const found = COMPUTING[place];
  if (found === undefined) throw new Error(`no operation ${place}`);
  return found;
};
/** Each operation with the placements of its operands; immediates are extended by their sign. */
const PLACED = domain.named(
  `${COMPUTING.length} operations, placed`,
  domain.of(
    ...COMPUTING.flatMap(({ opcode: { format } }, place) =>
      (format === "two_reg_one_imm" ? ["sign"] : ["zero", "sign", "high"]).map((placement) => ({
        place,
        placement,
      }))
    ),
  ),
);

const SUBJECT = ["Machine.run", "Machine.setRegister", "Machine.setPc", "Machine.setGas"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/alu_agrees_on_all_byte_pairs",
    claim:
      "every operation gives the model's result for all pairs of bytes, extended or at the top",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A.5",
    strength: "bounded",
    domain: domain.product({
      byte: TELLING_FIRST,
      operation: PLACED,
    }),
    reaches: ["two_reg", "two_reg_one_imm", "three_reg"],
    implementation: pvm,
    mutants: [
      mutant(
        ARITHMETIC,
        "return b === 0 ? -1 : Math.floor(ua / ub) | 0;",
        "return b === 0 ? 0 : Math.floor(ua / ub) | 0;",
      ),
      mutant(
        ARITHMETIC,
        "return b === 0 ? a : (ua % ub) | 0;",
        "return b === 0 ? 0 : (ua % ub) | 0;",
      ),
      mutant(
        ARITHMETIC,
        "return b === 0 ? a : (a % b) | 0;",
        "return b === 0 ? a : (ua % ub) | 0;",
      ),
      mutant(
        ARITHMETIC,
        "return b === 0 ? -1 : (a / b) | 0;",
        "return b === 0 ? -1 : Math.floor(a / b) | 0;",
      ),
      mutant(
        ARITHMETIC,
        "return put(words, d, wide.popcnt(al, 0), 0);",
        "return put(words, d, wide.popcnt(al, ah), 0);",
      ),
      mutant(
        ARITHMETIC,
        "return put(words, d, wide.ctz(al, 1), 0);",
        "return put(words, d, wide.ctz(al, 0), 0);",
      ),
      mutant(
        ARITHMETIC,
        "return put(words, d, wide.clz(al, ah), 0);",
        "return put(words, d, wide.ctz(al, ah), 0);",
      ),
      mutant(
        ARITHMETIC,
        "return wide.extend8S(al, words, d);",
        "return put(words, d, al & 0xff, 0);",
      ),
      mutant(ARITHMETIC, "al & 0xffff, 0", "al & 0x7fff, 0"),
      mutant(
        ARITHMETIC,
        "return wide.extend32S(rotateLeft32(al, -bl), words, d);",
        "return wide.extend32S(rotateLeft32(al, bl), words, d);",
      ),
      mutant(
        ARITHMETIC,
        "wide.mulUpperSU(al, ah, bl, bh, words, d)",
        "wide.mulUpperSU(bl, bh, al, ah, words, d)",
      ),
      mutant(ARITHMETIC, "al & ~bl, ah & ~bh", "al & ~bl, ah & bh"),
      mutant(ARITHMETIC, "wide.byteSwap(al, ah, words, d)", "wide.byteSwap(ah, al, words, d)"),
      mutant(
        EXECUTE,
        "extend32S((w[a] ?? 0) << (w[b] ?? 0), w, d);",
        "put(w, d, (w[a] ?? 0) << (w[b] ?? 0), 0);",
      ),
      mutant(
        EXECUTE,
        "sub(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0, w, d);",
        "sub(w[b] ?? 0, w[(b + 1) | 0] ?? 0, w[a] ?? 0, w[(a + 1) | 0] ?? 0, w, d);",
      ),
      mutant(LOWERING, "...rows(OF_IMMEDIATE, 144, 197, 3)", "...rows(BY_IMMEDIATE, 144, 197, 3)"),
      mutant(LOWERING, "...rows(OF_IMMEDIATE, 142, 216, 2)", "...rows(BY_IMMEDIATE, 142, 216, 2)"),
      mutant(LOWERING, "...rows(OF_IMMEDIATE, 147, 218, 2)", "...rows(BY_IMMEDIATE, 147, 218, 2)"),
    ],
    check: ({ operation: { place, placement }, byte }, reach, implementation) => {
      const operation = at({ place });
      const { opcode } = operation;
      reach(opcode.format);
      const put = PLACEMENTS[placement] ?? ((same) => same);
      const seconds = secondsOf(opcode, BYTES.map(put));
      const compute = machineFor(
        implementation,
        `${place} ${placement}`,
        () => computer(implementation, [opcode], seconds),
      );
      return agreesOn(operation, compute, put(BigInt(byte)), seconds);
    },
  }),
];

register(proofs);
