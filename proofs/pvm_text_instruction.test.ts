/** Instructions as text: every opcode, every operand at its edges, every length. */

import { OPCODES } from "../model/pvm_opcodes.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import {
  complaint,
  decoded,
  expectedOperands,
  leastLength,
  valueKinds,
  VALUES,
  written,
} from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md; Gray Paper, appendix A.5";
const SHAPE = "src/pvm/text/shape.ts";
const VALUE = "src/pvm/text/value.ts";
const STATEMENT = "src/pvm/text/statement.ts";
const EMIT = "src/pvm/text/emit.ts";
const LAYOUT = "src/pvm/text/layout.ts";

/** The bytes of each format that hold no value. */
const FIXED: Readonly<Record<string, number>> = {
  none: 1,
  one_imm: 1,
  one_offset: 1,
  two_imm: 2,
  two_reg_two_imm: 3,
  three_reg: 3,
};

/** The second of three instructions is written by its name, not as bytes. */
function readsAs(
  mnemonic: string,
  text: ReturnType<typeof pvm.disassemble>,
): string | undefined {
  if (!text.ok) return "refused code";
  const lines = text.value.split("\n").filter((line) => line.startsWith(" "));
  const [, line = ""] = lines;
  return lines.length === 3 && line.trim().split(" ")[0] === mnemonic
    ? undefined
    : `written as ${text.value}`;
}

