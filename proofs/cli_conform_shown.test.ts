/** What the conformance driver shows of a finding, and how it tells differences. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Case, CaseEnd } from "../src/cli/conform_case.ts";
import * as compare from "../src/cli/conform_compare.ts";
import * as judging from "../src/cli/conform_judge.ts";
import * as reporting from "../src/cli/conform_report.ts";
import * as vectors from "../src/cli/conform_vectors.ts";
import type { Given } from "../src/cli/conform_answer.ts";
import type { Capabilities } from "../src/cli/conform_protocol.ts";
import type { Finding } from "../src/cli/conform_run.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const parts = { ...compare, ...judging, ...reporting, ...vectors };
type Face = typeof parts;
const FILES = ["compare", "judge", "report", "vectors"].map((name) => `src/cli/conform_${name}.ts`);
const mutant = sourceMutants<Face>(FILES);
const SPEC = "the conformance protocol";
const REPORT = "src/cli/conform_report.ts";

/** A blob of one trap. */
const TRAP = Uint8Array.of(0, 0, 1, 0, 1);

const CASE: Case = {
  ...{ name: "case", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: TRAP, registers: new Array<bigint>(13).fill(0n), pc: 0, gas: 9n, pages: [] },
  ...{ memory: [], heap: undefined, steps: undefined },
};
const END: CaseEnd = {
  ...{ status: "panic", address: undefined, call: undefined, pc: 0, gas: 8n },
  ...{ registers: CASE.registers, memory: [], pages: [] },
};
const ABLE: Capabilities = {
  ...{ dialects: ["gray-paper"], gasModels: ["instruction"], readOnlyStore: ["panic"] },
  ...{ hostCalls: true, heap: true, malformed: true, steps: true, gasMax: 100n },
};
/** Nothing but a status. */
const GIVEN: Given = {
  ...{ status: "page-fault", address: undefined, call: undefined, pc: undefined },
  ...{ gas: undefined, registers: undefined, memory: undefined, pages: undefined },
};
const HEAP = { base: 0x30000, top: 0x30000, maxPages: 3 };

/** A finding of each kind, with all that may be shown. */
const FINDINGS: readonly Finding[] = [
  {
    ...{ name: "one", instructions: { before: 2, after: 1 }, again: 3 },
    fault: { kind: "failure", reason: "it was silent", expected: END },
    input: {
      ...CASE,
      ...{ program: Uint8Array.of(255), steps: 7, heap: HEAP },
      memory: [{ address: 0x20000, bytes: new Uint8Array(65).fill(1) }],
    },
  },
  {
    ...{ name: "two", instructions: { before: 2, after: 2 }, again: 0 },
    fault: {
      kind: "difference",
      ...{ differences: [], expected: END, given: { ...GIVEN, status: "host-call", call: 5n } },
    },
    input: { ...CASE, memory: [{ address: 0x20000, bytes: new Uint8Array(64) }] },
  },
];
const RUN = {
  ...{ pass: 1, fail: 2, skip: 0, findings: FINDINGS, isCut: false },
  ...{ skipped: new Map(), compared: new Map(), missing: new Map() },
};
const NAMED = { name: "name", release: "", capabilities: ABLE };

/** What is shown of them, as text and as JSON. */
const SHOWN: readonly string[] = [
  "; the blob is malformed",
  "  steps 7",
  "  heap from ",
  `: ${"01".repeat(64)}…`,
  `: ${"00".repeat(64)}\n`,
  "  it was silent",
  "  3 more like it",
  '"reason":"it was silent"',
  '"given":{"status":"host-call","call":"5","gas":null,"registers":null,"memory":null}',
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_shows_findings_in_full",
    claim: "of a finding all is shown that is out of the ordinary, as text and as JSON",
    subject: ["reportText", "reportOut"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...SHOWN),
    reaches: ["text", "JSON"],
    implementation: parts,
    mutants: [
      mutant(REPORT, 'return "        ; the blob is malformed\\n";', 'return "\\n";'),
      mutant(REPORT, "if (input.steps !== undefined) lines.push(`  steps ${input.steps}`);", ""),
      mutant(REPORT, "`  heap from ${", "`  heap of ${"),
      mutant(REPORT, 'bytes.length > SHOWN_BYTES ? "…"', 'bytes.length > SHOWN_BYTES ? ""'),
      mutant(REPORT, "call === undefined ? null : `${call}`", "null"),
      mutant(REPORT, "gas === undefined ? null", 'gas === undefined ? ""'),
      mutant(REPORT, "registers?.map(String) ?? null", "registers?.map(String) ?? []"),
      mutant(REPORT, "memory === undefined ? null", "memory === undefined ? []"),
      mutant(REPORT, "? { reason: fault.reason }", "? {}"),
    ],
    check(part, reach, { reportText, reportOut }) {
      const isJson = part.startsWith('"');
      reach(isJson ? "JSON" : "text");
      const whole = isJson ? JSON.stringify(reportOut(NAMED, RUN, [])) : reportText(NAMED, RUN, []);
      return whole.includes(part) ? undefined : `${part} is not in ${whole}`;
    },
  }),
  defineProof({
    id: "cli/conform_differences_are_told",
    claim: "an address where there is none, and pages of no bytes, are compared as what they are",
    subject: ["compareEnds"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("no address", "no bytes"),
    reaches: ["told", "alike"],
    implementation: parts,
    mutants: [
      mutant(
        "src/cli/conform_compare.ts",
        'value === undefined ? "none"',
        'value === undefined ? "0"',
      ),
      mutant("src/cli/conform_compare.ts", "    if (length === 0) continue;\n", ""),
    ],
    check(which, reach, { compareEnds }) {
      const fault = { ...END, status: "page-fault" } as const;
      const empty = { address: 0x20000, length: 0, access: "read-write" } as const;
      const { differences } = which === "no address"
        ? compareEnds(fault, { ...GIVEN, address: 4096 }, new Set())
        : compareEnds(END, { ...GIVEN, status: "panic", pages: [empty] }, new Set());
      reach(differences.length === 0 ? "alike" : "told");
      return agrees(
        differences,
        which === "no bytes"
          ? []
          : [{ field: "address", expected: "none", given: compare.shown(4096) }],
      );
    },
  }),
];

register(proofs);
