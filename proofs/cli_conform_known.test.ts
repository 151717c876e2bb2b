/** The conformance driver does with the same seed what it always did: requests, cuts, reports. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/main.ts";
import { answerLine } from "../src/cli/conform_engine.ts";
import { anyCase } from "../src/cli/conform_generate.ts";
import type { Launch } from "../src/cli/conform_link.ts";
import { caseOut } from "../src/cli/conform_protocol.ts";
import { Random } from "../src/cli/conform_random.ts";
import * as simpler from "../src/cli/conform_simpler.ts";
import { answering, type Report, reportOf, runWaiting } from "./_kit/conform.ts";
import { digestOf } from "./_kit/digest.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof cli>("src/cli/main.ts");
const simplerMutant = sourceMutants<typeof simpler>("src/cli/conform_simpler.ts");
const SPEC = "Ringfence, conformance of other implementations";
const SIMPLER = "src/cli/conform_simpler.ts";
const DRAFT = "src/cli/conform_draft.ts";

/** What an implementation says that it can do, when it does not say that it can do all. */
const NARROW = {
  ...{ families: ["pvm"], dialects: ["gray-paper"], gasModels: ["unmetered", "block"] },
  ...{ hostCalls: false, heap: false, malformed: false, gasMax: "9000" },
};
const WIDE = {
  ...{ families: ["pvm"], dialects: ["gray-paper", "javm"], hostCalls: true, heap: true },
  ...{ gasModels: ["instruction", "block", "pipeline"], malformed: true, steps: true },
};

const UNMETERED = { ...WIDE, gasModels: ["unmetered"] };

/** Runs of the driver: what is asked for, and the digest of what it sends. */
const RUNS: readonly (readonly [digest: string, capabilities: object, args: string])[] = [
  ["8f8ab6bc", WIDE, "--seed 1"],
  ["a75c6228", WIDE, "--seed 2"],
  ["0d7100cd", WIDE, "--seed 3 --plain"],
  ["e536988e", NARROW, "--seed 4"],
  ["93bf6395", UNMETERED, "--seed 6"],
  ["b8b68bf4", NARROW, "--seed 5 --plain --without jump_ind,fallthrough,add_64"],
];

const PASSES = [
  ...["shorterBlob", "lessGas", "laterStart", "fewerLines", "simplerStart"] as const,
  ...["simplerRegisters", "lessMemory", "smallerTable", "simplerLines"] as const,
];

/** The digests of what is simpler than the cases of some seeds. */
const SIMPLER_THAN: Readonly<Record<number, string>> = {
  1: "01131167",
  2: "8c1c1bd7",
  3: "6dfa2361",
  4: "02cae919",
};

/** An implementation that answers as this library does, but for some changes. */
function changed(change: (answer: Record<string, unknown>, index: number) => object): Launch {
  return (words) => {
    let index = 0;
    return answering((line) => {
      const answer: Record<string, unknown> = JSON.parse(answerLine(line));
      return JSON.stringify(answer.type === "hello" ? answer : change(answer, index++));
    })(words);
  };
}

/** Implementations with faults, and the digests of the reports: as text, and as JSON. */
const FAULTY: Readonly<Record<string, readonly [Launch, text: string, json: string]>> = {
  "no gas": [changed(({ gas: _, ...rest }) => rest), "331bbefd", "c4091a00"],
  "another pc": [changed((answer) => ({ ...answer, pc: 5 })), "65207463", "3be6ce8e"],
  "another register": [
    changed((answer) => ({ ...answer, registers: Array.from({ length: 13 }, () => "9") })),
    ...["f7d19cc0", "3148f2d1"] as const,
  ],
  "other memory": [
    changed((answer) => ({ ...answer, memory: [{ address: 131072, bytes: "0102" }], gas: "3" })),
    ...["508b0b93", "1c30124e"] as const,
  ],
  "halts": [changed((answer) => ({ ...answer, status: "halt" })), "3eede290", "23a8bf1f"],
  "refuses some": [
    changed((answer, index) =>
      index % 3 === 0 ? { type: "unsupported", id: answer.id, reason: "not yet" } : answer
    ),
    ...["6d9dc9ce", "0035c3bd"] as const,
  ],
};

