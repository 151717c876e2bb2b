/** Vectors, answers and capabilities that few have. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as answers from "../src/cli/conform_answer.ts";
import type { Case } from "../src/cli/conform_case.ts";
import * as cases from "../src/cli/conform_case.ts";
import * as hello from "../src/cli/conform_hello.ts";
import type { Capabilities } from "../src/cli/conform_protocol.ts";
import * as vectors from "../src/cli/conform_vectors.ts";
import { vectorText } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const parts = { ...answers, ...cases, ...hello, ...vectors };
type Face = typeof parts;
const FILES = ["answer", "case", "hello", "vectors"].map((name) => `src/cli/conform_${name}.ts`);
const mutant = sourceMutants<Face>(FILES);
const [ANSWER = "", CASE = "", HELLO = "", VECTORS = ""] = FILES;

const ABLE: Capabilities = {
  ...{ dialects: ["gray-paper"], gasModels: ["instruction"], readOnlyStore: ["panic"] },
  ...{ hostCalls: true, heap: true, malformed: true, steps: true, gasMax: 100n },
};
const TRAP: Case = {
  ...{ name: "case", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: Uint8Array.of(0, 0, 1, 0, 1), registers: new Array<bigint>(13).fill(0n) },
  ...{ pc: 0, gas: 9n, pages: [], memory: [], heap: undefined, steps: undefined },
};

/** The gas model that a vector is asked with, and whether what comes of it is known. */
function adaptedTo({ adapted, readVectorFile }: Face, text: string): unknown {
  const read = readVectorFile(text);
  const [trial] = read.ok ? read.value ?? [] : [];
  if (trial === undefined) return "none";
  const given = adapted(trial, ABLE);
  return "input" in given ? [given.input.gasModel, given.wanted !== undefined] : "untried";
}

/** What is read of a vector. */
function readOf({ readVectorFile }: Face, changes: object): unknown {
  const read = readVectorFile(vectorText({ ...changes }));
  const [trial] = read.ok ? read.value ?? [] : [];
  if (trial === undefined || !("input" in trial)) return read.ok ? "none" : read.error;
  return [trial.wanted?.address, trial.input.heap];
}

function helloOf({ readHello }: Face, capabilities: object): unknown {
  const line = { type: "hello", protocol: "ringfence-conform", version: 1, name: "name" };
  const all = { families: ["pvm"], gasModels: ["instruction"], ...capabilities };
  const read = readHello(JSON.stringify({ ...line, capabilities: all }));
  return read.ok ? read.value.capabilities.heap : read.error;
}

function answerOf({ readAnswer }: Face, answer: object): unknown {
  const read = readAnswer(JSON.stringify({ id: 1, ...answer }));
  return read.ok ? Reflect.get(read.value, "reason") : read.error;
}

/** What is done, and what it gives. */
const SCENES: Readonly<Record<string, readonly [(face: Face) => unknown, unknown]>> = {
  "a vector of another gas": [(face) => adaptedTo(face, vectorText()), ["instruction", false]],
  "a vector that does not pass": [
    (face) => adaptedTo(face, vectorText({ "expected-status": "halt" })),
    ["block", true],
  ],
  "a vector of a fault": [
    (face) =>
      readOf(face, { "expected-status": "page-fault", "expected-page-fault-address": 4096 }),
    [4096, undefined],
  ],
  "a vector with a heap": [
    (face) => readOf(face, { "initial-heap": { base: 131_072, top: 131_072, "max-pages": 3 } }),
    [undefined, { base: 131_072, top: 131_072, maxPages: 3 }],
  ],
  "a capability": [(face) => helloOf(face, { heap: true }), true],
  "a capability that is none": [(face) => helloOf(face, { heap: 5 }), '"heap" is malformed'],
  "an answer of no type": [
    (face) => answerOf(face, { type: "maybe" }),
    '"type" is none of result, unsupported, error',
  ],
  "an answer of no reason": [
    (face) => answerOf(face, { type: "unsupported" }),
    "no reason given",
  ],
  "a case of impossible pages": [
    ({ runCase }) => {
      const page = { address: 1, length: 5, access: "read-write" } as const;
      const ran = runCase({ ...TRAP, pages: [page] });
      return ran.ok ? ran.value.status : ran.error;
    },
    "its pages, memory or registers are impossible",
  ],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_reads_what_few_say",
    claim:
      "vectors for another gas, faults, heaps, odd capabilities and odd answers are read as what " +
      "they are",
    subject: ["adapted", "readVectorFile", "readHello", "readAnswer", "runCase"],
    spec: "the conformance protocol",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES)),
    reaches: ["text", "other"],
    implementation: parts,
    mutants: [
      mutant(VECTORS, 'input.gasModel !== "block" || gasModels.includes("block")', "true"),
      mutant(VECTORS, "own.value.status !== wanted.status", "false"),
      mutant(VECTORS, '"expected-page-fault-address", u32From', '"expected-pc", u32From'),
      mutant(VECTORS, 'fields.has("initial-heap")', 'fields.has("heap")'),
      mutant(HELLO, 'typeof value === "boolean" ? value : undefined', "Boolean(value)"),
      mutant(ANSWER, '"no reason given"', '""'),
      mutant(ANSWER, "is none of result, unsupported, error", "is none"),
      mutant(CASE, 'err("its pages, memory or registers are impossible")', 'err("")'),
    ],
    check(name, reach, face) {
      const [scene, expected] = SCENES[name] ?? [];
      const given = scene?.(face);
      reach(typeof given === "string" ? "text" : "other");
      return agrees(given, expected);
    },
  }),
];

register(proofs);
