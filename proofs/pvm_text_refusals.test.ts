/** Mistakes in source text that few sources have, and jumps in a long row. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { type Mistaken, tellsMistakes } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md";
const DIRECTIVES = "src/pvm/text/directives.ts";
const EMIT = "src/pvm/text/emit.ts";
const ERROR = "src/pvm/text/error.ts";
const EXPRESSION = "src/pvm/text/expression.ts";
const LAYOUT = "src/pvm/text/layout.ts";
const SECTION = "src/pvm/text/data_section.ts";
const TOKEN = "src/pvm/text/token.ts";

/** Sources, and the places and kinds of their mistakes. */
const MISTAKES: readonly Mistaken[] = [
  [".equ a", [1, 1, "syntax"]],
  [".equ a, 1, 2", [1, 1, "syntax"]],
  ['.equ a, "x"', [1, 9, "syntax"]],
  [".equ a, 0xffffffffffffffff * 2\nload_imm r1, a", [1, 9, "out-of-range"]],
  [".table_repeat 1", [1, 1, "syntax"]],
  [".table_repeat 1, 2, 3", [1, 1, "syntax"]],
  [".table 0, nowhere", [1, 11, "unknown-name"]],
  ["load_imm r1, 2 *", [1, 17, "syntax"]],
  ["load_imm r1, 2 * * 3", [1, 18, "syntax"]],
  [".equ a, 2 *\n.equ a, 3", [1, 12, "syntax"]],
  ["load_imm r1, '\\q'", [1, 15, "syntax"]],
  ["trap \t $", [1, 8, "syntax"]],
  ["$", [1, 1, "syntax"]],
];

/** Sources whose section is full, all but a byte or two. */
const FULL: readonly (readonly [string, number])[] = [
  ['.data\n.space 16777214\n.ascii "a"\n.ascii "b"', 4],
  [".data\n.space 16777214\n.byte b\n.byte b\n.equ b, 1", 4],
  [".data\n.space 16777214\n.align 2\n.align 4", 4],
];

/** A line with so many mistakes that are found together. */
const manyNames = (count: number) => `.table ${new Array(count).fill("nowhere").join()}`;

const raw = (count: number) => `.raw ${new Array(count).fill(0).join()}`;

/**
 * Jumps, each over the next one to a place that it reaches with one byte as long as that one has no
 * more than one either; the last one has to have two.
 */
function row(jumps: number): string {
  const lines: string[] = [];
  for (let jump = 0; jump <= jumps; jump++) {
    const passed = jump === 0 ? [] : [`to_${jump - 1}:`];
    lines.push(`jump to_${jump}`, raw(25), ...passed, raw(73));
  }
  return [...lines, raw(28), `to_${jumps}: trap`].join("\n");
}

