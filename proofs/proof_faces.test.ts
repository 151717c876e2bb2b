/** What a proof can be about, and what is a proof: faces of every shape, and heads that make no sense. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, specimen, specimenRecord } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const RUN = "src/proof/run.ts";
const PROOF = "src/proof/proof.ts";
const AUDIT = "src/proof/audit.ts";

class Frozen {
  static make(): number {
    return 1;
  }
}
Object.freeze(Frozen);

class One {
  shared(): number {
    return 1;
  }
}
class Other {}
Object.defineProperty(
  Other.prototype,
  "shared",
  Object.getOwnPropertyDescriptor(One.prototype, "shared") ?? {},
);

const call = (face: object, name: string, ...given: readonly unknown[]): unknown => {
  const found: unknown = Reflect.get(face, name);
  return typeof found === "function" ? Reflect.apply(found, face, given) : `${name} is no function`;
};

/** The failures of a proof about a face that calls one function of it. */
async function about<S extends object | null>(
  face: Face,
  implementation: S,
  subject: readonly string[],
  call: (given: S) => unknown,
): Promise<unknown> {
  const { failures } = await face.defineProof({
    ...{ id: "about", claim: "", subject, spec: "", strength: "exhaustive" as const },
    domain: face.domain.of(1),
    reaches: [],
    implementation,
    check(_input, _reach, given) {
      call(given);
      return undefined;
    },
  }).run();
  return failures;
}

/** What is asked of the toolkit, and what it must answer. */
type Fact = readonly [what: string, ask: (face: Face) => unknown, answer: unknown];

const FACTS: readonly Fact[] = [
  ["a function can be proved", (face) => about(face, () => 1, ["one"], (one) => one()), []],
  ["nothing can be proved", (face) => about(face, null, ["nothing"], () => 1), []],
  [
    "a function with two names is called by either",
    (face) => {
      const one = () => 1;
      return about(face, { first: one, second: one }, ["first", "second"], (it) => it.second());
    },
    [],
  ],
  [
    "a method that two classes share is called on either",
    (face) =>
      about(
        face,
        { One, Other },
        ["One.shared", "Other.shared"],
        (it) => call(new it.Other(), "shared"),
      ),
    [],
  ],
  [
    "what cannot be watched is taken to be called",
    (face) => about(face, { Frozen }, ["Frozen.make"], () => 1),
    [],
  ],
  [
    "a head that makes no sense is left empty",
    (face) => {
      const wrong = { ...specimenRecord(face), id: 5, claim: 6, subject: 7, strength: 8 };
      const { id, claim, subject, strength } = Object(call(face, "defineProof", wrong));
      return { id, claim, subject, strength };
    },
    { id: "?", claim: "", subject: [], strength: "sampled" },
  ],
  [
    "a head that makes sense is kept",
    (face) => {
      const { id, claim, subject, strength } = specimen(face);
      return { id, claim, subject, strength };
    },
    {
      id: "specimen/double_adds_a_number_to_itself",
      claim: "double adds a number to itself",
      subject: ["double"],
      strength: "exhaustive",
    },
  ],
  ["what is no object is no proof", (face) => call(face, "duplicateIds", [5, "x", null]), ["?"]],
  [
    "what lacks a part of a proof is none",
    (face) =>
      ["id", "claim", "run", "replay", "subject"].map((part) =>
        call(face, "duplicateIds", [{ ...specimen(face), [part]: undefined }, 5])
      ),
    [["?"], ["?"], ["?"], ["?"], ["?"]],
  ],
  [
    "what lacks a part of a coverage has no name",
    (face) => {
      const rows = [{ name: "a" }, { name: 1, proofs: [] }, { name: "b", proofs: [1] }];
      const list = Object.assign([], { name: "c", proofs: [] });
      const sound = { name: "d", proofs: ["e"] };
      return String(call(face, "coverageTable", [...rows, list, sound])).split("\n").slice(2);
    },
    ["| ? | *none* |", "| ? | *none* |", "| ? | *none* |", "| ? | *none* |", "| d | e |"],
  ],
  [
    "a function is no proof",
    (face) => {
      const disguised = Object.assign(() => 1, specimen(face));
      return call(face, "duplicateIds", [disguised, 5]);
    },
    ["?"],
  ],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/every_shape_of_a_face_can_be_proved",
    claim:
      "functions, shared methods and frozen classes can be proved; what is no proof is told so",
    subject: ["coverageTable", "defineProof", "duplicateIds"],
    spec: "Proof toolkit: subjects",
    strength: "bounded",
    domain: domain.of(...FACTS.map(([what]) => what)),
    reaches: ["answered"],
    implementation: toolkit,
    mutants: [
      mutant(RUN, 'typeof implementation !== "object" || ', ""),
      mutant(RUN, " || implementation === null", ""),
      mutant(AUDIT, "owner === place.owner && key", "owner === place.owner || key"),
      mutant(AUDIT, "if (unwrap === undefined) note();\n      else ", "if (unwrap !== undefined) "),
      mutant(PROOF, '=== "function") &&', '=== "function") ||'),
      mutant("src/proof/ledger.ts", '=== "string" && isStrings(', '=== "string" || isStrings('),
      mutant(PROOF, 'typeof claim === "string" ? claim', "typeof claim ? claim"),
      mutant(PROOF, 'typeof strength === "string" ? strength', "typeof strength ? strength"),
    ],
    async check(what, reach, face) {
      const [, ask, answer] = FACTS.find(([name]) => name === what) ?? [];
      reach("answered");
      return agrees(await ask?.(face), answer);
    },
  }),
];

register(proofs);
