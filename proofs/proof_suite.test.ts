/** Running many proofs: their reports, the tests they become, and why one does not stand. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, specimen } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const SUITE = "src/proof/suite.ts";
const REGISTER = "src/proof/register.ts";

function fail(): never {
  throw new Error("unable");
}

/** Proofs by how they end, and objects of others that pose as proofs. */
function ending(face: Face, how: string): Proof {
  const sound = specimen(face, { id: how, mutants: [] });
  switch (how) {
    case "falls":
      return specimen(face, { id: how, check: (value) => value < 3 ? undefined : "too many" });
    case "throws":
      return { ...sound, run: fail, replay: fail };
    case "rejects":
      return {
        ...sound,
        run: () => Promise.reject(new Error("unable")),
        replay: () => Promise.reject(new Error("unable")),
      };
    default:
      return sound;
  }
}

const endings = domain.words(domain.of("stands", "falls", "throws", "rejects"), 3);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/suites_report_every_proof",
    claim: "a run gives one report a proof, in order, and a proof that throws is one that fails",
    subject: ["runProofs"],
    spec: "Proof toolkit: suites",
    strength: "bounded",
    domain: domain.product({ endings, listens: domain.of("no", "yes", "throws") }),
    reaches: ["all stand", "some fall"],
    implementation: toolkit,
    mutants: [
      mutant(SUITE, "reports.push(report);", "reports.unshift(report);"),
      mutant(SUITE, "options.onReport?.(report);", ""),
      mutant(SUITE, "return brokenReport(", "return Reflect.get(globalThis, "),
    ],
    async check({ endings, listens }, reach, face) {
      const heard: string[] = [];
      const reports = await face.runProofs(endings.map((how) => ending(face, how)), {
        ...(listens === "no" ? {} : {
          onReport: ({ id }) => {
            heard.push(id);
            if (listens === "throws") fail();
          },
        }),
      });
      const ids = endings.map((how) => how === "stands" || how === "falls" ? how : "?");
      reach(endings.every((how) => how === "stands") ? "all stand" : "some fall");
      return allOf(
        agrees(reports.map(({ id }) => id), ids),
        agrees(reports.map(({ failures }) => failures.length), ids.map((id) => +(id !== "stands"))),
        agrees(heard, listens === "no" ? [] : ids),
      );
    },
  }),
  defineProof({
    id: "proof/tests_fail_where_proofs_do",
    claim:
      "each proof becomes a test called `id — claim` that rejects exactly when it does not stand",
    subject: ["registerProofs"],
    spec: "Proof toolkit: test runners",
    strength: "bounded",
    domain: endings,
    reaches: ["passes", "rejects"],
    implementation: toolkit,
    mutants: [
      mutant(REGISTER, "report.failures.length > 0", "report.failures.length > 1"),
      mutant(REGISTER, "report.failures.length > 0", "report.failures.length === 0"),
      mutant(REGISTER, "${proof.id} — ", ""),
      mutant(REGISTER, "taken++;", ""),
    ],
    async check(endings, reach, face) {
      const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];
      const proofs = endings.map((how) => ending(face, how));
      const taken = face.registerProofs(proofs, (name, body) => tests.push({ name, body }));
      const said: (string | undefined)[] = [];
      for (const { body } of tests) {
        said.push(await body().then(() => undefined, (error: Error) => error.message));
      }
      for (const message of said) reach(message === undefined ? "passes" : "rejects");
      const expected = endings.map((how) =>
        how === "stands" ? undefined : how === "falls" ? FALLEN : "unable"
      );
      return allOf(
        agrees(taken, endings.length),
        agrees(face.registerProofs(proofs, fail), 0),
        agrees(tests.map(({ name }) => name), proofs.map(({ id, claim }) => `${id} — ${claim}`)),
        agrees(said, expected),
      );
    },
  }),
  defineProof({
    id: "proof/failures_are_explained",
    claim: "explain shows id, claim, every failure, seed, cases and the counterexample's code",
    subject: ["explain"],
    spec: "Proof toolkit: counterexamples",
    strength: "bounded",
    domain: domain.product({ canary: domain.of(true, false), lines: domain.range(1, 3) }),
    reaches: ["counterexample", "canary"],
    implementation: toolkit,
    mutants: [
      mutant(SUITE, "...failures.map((line)", "...failures.slice(1).map((line)"),
      mutant(SUITE, "(seed ${show(seed)}, ", "("),
      mutant(SUITE, " && !canary", ""),
      mutant(SUITE, 'split("\\n").map', 'split("\\n").slice(0, 1).map'),
    ],
    async check({ canary, lines }, reach, face) {
      const code = Array.from({ length: lines }, (_, line) => `line${line}();`);
      const report = await specimen(face, { check: () => "no", toCode: () => code.join("\n") })
        .run();
      reach(canary ? "canary" : "counterexample");
      return agrees(face.explain({ ...report, canary }, 7).split("\n"), [
        "specimen/double_adds_a_number_to_itself: double adds a number to itself",
        "  no",
        ...(canary ? [] : ["  counterexample (seed 7, 1 cases):", ...code.map((c) => `    ${c}`)]),
      ]);
    },
  }),
];

/** What the test of the proof that falls says. */
const FALLEN = [
  "falls: double adds a number to itself",
  "  too many",
  `  counterexample (seed ${toolkit.DEFAULT_SEED}, 4 cases):`,
  '    await replay(proofs, "falls", 3);',
].join("\n");

register(proofs);
