/** Data, names, expressions and literals of source text. */

import fc from "fast-check";
import * as model from "../model/pvm_program_text.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { bigs, mutant } from "./_kit/pvm_input.ts";
import { complaint } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md; Gray Paper, appendix A.7";
const DIRECTIVES = "src/pvm/text/directives.ts";
const SECTION = "src/pvm/text/data_section.ts";
const RESOLVER = "src/pvm/text/resolver.ts";
const EXPRESSION = "src/pvm/text/expression.ts";
const TOKEN = "src/pvm/text/token.ts";
const ASSEMBLE = "src/pvm/text/assemble.ts";
const EMIT = "src/pvm/text/emit.ts";

const NAMES: Readonly<Record<string, string>> = { 1: ".byte", 2: ".half", 4: ".word", 8: ".long" };

/** A directive as it is written. */
function lineOf({ section, directive }: model.Placed): string {
  switch (directive.kind) {
    case "number":
      return `.${section}\n${NAMES[`${directive.width}`]} ${directive.value}`;
    case "address":
      return `.${section}\n${NAMES[`${directive.width}`]} ${directive.label}`;
    case "space":
      return section === "bss"
        ? `.bss\n.space ${directive.count}`
        : `.${section}\n.space ${directive.count}, ${directive.fill}`;
    case "align":
      return `.${section}\n.align ${directive.to}`;
    case "text": {
      const escaped = directive.bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`);
      return `.${section}\n.ascii "${escaped.join("")}"`;
    }
    case "label":
      return `.${section}\n${directive.name}:`;
  }
}

const numbers = fc.constantFrom(1n, 2n, 4n, 8n).chain((width) =>
  fc.bigInt(-(2n ** (8n * width - 1n)), 2n ** (8n * width) - 1n)
    .map((value): model.Directive => ({ kind: "number", width, value }))
);
const spaces = fc.record({
  kind: fc.constant<"space">("space"),
  count: fc.oneof(fc.bigInt(0n, 9n), fc.constantFrom(4095n, 4096n, 4097n, 65_536n)),
  fill: fc.bigInt(0n, 255n),
});
const alignments = fc.record({
  kind: fc.constant<"align">("align"),
  to: fc.constantFrom(1n, 2n, 8n, 64n, 4096n),
});
const texts = fc.record({
  kind: fc.constant<"text">("text"),
  bytes: fc.array(fc.bigInt(0n, 255n), { maxLength: 6 }),
});
const addresses = fc.record({
  kind: fc.constant<"address">("address"),
  width: fc.constantFrom(4n, 8n),
  label: fc.constant("first"),
});
const stored = fc.record({
  section: fc.constantFrom<model.DataSection>("rodata", "data"),
  directive: fc.oneof(numbers, spaces, alignments, texts, addresses),
});
const zeros = fc.record({
  section: fc.constant<model.DataSection>("bss"),
  directive: fc.oneof(spaces.map((each) => ({ ...each, fill: 0n })), alignments),
});

/** A random expression: its text and its value, each computed from the same tree. */
type Tree = { readonly text: string; readonly value: bigint };
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.bigInt(0n, 40n).map((value): Tree => ({ text: `${value}`, value })),
    fc.constant<Tree>({ text: "known", value: 7n }),
    fc.constant<Tree>({ text: "late", value: 65_536n + 3n }),
    fc.tuple(tie("tree"), tie("tree"), fc.constantFrom("+", "-", "*")).map(
      ([left, right, operator]): Tree => ({
        text: `(${left.text}) ${operator} (${right.text})`,
        value: operator === "+"
          ? left.value + right.value
          : operator === "-"
          ? left.value - right.value
          : left.value * right.value,
      }),
    ),
    tie("tree").map(({ text, value }): Tree => ({ text: `-(${text})`, value: -value })),
  ),
}));

const LITERALS: readonly (readonly [string, readonly bigint[]])[] = [
  [".long 0x1F, 0b101, 1_000, 0XfF", [31n, 5n, 1000n, 255n]],
  [".long 18446744073709551615, -9223372036854775808", [2n ** 64n - 1n, 2n ** 63n]],
  [".long 'a', '\\n', '\\'', '\"', '\\x80', ';', '€'", [97n, 10n, 39n, 34n, 128n, 59n, 0x20acn]],
  [".long '\\\\', '\\0', '\\t', '\\r', '\\\"', '\\u{1F600}'.length", []],
  [".long '😀'", [0x1f600n]],
  [".long 1 - 2 - 3, 2 + 3 * 4, 2 * 3 + 4, (2 + 3) * 4", [2n ** 64n - 4n, 14n, 10n, 20n]],
  [".long - 5 * 2, --5, -+-5, 3 - -2", [2n ** 64n - 10n, 5n, 5n, 5n]],
  [".long 1 ; , 2", [1n]],
  ['.ascii "abcdefg;" ; comment', [0x3b67666564636261n]],
  ['.ascii "€", "\\x01", "\\\\\\"\\0\\n"', [0x0a00225c01ac82e2n]],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_data_agrees",
    claim:
      "the sections of data, their labels and the pages of heap are those of the model, in whatever order the directives stand",
    subject: ["assemble"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.array(fc.oneof(stored, stored, zeros), { maxLength: 8 }),
      { runs: 400, describe: "up to 8 directives with a label before and behind each" },
    ),
    reaches: ["rodata", "data", "bss"],
    implementation: pvm,
    mutants: [
      mutant(DIRECTIVES, "(call) => numbers(call, 2)", "(call) => numbers(call, 4)"),
      mutant(DIRECTIVES, "-draft.length & (to - 1)", "draft.length & (to - 1)"),
      mutant(DIRECTIVES, "fill === undefined ? 0 :", "fill === undefined ? 1 : 0 *"),
      mutant(SECTION, "grown.set(this.#bytes.subarray(0, this.#length));", ""),
      mutant(SECTION, "const offset = this.#length;", "const offset = 0;"),
      mutant(
        RESOLVER,
        "roundUp(draft.rodata.length, PROGRAM_ZONE)",
        "roundUp(draft.rodata.length, PAGE_SIZE)",
      ),
      mutant(RESOLVER, "data + roundUp(draft.data.length, PAGE_SIZE)", "data + draft.data.length"),
      mutant(
        ASSEMBLE,
        "roundUp(draft.bssBytes + draft.heapBytes, PAGE_SIZE) / PAGE_SIZE",
        "Math.floor((draft.bssBytes + draft.heapBytes) / PAGE_SIZE)",
      ),
      mutant(EMIT, "section.write(offset, numberBytes", "section.write(0, numberBytes"),
    ],
    check(directives, reach, { assemble }) {
      const program: model.Placed[] = directives.flatMap((placed, index) => [
        {
          section: placed.section,
          directive: { kind: "label", name: index === 0 ? "first" : `at_${index}` },
        },
        placed,
        { section: placed.section, directive: { kind: "label", name: `behind_${index}` } },
      ]);
      if (directives.length === 0) return undefined;
      for (const { section } of directives) reach(section);
      const expected = model.dataOf(program);
      const source = program.map(lineOf).join("\n");
      const assembled = assemble(source);
      if (!assembled.ok) return `${source}: ${complaint(assembled.error)}`;
      const { program: made, symbols } = assembled.value;
      return allOf(
        agrees(bigs(made.readOnlyData), expected.readOnly),
        agrees(bigs(made.readWriteData), expected.readWrite),
        agrees(made.heapPages, Number(expected.heapPages)),
        agrees(Object.fromEntries(symbols), expected.labels),
      );
    },
  }),
  defineProof({
    id: "pvm/text_expressions_agree",
    claim:
      "an expression of numbers, constants and labels has the value that its tree has, or is refused beyond 64 bits",
    subject: ["assemble"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(tree, { runs: 1500, describe: "expressions up to 5 deep" }),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(EXPRESSION, "left - right", "right - left"),
      mutant(EXPRESSION, 'while (cursor.skip("*"))', 'if (cursor.skip("+"))'),
      mutant(EXPRESSION, "if (negations % 2 === 1)", "if (negations > 1)"),
    ],
    check({ text, value }, reach, { assemble }) {
      const source =
        `.rodata\n.byte 1, 2, 3\nlate:\n.equ known, 7\n.data\n.word ${text}\n.word -(${text})`;
      const program = assemble(source);
      const fits = (number: bigint) => number >= -(2n ** 31n) && number < 2n ** 32n;
      const isTaken = fits(value) && fits(-value);
      if (!isTaken || !program.ok) {
        reach("refused");
        return agrees(program.ok, isTaken);
      }
      reach("taken");
      const view = new DataView(program.value.program.readWriteData.slice().buffer);
      return allOf(
        agrees(BigInt(view.getUint32(0, true)), BigInt.asUintN(32, value)),
        agrees(BigInt(view.getUint32(4, true)), BigInt.asUintN(32, -value)),
      );
    },
  }),
  defineProof({
    id: "pvm/text_literals_are_read",
    claim: "numbers, characters, texts and the order of operators are read as the grammar says",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...LITERALS),
    reaches: ["read", "refused"],
    implementation: pvm,
    mutants: [
      mutant(TOKEN, '["n", 10]', '["n", 13]'),
      mutant(TOKEN, "quoted.codePointAt(0)", "quoted.charCodeAt(0)"),
      mutant(TOKEN, "Number.parseInt(byte, 16)", "Number.parseInt(byte, 10)"),
      mutant(TOKEN, 'text.replaceAll("_", "")', "text"),
      mutant(TOKEN, "(?:;.*)?$", "$"),
    ],
    check([line, values], reach, { assemble }) {
      const program = assemble(`.rodata\n${line}`);
      reach(values.length === 0 ? "refused" : "read");
      if (values.length === 0) return agrees(program.ok, false);
      if (!program.ok) return complaint(program.error);
      const bytes = program.value.program.readOnlyData;
      const view = new DataView(bytes.slice().buffer);
      return agrees(
        Array.from({ length: bytes.length / 8 }, (_, i) => view.getBigUint64(8 * i, true)),
        values,
      );
    },
  }),
];

register(proofs);
