/** What is thrown at the toolkit: by checks, by inputs, by proofs of others, of any type. */

import fc from "fast-check";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, specimen } from "./_kit/specimen.ts";
import * as toolkit from "./_kit/toolkit.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const LAWS = "src/proof/laws.ts";
const TRIAL = "src/proof/trial.ts";

const unreadable: object = new Proxy({}, {
  getPrototypeOf() {
    throw new Error("trapped");
  },
});

/** What is thrown, and what is said of it. */
const THROWN: Readonly<Record<string, readonly [thrown: unknown, said: string]>> = {
  "an error": [new RangeError("far"), "RangeError: far"],
  "a number": [7, "a number"],
  "nothing": [undefined, "a undefined"],
  "null": [null, "a object"],
  "a text": ["why", "a string"],
  "a trap": [unreadable, "a value that cannot be read"],
};

function throwing(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

/** The ways to have something thrown, and what comes before it in what is said. */
const WAYS: Readonly<
  Record<
    string,
    (face: Face, fail: () => never) => Promise<readonly [said: unknown, before: string]>
  >
> = {
  "a call": (face, fail) => Promise.resolve([face.isTotal(fail), "threw "]),
  "a check": async (face, fail) => [
    (await specimen(face, { check: fail }).run({ mutants: false })).failures[0],
    "the check threw ",
  ],
  "a sampled check": async (face, fail) => {
    const drawn = face.sampled(fc.nat(9), { runs: 3, describe: "" });
    const proof = specimen(face, { strength: "sampled", domain: drawn, check: fail });
    return [(await proof.run({ mutants: false })).failures[0], "the check threw "];
  },
  "a proof that is replayed": async (face, fail) => {
    const proof = { ...specimen(face), replay: fail };
    return [await face.replay([proof], proof.id, 1), "could not be replayed: "];
  },
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/anything_thrown_is_said",
    claim:
      "whatever a call, a check or a proof of others throws is told in words, and not thrown on",
    subject: ["isTotal", "defineProof", "sampled", "replay"],
    spec: "Proof toolkit: nothing throws",
    strength: "exhaustive",
    domain: domain.product({
      way: domain.of(...Object.keys(WAYS)),
      thrown: domain.of(...Object.keys(THROWN)),
    }),
    reaches: Object.keys(WAYS),
    implementation: toolkit,
    mutants: [
      mutant(LAWS, "`a ${typeof thrown}`", "`${typeof thrown}`"),
      mutant(LAWS, 'return "a value that cannot be read";', 'return "?";'),
      mutant(
        TRIAL,
        "      } catch (thrown) {\n        message = `the check threw ${nameOf(thrown)}`;\n      }\n      if",
        "      } catch {\n      }\n      if",
      ),
      mutant("src/proof/suite.ts", "`could not be replayed: ${nameOf(thrown)}`", '""'),
    ],
    async check({ way, thrown }, reach, face) {
      const [value, said] = THROWN[thrown] ?? [];
      const given = await WAYS[way]?.(face, throwing(value));
      reach(way);
      return agrees(given?.[0], `${given?.[1]}${said}`);
    },
  }),
  defineProof({
    id: "proof/inputs_that_cannot_be_drawn_fail",
    claim: "a sampled proof whose inputs throw while they are drawn does not stand",
    subject: ["defineProof", "sampled"],
    spec: "Proof toolkit: nothing throws",
    strength: "exhaustive",
    domain: domain.of("all", "some", "none"),
    reaches: ["stands", "falls"],
    implementation: toolkit,
    mutants: [
      mutant(TRIAL, "flaws: [`its inputs threw ${nameOf(thrown)}`]", "flaws: []"),
    ],
    async check(which, reach, face) {
      let drawn = 0;
      const inputs = fc.nat(99).map((value) => {
        drawn++;
        if (which === "all" || (which === "some" && drawn > 20)) throw new Error("no input");
        return value;
      });
      const report = await specimen(face, {
        strength: "sampled",
        domain: face.sampled(inputs, { runs: 60, describe: "" }),
      }).run({ mutants: false });
      reach(report.failures.length === 0 ? "stands" : "falls");
      return agrees(report.failures, which === "none" ? [] : ["its inputs threw Error: no input"]);
    },
  }),
];

register(proofs);
