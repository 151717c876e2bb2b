/** Command sequences: where an implementation and its model part. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");

function fail(): never {
  throw new Error("no");
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/sequences_part_at_the_step_that_differs",
    claim: "a run of commands fails at the first step whose outcome or state is not the model's",
    subject: ["sequenceAgrees"],
    spec: "Proof toolkit: command sequences",
    strength: "bounded",
    domain: domain.words(domain.of("step", "wrong outcome", "wrong state", "throw"), 5),
    reaches: ["agrees", "parts"],
    implementation: toolkit,
    mutants: [
      mutant("src/proof/sequence.ts", "${index + 1} of", "${index} of"),
      mutant("src/proof/sequence.ts", "model = expected.state;", ""),
      mutant("src/proof/sequence.ts", "outcome: expected.outcome,", "outcome,"),
      mutant(
        "src/proof/sequence.ts",
        "state: spec.stateOfModel(model)",
        "state: spec.stateOfReal(real)",
      ),
      mutant("src/proof/sequence.ts", "if (name !== undefined) reach(name);", ""),
    ],
    check(commands, reach, { sequenceAgrees }) {
      const reached: string[] = [];
      const said = sequenceAgrees(
        {
          start: () => ({ model: 0, real: { count: 0 } }),
          applyModel: (count, _command: string) => ({ state: count + 1, outcome: "stepped" }),
          applyReal(counter, command) {
            counter.count += command === "wrong state" ? 2 : 1;
            if (command === "throw") fail();
            return command === "wrong outcome" ? "slipped" : "stepped";
          },
          stateOfModel: (count) => count,
          stateOfReal: (counter) => counter.count,
          reached: (command) => command,
        },
        commands,
        (outcome) => reached.push(outcome),
      );
      const parting = commands.findIndex((command) => command !== "step");
      const steps = parting < 0 ? commands.length : parting;
      reach(parting < 0 ? "agrees" : "parts");
      const place = `command ${parting + 1} of ${commands.length}: `;
      return allOf(
        agrees(reached.length, steps),
        agrees(said?.startsWith(place), parting < 0 ? undefined : true),
      );
    },
  }),
];

register(proofs);
