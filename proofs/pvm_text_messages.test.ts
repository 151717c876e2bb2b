/** What the assembler says is wrong, word by word, and what it takes at the borders of its values. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { complaint } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md";
const DIRECTIVES = "src/pvm/text/directives.ts";
const EMIT = "src/pvm/text/emit.ts";
const TOKEN = "src/pvm/text/token.ts";
const STATEMENT = "src/pvm/text/statement.ts";
const RESOLVER = "src/pvm/text/resolver.ts";

/** Sources, and what is said of them: the place, and the words. */
const MESSAGES: readonly (readonly [source: string, message: string])[] = [
  [".data\n.space", "2:1 expected 1 or 2 values"],
  [".data\n.space 1, 2, 3", "2:1 expected 1 or 2 values"],
  [".bss\n.space 1, 2", "2:1 expected 1 values"],
  [".equ a", "1:1 expected 2 values"],
  [".equ", "1:1 expected 2 values"],
  [".equ a, 1, 2", "1:1 expected 2 values"],
  [".table_repeat 1", "1:1 expected 2 values"],
  [".table_repeat 1, 2, 3", "1:1 expected 2 values"],
  [".data\n.byte", "2:1 expected 1 or more values"],
  [".table", "1:1 expected 1 or more values"],
  [".stack", "1:1 expected 1 values"],
  [".stack 1, 2", "1:1 expected 1 values"],
  [".data 5", "1:1 expected 0 values"],
  [".data\n.ascii 5", "2:8 expected a text"],
  ['.data\n.byte "a"', "2:7 expected a value, not a text"],
  [".stack -1", "1:8 expected a value from 0 to 16777215"],
  [".stack 16777216", "1:8 expected a value from 0 to 16777215"],
  [".heap -1", "1:7 expected a value from 0 to 268431360"],
  [".table_width -1", "1:14 expected a value from 0 to 255"],
  [".table_width 256", "1:14 expected a value from 0 to 255"],
  [".data\n.space -1", "2:8 expected a value from 0 to 268431360"],
  [".data\n.space 1, -129", "2:11 expected a value from -128 to 255"],
  [".data\n.space 1, 256", "2:11 expected a value from -128 to 255"],
  [".data\n.align 0", "2:8 expected a value from 1 to 4096"],
  [".data\n.align 3", "2:1 expected a power of two"],
  [".data\n.align 4097", "2:8 expected a value from 1 to 4096"],
  [".table_repeat -1, 0", "1:15 expected a value from 0 to 4194304"],
  [".table_repeat 4194305, 0", "1:15 expected a value from 0 to 4194304"],
  [".data\n.byte 256", "2:7 value of more than 8 bits"],
  [".data\n.half 65536", "2:7 value of more than 16 bits"],
  [".data\n.word -2147483649", "2:7 value of more than 32 bits"],
  [".data\n.long 0-9223372036854775809", "2:7 value of more than 64 bits"],
  [".data\n.long 18446744073709551615 + 2", "2:7 value of more than 64 bits"],
  [".op 256", "1:5 value of more than 8 bits"],
  [".raw -129", "1:6 value of more than 8 bits"],
  [".table_width 1\n.table 256", "2:8 entry does not fit 1 bytes"],
  [".table_width 0\n.table 1", "2:8 entry does not fit 0 bytes"],
  [".table_width 0\nfallthrough\nload_imm r1, @x\nx: trap", "5:1 entry does not fit 0 bytes"],
  [".table_width 0\n.table x", '2:8 "x" is not defined'],
  [".table -1", "1:8 expected a value from 0 to 2^64 - 1"],
  [".table 18446744073709551615 + 1", "1:8 expected a value from 0 to 2^64 - 1"],
  ["load_imm r1, 1:5", "1:16 expected a length of 0 to 4 bytes"],
  ["load_imm r1, 300:1", "1:14 value does not fit 1 bytes"],
  ["load_imm r1, 0x80000000", "1:14 value of more than 32 bits with its sign"],
  ["jump 0x80000000", "1:6 target too far away"],
  ["load_imm_64 r1, 0-9223372036854775809", "1:17 value of more than 64 bits"],
  ["nonsense", '1:1 there is no instruction "nonsense"'],
  [".nonsense", '1:1 there is no directive ".nonsense"'],
  ["jump nowhere", '1:6 "nowhere" is not defined'],
  ["load_imm r1, @nowhere", '1:14 "nowhere" is not a label in the code'],
  [".data\n.space x", '2:8 "x" is not a constant that is known here'],
  [".equ a, b\n.equ b, c\njump c\n.raw 0\nc: trap", '1:9 "b" is not defined'],
  ["a: a:", '1:4 "a" is defined twice'],
  [".byte 1", '1:1 ".byte" cannot stand in the section .code'],
  [".data\ntrap", "2:1 an instruction can stand only in the section .code"],
  ["trap;" + "x".repeat(65_532), "1:65537 line too long"],
  ["add_64 r1, r2, 5", "1:16 expected a register, r0 to r12"],
  ["load_u8 r1, 5", '1:13 expected "["'],
  ["load_ind_u8 r1, [r2 * 5]", '1:21 expected "+", "-" or "]"'],
  ["trap 1", "1:6 expected the end of the line"],
  ["5: trap", "1:1 expected an instruction or a directive"],
  ["r5: trap", "1:1 a register cannot be a label"],
  ["load_imm r1, (1", '1:16 expected ")"'],
  ["load_imm r1, r2", "1:14 a register is no value"],
  ["load_imm r1, @5", "1:15 expected a label"],
  ["load_imm r1, +", "1:15 expected a value"],
  ["trap  $", "1:7 unexpected character"],
  ["load_imm r1, 12ab", "1:14 malformed number"],
  ["load_imm r1, 18446744073709551616", "1:14 number of more than 64 bits"],
  ['.data\n.ascii "a\\q"', "2:10 unknown escape"],
  ['.data\n.ascii "\ud800"', "2:8 half of a character"],
  [`load_imm r1, ${"(".repeat(65)}1`, "1:79 parentheses nest too deep"],
  [".equ 1, 1", "1:6 expected a name"],
];

