/** Edges of the command line: what is shown on the way, and what cases may map. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import type { Case } from "../src/cli/conform_case.ts";
import * as main from "../src/cli/main.ts";
import * as cases from "../src/cli/conform_case.ts";
import { runLine, SOURCES } from "./_kit/cli.ts";
import { runWaiting, scripted } from "./_kit/conform.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof cli>("src/cli/mod.ts");
const mainMutant = sourceMutants<typeof main>("src/cli/main.ts");
const caseMutant = sourceMutants<typeof cases>("src/cli/conform_case.ts");
const RUN = "src/cli/run.ts";
const CASE = "src/cli/conform_case.ts";

/** Runs, and what they show beside their output. */
const SHOWN: Readonly<Record<string, string>> = {
  "log.pvmasm --gas 99 --log": "log 2: hi\n",
  "spin.pvmasm --gas 20000005": "\r20,000,000 gas, 25 million a second \r\u001b[K",
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/runs_show_what_they_log_and_how_far_they_are",
    claim: "a run shows what its program logs, and its speed where somebody waits for it",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "bounded",
    domain: domain.of(...Object.keys(SHOWN)),
    reaches: ["0", "4"],
    implementation: cli,
    mutants: [
      mutant(RUN, "for (const each of watch.log) io.error(`${each}\\n`);\n", ""),
      mutant(RUN, "elapsed / 1000).toFixed(0)", "elapsed / 1000).toFixed(1)"),
    ],
    check: (line, reach, face) => {
      const outcome = runLine(face, ["run", ...line.split(" ")], SOURCES, true);
      reach(`${outcome.code}`);
      return agrees(outcome.error, SHOWN[line]);
    },
  }),
  defineProof({
    id: "cli/cases_map_up_to_256_mib",
    claim: "the pages of a case are 256 MiB at most",
    subject: ["machineOf"],
    spec: "Ringfence, conformance of other implementations",
    strength: "exhaustive",
    domain: domain.of(-4096, 0, 4096),
    reaches: ["made", "impossible"],
    implementation: cases,
    mutants: [caseMutant(CASE, "LIMIT_BYTES = 2 ** 28", "LIMIT_BYTES = 2 ** 29")],
    check: (by, reach, face) => {
      const made = face.machineOf({
        ...TRAP,
        pages: [{ address: 2 ** 20, length: 2 ** 28 + by, access: "read-only" }],
      });
      reach(made.ok ? "made" : made.error);
      return allOf(agrees(made.ok, by <= 0), agrees(face.machineOf(TRAP).ok, true));
    },
  }),
  defineProof({
    id: "cli/conform_options_have_their_values",
    claim: "an option of the conformance driver with an odd value is a mistake of the command line",
    subject: ["mainAsync"],
    spec: "Ringfence, conformance of other implementations",
    strength: "bounded",
    domain: domain.of(
      ...["--random x", "--seed x", "--timeout x", "--timeout 0", "--timeout 600001"],
      ...["--max-failures x", "--max-failures 0", "--without bogus", "--ignore bogus", "surplus"],
    ),
    reaches: ["64"],
    implementation: main,
    mutants: [
      ...["random", "seed", "milliseconds", "failuresMax", "without", "ignored"].map((name) =>
        mainMutant("src/cli/conform.ts", `if (!${name}.ok) return ${name};`, "")
      ),
      mainMutant("src/cli/conform.ts", "milliseconds.value < 1 ||", "milliseconds.value < 0 ||"),
      mainMutant("src/cli/conform.ts", "failuresMax.value < 1)", "failuresMax.value < 0)"),
    ],
    check: async (option, reach, face) => {
      const args = ["conform", "--exec", "x", ...option.split(" ")];
      const { code } = await runWaiting(face, args, () => scripted(() => ({ ends: "at once" })));
      reach(`${code}`);
      return agrees(code, 64);
    },
  }),
];

/** A program of one `trap`. */
const TRAP: Case = {
  ...{ name: "x", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: Uint8Array.of(0, 0, 1, 0, 1), registers: [], pc: 0, gas: 5n },
  ...{ pages: [], memory: [], heap: undefined, steps: undefined },
};

register(proofs);
