/** Single cases with a name: the unit tests of the original, each as a proof. */

import * as kernel from "../../src/kernel/mod.ts";
import { defineProof, domain, type Mutant, type Proof } from "../../src/proof/mod.ts";
import type { Face } from "./kernel.ts";

/** A case: what it is about, a wrong variant that fails it, and how it is checked. */
export interface Unit {
  readonly subject: readonly string[];
  readonly mutant: Mutant<Face>;
  check(face: Face): string | undefined;
}

/** The proof of a case; a list of values is compared with the list it has to be. */
export function unit(name: string, spec: string, { subject, mutant, check }: Unit): Proof {
  return defineProof({
    id: `kernel/${name}`,
    claim: `the original's unit test ${name.replaceAll("_", " ")} holds`,
    subject,
    spec,
    strength: "bounded",
    domain: domain.of(name),
    reaches: ["checked"],
    implementation: kernel,
    mutants: [mutant],
    check(_name, reach, face) {
      reach("checked");
      return check(face);
    },
  });
}
