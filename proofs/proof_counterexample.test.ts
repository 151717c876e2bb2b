/** Counterexamples: the least input, printed as code that fails again. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { doubling, type Face, specimen } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const RUN = "src/proof/run.ts";
const TRIAL = "src/proof/trial.ts";

/** Inputs of every kind that a counterexample may have to be printed of. */
const PRINTED: readonly unknown[] = [
  0,
  -0,
  NaN,
  Infinity,
  12n,
  'a "quoted"\nline\\',
  undefined,
  null,
  [1, [-0, "x"]],
  { a: 1, "b c": [2n] },
  Uint8Array.of(1, 255),
  [],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/failures_shrink_to_the_least",
    claim: "the counterexample of a sampled proof is the least input that fails",
    subject: ["defineProof", "sampled"],
    spec: "Proof toolkit: counterexamples",
    strength: "bounded",
    domain: domain.range(0, 99),
    reaches: ["shrunk"],
    implementation: toolkit,
    mutants: [
      mutant(RUN, "shrink: true", "shrink: false"),
      mutant(TRIAL, "undefined) falsified = {", "undefined) falsified ??= {"),
    ],
    async check(least, reach, face) {
      const { counterexample, failures } = await specimen(face, {
        id: "least",
        strength: "sampled",
        domain: face.sampled(fc.nat({ max: 10_000 }), { runs: 100, describe: "" }),
        check: (value) => value >= least ? `${value} is too much` : undefined,
      }).run();
      reach("shrunk");
      return allOf(
        agrees(failures, [`${least} is too much`]),
        agrees(counterexample?.code, `await replay(proofs, "least", ${least});`),
      );
    },
  }),
  defineProof({
    id: "proof/printed_counterexamples_replay",
    claim: "the code printed for a counterexample fails again with the same message when it is run",
    subject: ["defineProof", "replay"],
    spec: "Proof toolkit: counterexamples",
    strength: "exhaustive",
    domain: domain.product({
      place: domain.range(0, PRINTED.length - 1),
      sampling: domain.of(true, false),
    }),
    reaches: ["replayed"],
    implementation: toolkit,
    mutants: [
      mutant("src/proof/suite.ts", "candidate.id === id)", "candidate.id !== id)"),
      mutant("src/proof/suite.ts", "await proof.replay(input)", "await proof.replay(undefined)"),
      mutant("src/proof/proof.ts", "record, [input, ", "record, [[input], "),
      mutant(RUN, "${stringify(falsified.input)}", "${String(falsified.input)}"),
    ],
    async check({ place, sampling }, reach, face) {
      const input = PRINTED[place];
      const failing = (id: string, said: string) =>
        face.defineProof({
          id,
          claim: "it is a symbol",
          subject: ["double"],
          spec: "",
          strength: sampling ? "sampled" : "exhaustive",
          domain: sampling
            ? face.sampled(fc.constant(input), { runs: 2, describe: "" })
            : face.domain.of(input),
          reaches: [],
          implementation: doubling,
          check: (value) => `${said}: ${agrees(value, Symbol.iterator)}`,
        });
      const proofs = [failing("other", "wrong"), failing('an "id"', "right")];
      const report = await proofs[1]?.run();
      const code = report?.counterexample?.code ?? "";
      const evaluate = new Function(
        "replay",
        "proofs",
        `return (async () => ${code.slice(0, -1)})()`,
      );
      const replayed: unknown = await evaluate(face.replay, proofs);
      reach("replayed");
      return allOf(
        agrees(replayed, report?.counterexample?.message),
        agrees(report?.failures, [`right: ${agrees(input, Symbol.iterator)}`]),
        agrees(await face.replay(proofs, "third", input), 'no proof is called "third"'),
      );
    },
  }),
];

register(proofs);
