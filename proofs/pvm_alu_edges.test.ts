/** What the operations on registers compute at 32 and 64 bits. */

import { biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import fc from "fast-check";
import { mutant } from "./_kit/pvm.ts";
import { agreesOn, computer, COMPUTING, machineFor, secondsOf } from "./_kit/pvm_alu.ts";
import { register } from "./_kit/register.ts";

const ARITHMETIC = "src/pvm/arithmetic.ts";
const EXECUTE = "src/pvm/execute.ts";

/** The edges: powers of two and their neighbours, their negatives, and patterns. */
const EDGES: readonly bigint[] = [
  ...new Set(
    [0, 1, 2, 4, 5, 7, 8, 15, 16, 31, 32, 33, 62, 63, 64].flatMap((bit) =>
      [-1n, 0n, 1n].flatMap((near) => [2n ** BigInt(bit) + near, -(2n ** BigInt(bit)) + near])
    ).concat([0xaaaa_aaaa_5555_5555n, 0x8000_0000_8000_0000n, 0xffff_ffff_7fff_ffffn]).map((edge) =>
      BigInt.asUintN(64, edge)
    ),
  ),
];

/** The place of an operation in the list. */
type Place = { readonly place: number };
const at = ({ place }: Place) => {
  const found = COMPUTING[place];
  if (found === undefined) throw new Error(`no operation ${place}`);
  return found;
};
const OPERATIONS = domain.named(
  `${COMPUTING.length} operations`,
  domain.range(0, COMPUTING.length - 1),
);

const SUBJECT = ["Machine.run", "Machine.setRegister", "Machine.setPc", "Machine.setGas"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/alu_agrees_at_boundaries",
    claim: "every operation gives the model's result for all pairs of edges of 64 bits",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A.5",
    strength: "bounded",
    domain: domain.product({ edge: domain.of(...EDGES), place: OPERATIONS }),
    reaches: ["two_reg", "two_reg_one_imm", "three_reg"],
    implementation: pvm,
    mutants: [
      mutant(
        "src/pvm/lowering.ts",
        "...rows(BY_IMMEDIATE, 150, 202)",
        "...rows(BY_IMMEDIATE, 150, 192)",
      ),
      mutant(EXECUTE, "if (((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) === 0)", "if ((w[b] ?? 0) === 0)"),
      mutant(EXECUTE, "if (((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) !== 0)", "if ((w[b] ?? 0) !== 0)"),
      mutant(
        EXECUTE,
        "(w[(a + 1) | 0] ?? 0) | (w[(b + 1) | 0] ?? 0));",
        "(w[(a + 1) | 0] ?? 0) | (w[b] ?? 0));",
      ),
      mutant(ARITHMETIC, "(word >>> 1 >>> (31 - (count & 31)))", "(word >>> (31 - (count & 31)))"),
      mutant(
        ARITHMETIC,
        "return wide.divS(al, ah, bl, bh, words, d);",
        "return wide.divU(al, ah, bl, bh, words, d);",
      ),
      mutant(
        ARITHMETIC,
        "return wide.ltS(al, ah, bl, bh) ? put(words, d, bl, bh) : put(words, d, al, ah);",
        "return wide.ltU(al, ah, bl, bh) ? put(words, d, bl, bh) : put(words, d, al, ah);",
      ),
    ],
    check: ({ place, edge }, reach, implementation) => {
      const operation = at({ place });
      reach(operation.opcode.format);
      const seconds = secondsOf(operation.opcode, EDGES);
      const compute = machineFor(
        implementation,
        `${place} edges`,
        () => computer(implementation, [operation.opcode], seconds),
      );
      return agreesOn(operation, compute, edge, seconds);
    },
  }),
  defineProof({
    id: "pvm/alu_agrees_on_samples",
    claim: "every operation gives the model's result for any words of 64 bits",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A.5",
    strength: "sampled",
    domain: sampled(fc.tuple(biased.unsigned(64), biased.unsigned(64)), {
      runs: 150,
      describe: "pairs of words, each through all operations",
    }),
    reaches: ["all"],
    implementation: pvm,
    mutants: [
      mutant(ARITHMETIC, "~(al ^ bl), ~(ah ^ bh)", "~(al ^ bl), ~(ah ^ bl)"),
      mutant(
        ARITHMETIC,
        "return wide.rotl(al, ah, bl, words, d);",
        "return wide.rotr(al, ah, bl, words, d);",
      ),
      mutant(EXECUTE, "Math.imul(w[a] ?? 0, w[b] ?? 0)", "((w[a] ?? 0) * (w[b] ?? 0)) | 0"),
      mutant(
        ARITHMETIC,
        "return wide.mulUpperSS(al, ah, bl, bh, words, d);",
        "return wide.mulUpperUU(al, ah, bl, bh, words, d);",
      ),
    ],
    check: ([first, second], reach, implementation) => {
      for (const operation of COMPUTING) {
        const seconds = secondsOf(operation.opcode, [second]);
        const compute = computer(implementation, [operation.opcode], seconds);
        const failure = agreesOn(operation, compute, first, seconds);
        if (failure !== undefined) return failure;
      }
      reach("all");
      return undefined;
    },
  }),
];

register(proofs);
