/** Proofs of results: fresh plain objects that hold what they were given. */

import { agrees, allOf, defineProof, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as result from "../src/result.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof result;
const mutant = sourceMutants<Face>("src/result.ts");

/** How a plain, fresh object with the given fields differs from what was made. */
function differs(make: () => object, fields: Readonly<Record<string, unknown>>) {
  const made = make();
  return allOf(
    agrees(Object.keys(made), Object.keys(fields)),
    agrees(
      Object.keys(fields).every((key) => Object.is(Reflect.get(made, key), fields[key])),
      true,
    ),
    agrees(Object.getPrototypeOf(made) === Object.prototype, true),
    agrees(made === make(), false),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "result/holds_what_it_was_given",
    claim: "ok and err make a fresh plain object that holds any value as it is",
    subject: ["ok", "err"],
    spec: "this library: results",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["made"],
    implementation: result,
    mutants: [
      mutant("src/result.ts", "{ ok: true, value }", "{ ok: false, value }"),
      mutant("src/result.ts", "{ ok: false, error }", "{ ok: true, error }"),
      mutant("src/result.ts", "{ ok: true, value }", "Object.freeze({ ok: true, value: null })"),
    ],
    check({ make }, reach, { ok, err }) {
      const value = make();
      reach("made");
      return allOf(
        differs(() => ok(value), { ok: true, value }),
        differs(() => err(value), { ok: false, error: value }),
      );
    },
  }),
  defineProof({
    id: "result/assert_never_gives_what_it_was_told",
    claim: "assertNever gives its second argument, whatever was smuggled into the first",
    subject: ["assertNever"],
    spec: "this library: results",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["returned"],
    implementation: result,
    mutants: [mutant("src/result.ts", "return otherwise;", "return _value;")],
    check({ make }, reach, { assertNever }) {
      const otherwise = {};
      const given: unknown = Reflect.apply(assertNever, undefined, [make(), otherwise]);
      reach("returned");
      return given === otherwise ? undefined : "it gave something else";
    },
  }),
];

register(proofs);
