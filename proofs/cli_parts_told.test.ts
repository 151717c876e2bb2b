/** What the command line tells: of traces, mistakes, refusals and findings, one by one. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import type { Case } from "../src/cli/conform_case.ts";
import * as reports from "../src/cli/conform_report.ts";
import * as refusals from "../src/cli/kernel_report.ts";
import * as inputs from "../src/cli/program_input.ts";
import * as vectors from "../src/cli/vector.ts";
import * as runs from "../src/cli/vector_run.ts";
import { runLine, SOURCES, vectorText } from "./_kit/cli.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const parts = { ...cli, ...reports, ...refusals, ...inputs, ...vectors, ...runs };
type Face = typeof parts;
const file = (name: string): string => `src/cli/${name}.ts`;
const FILES = ["mod", "conform_report", "kernel_report", "program_input", "vector", "vector_run"];
const mutant = sourceMutants<Face>(FILES.map(file));

/** What went wrong, in words. */
function wrongOf(result: { readonly ok: boolean }): string {
  const error: unknown = Object(Reflect.get(result, "error"));
  const texts = ["detail", "message"].map((name) => Reflect.get(Object(error), name));
  return String(texts.find((text) => typeof text === "string"));
}

const TRAP: Case = {
  ...{ name: "x", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: Uint8Array.of(0, 0, 1, 0, 1), registers: [], pc: 0, gas: 5n },
  ...{ pages: [], memory: [], heap: undefined, steps: undefined },
};

/** The first line of what is told of a case that was cut down to so many instructions of three. */
function headOf({ reportText }: Face, after: number): string | undefined {
  const end = { status: "trap", address: undefined, call: undefined, pc: 0, gas: 4n } as const;
  const expected = { ...end, registers: [], memory: [], pages: [] };
  const finding: Parameters<typeof reportText>[1]["findings"][number] = {
    ...{ name: "x", input: TRAP, again: 0 },
    fault: { kind: "failure", reason: "it ended", expected },
    instructions: { before: 3, after },
  };
  const capabilities: Parameters<typeof reportText>[0]["capabilities"] = {
    ...{ dialects: [], gasModels: [], readOnlyStore: [], hostCalls: true, heap: true },
    ...{ malformed: true, steps: true, gasMax: 0n },
  };
  const none = new Map<string, number>();
  const report = { ...{ pass: 0, fail: 1, skip: 0, skipped: none, compared: none, missing: none } };
  const hello = { name: "it", release: "", capabilities };
  return reportText(hello, { ...report, findings: [finding], isCut: false }, []).split("\n")[0];
}

/** A vector whose program loads from a page that is not there: how it differs. */
function loading({ readVector, runVector }: Face, address: number): unknown {
  const registers = Array.from({ length: 13 }, () => 0);
  const text = vectorText({
    // load_u8 r7, [0x30000]
    ...{
      program: [0, 0, 7, 52, 7, 0, 0, 3, 0, 0, 1],
      "initial-page-map": [],
      "initial-memory": [],
    },
    ...{
      "initial-gas": 5,
      "expected-status": "page-fault",
      "expected-page-fault-address": address,
    },
    ...{ "expected-regs": registers, "expected-pc": 0, "expected-memory": [], "expected-gas": 3 },
  });
  const vector = readVector(text);
  return vector.ok
    ? runVector(vector.value, { backend: "sparse", mode: "run" })
    : vector.error.detail;
}

/** How many instructions are shown of a loop that is traced for so many steps. */
function traced(face: Face, steps: number): number {
  const args = ["trace", "spin.pvmasm", "--gas", "100", "--steps", `${steps}`];
  return runLine(face, args, SOURCES).out.split("\n").filter((line) => line.includes("jump"))
    .length;
}

/** What is asked of a part, and what it must answer. */
type Fact = readonly [what: string, ask: (face: Face) => unknown, answer: unknown];

const FACTS: readonly Fact[] = [
  ["three steps are shown", (face) => traced(face, 3), 3],
  ["no step is shown", (face) => traced(face, 0), 0],
  ["a list is no vector", ({ readVector }) => wrongOf(readVector("[]")), "it is no object"],
  [
    "what is no text is no source",
    ({ readInput }) => wrongOf(readInput("x", Uint8Array.of(0xff, 0xfe))).split("\n")[0],
    "x: no program",
  ],
  [
    "nor where it is called one",
    ({ readInput }) => wrongOf(readInput("x.pvmasm", Uint8Array.of(0xff, 0xfe))),
    "x.pvmasm: no UTF-8 text",
  ],
  [
    "a refusal is told with its numbers and texts",
    ({ refusalText }) =>
      refusalText({ kind: "too-large", bytes: 5n, most: 4, list: [], name: "x" }),
    "too-large: bytes 5, most 4, name x",
  ],
  ["a refusal without fields is its kind", ({ refusalText }) => refusalText({ kind: "no" }), "no"],
  ["what has no kind is an error", ({ refusalText }) => refusalText({ at: 1 }), "an error: at 1"],
  [
    "an endpoint that is no instruction is told by its place",
    (face) => {
      const wrong = manifest("halt", { endpoints: [{ index: 3, entry: 1 }] });
      const files = { ...GUESTS, "dir/m.json": manifestText(wrong) };
      return runKernel(face, ["run", "dir/m.json"], files).error.includes("endpoints[0].entry");
    },
    true,
  ],
  ["one instruction is one", (face) => headOf(face, 1), "FAILED x, 1 instruction of 3:"],
  ["two are two", (face) => headOf(face, 2), "FAILED x, 2 instructions of 3:"],
  ["three of three are three", (face) => headOf(face, 3), "FAILED x, 3 instructions:"],
  ["a page fault is at its page", (face) => loading(face, 0x3_0000), []],
  [
    "and at no other",
    (face) => loading(face, 0x3_1000),
    ["fault address is 196608, not 200704"],
  ],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/parts_tell_what_they_found",
    claim: "traces, mistakes, refusals, findings and faults are told as they are",
    subject: ["main", "readInput", "readVector", "refusalText", "reportText", "runVector"],
    spec: "Ringfence, command line",
    strength: "bounded",
    domain: domain.of(...FACTS.map(([what]) => what)),
    reaches: ["told"],
    implementation: parts,
    mutants: [
      mutant(file("run"), "let step = 0; step < steps", "let step = -1; step < steps"),
      mutant(file("kernel_image"), "|| at < 0) return", "|| at < 1) return"),
      mutant(file("vector"), '"it is no object"', '"it is none"'),
      mutant(file("program_input"), "{ fatal: true }", "{ fatal: false }"),
      mutant(file("kernel_report"), ' && name !== "kind"', ""),
      mutant(file("conform_report"), 'after === 1 ? "" : "s"', 'after === 2 ? "" : "s"'),
    ],
    check: async (what, reach, face) => {
      const [, ask, answer] = FACTS.find(([name]) => name === what) ?? [];
      reach("told");
      return agrees(await ask?.(face), answer);
    },
  }),
];

register(proofs);
