/** Symbolic proofs as a whole: the executor does what the engine does, and each outcome is earned. */

import fc from "fast-check";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as symbolic from "../src/symbolic/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { realOf, SOURCES } from "./_kit/symbolic_sources.ts";
import type { Face } from "./_kit/symbolic_trees.ts";

const mutant = sourceMutants<Face>("src/symbolic/mod.ts");

/** How many random functions there are: a check that waits cannot be sampled. */
const DRAWN = 80;

/** A function, what is claimed of it, and how that has to end. */
interface Case {
  readonly source: string;
  readonly claim?: (face: Face, a: symbolic.IntTerm, result: symbolic.Result) => symbolic.Truth;
  readonly more?: Partial<symbolic.SymbolicProof<"a">>;
  readonly ends: string;
}

const isMore: Case["claim"] = (face, a, { value }) => face.less(a, value.integer);

const CASES: Readonly<Record<string, Case>> = {
  holds: { source: "return a + 1;", claim: isMore, ends: "proved" },
  fails: { source: "return (a + 1) & 255;", claim: isMore, ends: "refuted for a = 255: the claim" },
  "fails far away": {
    source: "return a === 77 ? 0 : a + 1;",
    claim: isMore,
    ends: "refuted for a = 77: the claim",
  },
  "leaves the exact integers": {
    source: "return a * 2 ** 52;",
    ends: "refuted for a = 2 or more: a side condition",
  },
  "reads past the end": {
    source: "return new Uint8Array(255)[a] + 1;",
    ends: "refuted for a = 255: a side condition",
  },
  "goes round for ever": { source: "while (true) a++;", ends: "unsupported at 1" },
  "calls what is not known": { source: "return fetch(a);", ends: "unsupported at 1" },
  "is not there": { source: "return a;", more: { function: "other" }, ends: "mistaken" },
  "takes nothing for granted": {
    source: "return a;",
    more: { assume: ({ a }) => symbolic.less(a, a) },
    ends: "mistaken",
  },
  "has no range": {
    source: "return a;",
    more: { inputs: { a: { min: 1n, max: 0n } } },
    ends: "mistaken",
  },
  "goes round too often": { source: "return a;", more: { rounds: Infinity }, ends: "mistaken" },
  "is not what is run": {
    source: "return a;",
    more: { playback: { real: () => -1 } },
    ends: "mistaken",
  },
  "asks for a field of a number": {
    source: "return a;",
    claim: (face, a, { value }) => face.equal(value.field("sum").integer, a),
    ends: "mistaken",
  },
  "finds 1 under 2 / 2": {
    source: "return new Map([[1, 5], [2, 6]]).get(2 / 2) + a;",
    claim: (face, a, { value }) => face.equal(value.integer, face.add(a, 5)),
    ends: "proved",
  },
  "adds up places from the end": {
    source: "return new Uint8Array(3).reduceRight((sum, item, at) => sum * 3 + at + item, a);",
    claim: (face, a, { value }) => face.equal(value.integer, face.add(face.multiply(a, 27), 21)),
    ends: "proved",
  },
  "adds up from no start": {
    source: "return new Uint8Array(3).reduceRight((sum) => sum + 1);",
    ends: "unsupported at 1",
  },
  "claims nothing that is a truth": {
    source: "return a;",
    claim: (face) => face.truth(Reflect.get(face, "nothing")),
    ends: "refuted for a = 0 or more: the claim",
  },
};

/** An outcome in words. */
function words(outcome: symbolic.SymbolicOutcome<"a">): string {
  if (outcome.kind === "unsupported") return `unsupported at ${outcome.at.line}`;
  if (outcome.kind !== "refuted") return outcome.kind;
  const what = outcome.failed === "the claim" ? outcome.failed : "a side condition";
  return `refuted for a = ${outcome.inputs.a}: ${what}`;
}

/** Whether an outcome is the expected one; `or more` stands for any greater input. */
function isExpected(actual: string, expected: string): boolean {
  const pattern = expected.replace(/a = \d+ or more/, "a = \\d+");
  return new RegExp(`^${pattern}$`).test(actual);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "symbolic/executor_agrees_with_the_engine",
    claim: "what the terms of a function predict is what the engine gives, for random functions",
    subject: ["symbolicProof", "int"],
    spec: "ECMAScript 2024",
    strength: "bounded",
    domain: domain.from({
      describe: `${DRAWN} functions of up to 5 statements, drawn from seed 1`,
      size: DRAWN,
      values: () => fc.sample(SOURCES, { numRuns: DRAWN, seed: 1 }),
    }),
    reaches: ["proved"],
    implementation: symbolic,
    mutants: [
      mutant("src/symbolic/operators.ts", 'case "-":', 'case "minus":'),
      mutant("src/symbolic/collections.ts", "number(t.constant(place))", "number(t.constant(0))"),
      mutant(
        "src/symbolic/properties.ts",
        '"list")?.items ?? [];',
        '"list")?.items.slice(1) ?? [];',
      ),
    ],
    check: async (source, reach, { int, symbolicProof, TRUE }) => {
      const outcome = await symbolicProof({
        file: "drawn.ts",
        source,
        function: "drawn",
        inputs: { a: int(32), b: int(32) },
        claim: () => TRUE,
        playback: { real: realOf(source) },
        timeoutMs: 2000,
      });
      if (outcome.kind === "unknown") return undefined;
      if (outcome.kind === "proved") {
        reach("proved");
        return outcome.compared > 0 ? undefined : "nothing was run";
      }
      // A side condition can fail, at inputs where the terms still say what is given.
      return outcome.kind === "refuted" && outcome.played?.agrees === true
        ? undefined
        : JSON.stringify(outcome, (_, value) => typeof value === "bigint" ? `${value}` : value);
    },
  }),
  defineProof({
    id: "symbolic/outcomes_are_earned",
    claim:
      "what holds is proved, what fails is refuted by inputs for which it fails, and all else says why",
    subject: ["symbolicProof", "uint", "less"],
    spec: "SymbolicOutcome",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(CASES)),
    reaches: ["proved", "refuted", "unsupported", "mistaken"],
    implementation: symbolic,
    mutants: [
      mutant("src/symbolic/proof.ts", "not(and(claim, sound))", "not(claim)"),
      mutant("src/symbolic/proof.ts", "not(and(claim, sound))", "not(sound)"),
      mutant("src/symbolic/collections.ts", "above % 2n === 0n", "above % 4n === 0n"),
      mutant("src/symbolic/collections.ts", "[before, item, number(at), array]", "[before, item]"),
      mutant(
        "src/symbolic/collections.ts",
        'first.kind === "function" && values.length === 2;',
        'first.kind === "function";',
      ),
      mutant("src/symbolic/question.ts", "if (!(rounds <= ROUNDS_MAX))", "if (rounds < 0)"),
    ],
    check: async (name, reach, face) => {
      const drawn = CASES[name];
      if (drawn === undefined) return "there is no such case";
      const { source, claim, more, ends } = drawn;
      const outcome = await face.symbolicProof<"a">({
        file: "case.ts",
        source: `export function drawn(a) { ${source} }`,
        function: "drawn",
        inputs: { a: face.uint(8) },
        claim: ({ a }, result) => claim?.(face, a, result) ?? face.TRUE,
        ...more,
      });
      reach(outcome.kind);
      const actual = words(outcome);
      return isExpected(actual, ends) ? undefined : agrees(actual, ends);
    },
  }),
];

register(proofs);