/** Escapes, and the bytes that they stand for. */
const ESCAPES: readonly (readonly [escape: string, byte: number])[] = [
  ["\\0", 0],
  ["\\t", 9],
  ["\\n", 10],
  ["\\r", 13],
  ['\\"', 34],
  ["\\'", 39],
  ["\\\\", 92],
  ["\\x00", 0],
  ["\\x1f", 31],
  ["\\xfF", 255],
];

/** What is seen of an assembled program: stack, pages of heap, data, width and number of entries. */
type Seen = readonly [
  stack: number,
  heap: number,
  data: number,
  last: number,
  width: number,
  entries: number,
];

/** Sources at the borders of what directives take. */
const BORDERS: readonly (readonly [source: string, seen: Seen | undefined])[] = [
  [".table_width 1\n.table 256", undefined],
  [".table_width 7\n.table 72057594037927936", undefined],
  ["", [65_536, 0, 0, 0, 0, 0]],
  [".stack 0", [0, 0, 0, 0, 0, 0]],
  [".stack 16777215", [16_777_215, 0, 0, 0, 0, 0]],
  [".heap 0", [65_536, 0, 0, 0, 0, 0]],
  [".heap 1", [65_536, 1, 0, 0, 0, 0]],
  [".heap 268431360", [65_536, 65_535, 0, 0, 0, 0]],
  [".bss\n.space 4096\n.space 1", [65_536, 2, 0, 0, 0, 0]],
  [".data\n.space 0", [65_536, 0, 0, 0, 0, 0]],
  [".data\n.space 3", [65_536, 0, 3, 0, 0, 0]],
  [".data\n.space 3, 255", [65_536, 0, 3, 255, 0, 0]],
  [".data\n.space 3, -128", [65_536, 0, 3, 128, 0, 0]],
  [".data\n.byte 1\n.align 1", [65_536, 0, 1, 1, 0, 0]],
  [".data\n.byte 1\n.align 4096", [65_536, 0, 4096, 0, 0, 0]],
  [".data\n.byte 255, -128", [65_536, 0, 2, 128, 0, 0]],
  [".data\n.half 65535, -32768", [65_536, 0, 4, 128, 0, 0]],
  [".data\n.word 4294967295, -2147483648", [65_536, 0, 8, 128, 0, 0]],
  [".data\n.long 18446744073709551615, -9223372036854775808", [65_536, 0, 16, 128, 0, 0]],
  [".table 0", [65_536, 0, 0, 0, 1, 1]],
  [".table 255", [65_536, 0, 0, 0, 1, 1]],
  [".table 256", [65_536, 0, 0, 0, 2, 1]],
  [".table 0, 65535, 65536", [65_536, 0, 0, 0, 3, 3]],
  [".table 72057594037927935", [65_536, 0, 0, 0, 7, 1]],
  [".table 18446744073709551615", [65_536, 0, 0, 0, 8, 1]],
  [".table_width 0\n.table 0, 0", [65_536, 0, 0, 0, 0, 2]],
  [".table_width 255\n.table 1", [65_536, 0, 0, 0, 255, 1]],
  [".table_width 7\n.table 72057594037927935", [65_536, 0, 0, 0, 7, 1]],
  [".table_repeat 0, 5", [65_536, 0, 0, 0, 0, 0]],
  [".table_repeat 3, 5\n.table 6", [65_536, 0, 0, 0, 1, 4]],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_mistakes_say_what_is_wrong",
    claim: "a mistake of a source is told with its place and in words that name what was expected",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...MESSAGES),
    reaches: ["told"],
    implementation: pvm,
    mutants: [
      mutant(EMIT, "more than ${8 * width} bits", "more than ${7 * width} bits"),
      mutant(
        DIRECTIVES,
        "max === Infinity ? `${min} or more`",
        "max !== Infinity ? `${min} or more`",
      ),
      mutant(DIRECTIVES, "expressions(call, 1, 1)", "expressions(call, 1, 2)"),
      mutant(DIRECTIVES, "one(call, 0, WIDTH_MAX)", "one(call, -1, WIDTH_MAX)"),
      mutant(DIRECTIVES, "if (expressions(call, 0, 0)", "if (expressions(call, 0, 1)"),
      mutant(EMIT, "value.ok ? value.value : 0n", "value.ok ? value.value : 1n"),
      mutant(TOKEN, "column: LINE_LENGTH_MAX + 1", "column: LINE_LENGTH_MAX"),
      mutant(STATEMENT, "token.value <= 4n", "token.value <= 5n"),
      mutant(RESOLVER, "this.#derived.clear();", ""),
      mutant(RESOLVER, "      column: 1,", "      column: 2,"),
    ],
    check([source, message], reach, { assemble }) {
      const program = assemble(source);
      if (program.ok) return "took a mistake";
      reach("told");
      const found = program.error.map((error) =>
        error.kind === "assembly-error" ? `${error.line}:${error.column} ${error.message}` : error
      );
      return agrees(found, [message]);
    },
  }),
  defineProof({
    id: "pvm/text_directives_have_borders",
    claim: "directives take values up to their borders, and do with them what they say",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...BORDERS),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(DIRECTIVES, "one(call, 0, U24_MAX)", "one(call, 1, U24_MAX)"),
      mutant(DIRECTIVES, "const WIDTH_MAX = 255;", "const WIDTH_MAX = 254;"),
      mutant(DIRECTIVES, "one(call, 0, BSS_BYTES_MAX)", "one(call, 1, BSS_BYTES_MAX)"),
      mutant(DIRECTIVES, "draft.constant(fill, -128, 255)", "draft.constant(fill, -127, 255)"),
      mutant(DIRECTIVES, "one(call, 1, ALIGNMENT_MAX)", "one(call, 2, ALIGNMENT_MAX)"),
      mutant(EMIT, "values.length === 0 ? 0 : 1", "values.length === 0 ? 1 : 1"),
      mutant(EMIT, "values.length === 0 ? 0 : 1", "values.length === 0 ? 0 : 2"),
      mutant(EMIT, "value >= 2n ** BigInt(8 * width)) {", "value > 2n ** BigInt(8 * width)) {"),
    ],
    check([source, seen], reach, { assemble }) {
      const program = assemble(source);
      reach(program.ok ? "taken" : "refused");
      if (!program.ok) return seen === undefined ? undefined : complaint(program.error);
      const { code: { jumpTable }, program: made } = program.value;
      const found: Seen = [
        ...[made.stackBytes, made.heapPages, made.readWriteData.length] as const,
        ...[made.readWriteData.at(-1) ?? 0, jumpTable.width, jumpTable.count] as const,
      ];
      return agrees(found, seen);
    },
  }),
  defineProof({
    id: "pvm/text_escapes_are_bytes",
    claim: "each escape stands for its byte, in a character and in a text",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...ESCAPES),
    reaches: ["read"],
    implementation: pvm,
    mutants: [
      mutant(TOKEN, '["t", 9]', '["t", 8]'),
      mutant(TOKEN, '["r", 13]', '["r", 12]'),
      mutant(TOKEN, '["0", 0]', '["0", 1]'),
    ],
    check([escape, byte], reach, { assemble }) {
      const program = assemble(`.data\n.byte '${escape}'\n.ascii "${escape}z${escape}"`);
      if (!program.ok) return complaint(program.error);
      reach("read");
      return agrees([...program.value.program.readWriteData], [byte, byte, 122, byte]);
    },
  }),
];

register(proofs);
