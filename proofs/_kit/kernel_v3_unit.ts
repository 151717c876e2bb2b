/** The unit tests of the original as programs in mode v3: each as a proof that says what differs. */

import * as kernel from "../../src/kernel/mod.ts";
import { defineProof, domain, type Proof } from "../../src/proof/mod.ts";
import type { Unit } from "./kernel_unit.ts";

/** A case, and what mode v3 does otherwise than the original. */
export interface UnitV3 extends Unit {
  readonly differs: string;
}

/** The proof of a case. */
export function unitV3(name: string, { subject, mutant, check, differs }: UnitV3): Proof {
  return defineProof({
    id: `kernel/v3_${name}`,
    claim: `the original's unit test ${name.replaceAll("_", " ")} in mode v3: ${differs}`,
    subject,
    spec: "capabilities, 4.3; the kernel, mode v3",
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
