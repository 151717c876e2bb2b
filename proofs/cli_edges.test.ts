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
const BOUNDS = "src/cli/bounded_run.ts";
const END = Uint8Array.of(0, 0, 1, 0, 1);

/** Runs, and what they show beside their output. */
const SHOWN: Readonly<Record<string, string>> = {
  "log.pvmasm --gas 99 --log": "log 2: hi\n",
  "spin.pvmasm --gas 20000005": "\r20,000,000 gas, 25 million a second \r\u001b[K",
};

/** Cases that last: what they change, what becomes of them, and what is left of the gas. */
const LONG: ReadonlyMap<string, readonly [changes: Partial<Case>, status: string, gas: bigint]> =
  new Map([
    ["as much as there may be", [{ gas: 2n ** 26n }, "out-of-gas", 0n]],
    ["more", [{ gas: 2n ** 26n + 1n }, "refused", 0n]],
    ["the most", [{ gas: 2n ** 64n - 1n }, "refused", 0n]],
    ["a trap", [{ gas: 2n ** 64n - 1n, program: END }, "trap", 2n ** 64n - 2n]],
    ["steps", [
      { gas: 2n ** 64n - 1n, steps: 2 ** 20 },
      "running",
      2n ** 64n - 1n - 12n * 2n ** 20n,
    ]],
    ["more steps", [{ gas: 2n ** 64n - 1n, steps: 2 ** 20 + 1 }, "refused", 0n]],
  ]);

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
    id: "cli/cases_end",
    claim:
      "a case runs for 2^26 gas or 2^20 steps at most; what ends before has all the gas it had",
    subject: ["runCase"],
    spec: "Ringfence, conformance of other implementations",
    strength: "bounded",
    domain: domain.of(...LONG.keys()),
    reaches: ["out-of-gas", "trap", "running", "refused"],
    implementation: cases,
    mutants: [
      caseMutant(BOUNDS, "if (gas <= CASE_GAS_MAX)", "if (gas < CASE_GAS_MAX)"),
      caseMutant(BOUNDS, "machine.gas + gas - CASE_GAS_MAX", "machine.gas + gas"),
      caseMutant(BOUNDS, "if (done === CASE_STEPS_MAX)", "if (done > CASE_STEPS_MAX)"),
      caseMutant(BOUNDS, "if (done === CASE_STEPS_MAX)", "if (done + 1 === CASE_STEPS_MAX)"),
    ],
    check: (name, reach, face) => {
      const [changes, status, gas] = LONG.get(name) ?? [{}, "halt", 0n];
      const ran = face.runCase({ ...SPIN, ...changes });
      reach(ran.ok ? ran.value.status : "refused");
      return agrees(ran.ok ? [ran.value.status, ran.value.gas] : ["refused", 0n], [status, gas]);
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
  ...{ program: END, registers: [], pc: 0, gas: 5n },
  ...{ pages: [], memory: [], heap: undefined, steps: undefined },
};

/** A program that jumps to where it stands, at 12 gas for each time. */
const SPIN: Case = {
  ...TRAP,
  ...{ dialect: "javm", gasModel: "pipeline", program: Uint8Array.of(0, 0, 2, 40, 0, 1) },
};

register(proofs);
