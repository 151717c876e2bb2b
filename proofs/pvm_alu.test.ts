/** What the operations on registers compute. */

import { agrees, biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import fc from "fast-check";
import { type Face, mutant } from "./_kit/pvm.ts";
import { type Compute, computer, COMPUTING, expected, secondsOf } from "./_kit/pvm_alu.ts";
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

/** The machines that compute, made once for each implementation: enumerations use them in turn. */
const machines = new WeakMap<Face["Machine"], Map<string, Compute>>();

function machineFor(implementation: Face, key: string, make: () => Compute): Compute {
  const known = machines.get(implementation.Machine) ?? new Map<string, Compute>();
  machines.set(implementation.Machine, known);
  const compute = known.get(key) ?? make();
  known.set(key, compute);
  return compute;
}

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

/** Compares what a machine computes of a register and each second operand with the model. */
function agreesOn(
  operation: typeof COMPUTING[number],
  compute: Compute,
  first: bigint,
  seconds: readonly bigint[],
): string | undefined {
  const results = compute(first);
  for (const [place, second] of seconds.entries()) {
    const wanted = expected(operation, first, second);
    if (results[place] === wanted) continue;
    const { mnemonic } = operation.opcode;
    return `${mnemonic} of ${first} and ${second}: ${agrees(results[place], wanted)}`;
  }
  return undefined;
}

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
      mutant(LOWERING, "...rows(BY_IMMEDIATE, 150, 202)", "...rows(BY_IMMEDIATE, 150, 192)"),
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
