/** Mistakes in source text: told with their place, many in a run, within limits. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { type Mistaken, tellsMistakes } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md";
const TOKEN = "src/pvm/text/token.ts";
const CURSOR = "src/pvm/text/cursor.ts";
const ERROR = "src/pvm/text/error.ts";
const EXPRESSION = "src/pvm/text/expression.ts";
const STATEMENT = "src/pvm/text/statement.ts";
const DIRECTIVES = "src/pvm/text/directives.ts";
const DRAFT = "src/pvm/text/draft.ts";
const EMIT = "src/pvm/text/emit.ts";
const RESOLVER = "src/pvm/text/resolver.ts";
const ASSEMBLE = "src/pvm/text/assemble.ts";

/** Sources, and the places and kinds of their mistakes. */
const MISTAKES: readonly Mistaken[] = [
  ["add_64 r1, r2", [1, 14, "syntax"]],
  ["add_64 r1, r2, r13", [1, 16, "syntax"]],
  ["add_64 r1, r2, r3, r4", [1, 18, "syntax"]],
  ["add_64 r1 r2, r3", [1, 11, "syntax"]],
  ["\n\n  nonsense r1", [3, 3, "unknown-mnemonic"]],
  ["  .nonsense 1", [1, 3, "unknown-directive"]],
  ["trap\r\n trap 1\r\n", [2, 7, "syntax"]],
  ["load_imm r1, 'ab'", [1, 14, "syntax"]],
  ['.rodata\n.ascii "abc', [2, 8, "syntax"]],
  ['.rodata\n.ascii "a\\q"', [2, 10, "syntax"]],
  ['.rodata\n.ascii "\ud800"', [2, 8, "syntax"]],
  ["load_imm r1, 0x", [1, 14, "syntax"]],
  ["load_imm r1, 12ab", [1, 14, "syntax"]],
  ["load_imm r1, 18446744073709551616", [1, 14, "syntax"]],
  ["load_imm r1, (1", [1, 16, "syntax"]],
  ["load_imm r1, 1 +", [1, 17, "syntax"]],
  ["load_imm r1, r2", [1, 14, "syntax"]],
  ["load_imm r1, @", [1, 15, "syntax"]],
  ["load_imm r1, @5", [1, 15, "syntax"]],
  ["load_imm r1, 1:5", [1, 16, "syntax"]],
  ["load_imm_64 r1, 1:2", [1, 18, "syntax"]],
  ["load_u8 r1, 5", [1, 13, "syntax"]],
  ["load_ind_u8 r1, [5]", [1, 18, "syntax"]],
  ["load_ind_u8 r1, [r2 * 5]", [1, 21, "syntax"]],
  ["load_ind_u8 r1, [r2 + 5", [1, 24, "syntax"]],
  ["r5: trap", [1, 1, "syntax"]],
  ["5: trap", [1, 1, "syntax"]],
  ["trap $", [1, 6, "syntax"]],
  ["jump nowhere", [1, 6, "unknown-name"]],
  ["load_imm r1, 1 + nowhere", [1, 18, "unknown-name"]],
  ["a: a: trap\na: trap", [1, 4, "duplicate-name"], [2, 1, "duplicate-name"]],
  [".equ a, 1\n.equ a, 2", [2, 6, "duplicate-name"]],
  [".equ 1, 1", [1, 6, "syntax"]],
  [".equ a, b\nb: .equ c, nowhere", [2, 12, "unknown-name"]],
  [".equ a, b\n.equ b, c\nc: trap", [1, 9, "unknown-name"]],
  [".byte 1", [1, 1, "wrong-section"]],
  [".data\ntrap", [2, 1, "wrong-section"]],
  [".bss\n.byte 1", [2, 1, "wrong-section"]],
  [".data\n.op 1", [2, 1, "wrong-section"]],
  [".data\n.byte 256, -129\n.byte 255, -128", [2, 7, "out-of-range"], [2, 12, "out-of-range"]],
  [".data\n.byte a\n.equ a, 256", [2, 7, "out-of-range"]],
  [".op 256", [1, 5, "out-of-range"]],
  [".raw x", [1, 6, "unknown-name"]],
  [".data\n.space x", [2, 8, "not-constant"]],
  [".data\n.space 1, 2, 3", [2, 1, "syntax"]],
  [".bss\n.space 1, 2", [2, 1, "syntax"]],
  [".data\n.space 1, 256", [2, 11, "out-of-range"]],
  [".data\n.align 3", [2, 1, "out-of-range"]],
  [".data\n.align 8192", [2, 8, "out-of-range"]],
  [".data\n.ascii 5", [2, 8, "syntax"]],
  [".data\n.ascii", [2, 1, "syntax"]],
  ['.data\n.byte "a"', [2, 7, "syntax"]],
  [".data 5", [1, 1, "syntax"]],
  [".table_width 256", [1, 14, "out-of-range"]],
  [".table_width 1\n.table 1, 256", [2, 11, "out-of-range"]],
  [".table -1", [1, 8, "out-of-range"]],
  [".table_repeat 5000000, 1", [1, 15, "out-of-range"]],
  [".table_repeat 4194304, 1\n.table 1", [2, 1, "too-large"]],
  ["load_imm r1, @x\n.equ x, 5", [1, 14, "unknown-name"]],
  ["load_imm r1, @x\n.data\nx:", [1, 14, "unknown-name"]],
  ["load_imm r1, 0x80000000", [1, 14, "out-of-range"]],
  ["load_imm r1, 300:1", [1, 14, "out-of-range"]],
  ["load_imm_64 r1, -0x8000000000000001", [1, 17, "out-of-range"]],
  ["jump 0x80000000", [1, 6, "out-of-range"]],
  ["load_imm r1, 0xffffffff * 0xffffffff * 2", [1, 14, "out-of-range"]],
  ["foo\nload_imm r1, bar\nbaz", [1, 1, "unknown-mnemonic"], [2, 14, "unknown-name"], [
    3,
    1,
    "unknown-mnemonic",
  ]],
  [".stack 16777216", [1, 8, "out-of-range"]],
  [".heap 268431361", [1, 7, "out-of-range"]],
  [".heap 268431360\n.bss\n.space 1", [4, 1, "too-large"]],
  [".bss\n.space 268431361", [2, 8, "out-of-range"]],
  [".bss\n.space 268431360\n.space 1", [3, 1, "too-large"]],
  [".rodata\n.space 16777216", [2, 1, "too-large"]],
  [".data\n.space 16777215\n.byte 1", [3, 1, "too-large"]],
];

