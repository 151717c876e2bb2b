/** The commands of the kernel that come to no result: why, and what they exit with. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const SUBJECT = ["main"];
const SPEC = "Ringfence, command line";
const FILE = "dir/m.json";
const NOWHERE = "ab".repeat(32);

/** Lines that do not come to a result, and what they exit with. */
const FAILURES: readonly (readonly [line: string, hasStores: boolean, code: number])[] = [
  ["run dir/m.json --store s.db", false, 69],
  [`inspect ${NOWHERE} --store s.db`, false, 69],
  ["run dir/m.json --store none.db", true, 66],
  ["run dir/m.json --store fails", true, 73],
  ["run dir/hash.json --store fails", true, 66],
  ["run dir/m.json --store full", true, 73],
  ["run none.json", true, 66],
  ["run dir/halt.pvmasm", true, 65],
  [`inspect ${NOWHERE} --store s.db`, true, 66],
  [`inspect ${NOWHERE} --store fails`, true, 66],
  [`inspect ${"cd".repeat(32)} --store s.db`, true, 65],
  [`inspect ${NOWHERE}`, true, 64],
  ["inspect abc --store s.db", true, 64],
  [`inspect ${NOWHERE} --store s.db --gas 5`, true, 64],
  ["inspect", true, 64],
  ["", true, 64],
  ["walk", true, 64],
  ["run", true, 64],
  ["run a b", true, 64],
  ["run dir/m.json --gas -1", true, 64],
  ["run dir/m.json --gas 1x", true, 64],
  ["run dir/m.json --bogus", true, 64],
  ["--help", true, 0],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/kernel_failures_have_their_code",
    claim:
      "a command of the kernel that cannot do its part says why, and exits with the code for it",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...FAILURES),
    reaches: [0, 64, 65, 66, 69, 73].map(String),
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_report.ts", 'operation === "put" ?', "true ?"),
      mutant("src/cli/kernel_store.ts", "EXIT_CODE.unavailable", "EXIT_CODE.usage"),
      mutant(
        "src/cli/kernel_inspect.ts",
        'if (path === undefined) return usageProblem("expected',
        'if (false) return usageProblem("expected',
      ),
      mutant("src/cli/kernel_inspect.ts", 'cap.error.kind === "corrupt-blob"', "true"),
      mutant("src/cli/kernel_inspect.ts", "if (!isCapHash(text))", "if (false)"),
      mutant("src/cli/kernel.ts", 'if (line.value("gas") !== undefined)', "if (false)"),
    ],
    check: ([line, hasStores, expected], reach, face) => {
      reach(`${expected}`);
      const stores = {
        "s.db": new Map([["cd".repeat(32), Uint8Array.of(1)]]),
        fails: "fails",
        full: "full",
      } as const;
      const files = {
        ...GUESTS,
        [FILE]: manifestText(manifest("halt")),
        "dir/hash.json": `{"root":"${NOWHERE}"}`,
      };
      const words = line === "" ? [] : line.split(" ");
      const { code, out, error } = runKernel(face, words, files, hasStores ? stores : undefined);
      return agrees([code, (code === 0 ? out : error) !== ""], [expected, true]);
    },
  }),
];

register(proofs);
