/** What the conformance driver does not ask for, and does not take for a case. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Case } from "../src/cli/conform_case.ts";
import * as compare from "../src/cli/conform_compare.ts";
import * as judging from "../src/cli/conform_judge.ts";
import * as reporting from "../src/cli/conform_report.ts";
import * as vectors from "../src/cli/conform_vectors.ts";
import type { Capabilities } from "../src/cli/conform_protocol.ts";
import { vectorText } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const parts = { ...compare, ...judging, ...reporting, ...vectors };
type Face = typeof parts;
const FILES = ["compare", "judge", "report", "vectors"].map((name) => `src/cli/conform_${name}.ts`);
const mutant = sourceMutants<Face>(FILES);
const SPEC = "the conformance protocol";
const HELLO = "src/cli/conform_hello.ts";
const JUDGE = "src/cli/conform_judge.ts";
const VECTORS = "src/cli/conform_vectors.ts";

/** A blob of one trap. */
const TRAP = Uint8Array.of(0, 0, 1, 0, 1);
const HOST_CALL = Uint8Array.of(0, 0, 2, 10, 7, 1);

const CASE: Case = {
  ...{ name: "case", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: TRAP, registers: new Array<bigint>(13).fill(0n), pc: 0, gas: 9n, pages: [] },
  ...{ memory: [], heap: undefined, steps: undefined },
};
const ABLE: Capabilities = {
  ...{ dialects: ["gray-paper"], gasModels: ["instruction"], readOnlyStore: ["panic"] },
  ...{ hostCalls: true, heap: true, malformed: true, steps: true, gasMax: 100n },
};
const NONE = { kind: "failure", reason: "none" } as const;
/** What becomes of the case, but for its gas. */
const ENDED = {
  kind: "result",
  given: {
    status: "panic",
    ...{ address: undefined, call: undefined, pc: 0, gas: 5n },
    ...{ registers: CASE.registers, memory: [], pages: [] },
  },
} as const;
const HEAP = { base: 0x30000, top: 0x30000, maxPages: 3 };

/** What is asked of an implementation that can do less than all, and why it is not. */
const ASKED: Readonly<Record<string, readonly [able: object, input: Partial<Case>]>> = {
  "dialect javm": [{}, { dialect: "javm" }],
  "gas model block": [{}, { gasModel: "block" }],
  "page-fault of stores": [{}, { readOnlyStore: "page-fault" }],
  "gas above 100": [{}, { gas: 101n }],
  "a heap": [{ heap: false }, { heap: HEAP }],
  "single steps": [{ steps: false }, { steps: 1 }],
  "malformed blobs": [{ malformed: false }, { program: Uint8Array.of(255) }],
  "host calls": [{ hostCalls: false }, { program: HOST_CALL }],
  "": [{}, { gas: 100n }],
  "what is not counted": [{ gasModels: ["unmetered"] }, { gasModel: "unmetered" }],
};

/** Texts of vectors, and what they are taken for. */
const TEXTS: Readonly<Record<string, readonly [text: string, taken: unknown]>> = {
  "a vector": [vectorText(), 1],
  "no object": ["[1]", "it is no object"],
  "no case": ['{"a":1}', undefined],
  "cases that are no list": ['{"cases":5}', '"cases" is no list'],
  "cases of another family": ['{"family":"kernel","cases":[]}', undefined],
  "a coverage": ['{"family":"pvm","kind":"coverage","cases":[]}', undefined],
  "a case that is no object": ['{"family":"pvm","cases":[5]}', "case 0: a case is no object"],
  "a program of no bytes": [vectorText({ program: [256] }), '"program" is missing or malformed'],
  "a page that can only be read": [
    vectorText({
      "initial-page-map": [{ address: 131_072, length: 4096, "is-writable": false }],
      "expected-page-map": [{ address: 131_072, length: 4096, "is-writable": false }],
    }),
    1,
  ],
  "a page that says nothing": [
    vectorText({ "initial-page-map": [{ address: 131_072, length: 4096, "is-writable": 5 }] }),
    '"initial-page-map" is missing or malformed',
  ],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_asks_for_what_can_be_done",
    claim: "a case that an implementation says it cannot do is skipped, and it is said why",
    subject: ["judge"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.keys(ASKED)),
    reaches: ["skip", "fault", "pass"],
    implementation: parts,
    mutants: [
      mutant(
        HELLO,
        "if (!capabilities.dialects.includes(dialect)) return `dialect ${dialect}`;",
        "",
      ),
      mutant(
        HELLO,
        "  if (!capabilities.gasModels.includes(gasModel)) {\n    return `gas model ${gasModel}`;\n  }\n",
        "",
      ),
      mutant(HELLO, "return `${readOnlyStore} of stores`;", 'return "stores";'),
      mutant(HELLO, "gas > capabilities.gasMax", "gas >= capabilities.gasMax"),
      mutant(HELLO, 'return "a heap";', 'return "heaps";'),
      mutant(HELLO, '? "single steps"', "? undefined"),
      mutant(JUDGE, 'return skip("it does not do: malformed blobs");', 'return skip("no");'),
      mutant(JUDGE, 'new Set([...ignored, "gas"])', "ignored"),
      mutant(JUDGE, 'return skip("it does not do: host calls");', 'return skip("no");'),
    ],
    async check(why, reach, { judge }) {
      const [able, change] = ASKED[why] ?? [];
      const verdict = await judge(
        {
          peer: { ask: () => Promise.resolve(why === "what is not counted" ? ENDED : NONE) },
          capabilities: { ...ABLE, ...able },
          ignored: new Set(),
        },
        { ...CASE, ...change },
      );
      reach(verdict.kind);
      return agrees(
        verdict.kind === "skip" ? verdict.reason : verdict.kind,
        why === "" ? "fault" : why === "what is not counted" ? "pass" : `it does not do: ${why}`,
      );
    },
  }),
  defineProof({
    id: "cli/conform_takes_vectors_alone_for_cases",
    claim: "a text is taken for cases, for nothing that concerns the driver, or told to be wrong",
    subject: ["readVectorFile"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.keys(TEXTS)),
    reaches: ["number", "string", "undefined"],
    implementation: parts,
    mutants: [
      mutant(
        VECTORS,
        'if (fields === undefined) return err("it is no object");',
        "if (fields === undefined) return ok([]);",
      ),
      mutant(
        VECTORS,
        'if (!Array.isArray(values)) return err(`"cases" is no list`);',
        "if (!Array.isArray(values)) return ok([]);",
      ),
      mutant(VECTORS, 'fields.get("kind") === "coverage"', "false"),
      mutant(
        VECTORS,
        'if (fields === undefined) return err("a case is no object");',
        'if (fields === undefined) return ok({ reason: "" });',
      ),
      mutant(VECTORS, "bytes === undefined ? undefined", "bytes === undefined ? new Uint8Array(0)"),
      mutant(VECTORS, "isKnown ? access : undefined", "access"),
      mutant(VECTORS, 'writable === true ? "read-write" : "read-only"', '"read-write"'),
    ],
    check(name, reach, { readVectorFile }) {
      const [text, taken] = TEXTS[name] ?? ["", ""];
      const read = readVectorFile(text);
      const given = read.ok ? read.value?.length : read.error;
      reach(typeof given);
      const [trial] = read.ok ? read.value ?? [] : [];
      const access = trial !== undefined && "input" in trial ? trial.input.pages[0]?.access : "";
      const wanted = name.endsWith("be read")
        ? "read-only"
        : name === "a vector"
        ? "read-write"
        : "";
      return agrees([given, access], [taken, wanted]);
    },
  }),
];

register(proofs);
