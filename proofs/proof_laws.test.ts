/** The laws: what agrees, what does not, and what is said of it. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const FILE = "src/proof/difference.ts";

function fail(): never {
  throw new Error("no");
}

function cycle(label: number): unknown {
  const made: Record<string, unknown> = { label };
  made["self"] = made;
  return made;
}

/** Records that share parts, so that there are 2^60 ways through them. */
function lattice(): unknown {
  let made: unknown = { leaf: 1 };
  for (let level = 0; level < 60; level++) made = { left: made, right: made };
  return made;
}

/** Two values, and what is to be said of them. */
const PAIRS: readonly (readonly [actual: unknown, expected: unknown, said: string | undefined])[] =
  [
    [1, 1, undefined],
    [NaN, NaN, undefined],
    [0, -0, "got 0, expected -0"],
    [-0, 0, "got -0, expected 0"],
    [1, 1n, "got 1, expected 1n"],
    [1n, 1n, undefined],
    ["a", "b", 'got "a", expected "b"'],
    [undefined, null, "got undefined, expected null"],
    [[1, 2], [1, 2], undefined],
    [[1, 2], [1, 3], "at [1]: got 2, expected 3"],
    [[1, 2], [1], "at .length: got 2, expected 1"],
    [[1], [1, 2], "at .length: got 1, expected 2"],
    [[-0], [0], "at [0]: got -0, expected 0"],
    [Uint8Array.of(1, 2), [1, 2], undefined],
    [[1, 2], Uint8Array.of(1, 2), undefined],
    [Uint8Array.of(255), Int8Array.of(-1), "at [0]: got 255, expected -1"],
    [BigInt64Array.of(1n), [1n], undefined],
    [Float64Array.of(NaN, -0), [NaN, -0], undefined],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, undefined],
    [{ a: { b: [1] } }, { a: { b: [2] } }, "at a.b[0]: got 1, expected 2"],
    [{}, { a: undefined }, "at a: missing"],
    [{ a: undefined }, {}, "at a: not expected"],
    [{ __proto__: null, a: 1 }, { a: 1 }, undefined],
    [[], {}, "got [], expected {}"],
    [{ length: 0 }, [], "got { length: 0 }, expected []"],
    [new Map([[1, 2]]), new Map(), "a Map cannot be compared: hand in plain values"],
    [{ on: new Date(0) }, { on: 0 }, "at on: a Date cannot be compared: hand in plain values"],
    [0, new Set(), "a Set cannot be compared: hand in plain values"],
    [new (class {})(), {}, "an instance of a class cannot be compared: hand in plain values"],
    [new DataView(new ArrayBuffer(1)), [0], "a DataView cannot be compared: hand in plain values"],
    [cycle(1), cycle(2), "at label: got 1, expected 2"],
    [
      cycle(1),
      cycle(1),
      `at ${Array.from({ length: 65 }, () => "self").join(".")}: nested too deeply to compare`,
    ],
    [
      {
        get a() {
          return fail();
        },
      },
      { a: 1 },
      "a value could not be read while comparing",
    ],
    [
      1,
      lattice(),
      "got 1, expected { left: { left: { left: …, right: … }, right: { left: …, right: … } }, right: { left: { left: …, right: … }, right: { left: …, right: … } } }",
    ],
  ];

/** How the lattice is refused, after some time. */
const TOO_LARGE = /too large to compare$/;

