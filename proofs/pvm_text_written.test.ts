/** The text that code and data are written as, line by line. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { complaint } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md";
const CODE = "src/pvm/text/disassemble.ts";
const PROGRAM = "src/pvm/text/disassemble_program.ts";
const INSTRUCTION = "src/pvm/text/instruction_text.ts";

/** Sources, and the lines that are written of the code that they are; the source's own, if none. */
const WRITTEN: readonly (readonly [source: string, ...lines: string[]])[] = [
  [".table a, b, 5\na: fallthrough\nb: trap", ".table L_0, L_1, 5", "L_0:", "fallthrough", ...[
    "L_1:",
    "trap",
  ]],
  [".table_width 0\n.table_repeat 3, 0\ntrap", ".table_width 0", ".table_repeat 3, L_0", ...[
    "L_0:",
    "trap",
  ]],
  [".table_width 0\n.table_repeat 1, 0", ".table_width 0", ".table_repeat 1, 0"],
  [".table_width 2\n.table 1"],
  [".table 1, 2, 3, 4, 5, 6, 7, 8"],
  [".table 1, 2, 3, 4, 5, 6, 7, 8\n.table 9"],
  [".table_width 7\n.table 72057594037927935", ".table 72057594037927935"],
  [".table_width 9\n.table 18446744073709551615"],
  [".op 0xff, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07\n.raw 0x08, 0x09"],
  [".raw 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08\n.raw 0x09\ntrap"],
  ["load_imm r1, 0"],
  ["load_imm r1, 1"],
  ["load_imm r1, -1"],
  ["load_imm r1, 4095"],
  ["load_imm r1, 5:4"],
  ["load_imm r1, 4096", "load_imm r1, 0x1000"],
  ["load_imm r1, -4095"],
  ["load_imm r1, -4096", "load_imm r1, -0x1000"],
  ["load_imm_64 r1, -1", "load_imm_64 r1, 0xffffffffffffffff"],
  ["store_imm_u8 [0xfffffff0], 5"],
  ["store_imm_ind_u8 [r1 - 5], 128"],
  ["store_imm_ind_u8 [r1 + 0:2], 0:1"],
  ["L_0:\njump L_0"],
  ["jump 7", "jump 7:1"],
  ["L_0:\nbranch_eq_imm r1, 5, L_0"],
  [".op 40, 1, 0, 0, 0", "jump 1:4"],
];

const times = (count: number, byte: number) => Array.from({ length: count }, () => byte);
const hex = (...bytes: readonly number[]) =>
  bytes.map((byte) => `0x${byte < 16 ? "0" : ""}${byte.toString(16)}`).join(", ");

