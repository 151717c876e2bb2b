/** Vectors and their folders that the command line cannot run, or that end as they should not. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { runLine, vectorText } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof cli>("src/cli/mod.ts");
const FOR = "src/cli/machine_for.ts";
const RUN = "src/cli/vector_run.ts";

const page = (address: number, writable: boolean) => ({
  ...{ address, length: 4096, "is-writable": writable },
});

/** The files, each a vector with something else in it. */
const FILES = {
  "v/a.json": vectorText(),
  "w/beyond.json": vectorText({ "initial-page-map": [page(0, true)] }),
  "w/reading.json": vectorText({
    ...{ "initial-page-map": [page(131_072, true), page(262_144, false)] },
    "expected-memory": [
      { address: 131_072, contents: [255] },
      { address: 131_080, contents: [9] },
    ],
  }),
  "w/gone.json": vectorText({ program: [255] }),
  "w/list.json": "[]",
  "w/chunk.json": vectorText({ "initial-memory": [5] }),
  "w/unaddressed.json": vectorText({ "initial-memory": [{ contents: [1] }] }),
};

/** Lines, the code that each ends with, and a part of what it prints. */
const LINES: Readonly<Record<string, readonly [code: number, told: string]>> = {
  "conformance v": [0, "pass"],
  "conformance v --engine auto": [0, "pass"],
  "conformance v --engine fast": [64, "--engine"],
  "run w/beyond.json": [65, "cannot be mapped"],
  "run w/reading.json": [1, "panic"],
  "run w/gone.json": [65, "malformed"],
  "run w/list.json": [65, "no object"],
  "run w/chunk.json": [65, "initial-memory"],
  "run w/unaddressed.json": [65, "initial-memory"],
  "conformance w": [1, "1 pass, 5 fail"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/vectors_that_cannot_be_run_are_told",
    claim:
      "a vector that is none, or whose pages cannot be mapped, is refused by name; pages that can " +
      "only be read are as they are said to be",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(LINES)),
    reaches: ["0", "1", "64", "65"],
    implementation: cli,
    mutants: [
      mutant(
        FOR,
        'const access = writable ? "read-write" : "read-only";',
        'const access = "read-write";',
      ),
      mutant(FOR, 'malformed("the pages of the vector cannot be mapped")', 'malformed("no")'),
      mutant(RUN, 'writable ? "read-write" : "read-only"', '"read-write"'),
      mutant(
        "src/cli/conformance.ts",
        "if (!engine.ok) return engine;",
        "if (!engine.ok) return ok(0);",
      ),
      mutant("src/cli/program_input.ts", "the program of the vector is malformed", "it is none"),
    ],
    check(line, reach, face) {
      const [code, told] = LINES[line] ?? [-1, ""];
      const outcome = runLine(face, line.split(" "), FILES, true);
      reach(`${outcome.code}`);
      const printed = `${outcome.out}${outcome.error}`;
      return agrees([outcome.code, printed.includes(told)], [code, true]);
    },
  }),
];

register(proofs);
