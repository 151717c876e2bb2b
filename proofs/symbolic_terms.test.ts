/** The terms of symbolic proofs: what they come to, the intervals that hold them, and totality. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as symbolic from "../src/symbolic/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, meaning, termOf, TREES } from "./_kit/symbolic_trees.ts";

const mutant = sourceMutants<Face>("src/symbolic/mod.ts");
const TERM = "src/symbolic/term.ts";
const TRUTH = "src/symbolic/truth.ts";

const OPERATIONS = [
  ...["add", "subtract", "multiply", "divide", "modulo", "unsigned", "signed", "bitAnd", "bitOr"],
  ...["bitXor", "bitNot", "shiftLeft", "shiftRight", "choose", "not", "and", "or", "implies"],
  ...["iff", "equal", "less", "atMost", "within", "chooseTruth"],
];

/** Every function of terms, by name. */
const FUNCTIONS = [
  ...OPERATIONS,
  ...["round", "constant", "input", "integer", "known", "settled", "truth", "int", "uint", "range"],
  ...["big", "typedArray", "readFile"],
];

function call(face: Face, name: string, args: readonly unknown[]): unknown {
  const member: unknown = Reflect.get(face, name);
  return typeof member === "function" ? Reflect.apply(member, face, args) : `no ${name}`;
}

