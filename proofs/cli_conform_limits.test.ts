/** What a run of the conformance driver may take when an implementation fails at everything. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { anyCase } from "../src/cli/conform_generate.ts";
import type { Reply } from "../src/cli/conform_peer.ts";
import { Random } from "../src/cli/conform_random.ts";
import * as runs from "../src/cli/conform_run.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof runs>("src/cli/conform_run.ts");
const RUN = "src/cli/conform_run.ts";

const CAPABILITIES = {
  dialects: ["gray-paper"],
  gasModels: ["instruction"],
  readOnlyStore: ["panic"],
  ...{ hostCalls: true, heap: false, malformed: false, steps: false, gasMax: 2n ** 64n - 1n },
} as const;

/** Cases of a seed. */
function* trials(count: number): Iterable<runs.Trial> {
  const random = new Random(7);
  const palettes = { capabilities: CAPABILITIES, without: new Set<string>(), plain: true };
  for (let index = 0; index < count; index++) {
    yield { input: anyCase(random, palettes, `case ${index}`), wanted: undefined };
  }
}

/** A run with an implementation that never answers, by a clock of which each look takes so long. */
async function failing(face: typeof runs, failuresMax: number, tick: number) {
  let [asked, time] = [0, 0];
  const ask = (): Promise<Reply> => {
    asked++;
    return Promise.resolve({ kind: "failure", reason: "it ended with code 3" });
  };
  const options = { peer: { ask }, capabilities: CAPABILITIES, ignored: new Set<string>() };
  const report = await face.conformRun(trials(40), {
    ...options,
    failuresMax,
    now: () => time += tick,
    onCase: () => {},
  });
  return { report, asked };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_gives_up_on_what_never_answers",
    claim:
      "a run ends after twice as many cases without an answer as different things may be wrong",
    subject: ["conformRun"],
    spec: "Ringfence, conformance of other implementations",
    strength: "bounded",
    domain: domain.union(
      domain.product({ most: domain.range(1, 2), tick: domain.of<number>(0, 10_000) }),
      domain.product({ most: domain.range(19, 21), tick: domain.of<number>(10_000) }),
    ),
    reaches: ["cut", "whole"],
    implementation: runs,
    mutants: [
      mutant(RUN, "this.#failures >= FAILURES_EACH", "this.#failures > FAILURES_EACH"),
      mutant(RUN, "this.#failures++;", ""),
      mutant(RUN, "const FAILURES_EACH = 2;", "const FAILURES_EACH = 3;"),
      mutant(RUN, "if (this.#spent >= FAILURES_MS) return", "if (this.#spent < 0) return"),
      mutant(RUN, "this.#spent += this.#options.now() - start;", ""),
      mutant(RUN, 'fault.kind === "difference" || this.#spent < FAILURES_MS', "true"),
    ],
    check: async ({ most, tick }, reach, face) => {
      const { report, asked } = await failing(face, most, tick);
      reach(report.isCut ? "cut" : "whole");
      const { fail, findings, isCut } = report;
      // By a slow clock the first cases alone are cut down, and the others told with one of them.
      const isBounded = tick === 0 || most < 19 || (asked < 60 && findings.length < 5);
      return allOf(
        findings.length >= most
          ? undefined
          : agrees([fail, isCut], [Math.min(40, 2 * most), most < 20]),
        agrees(isBounded, true),
      );
    },
  }),
];

register(proofs);