/** A report whose numbers are right in themselves. */
function isSound({ pass, fail, skip }: Report, total: number, atLeast: number): boolean {
  return fail >= atLeast && pass + fail + skip <= total;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_seeds_are_kept",
    claim: "a seed and the options stand for the same requests as ever",
    subject: ["mainAsync"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...RUNS),
    reaches: ["sent"],
    implementation: cli,
    mutants: [
      mutant("src/cli/conform_generate.ts", "2n ** 53n + 9n]", "2n ** 53n + 10n]"),
      mutant("src/cli/conform_random.ts", "+ 0x9e37_79b9) | 0;", "+ 0x9e37_79b9) | 1;"),
      mutant(
        "src/cli/conform_lines.ts",
        "value: random.once(4) ? 2 *",
        "value: random.once(4) ? 4 *",
      ),
      mutant("src/cli/conform_program.ts", "random.below(7) - 3", "random.below(7) - 2"),
      mutant("src/cli/conform_space.ts", "0x1801", "0x1802"),
    ],
    check: async ([digest, capabilities, more], reach, face) => {
      const sent: string[] = [];
      const launch = answering((line) => {
        sent.push(line);
        const answer: Record<string, unknown> = JSON.parse(answerLine(line));
        const refusal = { type: "unsupported", id: answer.id, reason: "not yet" };
        return JSON.stringify(answer.type === "hello" ? { ...answer, capabilities } : refusal);
      });
      const args = ["conform", "--exec", "x", "--random", "250", ...more.split(" ")];
      await runWaiting(face, args, launch);
      if (sent.length > 200) reach("sent");
      return agrees(digestOf(sent.join("\n")), digest);
    },
  }),
  defineProof({
    id: "cli/conform_cuts_are_kept",
    claim: "a case has the same simpler ones as ever, none of which is the case itself",
    subject: PASSES,
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...Object.keys(SIMPLER_THAN).map(Number)),
    reaches: ["simpler"],
    implementation: simpler,
    mutants: [
      simplerMutant(SIMPLER, "byte & 0x0f]", "byte & 0x0e]"),
      simplerMutant(
        SIMPLER,
        "count = Math.floor(count / 2)) {\n    for (let from = length",
        "count = 0) {\n    for (let from = length",
      ),
      simplerMutant(DRAFT, "const ENTRY_VALUE_BYTES = 8;", "const ENTRY_VALUE_BYTES = 7;"),
      simplerMutant(DRAFT, "const IMMEDIATE_MAX = 4;", "const IMMEDIATE_MAX = 3;"),
    ],
    check: (seed, reach, face) => {
      const random = new Random(seed);
      const palettes = { capabilities: ALL, without: new Set<string>(), plain: false };
      const found: string[] = [];
      for (let index = 0; index < 12; index++) {
        const input = { ...anyCase(random, palettes, "x"), steps: index % 4 === 3 ? 5 : undefined };
        const own = JSON.stringify(caseOut(input));
        for (const pass of PASSES) {
          let left = 60;
          for (const each of face[pass](input)) {
            const text = JSON.stringify(caseOut(each));
            if (text === own) return `a candidate of case ${index} is the case: ${own}`;
            found.push(text);
            if (--left === 0) break;
          }
        }
      }
      if (found.length > 0) reach("simpler");
      return agrees(digestOf(found.join("\n")), SIMPLER_THAN[seed]);
    },
  }),
  defineProof({
    id: "cli/conform_reports_are_kept",
    claim: "what is wrong with an implementation is reported in the same words as ever",
    subject: ["mainAsync"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...Object.keys(FAULTY)),
    reaches: ["0", "1"],
    implementation: cli,
    mutants: [
      mutant("src/cli/conform_report.ts", "gas: gas === undefined ?", "gas: gas !== undefined ?"),
      mutant("src/cli/conform_report.ts", "before > after ?", "before < after ?"),
      mutant("src/cli/conform_compare.ts", "value === given[index] ? [] : [index]", "[index]"),
    ],
    check: async (name, reach, face) => {
      const [launch, ...digests] = FAULTY[name] ?? [changed((answer) => answer), "", ""];
      const args = ["conform", "--exec", "x", "--random", "40", "--max-failures"];
      const most = name === "halts" ? "3" : "1";
      const text = await runWaiting(face, [...args, most], launch);
      const json = await runWaiting(face, [...args, most, "--json"], launch);
      reach(`${text.code}`);
      return allOf(
        agrees(json.code, text.code),
        isSound(reportOf(json), 40, text.code) ? undefined : json.out,
        agrees([digestOf(text.out), digestOf(json.out)], digests),
      );
    },
  }),
];

/** What an implementation that can do all says. */
const ALL = {
  dialects: ["gray-paper", "javm"],
  gasModels: ["instruction", "block", "pipeline"],
  readOnlyStore: ["panic", "page-fault"],
  ...{ hostCalls: true, heap: true, malformed: true, steps: true, gasMax: 2n ** 64n - 1n },
} as const;

register(proofs);
