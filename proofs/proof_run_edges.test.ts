/** Running a proof: figures of its report, limits of its size, one by one. */

import fc from "fast-check";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { doubling, type Face, specimen, specimenRecord } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const RUN = "src/proof/run.ts";
const TRIAL = "src/proof/trial.ts";

function fail(why: string): never {
  throw new Error(why);
}

/** A sampling that says how many it wants, and fails with its first. */
async function drawing(face: Face, runs: number): Promise<unknown> {
  const report = await specimen(face, {
    strength: "sampled",
    domain: { describe: "", runs, arbitrary: fc.constant(1), examples: [] },
    check: () => "no",
  }).run({ mutants: false });
  return [report.failures, report.cases, report.reached];
}

/** A domain that says how large it is, and fails with its first. */
async function enumerating(face: Face, size: number): Promise<unknown> {
  const report = await specimen(face, {
    domain: { describe: "", size, values: () => [1] },
    check: () => "no",
  }).run({ mutants: false });
  return [report.failures, report.cases, report.reached];
}

/** How often a proof is checked, with the audit of its subject. */
async function checks(face: Face): Promise<number> {
  let count = 0;
  const sound = specimenRecord(face);
  await specimen(face, {
    mutants: [],
    check(...given) {
      count++;
      return sound.check(...given);
    },
  }).run();
  return count;
}

/** How often a sampled proof fails with a mutant of it, for which no least input is sought. */
async function failuresOfMutant(face: Face): Promise<number> {
  let count = 0;
  const wrong = { ...doubling, double: () => 0 };
  await specimen(face, {
    strength: "sampled",
    domain: face.sampled(fc.integer({ min: 1, max: 1_000 }), { runs: 20, describe: "" }),
    reaches: [],
    mutants: [{ name: "zero", implementation: () => wrong }],
    check(value, _reach, { double }) {
      if (double(value) === 2 * value) return undefined;
      count++;
      return "no";
    },
  }).run();
  return count;
}

/** What becomes of a mutant, as the report says. */
async function mutantOf(
  face: Face,
  implementation: () => typeof doubling,
  changes: Partial<ReturnType<typeof specimenRecord>> = {},
): Promise<unknown> {
  const { mutants } = await specimen(face, {
    ...changes,
    mutants: [{ name: "it", implementation }],
  }).run();
  return mutants;
}

/** What is asked of the toolkit, and what it must answer. */
type Fact = readonly [what: string, ask: (face: Face) => unknown, answer: unknown];

/** What comes of a first input that fails. */
const FAILED = [["no"], 1, { even: 0, odd: 0 }];

