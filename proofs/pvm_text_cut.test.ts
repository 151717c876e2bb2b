/** Lines that break off, and data that is just not too large. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const STATEMENT = "src/pvm/text/statement.ts";
const EXPRESSION = "src/pvm/text/expression.ts";
const DISASSEMBLE = "src/pvm/text/disassemble.ts";

const LIMIT = 2 ** 22;
const NONE = new Uint8Array(0);

/** Lines in a section where no instruction may stand: what is missing, and nothing else, is told. */
const CUT: readonly (readonly [line: string, message: string])[] = [
  ["load_u8 r1,", '2:12 expected "["'],
  ["load_u8 r1, [5", '2:15 expected "]"'],
  ["load_u8 r1, [", "2:14 expected a value"],
  ["load_ind_u8 r1, [", "2:18 expected a register, r0 to r12"],
  ["load_ind_u8 r1, [r2", '2:20 expected "+", "-" or "]"'],
  ["load_ind_u8 r1, [r2 +", "2:22 expected a value"],
  ["add_64", "2:7 expected a register, r0 to r12"],
  ["add_64 r1 r2", '2:11 expected ","'],
  ["add_64 r1, r2,", "2:15 expected a register, r0 to r12"],
  ["load_imm r1,", "2:13 expected a value"],
  ["load_imm r1, -", "2:15 expected a value"],
  ["load_imm r1, @", "2:15 expected a label"],
  ["load_imm r1, 1 +", "2:17 expected a value"],
  ["load_imm r1, 1 *", "2:17 expected a value"],
  ["load_imm r1, 2 * 3 *", "2:21 expected a value"],
  ["load_imm r1, (1", '2:16 expected ")"'],
  ["load_imm r1, (", "2:15 expected a value"],
  ["load_imm r1, 1 + (2 *", "2:22 expected a value"],
  ["load_imm r1, r2", "2:14 a register is no value"],
  ["nonsense r1", '2:1 there is no instruction "nonsense"'],
  ["trap 1", "2:6 expected the end of the line"],
  [".byte 1,", "2:9 expected a value"],
  [".byte 1 2", '2:9 expected ","'],
  [".byte (1", '2:9 expected ")"'],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_of_a_cut_line_is_one_mistake",
    claim: "a line that breaks off is told once, where it does, and not read any further",
    subject: ["assemble"],
    spec: "docs/assembly.md",
    strength: "exhaustive",
    domain: domain.of(...CUT),
    reaches: ["told"],
    implementation: pvm,
    mutants: [
      mutant(
        STATEMENT,
        'if (!cursor.expect("[")) return false;',
        'if (!cursor.expect("[")) return true;',
      ),
      mutant(
        EXPRESSION,
        "if (!primary(cursor, steps, depth)) return false;",
        "if (!primary(cursor, steps, depth)) return true;",
      ),
      mutant(STATEMENT, "return value !== undefined;", "return true;"),
    ],
    check([line, message], reach, { assemble }) {
      const program = assemble(`.data\n${line}`);
      if (program.ok) return "took a line that breaks off";
      reach("told");
      const found = program.error.map((error) =>
        error.kind === "assembly-error" ? `${error.line}:${error.column} ${error.message}` : error
      );
      return agrees(found, [message]);
    },
  }),
  defineProof({
    id: "pvm/text_of_large_data_has_a_limit",
    claim: "sections of data of up to 4 MiB are written, and no larger ones",
    subject: ["disassembleProgram"],
    spec: "docs/assembly.md",
    strength: "exhaustive",
    domain: domain.product({
      section: domain.of("readOnlyData", "readWriteData"),
      length: domain.of(LIMIT - 1, LIMIT, LIMIT + 1),
    }),
    reaches: ["written", "refused"],
    implementation: pvm,
    mutants: [
      mutant(DISASSEMBLE, "TEXT_BYTES_MAX: number = 2 ** 22", "TEXT_BYTES_MAX: number = 2 ** 21"),
      mutant(
        DISASSEMBLE,
        "TEXT_BYTES_MAX: number = 2 ** 22",
        "TEXT_BYTES_MAX: number = 2 ** 22 + 1",
      ),
    ],
    check({ section, length }, reach, { disassembleProgram }) {
      const parts = { readOnlyData: NONE, readWriteData: NONE, heapPages: 0, stackBytes: 0 };
      const blob = Uint8Array.of(0, 0, 0);
      const text = disassembleProgram({ ...parts, [section]: new Uint8Array(length), blob });
      reach(text.ok ? "written" : "refused");
      if (!text.ok) return agrees(length > LIMIT, true);
      return agrees([length <= LIMIT, text.value.includes(`.space ${length}, 0\n`)], [true, true]);
    },
  }),
];

register(proofs);
