/** An engine that takes a page away from a vector. */

import * as parts from "../src/cli/vector_run.ts";
import { Engine } from "../src/pvm/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { readVector } from "../src/cli/vector.ts";
import { vectorText } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof parts;
const FILE = "src/cli/vector_run.ts";
const mutant = sourceMutants<Face>(FILE);

/** Runs a machine to its exit, and takes its page away then. */
const TAKING = Engine.create(({ state, interpret }) => () => {
  const exit = interpret("exit");
  state.memory.resetRegion(131_072, 4096, "none");
  return exit ?? { kind: "out-of-gas" };
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/vectors_miss_pages_that_are_gone",
    claim: "a vector differs when a page of it is not there after the run",
    subject: ["runVector"],
    spec: "Ringfence, vectors",
    strength: "exhaustive",
    domain: domain.of("flat", "sparse"),
    reaches: ["gone"],
    implementation: parts,
    mutants: [
      mutant(FILE, "matched === accesses.size ? undefined", "true ? undefined"),
      mutant(FILE, '"a page that is not there"', '""'),
    ],
    check(backend, reach, { runVector }) {
      const vector = readVector(vectorText());
      if (!vector.ok) return vector.error.detail;
      const way = { backend, mode: "run" } as const;
      const found = [runVector(vector.value, way), runVector(vector.value, way, TAKING)];
      reach("gone");
      return agrees(found, [[], ["memory differs: a page that is not there"]]);
    },
  }),
];

register(proofs);