/** Each value with registers in turn. */
const FIRST = VALUES.map((x, index) => ({
  x,
  registers: index % 2 === 0 ? { a: 0, b: 12, d: 5 } : { a: 11, b: 7, d: 12 },
}));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_instruction_agrees",
    claim:
      "every opcode with every operand at its edges assembles to the shortest instruction that the model decodes to those operands, and is written as that instruction again",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      opcode: domain.of(...OPCODES),
      first: domain.of(...FIRST),
      y: domain.of(0n, 128n),
    }),
    reaches: [...new Set(OPCODES.map(({ format }) => format))],
    implementation: pvm,
    mutants: [
      mutant(SHAPE, "y: limited(left - x)", "y: limited(left)"),
      mutant(SHAPE, "return selected(first >> 4);", "return selected(first);"),
      mutant(SHAPE, "      return [d | (a << 4)];", "      return [a | (d << 4)];"),
      mutant(SHAPE, "      return [a | (b << 4), d];", "      return [a | (d << 4), b];"),
      mutant(SHAPE, "return [a | (x.length << 4)];", "return [a | (x.length << 5)];"),
      mutant(SHAPE, "      return [a | (b << 4), x.length];", "      return [a | (b << 4), 4];"),
      mutant(
        SHAPE,
        'return [register("a"), value("x", false), place("y", "b")];',
        'return [register("a"), value("y", false), place("x", "b")];',
      ),
      mutant(
        SHAPE,
        'return [register("d"), register("a"), register("b")];',
        'return [register("a"), register("b"), register("d")];',
      ),
      mutant(VALUE, "33 - Math.clz32", "32 - Math.clz32"),
      mutant(VALUE, "33 - Math.clz32", "34 - Math.clz32"),
      mutant(VALUE, "if (value === 0) return 0;", ""),
      mutant(VALUE, "value < 0 ? ~value : value", "Math.abs(value)"),
      mutant(LAYOUT, "isTarget ? value.value - BigInt(pc) : value.value", "value.value"),
      mutant(LAYOUT, "const WIDE = 8;", "const WIDE = 4;"),
      mutant(EMIT, 'valueBytes(at, item, "y", pc)', 'valueBytes(at, item, "x", pc)'),
      mutant(
        EMIT,
        'if (item.kind === "instruction" || item.isStart)',
        'if (item.kind === "instruction" && pc > 1)',
      ),
      mutant(STATEMENT, "Number(token.text.slice(1))", "Number(token.text.slice(-1))"),
    ],
    check({ opcode, first: { registers, x }, y }, reach, { assemble, disassemble }) {
      reach(opcode.format);
      const operands = { ...registers, x, y };
      const source = `fallthrough\n${written(opcode, 1n, operands)}\nfallthrough`;
      const program = assemble(source);
      if (!program.ok) return `${source}: ${complaint(program.error)}`;
      const { code } = program.value;
      const kinds = valueKinds(opcode);
      const lengthOf = (kind: string, value: bigint) =>
        kind === "none" ? 0 : kind === "wide" ? 8 : leastLength(value);
      const length = (FIXED[opcode.format] ?? 2) + lengthOf(kinds.x, x) + lengthOf(kinds.y, y);
      const starts = Uint8Array.from(
        { length: length + 2 },
        (_, i) => i === 0 || i === 1 || i === length + 1 ? 1 : 0,
      );
      return allOf(
        agrees(code.starts, starts),
        agrees(decoded(code, 1n), {
          opcode,
          operands: expectedOperands(opcode, 1n, operands),
        }),
        readsAs(opcode.mnemonic, disassemble(code)),
      );
    },
  }),
  defineProof({
    id: "pvm/text_lengths_are_pinned",
    claim:
      "a value with a length takes just that many bytes where they hold it, and is an error at its place where they do not",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      opcode: domain.of(
        ...OPCODES.filter((opcode) => !["none", "wide"].includes(valueKinds(opcode).x)),
      ),
      value: domain.of(...VALUES),
      pin: domain.range(0, 4),
    }),
    reaches: ["held", "refused"],
    implementation: pvm,
    mutants: [
      mutant(EMIT, "shortest(number.value) > length", "shortest(number.value) > length + 1"),
      mutant(EMIT, "shortest(number.value) > length", "shortest(number.value) >= length"),
      mutant(STATEMENT, "token.value <= 4n", "token.value <= 3n"),
      mutant(LAYOUT, "else if (pinned !== undefined) item[field] = pinned;", ""),
    ],
    check({ opcode, value, pin }, reach, { assemble, disassemble }) {
      const operands = { a: 1, b: 2, d: 3, x: value, y: value, pins: { x: pin, y: pin } };
      const source = `fallthrough\n${written(opcode, 1n, operands)}\nfallthrough`;
      const program = assemble(source);
      const fits = leastLength(value) <= pin;
      reach(fits ? "held" : "refused");
      if (!fits) {
        return program.ok ||
            program.error.some((error) =>
              error.kind !== "assembly-error" || error.problem !== "out-of-range" ||
              error.line !== 2
            )
          ? "not refused on its line"
          : undefined;
      }
      if (!program.ok) return `${source}: ${complaint(program.error)}`;
      const values = valueKinds(opcode).y === "none" ? 1 : 2;
      const { code } = program.value;
      return allOf(
        agrees(code.bytes.length, 2 + (FIXED[opcode.format] ?? 2) + values * pin),
        agrees(decoded(code, 1n)?.operands, expectedOperands(opcode, 1n, operands)),
        readsAs(opcode.mnemonic, disassemble(code)),
      );
    },
  }),
  defineProof({
    id: "pvm/text_value_ranges",
    claim:
      "a value may be given modulo 2^64, and where only its low 32 bits count modulo 2^32; whatever has no such reading is refused",
    subject: ["assemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      line: domain.of(
        ["load_imm r1, ", "", "strict"],
        ["add_imm_64 r1, r2, ", "", "strict"],
        ["ecalli ", "", "strict"],
        ["branch_eq_imm r1, ", ", 0", "strict"],
        ["store_imm_u64 [0], ", "", "strict"],
        ["load_imm_jump_ind r1, ", ", [r2]", "strict"],
        ["add_imm_32 r1, r2, ", "", "loose"],
        ["rot_r_32_imm_alt r1, r2, ", "", "loose"],
        ["store_imm_u32 [0], ", "", "loose"],
        ["load_u8 r1, [", "]", "loose"],
        ["store_ind_u64 [r2 + ", "], r1", "loose"],
        ["jump_ind [r1 + ", "]", "loose"],
        ["store_imm_ind_u8 [r1 + ", "], 0", "loose"],
      ),
      value: domain.of(
        ...[31n, 32n, 63n, 64n].flatMap((bits) => [-1n, 0n, 1n].map((by) => 2n ** bits + by)),
        2n ** 64n - 2n ** 31n,
        2n ** 64n - 2n ** 31n - 1n,
        -(2n ** 31n),
        -(2n ** 31n) - 1n,
        -(2n ** 63n),
      ),
    }),
    reaches: ["strict taken", "strict refused", "loose taken", "loose refused"],
    implementation: pvm,
    mutants: [
      mutant(VALUE, "whole < 2n ** 32n", "whole <= 2n ** 32n"),
      mutant(VALUE, "value >= 2n ** 63n ? value - 2n ** 64n : value", "value"),
      mutant(SHAPE, "const narrow = /_32(?:_|$)/.test(mnemonic);", "const narrow = true;"),
      mutant(
        SHAPE,
        "const narrow = /_32(?:_|$)/.test(mnemonic);",
        "const narrow = /_32$/.test(mnemonic);",
      ),
      mutant(LAYOUT, 'slot.kind === "place" || (', "("),
    ],
    check({ line: [before, after, kind], value }, reach, { assemble }) {
      const number = value >= 2n ** 63n ? value - 2n ** 64n : value;
      const strict = number >= -(2n ** 31n) && number < 2n ** 31n;
      const isTaken = value < 2n ** 64n &&
        (strict || (kind === "loose" && number >= 0n && number < 2n ** 32n));
      const reading = kind === "loose" ? BigInt.asIntN(32, number) : number;
      reach(`${kind} ${isTaken ? "taken" : "refused"}`);
      const program = assemble(`${before}${value}${after}`);
      if (!isTaken || !program.ok) return agrees(program.ok, isTaken);
      const operands = decoded(program.value.code, 0n)?.operands;
      const isY = before.startsWith("store_imm_u");
      return agrees(
        BigInt.asIntN(64, (isY ? operands?.y : operands?.x) ?? 0n),
        reading,
      );
    },
  }),
];

register(proofs);
