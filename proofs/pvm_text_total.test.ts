/** Jump tables of source text, and totality: any text, any value. */

import fc from "fast-check";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { complaint } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md";
const RESOLVER = "src/pvm/text/resolver.ts";
const EMIT = "src/pvm/text/emit.ts";
const ASSEMBLE = "src/pvm/text/assemble.ts";
const DISASSEMBLE = "src/pvm/text/disassemble.ts";

/** Sources, the width of their jump tables, and the entries. */
const TABLES: readonly (readonly [string, number, readonly number[], readonly number[]])[] = [
  ["trap", 0, [], [0]],
  ["a: trap\nb: load_imm r1, @b", 1, [1], [0, 51, 1, 2]],
  ["load_imm r1, @b\nload_imm r2, @a\nb: trap\na: trap", 1, [6, 7], [51, 1, 2, 51, 2, 4, 0, 0]],
  [".table 9, a\nload_imm r1, @a\na: trap", 1, [9, 3], [51, 1, 4, 0]],
  ["load_imm r1, @a\na: trap\n.table 9, a, a", 1, [9, 3, 3], [51, 1, 4, 0]],
  [".table 255", 1, [255], []],
  [".table 256, 1", 2, [0, 1, 1, 0], []],
  [".table 0x1000000", 4, [0, 0, 0, 1], []],
  [".table 0xffffffffffffffff", 8, [255, 255, 255, 255, 255, 255, 255, 255], []],
  [".table_width 3\n.table 1, 2", 3, [1, 0, 0, 2, 0, 0], []],
  [".table_width 0\n.table 0, 0", 0, [], []],
  [".table_width 10\n.table 513", 10, [1, 2, 0, 0, 0, 0, 0, 0, 0, 0], []],
  [".table_repeat 3, 7\n.table a\na: load_imm r1, @a", 1, [7, 7, 7, 0], [51, 1, 8]],
  [".table_repeat 0, 7", 0, [], []],
  [".equ x, 2 * @a\na: load_imm r1, x", 1, [0], [51, 1, 4]],
  [".data\n.word @a\n.code\ntrap\na: trap", 1, [1], [0, 0]],
  ["a: b: load_imm r1, @a\nload_imm r1, @b", 1, [0, 0], [51, 1, 2, 51, 1, 4]],
];

const PIECES = [
  ..."trap jump load_imm add_64 store_ind_u8 load_u8 branch_eq_imm load_imm_jump_ind".split(" "),
  ..."r0 r1 r12 r13 a b loop @a 5 -1 0x80 1_0 'c' '\\x41' \"text\" \"\\\"".split(" "),
  ..."[ ] ( ) , : :2 + - * ; \n \n \r\n a: \t $ \u20ac".split(" "),
  ..." .data .rodata .bss .code .byte .word .ascii .space .align .equ .table .table_width".split(
    " ",
  ),
  ".stack",
  ".heap",
  ".op",
  ".raw",
  "\ud800",
  " ",
  "\n",
];

