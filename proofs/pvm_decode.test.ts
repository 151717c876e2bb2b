/** Instructions are read out of the code as the model reads them. */

import { operands, skip as modelSkip } from "../model/pvm_decode.ts";
import { opcodeOf, OPCODES, terminates } from "../model/pvm_opcodes.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as instruction from "../src/pvm/instruction.ts";
import * as pvm from "../src/pvm/mod.ts";
import fc from "fast-check";
import { sourceMutants } from "./_kit/mutants.ts";
import { codeOf, DIALECTS, exitText, mutant, PLAIN, realMachine } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

type Reader = typeof instruction;
const FILE = "src/pvm/instruction.ts";
const ofReader = sourceMutants<Reader>(FILE);

const FORMATS = new Map(OPCODES.map(({ number, format }) => [Number(number), format]));

/** Compares the operands that were read, at `pc`, with the model's. */
function operandsAgree(
  { decode }: Reader,
  bytes: Uint8Array,
  plain: readonly bigint[],
  pc: number,
  skip: number,
): string | undefined {
  const read = decode(bytes, pc, skip);
  const opcode = bytes[pc] ?? 0;
  const expected = operands(plain, BigInt(pc), BigInt(skip), FORMATS.get(opcode) ?? "none");
  const { a, b, d, x, xHigh, y, target } = read;
  const X = BigInt.asUintN(64, BigInt(xHigh) * 2n ** 32n + BigInt(x >>> 0));
  const Y = BigInt.asUintN(64, BigInt(y));
  const isSame = a === Number(expected.a) && b === Number(expected.b) &&
    d === Number(expected.d) && X === expected.x && Y === expected.y &&
    target === Number(expected.target);
  if (isSame && read.pc === pc && read.opcode === opcode && read.skip === skip) return undefined;
  return agrees(read, { ...expected, pc, opcode, skip }) ?? "the values differ";
}

/** Bytes that differ in place and sign; the first two are to be replaced. */
const FOLLOWING = Array.from({ length: 256 }, (_, seed) => {
  const bytes = Uint8Array.from(
    { length: 14 },
    (_byte, place) => (seed * 151 + place * 89 + 131) % 256,
  );
  return { bytes, plain: Array.from(bytes, BigInt) };
});

function following(seed: number): { readonly bytes: Uint8Array; readonly plain: bigint[] } {
  return FOLLOWING[seed % 256] ?? { bytes: new Uint8Array(14), plain: [] };
}

