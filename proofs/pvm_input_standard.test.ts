/** Standard programs and `.jam` files: strict, and the same in both directions. */

import fc from "fast-check";
import * as model from "../model/pvm_program_start.ts";
import { encodeNatural } from "../model/pvm_program_fields.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import {
  bigs,
  bytesOf,
  damaged,
  damages,
  mutant,
  parsed,
  plain,
  reachedBy,
  standardOf,
} from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Gray Paper, appendix A.7";
const STANDARD = "src/pvm/standard_program.ts";
const JAM = "src/pvm/jam_file.ts";
const READER = "src/pvm/reader.ts";

/** The front of a compiled Fibonacci program, with as many bytes of code as it says. */
const FIBONACCI = Uint8Array.from([
  ...[1, 0, 0, 1, 0, 0, 3, 1, 0, 0, 1, 0, 1, 0xda, 0, 0, 0],
  ...Array.from({ length: 0xda }, (_, i) => i),
]);

const FIELDS = [
  "read-only data length",
  "read-write data length",
  "heap pages",
  "stack size",
  "read-only data",
  "read-write data",
  "code length",
  "code",
];

const programs = fc.record({
  readOnlyData: biased.bytes(8),
  readWriteData: biased.bytes(8),
  heapPages: biased.unsigned(16).map(Number),
  stackBytes: biased.unsigned(24).map(Number),
  blob: biased.bytes(8),
});