const EMPTY = new Uint8Array(0);
const CODE = { bytes: EMPTY, starts: EMPTY, jumpTable: { count: 0, width: 0, bytes: EMPTY } };

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_tables_are_known",
    claim:
      "jump tables hold their entries in order, then the labels asked for by `@`, in the least width or the one that is told",
    subject: ["assemble", "disassemble"],
    spec: "docs/assembly.md; Gray Paper, appendix A.4",
    strength: "exhaustive",
    domain: domain.of(...TABLES),
    reaches: ["entries", "none"],
    implementation: pvm,
    mutants: [
      mutant(RESOLVER, "ok(2n * (BigInt(index) + 1n))", "ok(2n * BigInt(index))"),
      mutant(RESOLVER, "index += count;", "index++;"),
      mutant(RESOLVER, "name !== undefined && !places.has(name)", "name !== undefined"),
      mutant(RESOLVER, "places.set(name, index++);", "places.set(name, index);"),
      mutant(EMIT, "most >= 2n ** BigInt(8 * width)", "most > 2n ** BigInt(8 * width)"),
      mutant(EMIT, "values.length === 0 ? 0 : 1", "0"),
      mutant(EMIT, "i < count; i++, at += width", "i < 1; i++, at += width"),
    ],
    check([source, width, table, bytes], reach, { assemble, disassemble }) {
      const program = assemble(source);
      if (!program.ok) return `${source}: ${complaint(program.error)}`;
      const { code } = program.value;
      reach(table.length > 0 ? "entries" : "none");
      const text = disassemble(code);
      const again = text.ok ? assemble(text.value) : text;
      return allOf(
        agrees(code.jumpTable.width, width),
        agrees([...code.jumpTable.bytes], table),
        agrees([...code.bytes], bytes),
        again.ok ? agrees(again.value.code, code) : "its text does not assemble",
        again.ok ? agrees(disassemble(again.value.code), text) : undefined,
      );
    },
  }),
  defineProof({
    id: "pvm/text_any_source_is_taken_or_told",
    claim:
      "any text assembles to code that comes back through its own text, or has errors with places in it",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.oneof(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(" ")),
        fc.array(fc.constantFrom("trap", "jump a", "a: load_imm r1, @a", ".data", ".code", "b:"), {
          maxLength: 8,
        }).map((lines) => lines.join("\n")),
        fc.string({ unit: "binary", maxLength: 60 }),
      ),
      { runs: 2500, describe: "pieces of source text in any order; any characters" },
    ),
    reaches: ["taken", "told"],
    implementation: pvm,
    mutants: [
      mutant(ASSEMBLE, "draft.line++) {", "draft.line += 0) {"),
      mutant(
        ASSEMBLE,
        "  emitLate(draft, resolver);\n",
        "  draft.errors.add({ line: 0, column: 0 }, { problem: 'syntax', message: '' });\n",
      ),
    ],
    check(source, reach, { assemble, disassemble }) {
      const program = assemble(source);
      reach(program.ok ? "taken" : "told");
      if (!program.ok) {
        const lines = source.split("\n");
        const misplaced = program.error.find((error) =>
          error.kind !== "assembly-error" || error.line < 1 || error.line > lines.length + 1 ||
          error.column < 1 || error.column > (lines[error.line - 1] ?? "").length + 1
        );
        return misplaced === undefined ? undefined : `misplaced: ${complaint([misplaced])}`;
      }
      const { code } = program.value;
      const text = disassemble(code);
      const again = text.ok ? assemble(text.value) : text;
      return again.ok ? agrees(again.value.code, code) : "its text does not assemble";
    },
  }),
  defineProof({
    id: "pvm/text_is_total",
    claim: "no value in place of a source, of code or of a part of it makes anything throw",
    subject: ["assemble", "disassemble"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.product({
      part: domain.of(
        "source",
        "options",
        "sourceLengthMax",
        "code",
        "bytes",
        "starts",
        "jumpTable",
        "count",
        "width",
        "entries",
      ),
      hostile: hostileValues,
    }),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(ASSEMBLE, 'typeof source !== "string" || source', "source"),
      mutant(DISASSEMBLE, "const copy = copyCode(code);", "const copy = code;"),
    ],
    check({ part, hostile }, reach, { assemble, disassemble }) {
      const value = hostile.make();
      const inTable = part === "entries" ? "bytes" : part;
      const isSource = part === "source" || part === "options" || part === "sourceLengthMax";
      const args = part === "source" || part === "code"
        ? [value]
        : isSource
        ? ["trap", part === "options" ? value : { sourceLengthMax: value }]
        : part === "bytes" || part === "starts" || part === "jumpTable"
        ? [{ ...CODE, [part]: value }]
        : [{ ...CODE, jumpTable: { ...CODE.jumpTable, [inTable]: value } }];
      const call = isSource ? assemble : disassemble;
      return isTotal(() => {
        const result: unknown = Reflect.apply(call, undefined, args);
        if (typeof result !== "object" || result === null) throw new Error("gave no result");
        reach(Reflect.get(result, "ok") === true ? "taken" : "refused");
      });
    },
  }),
  defineProof({
    id: "pvm/text_source_length_is_limited",
    claim: "a source is taken up to the length that the caller allows, which is up to 2^27",
    subject: ["assemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of<readonly [number | undefined, boolean]>(
      [undefined, true],
      [3, false],
      [4, true],
      [2 ** 27, true],
      [2 ** 27 + 1, false],
      [-1, false],
    ),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(ASSEMBLE, "source.length > lengthMax", "source.length >= lengthMax"),
      mutant(ASSEMBLE, "source.length > lengthMax", "source.length > lengthMax + 1"),
      mutant(ASSEMBLE, "const SOURCE_LENGTH_MAX = 2 ** 27;", "const SOURCE_LENGTH_MAX = 2 ** 28;"),
    ],
    check([sourceLengthMax, isTaken], reach, { assemble }) {
      reach(isTaken ? "taken" : "refused");
      return agrees(assemble("trap", { sourceLengthMax }).ok, isTaken);
    },
  }),
  defineProof({
    id: "pvm/text_large_code_is_refused",
    claim: "code of more than 4 MiB is not written as text, and tables without bytes stay small",
    subject: ["disassemble"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("code", "table"),
    reaches: ["code", "table"],
    implementation: pvm,
    mutants: [
      mutant(
        DISASSEMBLE,
        "copy.bytes.length > TEXT_BYTES_MAX",
        "copy.bytes.length > 2 * TEXT_BYTES_MAX",
      ),
    ],
    check(what, reach, { disassemble }) {
      reach(what);
      if (what === "code") {
        const zeros = new Uint8Array(2 ** 22 + 1);
        return agrees(disassemble({ ...CODE, bytes: zeros, starts: zeros }).ok, false);
      }
      const text = disassemble({ ...CODE, jumpTable: { count: 2 ** 22, width: 0, bytes: EMPTY } });
      return text.ok ? agrees(text.value.length < 100, true) : "refused a table";
    },
  }),
];

register(proofs);