const NUMBERS = OPCODES.map(({ number }) => Number(number));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/opcode_tables_agree",
    claim: "the opcode table has the model's opcodes: numbers, names, formats, terminators",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.5; JAVM opcodes",
    strength: "exhaustive",
    domain: domain.product({ byte: domain.range(0, 255), dialect: domain.of(...DIALECTS) }),
    reaches: ["defined", "undefined", "terminator"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/opcodes.ts", "rem_s_32 shlo_l_32", "shlo_l_32 rem_s_32"),
      mutant("src/pvm/opcodes.ts", `"two_reg_two_imm", 180`, `"two_reg_two_imm", 181`),
      mutant("src/pvm/opcodes.ts", `max max_u min`, `max_u max min`),
    ],
    check: ({ byte, dialect }, reach, implementation) => {
      const found = implementation.OPCODES.filter(({ code, dialects }) =>
        code === byte && dialects.includes(dialect)
      ).map(({ mnemonic, format, terminates: ends }) => ({
        mnemonic,
        format,
        terminates: ends.includes(dialect),
      }));
      const opcode = opcodeOf(BigInt(byte), dialect);
      reach(opcode === undefined ? "undefined" : "defined");
      if (opcode !== undefined && terminates(opcode, dialect)) reach("terminator");
      // What is no opcode of the dialect traps: in the JAVM it cannot even be started at.
      const machine = realMachine(implementation, {
        ...PLAIN,
        dialect,
        code: codeOf([byte], "first"),
        gas: 10n,
      });
      const panics = opcode === undefined && exitText(machine.step()) !== "panic";
      const expected = opcode === undefined ? [] : [{
        mnemonic: opcode.mnemonic,
        format: opcode.format,
        terminates: terminates(opcode, dialect),
      }];
      return allOf(
        agrees(found, expected),
        panics ? `byte ${byte}, which is no opcode, does not panic` : undefined,
      );
    },
  }),
  defineProof({
    id: "pvm/decoding_agrees",
    claim: "decoding gives the model's operands for every opcode, skip and first operand byte",
    subject: ["decode"],
    spec: "Gray Paper, appendix A.5",
    strength: "exhaustive",
    domain: domain.product({
      opcode: domain.of(...NUMBERS),
      skip: domain.range(0, 24),
      first: domain.range(0, 255),
    }),
    reaches: [...new Set(OPCODES.map(({ format }) => format))],
    implementation: instruction,
    mutants: [
      ofReader(FILE, "const LAST_REGISTER = 12;", "const LAST_REGISTER = 13;"),
      ofReader(FILE, "return Math.min(4, selector & 7);", "return Math.min(4, selector);"),
      ofReader(FILE, "return Math.min(4, selector & 7);", "return selector & 3;"),
      ofReader(FILE, "rest(skip - length - at + 1)", "rest(skip - length - at)"),
      ofReader(FILE, "rest(skip - length - at + 1)", "rest(skip - length - at + 2)"),
      ofReader(FILE, "return Math.min(4, Math.max(0, left));", "return Math.min(3, left);"),
      ofReader(FILE, "bits << unused >> unused", "bits << unused >>> unused"),
      ofReader(
        FILE,
        "return { ...NO_OPERANDS, d: low, a: high };",
        "return { ...NO_OPERANDS, a: low, d: high };",
      ),
      ofReader(FILE, "d: register(b2) }", "d: register(b2 & 15) }"),
      ofReader(FILE, "xHigh: immediate(code, pc + 6, 4)", "xHigh: immediate(code, pc + 6, 3)"),
      ofReader(FILE, "target: pc + y }", "target: pc + y + 1 }"),
      ofReader(FILE, "...pair(3, b2) }", "...pair(3, b1) }"),
      ofReader(
        FILE,
        "wide = (x: number) => ({ x, xHigh: x >> 31 })",
        "wide = (x: number) => ({ x, xHigh: 0 })",
      ),
    ],
    check: ({ opcode, skip, first }, reach, implementation) => {
      reach(FORMATS.get(opcode) ?? "none");
      const { bytes, plain } = following(opcode + 3 * skip + 7 * first);
      [bytes[0], bytes[1], plain[0], plain[1]] = [opcode, first, BigInt(opcode), BigInt(first)];
      return operandsAgree(implementation, bytes, plain, 0, skip);
    },
  }),
  defineProof({
    id: "pvm/decoding_agrees_in_any_bytes",
    claim: "decoding gives the model's operands anywhere in any bytes, also where they end",
    subject: ["decode", "skipOf"],
    spec: "Gray Paper, appendices A.3 and A.5",
    strength: "sampled",
    domain: sampled(
      fc.record({
        opcode: fc.constantFrom(...NUMBERS),
        before: fc.array(fc.nat(255), { maxLength: 3 }),
        after: fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0, 4, 0x80, 0xff)), {
          maxLength: 14,
        }),
        starts: fc.array(fc.nat(18), { maxLength: 3 }),
      }),
      { runs: 20_000, describe: "opcodes among up to 17 bytes, with any mask" },
    ),
    reaches: ["truncated", "whole"],
    implementation: instruction,
    mutants: [
      ofReader(FILE, "(code[at + place] ?? 0)", "(code[at + place] ?? 255)"),
      ofReader(
        FILE,
        "[code[pc + 1] ?? 0, code[pc + 2] ?? 0]",
        "[code[pc + 1] ?? 1, code[pc + 2] ?? 1]",
      ),
      ofReader(FILE, "target: pc + single(1, skip) }", "target: single(1, skip) }"),
      ofReader(
        FILE,
        '...wide(single(2, skip - 1)) };\n    case "one_reg_two_imm"',
        '...wide(single(2, skip)) };\n    case "one_reg_two_imm"',
      ),
      ofReader(FILE, "starts.length - 1 - pc", "starts.length - 2 - pc"),
    ],
    check: ({ opcode, before, after, starts }, reach, implementation) => {
      const pc = before.length;
      const code = codeOf([...before, opcode, ...after], [pc, ...starts]);
      const bytes = Uint8Array.from(code.bytes, Number);
      const skip = implementation.skipOf(Uint8Array.from(code.mask, Number), pc);
      reach(after.length < 4 ? "truncated" : "whole");
      return allOf(
        agrees(BigInt(skip), modelSkip(code, BigInt(pc))),
        operandsAgree(implementation, bytes, code.bytes, pc, skip),
      );
    },
  }),
  defineProof({
    id: "pvm/skip_agrees",
    claim:
      "the length of an instruction is the model's, whatever its mask and wherever the code ends",
    subject: ["skipOf"],
    spec: "Gray Paper, appendix A.3",
    strength: "exhaustive",
    domain: domain.product({
      pc: domain.range(0, 2),
      clear: domain.range(0, 30),
      after: domain.of(0, 1, 3),
    }),
    reaches: ["24", "0", "end"],
    implementation: instruction,
    mutants: [
      ofReader(FILE, "SKIP_MAX = 24", "SKIP_MAX = 25"),
      ofReader(FILE, "SKIP_MAX = 24", "SKIP_MAX = 23"),
      ofReader(
        FILE,
        "while (skip < end && starts[pc + 1 + skip] === 0)",
        "while (skip < end && starts[pc + skip] === 0)",
      ),
      ofReader(FILE, "skip < end", "skip <= end"),
    ],
    check: ({ pc, clear, after }, reach, { skipOf }) => {
      const length = pc + 1 + clear + after;
      const starts = Array.from({ length: after }, (_, place) => pc + 1 + clear + place);
      const code = codeOf(Array.from({ length }, () => 0), [pc, ...starts]);
      const skip = skipOf(Uint8Array.from(code.mask, Number), pc);
      if (skip === 24 || skip === 0) reach(`${skip}`);
      if (after === 0) reach("end");
      return agrees(BigInt(skip), modelSkip(code, BigInt(pc)));
    },
  }),
];

register(proofs);