const anything = fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true });

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/agrees_names_the_first_difference",
    claim: "agrees gives nothing for equal values and otherwise names the place and both values",
    subject: ["agrees"],
    spec: "Proof toolkit: laws",
    strength: "bounded",
    domain: domain.map(domain.range(0, PAIRS.length - 1), (place) => ({ place })),
    reaches: ["same", "different"],
    implementation: toolkit,
    mutants: [
      mutant(FILE, "if (Object.is(actual, expected)) return", "if (actual === expected) return"),
      mutant(FILE, "if (Object.is(a, e)) continue", "if (a === e) continue"),
      mutant(FILE, "length !== expected.length", "length > expected.length"),
      mutant(FILE, "...Object.keys(expected)]", "]"),
      mutant(FILE, "[...Object.keys(actual), ", "["),
      mutant(FILE, "isPlain(actual) && isPlain(expected)", "actual && expected"),
      mutant(FILE, "depth > DEPTH_MAX", "depth > 1000000"),
      mutant("src/proof/show.ts", 'Object.is(value, -0) ? "-0" : ', ""),
    ],
    check({ place }, reach, { agrees }) {
      const [actual, expected, said] = PAIRS[place] ?? [];
      reach(said === undefined ? "same" : "different");
      const given = agrees(actual, expected);
      return given === said ? undefined : `says ${given}`;
    },
  }),
  defineProof({
    id: "proof/agrees_is_the_equality_of_copies",
    claim:
      "a value agrees with a deep copy of itself, and not with a copy that is one field richer",
    subject: ["agrees"],
    spec: "Proof toolkit: laws",
    strength: "sampled",
    domain: sampled(fc.clone(anything, 2), { runs: 1_000, describe: "two copies of anything" }),
    reaches: ["copy"],
    implementation: toolkit,
    mutants: [
      mutant(FILE, "isList(actual) && isList(expected)", "actual === expected"),
      mutant(FILE, "const length = actual.length;", "const length = 0;"),
      mutant(FILE, 'return located(at, "not expected");', "continue;"),
    ],
    check([value, copy], reach, { agrees }) {
      reach("copy");
      const richer = agrees({ value, more: 1 }, { value: copy });
      return allOf(
        agrees(value, copy),
        agrees([value, 1], [copy, 2]) === "at [1]: got 1, expected 2" ? undefined : "sees no 2",
        richer === "at more: not expected" ? undefined : `says ${richer}`,
      );
    },
  }),
  defineProof({
    id: "proof/comparing_ends",
    claim: "values with 2^60 ways through them are refused, not walked",
    subject: ["agrees"],
    spec: "Proof toolkit: laws",
    strength: "bounded",
    domain: domain.of("lattice"),
    reaches: ["refused"],
    implementation: toolkit,
    mutants: [
      mutant(
        FILE,
        'located(path, "too large to compare");\n    if (depth',
        "undefined;\n    if (depth",
      ),
    ],
    check(_input, reach, { agrees }) {
      reach("refused");
      return TOO_LARGE.test(agrees(lattice(), lattice()) ?? "") ? undefined : "was compared";
    },
  }),
  defineProof({
    id: "proof/laws_hold_exactly_where_they_say",
    claim: "each law gives nothing where it holds and a sentence where it does not",
    subject: ["agreesWithModel", "allOf", "isTotal", "leavesStateOnFault", "roundTrips"],
    spec: "Proof toolkit: laws",
    strength: "exhaustive",
    domain: domain.product({
      outcome: domain.of(true, false),
      state: domain.of(true, false),
      isFault: domain.of(true, false),
      throws: domain.of(true, false),
    }),
    reaches: ["holds", "fails"],
    implementation: toolkit,
    mutants: [
      mutant(
        "src/proof/laws.ts",
        'within("state", agrees(actual.state',
        'within("state", agrees(expected.state',
      ),
      mutant(
        "src/proof/laws.ts",
        'within("outcome", agrees(actual.outcome',
        'within("outcome", agrees(expected.outcome',
      ),
      mutant("src/proof/laws.ts", "return isFault\n", "return !isFault\n"),
      mutant("src/proof/laws.ts", "decode(encode(value))", "value"),
      mutant("src/proof/laws.ts", "failure !== undefined)", "failure === undefined)"),
      mutant("src/proof/laws.ts", "    call();\n", ""),
    ],
    check({ outcome, state, isFault, throws }, reach, laws) {
      const said = laws.agreesWithModel({ outcome, state: [state] }, {
        outcome: true,
        state: [true],
      });
      const left = laws.leavesStateOnFault([true], isFault, [state]);
      const decode = (value: boolean) => state ? !value : value;
      const around = laws.roundTrips((value: boolean) => !value, decode, outcome);
      const total = laws.isTotal(() => throws ? fail() : outcome);
      const all = laws.allOf(outcome ? undefined : "outcome", state ? undefined : "state");
      reach(outcome && state ? "holds" : "fails");
      return agrees({ said, left, around, total: total !== undefined, all }, {
        said: outcome
          ? state ? undefined : "state at [0]: got false, expected true"
          : "outcome got false, expected true",
        left: isFault && !state
          ? "a failed operation changed the state at [0]: got false, expected true"
          : undefined,
        around: state ? undefined : `round trip got ${!outcome}, expected ${outcome}`,
        total: throws,
        all: outcome ? state ? undefined : "state" : "outcome",
      });
    },
  }),
];

register(proofs);
