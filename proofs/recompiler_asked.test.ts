/** Short runs between two calls of the host: which of them are tried in the interpreter first. */

import fc from "fast-check";
import { defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import * as running from "../src/pvm/recompiler/run.ts";
import { value } from "./_kit/paged.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { type Running, runningMutant as mutant, watched } from "./_kit/recompiler_asked.ts";
import { linked, REST } from "./_kit/recompiler_lines.ts";
import { type Beginning, machineWith } from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/pvm/recompiler/run.ts";

/** A loop of as many rounds as register 9 says, two instructions each, then a call; for ever. */
const CALLING = linked(
  [
    op("add_imm_64", { a: 9, b: 9, x: -1n }),
    op("branch_ne_imm", { a: 9, x: 0n }),
    op("ecalli", { x: 3n }),
    op("jump"),
  ],
  new Map([[1, 0], [3, 0]]),
);
const start = (code: Beginning["code"], gas: number): Beginning => ({
  ...{ ...REST, code, gasModel: "instruction", gas: BigInt(gas) },
});

/** How much gas the interpreter is let spend on a run that may be short. */
const SHORT_PATIENCE = 4_096;
/** How the two engines tell short runs. */
const LIMITS = { runCompiled: 32, runHot: 256 } as const;
type Name = keyof typeof LIMITS;

/** Whether runs are short, said once more: the average of the last, and how many are not looked at. */
class Policy {
  readonly #limit: number;
  #average = 256;
  #pause = 0;
  #unseen = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How often a run of so much gas is to be tried as a short one. */
  tries(gas: number, spentUnseen: number): number {
    let [count, left] = [0, gas];
    if (this.#unseen > 0) {
      this.#unseen -= 1;
      count += 1;
      if (gas <= spentUnseen) return count;
      left -= spentUnseen;
      [this.#unseen, this.#pause] = [0, 0];
    }
    if (this.#average < this.#limit) count += 1;
    this.#average += (left - this.#average) / 16;
    this.#pause = this.#average < this.#limit ? Math.min(32, 2 * this.#pause + 2) : 0;
    this.#unseen = this.#pause;
    return count;
  }
}

/** How many rounds the loop of a run makes, by the sort of the run. */
const ROUNDS: Readonly<Record<string, number>> = {
  ...{ short: 2, usual: 60, long: 5_000 },
  // The first run then takes 255 gas, and one that is tried in vain little more than that.
  ...{ border: 127, barely: 2_050 },
};

/** Runs of several sorts, one after the other: how often each is tried as a short one. */
function triedAsShort(
  name: Name,
  runs: readonly (readonly [sort: string, times: number])[],
  reach: Reach,
  face: Running,
): string | undefined {
  const { engine, asked } = watched(face[name]);
  const machine = machineWith(start(CALLING, 10_000_000), engine);
  const policy = new Policy(LIMITS[name]);
  for (const [sort, times] of runs) {
    for (let time = 0; time < times; time++) {
      value(machine.setRegister(9, BigInt(ROUNDS[sort] ?? 1)));
      asked.length = 0;
      const before = machine.gas;
      machine.run();
      const gas = Number(before - machine.gas);
      const tries = asked.filter((mode) => mode === SHORT_PATIENCE).length;
      const wanted = policy.tries(gas, SHORT_PATIENCE - gas % 2);
      reach(["none", "one", "two"][wanted] ?? "");
      if (tries !== wanted) return `a ${sort} run of ${gas} is tried ${tries} times, not ${wanted}`;
    }
  }
  return undefined;
}

const sorts = fc.array(
  fc.oneof(
    fc.tuple(fc.constant("short"), fc.integer({ min: 1, max: 90 })),
    fc.tuple(fc.constantFrom("usual", "long", "border", "barely"), fc.integer({ min: 1, max: 3 })),
  ),
  { minLength: 1, maxLength: 6 },
);

/** Long runs after so many short ones, and others that are just at the limits. */
const EXAMPLES = Array.from({ length: 24 }, (_, at) => ({
  name: at % 2 === 0 ? "runCompiled" as const : "runHot" as const,
  runs: [
    ...[["border", 1], ["short", 34 + 5 * at], ["long", 1], ["short", at], ["long", 1]],
    ...[["short", 60 + at], ["barely", 1], ["short", 2], ["long", 1]],
  ].map(([sort, times]): [string, number] => [String(sort), Number(times)]),
}));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/short_runs_are_the_interpreters",
    claim:
      "runs are tried as short ones exactly while their average is below the limit, and without a look " +
      "at 2, 6, 14, 30 and then 32 of them in a row",
    subject: ["runCompiled", "runHot"],
    spec: "The recompiler's own design: short runs",
    strength: "sampled",
    domain: sampled(
      fc.record({ name: fc.constantFrom<Name>("runCompiled", "runHot"), runs: sorts }),
      {
        runs: 60,
        describe: "runs of several sorts",
        examples: EXAMPLES,
      },
    ),
    reaches: ["none", "one", "two"],
    implementation: running,
    mutants: [
      mutant(RUN, "const SHORT = 256;", "const SHORT = 255;"),
      mutant(RUN, "const SHORTEST = 32;", "const SHORTEST = 33;"),
      mutant(RUN, "const RUNS_AVERAGED = 16;", "const RUNS_AVERAGED = 17;"),
      mutant(RUN, "const UNSEEN_MOST = 32;", "const UNSEEN_MOST = 33;"),
      mutant(RUN, "2 * pause + 2)", "2 * pause + 1)"),
      mutant(RUN, "const SHORT_PATIENCE = 4_096;", "const SHORT_PATIENCE = 4_097;"),
      mutant(RUN, "if (unseen > 0) {", "if (unseen > 1) {"),
      mutant(RUN, "      [unseen, pause] = [0, 0];\n    }", "    }"),
      mutant(RUN, "return this.#usual < this.#short;", "return this.#usual <= this.#short;"),
    ],
    check: ({ name, runs }, reach, face) => triedAsShort(name, runs, reach, face),
  }),
];

register(proofs);