/** After this many rounds, what still grows gets the full length. */
const ROUNDS = 16;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_mistakes_of_few_are_placed",
    claim:
      "mistakes in the operands of directives and in characters are told, each once, with kind, line " +
      "and column",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...MISTAKES),
    reaches: ["syntax", "unknown-name", "out-of-range"],
    implementation: pvm,
    mutants: [
      mutant(
        DIRECTIVES,
        "if (named === undefined || expression === undefined) return;",
        "if (named === undefined || expression === undefined) { draft.fail(1, { problem: 'syntax', message: '' }); return; }",
      ),
      mutant(
        DIRECTIVES,
        "if (count === undefined || expression === undefined) return;",
        "if (count === undefined || expression === undefined) { call.draft.fail(1, { problem: 'syntax', message: '' }); return; }",
      ),
      mutant(DIRECTIVES, '    draft.define(name, column, { kind: "constant", value: 0n });\n', ""),
      mutant(
        DIRECTIVES,
        "    draft.fail(value.error.column, value.error);\n    draft.define",
        "    draft.define",
      ),
      mutant(
        EMIT,
        "if (!value.ok) fail(at, value.error.column, value.error);",
        "if (!value.ok) {}",
      ),
      mutant(
        EXPRESSION,
        "if (!unary(cursor, steps, depth)) return false;\n    steps.push",
        "unary(cursor, steps, depth);\n    steps.push",
      ),
      mutant(
        TOKEN,
        "value: BigInt(bytes.value[0] ?? 0) }) : bytes;",
        "value: BigInt(bytes.value[0] ?? 0) }) : mistake(column, '');",
      ),
      mutant(TOKEN, 'mistake(1 + from + blanks, "unexpected', 'mistake(1 + from, "unexpected'),
    ],
    check: tellsMistakes,
  }),
  defineProof({
    id: "pvm/text_full_sections_take_no_more",
    claim:
      "what a full section has no room for is told, whatever directive asks for it, and what just " +
      "fits is taken",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...FULL),
    reaches: ["full"],
    implementation: pvm,
    mutants: [
      mutant(
        DIRECTIVES,
        "if (!section.append(argument.bytes)) return tooLarge(call);",
        "section.append(argument.bytes);",
      ),
      mutant(
        DIRECTIVES,
        "-draft.length & (to - 1), 0)) {\n    tooLarge(call);",
        "-draft.length & (to - 1), 0)) {",
      ),
      mutant(SECTION, "if (!this.fill(width, 0)) return false;", "this.fill(width, 0);"),
    ],
    check([source, line], reach, { assemble }) {
      const program = assemble(source);
      reach("full");
      const [error, ...more] = program.ok ? [] : program.error;
      return error?.kind === "assembly-error" && more.length === 0
        ? agrees([error.line, error.problem], [line, "too-large"])
        : "it has no mistake, or several";
    },
  }),
  defineProof({
    id: "pvm/text_mistakes_of_one_line_end_at_a_hundred",
    claim:
      "no more than 100 mistakes are told, also of a line whose mistakes are found all at once",
    subject: ["assemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(1, 99, 100, 101, 200),
    reaches: ["all", "some"],
    implementation: pvm,
    mutants: [mutant(ERROR, "if (this.isFull) return;", "")],
    check(count, reach, { assemble }) {
      const program = assemble(manyNames(count));
      reach(count > 100 ? "some" : "all");
      return agrees(program.ok ? 0 : program.error.length, Math.min(100, count));
    },
  }),
  defineProof({
    id: "pvm/text_jumps_that_lengthen_one_another_arrive",
    claim:
      "jumps that each make the one before too short are as short as they can be up to 16 rounds, " +
      "get the full length beyond, and lead to their labels in either case",
    subject: ["assemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(1, ROUNDS - 2, ROUNDS - 1, ROUNDS + 4),
    reaches: ["short", "full"],
    implementation: pvm,
    mutants: [
      mutant(
        LAYOUT,
        "if (round === ROUNDS_MAX) { for (const { item, field } of open) item[field] = FULL; }",
        "if (round === ROUNDS_MAX) return resolver;",
      ),
      mutant(LAYOUT, "const ROUNDS_MAX = 16;", "const ROUNDS_MAX = 15;"),
      mutant(LAYOUT, "const ROUNDS_MAX = 16;", "const ROUNDS_MAX = 17;"),
    ],
    check(jumps, reach, { assemble }) {
      const program = assemble(row(jumps));
      if (!program.ok) return JSON.stringify(program.error);
      const { code, symbols } = program.value;
      const isShort = jumps + 1 < ROUNDS;
      reach(isShort ? "short" : "full");
      const [bytes, stride] = isShort ? [2, 101] : [4, 103];
      const places = Array.from({ length: jumps + 1 }, (_, jump) => stride * jump);
      const targets = places.map((at) => {
        const low = Array.from(code.bytes.subarray(at + 1, at + 1 + bytes));
        return BigInt(at) + low.reduceRight((sum, byte) => 256n * sum + BigInt(byte), 0n);
      });
      const starts = Array.from(code.starts.keys()).filter((at) => code.starts[at] === 1);
      return allOf(
        agrees(starts.slice(0, -1), places),
        agrees(targets, places.map((_, jump) => symbols.get(`to_${jump}`))),
      );
    },
  }),
];

register(proofs);
