/** Whole programs as text: data, heap, stack and code come back. */

import fc from "fast-check";
import {
  agrees,
  biased,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { codes, mutant } from "./_kit/pvm_input.ts";
import { complaint } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md; Gray Paper, appendix A.7";
const PROGRAM = "src/pvm/text/disassemble_program.ts";
const LIMIT = 2 ** 22;

/** Data with runs of the same byte, around the length that is written as a run. */
const data = fc.array(
  fc.tuple(fc.constantFrom(0, 0, 255, 7), fc.oneof(fc.nat(3), fc.integer({ min: 14, max: 40 }))),
  { maxLength: 6 },
).map((runs) => Uint8Array.from(runs.flatMap(([byte, count]) => Array(count).fill(byte))));

const EMPTY = new Uint8Array(0);
const PARTS: pvm.StandardProgram = {
  readOnlyData: EMPTY,
  readWriteData: EMPTY,
  heapPages: 0,
  stackBytes: 0,
  blob: Uint8Array.of(0, 0, 0),
};

/** A blob of just more code than is written as text, all of it zeros. */
const LARGE_BLOB = new Uint8Array(6 + LIMIT + 1 + LIMIT / 8 + 1);
LARGE_BLOB.set([0, 0, 0xe0, 1, 0, 0x40]);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_program_comes_back",
    claim: "a standard program is the same after disassembling and assembling, every part of it",
    subject: ["disassembleProgram", "assemble"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({
        readOnlyData: fc.oneof(data, biased.bytes(40)),
        readWriteData: fc.oneof(data, biased.bytes(40)),
        heapPages: biased.unsigned(16).map(Number),
        stackBytes: biased.unsigned(24).map(Number),
        code: codes(30),
      }),
      { runs: 600, describe: "standard programs with runs in their data" },
    ),
    reaches: ["data", "no data"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, "run > PER_LINE ? run : Math", "run > PER_LINE ? run - 1 : Math"),
      mutant(PROGRAM, "copy.heapPages * PAGE_SIZE", "(copy.heapPages & 0xff) * PAGE_SIZE"),
      mutant(
        PROGRAM,
        "        .stack ${copy.stackBytes}",
        "        .stack ${copy.stackBytes & 0xffff}",
      ),
      mutant(
        PROGRAM,
        'dataLines(".data", copy.readWriteData)',
        'dataLines(".data", copy.readOnlyData)',
      ),
      mutant(PROGRAM, "bytes[end] === bytes[from]", "bytes[end] === 0"),
    ],
    check({ code, ...parts }, reach, { assemble, disassembleProgram, encodeBlob }) {
      reach(parts.readWriteData.length > 0 ? "data" : "no data");
      const blob = encodeBlob(code);
      if (!blob.ok) return "refused code";
      const program = { ...parts, blob: blob.value };
      const text = disassembleProgram(program);
      if (!text.ok) return "refused a program";
      const again = assemble(text.value);
      return again.ok ? agrees(again.value.program, program) : complaint(again.error);
    },
  }),
  defineProof({
    id: "pvm/text_program_is_total",
    claim:
      "whatever stands for a program or a part of it is refused or written; a malformed blob and parts of more than 4 MiB are refused",
    subject: ["disassembleProgram"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.union<readonly [string, () => unknown, boolean]>(
      domain.map(
        domain.product({
          part: domain.of("program", ...Object.keys(PARTS)),
          hostile: hostileValues,
        }),
        ({ part, hostile }) => [part, () => hostile.make(), false] as const,
      ),
      domain.of<readonly [string, () => unknown, boolean]>(
        ["blob", () => Uint8Array.of(0, 0), true],
        ["blob", () => LARGE_BLOB, true],
        ["readOnlyData", () => new Uint8Array(LIMIT + 1), true],
        ["readWriteData", () => new Uint8Array(LIMIT + 1), true],
        ["readWriteData", () => new Uint8Array(LIMIT), false],
      ),
    ),
    reaches: ["written", "refused"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, "largest(copy) > TEXT_BYTES_MAX", "largest(copy) > 2 * TEXT_BYTES_MAX"),
      mutant(PROGRAM, "Math.max(readOnlyData.length, readWriteData.length)", "readOnlyData.length"),
      mutant(PROGRAM, "const copy = copyStandardProgram(program);", "const copy = program;"),
      mutant(PROGRAM, "if (code.value.bytes.length > TEXT_BYTES_MAX)", "if (false)"),
    ],
    check([part, make, mustRefuse], reach, { disassembleProgram }) {
      const program = part === "program" ? make() : { ...PARTS, [part]: make() };
      return isTotal(() => {
        const result: unknown = Reflect.apply(disassembleProgram, undefined, [program]);
        if (typeof result !== "object" || result === null) throw new Error("gave no result");
        const isWritten = Reflect.get(result, "ok") === true;
        reach(isWritten ? "written" : "refused");
        if (isWritten && mustRefuse) throw new Error("wrote what it must refuse");
      });
    },
  }),
  defineProof({
    id: "pvm/text_is_written_as_people_write_it",
    claim: "code is shown with labels where jumps lead, and without what follows from the rest",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(
      "load_ind_u8 r1, [r2]",
      "load_ind_u8 r1, [r2 + 1]",
      "load_ind_u8 r1, [r2 - 1]",
      "load_u8 r1, [0x20000]",
      "load_imm r1, -5",
      "fallthrough\nL_1:\njump L_1",
      "fallthrough\nL_1:\nfallthrough\nbranch_eq r1, r2, L_1",
    ),
    reaches: ["label", "none"],
    implementation: pvm,
    mutants: [
      mutant(
        "src/pvm/text/disassemble.ts",
        "if (starts[target] === 1) labelled[target] = 1;",
        "if (starts[target] === 1) labelled[target] = 0;",
      ),
      mutant(
        "src/pvm/text/instruction_text.ts",
        "if (value === 0 && length",
        "if (value === 1 && length",
      ),
    ],
    check: (source, reach, { assemble, disassemble }) => {
      const program = assemble(source);
      if (!program.ok) return "it is no source";
      const text = disassemble(program.value.code);
      reach(source.includes("L_1") ? "label" : "none");
      const lines = text.ok ? text.value.trimEnd().split("\n").map((line) => line.trim()) : [];
      return agrees(lines.join("\n"), source);
    },
  }),
];

register(proofs);
