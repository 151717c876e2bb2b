/** A small sound proof, to be spoilt in one way or another: what the proofs of the toolkit run. */

import type * as toolkit from "../../src/proof/mod.ts";

/** The face of the toolkit, or of a mutant of it. */
export type Face = typeof toolkit;

/** What the specimen is about. */
export interface Doubling {
  double(value: number): number;
  triple(value: number): number;
}

export const doubling: Doubling = {
  double: (value) => value * 2,
  triple: (value) => value * 3,
};

/** The fields of a record. */
export type Changes = Partial<toolkit.ProofRecord<number, Doubling>>;

/** A record that stands: doubling agrees with adding to itself, for 0 to 9. */
export function specimenRecord(face: Face): toolkit.ProofRecord<number, Doubling> {
  return {
    id: "specimen/double_adds_a_number_to_itself",
    claim: "double adds a number to itself",
    subject: ["double"],
    spec: "arithmetic",
    strength: "exhaustive",
    domain: face.domain.range(0, 9),
    reaches: ["even", "odd"],
    implementation: doubling,
    mutants: [{
      name: "one more",
      implementation: () => ({ ...doubling, double: (value) => value * 2 + 1 }),
    }],
    check(value, reach, { double }) {
      reach(value % 2 === 0 ? "even" : "odd");
      return face.agrees(double(value), value + value);
    },
  };
}

/** The proof of that record, with some fields changed. */
export function specimen(face: Face, changes: Changes = {}): toolkit.Proof {
  return face.defineProof({ ...specimenRecord(face), ...changes });
}
