/** What the error for a wrong operand says: which one, what it takes, and what it got. */

import type { Kind } from "../model/linear_numeric.ts";
import * as numeric from "../src/linear/numeric/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { AT, callNumeric, mutant, namesOf, TARGETS } from "./_kit/linear_numeric.ts";
import { register } from "./_kit/register.ts";

/** A value that every parameter of a kind takes, and what such a parameter takes in words. */
const KINDS: Readonly<Record<Kind, readonly [taken: number | bigint, expected: string]>> = {
  i32: [7, "an integer from -2^31 to 2^32 - 1"],
  i64: [7n, "a bigint from -2^63 to 2^64 - 1"],
  f32: [7, "a number"],
  f64: [7, "a number"],
};

/** Every parameter of every function, in the order of its arguments. */
const PARAMETERS = TARGETS.flatMap((target) => {
  const names = target.operation.takes.flatMap(([name, kind]) =>
    kind === "i64" && target.inHalves ? [`${name}Lo`, `${name}Hi`] : [name]
  );
  return names.map((parameter, place) => ({ target, parameter, place }));
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/wrong_operands_are_explained",
    claim:
      "the error for a wrong operand names its parameter, says what that takes, and describes " +
      "what it got",
    subject: namesOf(TARGETS),
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.product({
      at: domain.named(`${PARAMETERS.length} parameters`, domain.of(...PARAMETERS)),
      bad: domain.of<string | boolean>("bad", true),
    }),
    reaches: ["refused"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}operand.ts`, '"an integer from -2^31 to 2^32 - 1", value', '"a string", value'),
      mutant(`${AT}operand.ts`, '"a bigint from -2^63 to 2^64 - 1", value', '"a bigint", value'),
      mutant(`${AT}operand.ts`, '"a number", value', '"a number", parameter'),
      mutant(`${AT}operand.ts`, "notInt32(`${parameter}Hi`, hi)", "notInt32(`${parameter}Lo`, hi)"),
    ],
    check({ at: { target, parameter, place }, bad }, reach, face) {
      const args: readonly unknown[] = target.takes.map((kind) => KINDS[kind][0]);
      const kind = target.takes[place] ?? "i32";
      const given = typeof bad === "string" ? `string "${bad}"` : `boolean ${bad}`;
      const outcome = callNumeric(face, target.name, args.with(place, bad));
      reach("refused");
      const error = { kind: "invalid-argument", parameter, expected: KINDS[kind][1], given };
      return agrees(outcome, { ok: false, error });
    },
  }),
];

register(proofs);