/** Data, and the lines that it is written as. */
const DATA: readonly (readonly [bytes: readonly number[], ...lines: string[]])[] = [
  [[1, 2], `.byte ${hex(1, 2)}`],
  [[5, 6, ...times(16, 5)], `.byte ${hex(5, 6, ...times(14, 5))}`, `.byte ${hex(5, 5)}`],
  [times(16, 7), `.byte ${hex(...times(16, 7))}`],
  [times(17, 7), ".space 17, 7"],
  [[...times(18, 7), 8], ".space 18, 7", `.byte ${hex(8)}`],
  [[...times(16, 1), ...times(18, 2)], `.byte ${hex(...times(16, 1))}`, ".space 18, 2"],
];

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split("\n").map((line) => line.trim());
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_of_code_is_exact",
    claim:
      "code is written in these words: labels, tables, lengths, numbers, and bytes where it must",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...WRITTEN),
    reaches: ["as it stands", "otherwise"],
    implementation: pvm,
    mutants: [
      mutant(
        CODE,
        "from < names.length; from += PER_LINE",
        "from <= names.length; from += PER_LINE",
      ),
      mutant(CODE, "const EXACT_WIDTH_MAX = 6;", "const EXACT_WIDTH_MAX = 9;"),
      mutant(CODE, "const PER_LINE = 8;", "const PER_LINE = 9;"),
      mutant(CODE, "Math.min(1, count)", "Math.min(0, count)"),
      mutant(CODE, "names[0] ??", "names[1] ??"),
      mutant(INSTRUCTION, "const DECIMAL_MAX = 4095n;", "const DECIMAL_MAX = 4094n;"),
      mutant(INSTRUCTION, "const DECIMAL_MAX = 4095n;", "const DECIMAL_MAX = 4096n;"),
    ],
    check([source, ...expected], reach, { assemble, disassemble }) {
      const program = assemble(source);
      if (!program.ok) return complaint(program.error);
      const text = disassemble(program.value.code);
      reach(expected.length === 0 ? "as it stands" : "otherwise");
      return agrees(
        text.ok ? linesOf(text.value) : [],
        expected.length === 0 ? source.split("\n") : expected,
      );
    },
  }),
  defineProof({
    id: "pvm/text_of_jumps_has_lengths_where_they_do_not_follow",
    claim:
      "a jump is written with its length where that of a jump on the way decides whether it is so long",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      distance: domain.range(126, 141),
      jumps: domain.range(1, 3),
      isBack: domain.of(false, true),
    }),
    reaches: ["label", "label and length"],
    implementation: pvm,
    mutants: [
      mutant(INSTRUCTION, "const JUMP_SLACK = 4;", "const JUMP_SLACK = 5;"),
      mutant(INSTRUCTION, "const JUMP_SLACK = 4;", "const JUMP_SLACK = 3;"),
      mutant(INSTRUCTION, "Math.sign(distance) *", "Math.sign(distance) +"),
      mutant(INSTRUCTION, "JUMP_SLACK * between", "JUMP_SLACK + between"),
      mutant(
        INSTRUCTION,
        "(jumpsBefore[target] ?? 0) - (jump",
        "(jumpsBefore[target] ?? 0) + (jump",
      ),
      mutant(CODE, "+ (isJump ? 1 : 0);", "+ (isJump ? 0 : 1);"),
    ],
    check({ distance, jumps, isBack }, reach, { assemble, disassemble }) {
      const most = isBack ? 128 : 127;
      const lengthOf = (away: number) => (away > most ? 2 : 1);
      // Other jumps, of three bytes each, to where nothing is; the one in question follows or leads.
      const others = Array.from({ length: jumps - 1 }, () => "jump 0x1388:2");
      const own = isBack ? 0 : 1 + lengthOf(distance);
      const filler = times(distance - own - 3 * others.length, 1).map(() => "fallthrough");
      const between = isBack ? jumps - 1 : jumps;
      const follows = lengthOf(distance - 4 * between) === lengthOf(distance);
      reach(follows ? "label" : "label and length");
      const ahead = "jump 0x1388:2";
      const label = isBack ? "L_3" : `L_${3 + distance}`;
      const jump = `jump ${label}${follows ? "" : `:${lengthOf(distance)}`}`;
      const lines = isBack
        ? [ahead, `${label}:`, ...filler, ...others, jump]
        : [ahead, jump, ...filler, ...others, `${label}:`, "trap"];
      const program = assemble(lines.join("\n"));
      if (!program.ok) return complaint(program.error);
      const text = disassemble(program.value.code);
      return agrees(text.ok ? linesOf(text.value) : [], lines);
    },
  }),
  defineProof({
    id: "pvm/text_of_data_is_exact",
    claim: "data is written as bytes, 16 on a line, and from 17 equal ones on as a space",
    subject: ["disassembleProgram"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...DATA),
    reaches: ["written"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, "let end = from + 1;", "let end = from + 2;"),
      mutant(PROGRAM, "const PER_LINE = 16;", "const PER_LINE = 17;"),
      mutant(PROGRAM, "from += length;", "from += run;"),
    ],
    check([bytes, ...expected], reach, { disassembleProgram }) {
      const data = Uint8Array.from(bytes);
      const blob = Uint8Array.of(0, 0, 0);
      const none = new Uint8Array(0);
      const parts = { heapPages: 2, stackBytes: 5, blob };
      const texts = [
        disassembleProgram({ ...parts, readOnlyData: none, readWriteData: data }),
        disassembleProgram({ ...parts, readOnlyData: data, readWriteData: none }),
      ].map((text) => text.ok ? linesOf(text.value) : []);
      reach("written");
      const around = (section: string) => [".stack 5", ".heap 8192", section, ...expected, ".code"];
      return agrees(texts, [around(".data"), around(".rodata")]);
    },
  }),
];

register(proofs);
