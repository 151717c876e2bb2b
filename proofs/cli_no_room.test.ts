/** An engine without room while programs and vectors are run. */

import { agrees, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { type Outcome, runLine, vectorText } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { withEngine } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");

const FILES = {
  "v/a.json": vectorText(),
  "give.pvmasm":
    "load_imm r7, text\nload_imm r8, 4096\njump_ind [r0]\n.rodata\ntext: .space 4096, 7\n",
};

const RESULT = "result: 4096 bytes 0707";
const LINES = ["run v/a.json", "run give.pvmasm"] as const;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/runs_without_room_end",
    claim:
      "a run for whose pages or result the engine has no room ends with a code, or shows no result",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "bounded",
    domain: domain.product({ line: domain.of(...LINES), number: domain.range(1, 11) }),
    reaches: ["0", "1", "65"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/machine_for.ts",
        "if (!made.ok) return undefined;",
        "if (!made.ok) throw new Error();",
      ),
      mutant(
        "src/cli/machine_for.ts",
        ": malformed(`the program cannot be loaded: ${state.error.kind}`);",
        ": malformed('');",
      ),
      mutant(
        "src/cli/report.ts",
        "return bytes.ok ? bytes.value : undefined;",
        "return bytes.ok ? bytes.value : new Uint8Array(1);",
      ),
    ],
    check({ line, number }, reach, face) {
      let made = 0;
      const outcomes: Outcome[] = [];
      const failure = isTotal(() => {
        const outcome = withEngine((_name, size) => {
          if (typeof size === "number" && size >= 1000 && made++ === number) {
            throw new RangeError("no room");
          }
        }, () => runLine(face, line.split(" "), FILES));
        outcomes.push(outcome);
      });
      const [outcome] = outcomes;
      if (failure !== undefined || outcome === undefined) return failure ?? "nothing came of it";
      reach(`${outcome.code}`);
      if (outcome.code === 65) {
        return agrees([outcome.out, outcome.error.includes("cannot be")], ["", true]);
      }
      return agrees(outcome.out.includes("result: ") === outcome.out.includes(RESULT), true);
    },
  }),
];

register(proofs);