const jamOf = (file: pvm.JamFile) => ({
  metadata: bigs(file.metadata),
  program: standardOf(file.program),
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_standard_known_program",
    claim:
      "every front of a known program's bytes decodes as the model says, the whole one to its known parts",
    subject: ["decodeStandardProgram", "encodeStandardProgram"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.range(0, FIBONACCI.length + 1),
    reaches: ["ok", "end: trailing", ...FIELDS.map((field) => `${field}: truncated`)],
    implementation: pvm,
    mutants: [
      mutant(STANDARD, 'reader.little("heap pages", 2)', 'reader.little("heap pages", 3)'),
      mutant(STANDARD, 'reader.little("code length", 4)', 'reader.little("code length", 3)'),
      mutant(STANDARD, "  reader.end();\n", ""),
      mutant(STANDARD, 'take("read-write data", readWriteBytes)', 'take("read-write data", 0)'),
      mutant(READER, "value * 256 + byte", "value + byte"),
    ],
    check(length, reach, { decodeStandardProgram, encodeStandardProgram }) {
      const bytes = Uint8Array.from({ length }, (_, i) => FIBONACCI[i] ?? 0);
      const expected = model.standard(bigs(bytes));
      reach(reachedBy(expected));
      const actual = decodeStandardProgram(bytes);
      if (length !== FIBONACCI.length) return agrees(plain(actual, standardOf), parsed(expected));
      return allOf(
        agrees(actual, {
          ok: true,
          value: {
            readOnlyData: Uint8Array.of(0),
            readWriteData: Uint8Array.of(1),
            heapPages: 259,
            stackBytes: 65_536,
            blob: FIBONACCI.slice(17),
          },
        }),
        actual.ok
          ? agrees(encodeStandardProgram(actual.value), { ok: true, value: bytes })
          : "refused",
      );
    },
  }),
  defineProof({
    id: "pvm/input_standard_agrees",
    claim: "random standard programs encode as the model's; damaged, they decode as the model's",
    subject: ["decodeStandardProgram", "encodeStandardProgram"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.record({ program: programs, damage: damages }), {
      runs: 2000,
      describe: "standard programs with fields at their edges, damaged",
    }),
    reaches: ["ok", "end: trailing", ...FIELDS.map((field) => `${field}: truncated`)],
    implementation: pvm,
    mutants: [
      mutant(STANDARD, "little(copy.heapPages, 2)", "little(copy.heapPages & 0xff, 2)"),
      mutant(STANDARD, "little(copy.stackBytes, 3)", "little(copy.stackBytes & 0xffff, 3)"),
      mutant(STANDARD, "isWhole(stackBytes, 0, U24_MAX)", "isWhole(stackBytes, 0, U24_MAX - 1)"),
      mutant(STANDARD, "isWhole(heapPages, 0, U16_MAX)", "isWhole(heapPages, 0, U16_MAX - 1)"),
      mutant(
        STANDARD,
        "    copy.readOnlyData,\n    copy.readWriteData,\n",
        "    copy.readWriteData,\n    copy.readOnlyData,\n",
      ),
    ],
    check({ program, damage }, reach, { decodeStandardProgram, encodeStandardProgram }) {
      const encoded = encodeStandardProgram(program);
      if (!encoded.ok) return "refused a program";
      const bytes = damaged(encoded.value, damage);
      const expected = model.standard(bigs(bytes));
      reach(reachedBy(expected));
      const actual = decodeStandardProgram(bytes);
      return allOf(
        agrees(encoded.value, bytesOf(model.standardBytes(standardOf(program)))),
        agrees(plain(actual, standardOf), parsed(expected)),
        actual.ok
          ? agrees(encodeStandardProgram(actual.value), { ok: true, value: bytes })
          : undefined,
      );
    },
  }),
  defineProof({
    id: "pvm/input_standard_refuses_parts_out_of_range",
    claim:
      "parts of a standard program just beyond their fields are refused, those just within are not",
    subject: ["encodeStandardProgram", "encodeJamFile", "initialState"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({
      part: domain.of("heapPages", "stackBytes", "readOnlyData", "readWriteData"),
      by: domain.of(-1, 0, 1, -(2 ** 16), -(2 ** 24), -(2 ** 60)),
    }),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(STANDARD, "readOnlyData.length <= U24_MAX", "readOnlyData.length <= U24_MAX + 1"),
      mutant(STANDARD, "readWriteData.length <= U24_MAX", "readWriteData.length < U24_MAX"),
      mutant(STANDARD, "const U16_MAX = 2 ** 16 - 1;", "const U16_MAX = 2 ** 16;"),
      mutant(STANDARD, "isWhole(heapPages, 0,", "isWhole(heapPages, -1,"),
      mutant(STANDARD, "isWhole(stackBytes, 0,", "isWhole(stackBytes, -1,"),
    ],
    check({ part, by }, reach, { encodeStandardProgram, encodeJamFile, initialState }) {
      const size = (part === "heapPages" ? 2 ** 16 - 1 : 2 ** 24 - 1) + by;
      const isData = part === "readOnlyData" || part === "readWriteData";
      const empty = new Uint8Array(0);
      const program = {
        readOnlyData: empty,
        readWriteData: empty,
        heapPages: 0,
        stackBytes: 0,
        blob: empty,
        [part]: isData ? new Uint8Array(Math.max(0, size)) : size,
      };
      const isTaken = by <= 0 && (size >= 0 || isData);
      reach(isTaken ? "taken" : "refused");
      return allOf(
        agrees(encodeStandardProgram(program).ok, isTaken),
        agrees(encodeJamFile(empty, program).ok, isTaken),
        isTaken ? undefined : agrees(initialState(program, empty).ok, false),
      );
    },
  }),
  defineProof({
    id: "pvm/input_jam_agrees",
    claim:
      "`.jam` files encode as the model's prefix and program; damaged, they decode as the model's",
    subject: ["decodeJamFile", "encodeJamFile"],
    spec: "Gray Paper, service code preimage",
    strength: "sampled",
    domain: sampled(
      fc.record({
        metadata: fc.oneof(
          biased.bytes(4),
          fc.constantFrom(127, 128, 300).map((n) => new Uint8Array(n)),
        ),
        program: programs,
        damage: damages,
      }),
      { runs: 2000, describe: "metadata of up to 300 bytes and a standard program, damaged" },
    ),
    reaches: [
      "ok",
      "end: trailing",
      "metadata length: truncated",
      "metadata length: not-shortest",
      "metadata length: too-large",
      "metadata: truncated",
      ...FIELDS.map((field) => `${field}: truncated`),
    ],
    implementation: pvm,
    mutants: [
      mutant(JAM, "naturalBytes(BigInt(prefix.length))", "Uint8Array.of(prefix.length)"),
      mutant(JAM, "readJamFile(reader, copy.length)", "readJamFile(reader, copy.length - 1)"),
      mutant(JAM, 'take("metadata", length).slice()', 'take("metadata", length).slice(1)'),
    ],
    check({ metadata, program, damage }, reach, { decodeJamFile, encodeJamFile }) {
      const encoded = encodeJamFile(metadata, program);
      if (!encoded.ok) return "refused a file";
      const bytes = damaged(encoded.value, damage);
      const expected = model.jam(bigs(bytes));
      reach(reachedBy(expected));
      const actual = decodeJamFile(bytes);
      return allOf(
        agrees(
          encoded.value,
          bytesOf([
            ...encodeNatural(BigInt(metadata.length)),
            ...bigs(metadata),
            ...model.standardBytes(standardOf(program)),
          ]),
        ),
        agrees(plain(actual, jamOf), parsed(expected)),
      );
    },
  }),
];

register(proofs);