/** What a range holds, in words. */
function words({ min, max }: symbolic.InputRange): string {
  return `${min} to ${max}`;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "symbolic/terms_agree_with_integers",
    claim: "a term comes to what its operations mean on integers, and lies within its interval",
    subject: [
      ...OPERATIONS,
      "constant",
      "truth",
      "input",
      "known",
      "Evaluation.integer",
    ],
    spec: "The integers",
    strength: "sampled",
    domain: sampled(TREES, { runs: 1000, describe: "terms of up to 5 operations, and inputs" }),
    reaches: ["constant", "open"],
    implementation: symbolic,
    mutants: [
      mutant(TERM, "a.min + b.min, a.max + b.max", "a.min + b.min, a.max + b.min"),
      mutant(TERM, "a.min - b.max, a.max - b.min", "a.min - b.min, a.max - b.max"),
      mutant(TERM, "if (x === 1n) return b;", "if (x === 1n) return a;"),
      mutant(TERM, "const tops = [a, b].filter(({ min }) => min >= 0n)", "const tops = [a, b]"),
      mutant(TERM, "if (a.min >= 0n && a.max < b.min) return a;", "if (a.max < b.min) return a;"),
      mutant(TERM, 'if (a.op === "add" && isMultiple(bits, left))', 'if (a.op === "add")'),
      mutant(TERM, "min >= -half && max < half", "min >= -half && max <= half"),
      mutant(TERM, "a.min >= 0n && b.min >= 0n ? 0n : -half", "0n"),
      mutant(
        TRUTH,
        "if (a.max < b.min || b.max < a.min) return FALSE;",
        "if (a !== b) return FALSE;",
      ),
      mutant(TRUTH, "if (a.min >= b.max || a === b)", "if (a.min >= b.min || a === b)"),
      mutant(TRUTH, "return not(less(right, left));", "return not(less(left, right));"),
      mutant(TRUTH, "return and(not(test), no);", "return and(test, no);"),
      mutant(
        TRUTH,
        "if (open.some((part) => denied.has(part))) return FALSE;",
        "if (denied.size > 0) return FALSE;",
      ),
      mutant(
        "src/symbolic/evaluate.ts",
        "return truths.every((part) => this.truth(part));",
        "return truths.some((part) => this.truth(part));",
      ),
    ],
    check: ([tree, values], reach, face) => {
      const term = termOf(face, tree);
      if (term.sort !== "integer") return "the term is no integer";
      reach(face.known(term) === undefined ? "open" : "constant");
      const inputs = Object.fromEntries(values.map((value, place) => [`i${place}`, value]));
      const actual = new face.Evaluation(inputs).integer(term);
      const expected = meaning(tree, values);
      return allOf(
        agrees(actual, expected),
        actual >= term.min && actual <= term.max
          ? undefined
          : `${actual} lies outside of ${term.min} to ${term.max}`,
      );
    },
  }),
  defineProof({
    id: "symbolic/ranges_hold_what_they_say",
    claim: "int and uint hold the integers of their width, and range those between its ends",
    subject: ["int", "uint", "range"],
    spec: "Two's complement",
    strength: "exhaustive",
    domain: domain.range(0, 257),
    reaches: ["width", "no width"],
    implementation: symbolic,
    mutants: [
      mutant("src/symbolic/ranges.ts", "max: half - 1n", "max: half"),
      mutant("src/symbolic/ranges.ts", "const BITS_MAX = 256;", "const BITS_MAX = 255;"),
      mutant("src/symbolic/ranges.ts", "(1n << bitsOf(bits)) - 1n", "1n << bitsOf(bits)"),
    ],
    check: (bits, reach, face) => {
      const isWidth = bits >= 1 && bits <= 256;
      reach(isWidth ? "width" : "no width");
      const width = isWidth ? BigInt(bits) : 1n;
      return allOf(
        agrees(words(face.int(bits)), `${-(2n ** (width - 1n))} to ${2n ** (width - 1n) - 1n}`),
        agrees(words(face.uint(bits)), `0 to ${2n ** width - 1n}`),
        agrees(words(face.range(-bits, BigInt(bits))), `${-bits} to ${bits}`),
      );
    },
  }),
  defineProof({
    id: "symbolic/terms_are_total",
    claim:
      "every function of terms returns, whatever it is given, and no wrong argument is taken for a known integer or truth",
    subject: [...FUNCTIONS, "Evaluation.integer", "Evaluation.truth"],
    spec: "Total functions",
    strength: "exhaustive",
    domain: domain.product({ name: domain.of(...FUNCTIONS), value: hostileValues }),
    reaches: ["returned", "open"],
    implementation: symbolic,
    mutants: [
      mutant(
        "src/symbolic/node.ts",
        "return isIntTerm(value) ? value : unknown();",
        "return value;",
      ),
      mutant("src/symbolic/node.ts", "return isTruth(value) ? value : open();", "return value;"),
      mutant(
        "src/symbolic/node.ts",
        "return Number.isInteger(value) ? whole(BigInt(value)) : unknown();",
        "return whole(BigInt(value));",
      ),
      mutant(TERM, "if (!isWidth(bits)) return constant(NaN);\n  const a", "const a"),
      mutant("src/symbolic/evaluate.ts", "if (!isTruth(term)) return false;", ""),
    ],
    check: ({ name, value }, reach, face) => {
      const sound = face.input("sound", 0n, 9n);
      const wrong = () => value.make();
      const given = [[wrong()], [wrong(), wrong(), wrong()], [sound, wrong()], [8, wrong()]];
      for (const args of [...given, [wrong(), sound]]) {
        const problem = isTotal(() => call(face, name, args));
        if (problem !== undefined) return problem;
      }
      reach("returned");
      const evaluation = () => {
        const made = Reflect.construct(face.Evaluation, [wrong()]);
        Reflect.apply(made.integer, made, [wrong()]);
        Reflect.apply(made.truth, made, [wrong()]);
        return made.integer(sound);
      };
      const problem = isTotal(evaluation);
      const isKnown = ["number", "bigint", "boolean"].includes(typeof wrong());
      if (problem !== undefined || isKnown) return problem;
      reach("open");
      const same: unknown = call(face, "equal", [wrong(), wrong()]);
      const truth: unknown = call(face, "not", [wrong()]);
      return agrees([call(face, "settled", [same]), call(face, "settled", [truth])], [
        undefined,
        undefined,
      ]);
    },
  }),
];

register(proofs);