const nested = (depth: number) => `load_imm r1, ${"(".repeat(depth)}1${")".repeat(depth)}`;

/** Sources at the limits: whether they are taken, and how many errors they have. */
const LIMITS: readonly (readonly [string, () => string, number])[] = [
  ["64 parentheses", () => nested(64), 0],
  ["65 parentheses", () => nested(65), 1],
  ["30,000 parentheses", () => nested(30_000), 1],
  ["60,000 signs", () => `load_imm r1, ${"-".repeat(60_000)}1`, 0],
  ["16,000 sums", () => `load_imm r1, 0${" + 1".repeat(16_000)}`, 0],
  ["a line of 65,536", () => `trap;${"x".repeat(65_531)}`, 0],
  ["a line of 65,537", () => `trap;${"x".repeat(65_532)}`, 1],
  ["a text of 60,000", () => `.data\n.ascii "${"\\n".repeat(30_000)}"`, 0],
  ["200 mistakes", () => "nonsense\n".repeat(200), 100],
  ["200 late mistakes", () => "jump nowhere\n".repeat(200), 100],
  ["a number of 80 digits", () => `load_imm r1, ${"0".repeat(79)}1`, 0],
  ["a number of 81 digits", () => `load_imm r1, ${"0".repeat(80)}1`, 1],
  ["all of the table", () => ".table_repeat 4194304, 0\n.table_width 0", 0],
  ["a table of bytes beyond 64 MiB", () => ".table_repeat 4194304, 0\n.table_width 17", 1],
  ["a full read-only section", () => ".rodata\n.space 16777215, 1", 0],
  ["no text", () => "", 0],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_mistakes_are_placed",
    claim: "every mistake of a source is told, with its kind, line and column",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...MISTAKES),
    reaches: [
      "syntax",
      "unknown-mnemonic",
      "unknown-directive",
      "unknown-name",
      "duplicate-name",
      "wrong-section",
      "not-constant",
      "out-of-range",
      "too-large",
    ],
    implementation: pvm,
    mutants: [
      mutant(TOKEN, "tokenOf(groups, 1 + from + blanks)", "tokenOf(groups, 1 + from)"),
      mutant(TOKEN, "column + 1 + index", "column + index"),
      mutant(CURSOR, "this.#mistake ??= {", "this.#mistake = {"),
      mutant(ERROR, "a.line - b.line || a.column - b.column", "a.column - b.column"),
      mutant(
        EXPRESSION,
        "return err({ ...value.error, column: step.column });",
        "return err({ ...value.error, column });",
      ),
      mutant(STATEMENT, "else if (cursor.expectEnd()) statements", "else statements"),
      mutant(DRAFT, "if (this.definitions.has(name))", "if (false)"),
      mutant(DRAFT, "count > BSS_BYTES_MAX - this.bssBytes", "count > BSS_BYTES_MAX"),
      mutant(DIRECTIVES, "directive.sections?.includes", "[draft.section].includes"),
      mutant(DIRECTIVES, "value < 2n ** BigInt(8 * width)", "value <= 2n ** BigInt(8 * width)"),
      mutant(
        DIRECTIVES,
        "value >= -(2n ** BigInt(8 * width - 1))",
        "value > -(2n ** BigInt(8 * width))",
      ),
      mutant(DIRECTIVES, "const U24_MAX = 2 ** 24 - 1;", "const U24_MAX = 2 ** 24;"),
      mutant(DIRECTIVES, 'draft.section === "bss" ? 1 : 2', 'draft.section === "bss" ? 2 : 2'),
      mutant(EMIT, "value.value < 0n || value.value", "value.value"),
      mutant(RESOLVER, 'definition.section === "code" && index', "index"),
      mutant(ASSEMBLE, "pages > HEAP_PAGES_MAX", "pages > HEAP_PAGES_MAX + 1"),
      mutant(ASSEMBLE, 'source[end - 1] === "\\r" && end > from ? end - 1 : end', "end"),
    ],
    check: tellsMistakes,
  }),
  defineProof({
    id: "pvm/text_limits_hold",
    claim:
      "sources at their limits are taken, those beyond are refused, and no more than 100 errors told",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...LIMITS),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(TOKEN, "line.length > LINE_LENGTH_MAX", "line.length >= LINE_LENGTH_MAX"),
      mutant(TOKEN, "digits.length > NUMBER_LENGTH_MAX", "digits.length >= NUMBER_LENGTH_MAX"),
      mutant(EXPRESSION, "depth >= DEPTH_MAX", "depth > DEPTH_MAX"),
      mutant(EXPRESSION, "depth >= DEPTH_MAX", "depth + 1 >= DEPTH_MAX"),
      mutant(ERROR, "const ERRORS_MAX = 100;", "const ERRORS_MAX = 101;"),
      mutant(EMIT, "count * width > CODE_BYTES_MAX", "count > CODE_BYTES_MAX"),
      mutant(
        DRAFT,
        "const STORED_BYTES_MAX = 2 ** 24 - 1;",
        "const STORED_BYTES_MAX = 2 ** 24 - 2;",
      ),
    ],
    check([, source, errors], reach, { assemble }) {
      const program = assemble(source());
      reach(errors === 0 ? "taken" : "refused");
      return allOf(
        agrees(program.ok, errors === 0),
        program.ok ? undefined : agrees(program.error.length, errors),
      );
    },
  }),
];

register(proofs);