const FACTS: readonly Fact[] = [
  [
    "each outcome is counted",
    async (face) => {
      const { cases, size, reached } = await specimen(face).run();
      return { cases, size, reached };
    },
    { cases: 10, size: 10, reached: { even: 5, odd: 5 } },
  ],
  [
    "without an effort, as many as it asks for are drawn",
    async (face) => {
      const inputs = face.sampled(fc.nat(9), { runs: 50, describe: "" });
      const { cases, size } = await specimen(face, { strength: "sampled", domain: inputs }).run();
      return [cases, size];
    },
    [50, 50],
  ],
  [
    "a flaw of the record is told before any input",
    async (face) => {
      const { cases, reached } = await specimen(face, { subject: [] }).run();
      return [cases, reached];
    },
    [0, {}],
  ],
  [
    "what is no domain has the size 0",
    async (face) => (await specimen(face, { domain: face.domain.range(0, 0.5) }).run()).size,
    0,
  ],
  [
    "an effort of 1000 is the most",
    async (face) => {
      const efforts = [1_000, 1_000.5, 1_001, 0, 2 ** -40];
      const runs = efforts.map((effort) => specimen(face, { mutants: [] }).run({ effort }));
      return (await Promise.all(runs)).map(({ failures }) => failures.length);
    },
    [0, 1, 1, 1, 0],
  ],
  [
    "inputs that cannot be asked for are none",
    async (face) => {
      const inputs = { describe: "", size: 1, values: () => fail("none") };
      const { cases, failures } = await specimen(face, { domain: inputs }).run();
      return [cases, failures];
    },
    [0, ["its inputs threw Error: none"]],
  ],
  [
    "what is no proof took no time",
    async (face) => {
      const [report] = await face.runProofs([{ ...specimen(face), run: () => fail("no") }]);
      return [report?.elapsedMs, report?.cases, report?.size, report?.failures];
    },
    [0, 0, 0, ["could not be run: Error: no"]],
  ],
  ["2^33 inputs can be enumerated", (face) => enumerating(face, 2 ** 33), FAILED],
  ["more cannot", (face) => enumerating(face, 2 ** 33 + 1), [
    ["cannot enumerate a domain of 8589934593"],
    0,
    {},
  ]],
  ["2^31 - 1 can be drawn", (face) => drawing(face, 2 ** 31 - 1), FAILED],
  ["more cannot be drawn", (face) => drawing(face, 2 ** 31), [
    ["its inputs are no sampling of an arbitrary"],
    0,
    {},
  ]],
  ["none cannot be drawn", (face) => drawing(face, 0), [
    ["its inputs are no sampling of an arbitrary"],
    0,
    {},
  ]],
  [
    "a mutant that cannot be made is not killed",
    (face) => mutantOf(face, () => fail("none")),
    [{ name: "it", killed: false }],
  ],
  [
    "one flaw kills a mutant",
    (face) =>
      mutantOf(face, () => ({ ...doubling, double: () => 0 }), {
        reaches: ["seen"],
        check(_value, reach, { double }) {
          if (double(1) === 2) reach("seen");
          return undefined;
        },
      }),
    [{ name: "it", killed: true }],
  ],
  ["for a mutant no least input is sought", failuresOfMutant, 1],
  ["the watch ends once every name was called", checks, 11],
  [
    "an input that cannot be written down is told",
    async (face) => {
      const changes = { check: () => "no", toCode: () => fail("boom") };
      return (await specimen(face, changes).run()).counterexample;
    },
    { message: "no", code: "// the input could not be written down: Error: boom" },
  ],
  [
    "the time is what passed meanwhile",
    async (face) => {
      const start = performance.now();
      const { elapsedMs } = await specimen(face).run();
      return elapsedMs >= 0 && elapsedMs <= performance.now() - start;
    },
    true,
  ],
  [
    "an outcome that was never reached is left out of the ledger",
    async (face) => {
      const report = await specimen(face, { mutants: [] }).run();
      return face.proofTable([{ ...report, reached: { even: 0, odd: 1, more: 2 } }])
        .split("\n").at(-1)?.split(" | ").slice(-2);
    },
    ["odd, more", "- |"],
  ],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/runs_tell_what_happened",
    claim: "what a report tells of its run is what happened, at each end of what is allowed",
    subject: ["defineProof", "proofTable"],
    spec: "Proof toolkit: records",
    strength: "bounded",
    domain: domain.of(...FACTS.map(([what]) => what)),
    reaches: ["answered"],
    implementation: toolkit,
    mutants: [
      mutant(TRIAL, "this.#counts.set(outcome, count + 1)", "this.#counts.set(outcome, count + 2)"),
      mutant(TRIAL, "CASES_MAX = 2 ** 33", "CASES_MAX = 2 ** 33 + 1"),
      mutant(TRIAL, "CASES_MAX = 2 ** 33", "CASES_MAX = 2 ** 33 - 1"),
      mutant(TRIAL, "Number.isFinite(size) ? size : 0", "Number.isFinite(size) ? size : -1"),
      mutant(RUN, "const EFFORT_MAX = 1000;", "const EFFORT_MAX = 1001;"),
      mutant(TRIAL, "runs > RUNS_MAX", "runs >= RUNS_MAX"),
      mutant(TRIAL, "RUNS_MAX = 2 ** 31 - 1", "RUNS_MAX = 2 ** 31"),
      mutant(TRIAL, "runs < 1 ||", "runs < 0 ||"),
      mutant(RUN, "effort: options.effort ?? 1", "effort: options.effort ?? 2"),
      mutant(
        RUN,
        ": { cases: 0, reached: {}, flaws: [] };",
        ": { cases: 1, reached: {}, flaws: [] };",
      ),
      mutant(RUN, "report: { name, killed: false },", "report: { name, killed: true },"),
      mutant(RUN, "trial.flaws.length > 0;", "trial.flaws.length > 1;"),
      mutant(RUN, "{ ...pass, shrink: false }", "{ ...pass, shrink: true }"),
      mutant(RUN, 'missing().length === 0 ? "all called" : ', ""),
      mutant(RUN, "performance.now() - start,", "performance.now() + start,"),
    ],
    async check(what, reach, face) {
      const [, ask, answer] = FACTS.find(([name]) => name === what) ?? fail(what);
      reach("answered");
      return agrees(await ask(face), answer);
    },
  }),
];

register(proofs);
