/** Comparing and showing at their borders: the last that is still shown, the first that is refused. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const FILE = "src/proof/difference.ts";
const SHOW = "src/proof/show.ts";

/** A list that holds itself. */
function selfReferring(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function nested(depth: number, inner: unknown): unknown {
  return depth === 0 ? inner : [nested(depth - 1, inner)];
}

const zeros = (count: number): string => Array.from({ length: count }, () => "0").join(", ");
const fields = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 0]));
const shownFields = (count: number): string =>
  Object.keys(fields(count)).map((k) => `${k}: 0`).join(", ");

/** Two values, and what is to be said of them. */
const PAIRS: readonly (readonly [actual: unknown, expected: unknown, said: string | undefined])[] =
  [
    [Object.assign([1], { "-1": 2 }), [1], undefined],
    [Object.defineProperty(Uint8Array.of(1, 2), "length", { value: 1 }), [1], undefined],
    [
      selfReferring(),
      selfReferring(),
      `at ${"[0]".repeat(65)}: nested too deeply to compare`,
    ],
    [nested(65, 1), nested(65, 1), undefined],
    [nested(65, 1), nested(65, 2), `at ${"[0]".repeat(65)}: nested too deeply to compare`],
    [nested(64, 1), nested(64, 2), `at ${"[0]".repeat(64)}: got 1, expected 2`],
    [{}, null, "got {}, expected null"],
    [null, {}, "got null, expected {}"],
    [0, 2n ** 512n, `got 0, expected ${2n ** 512n}n`],
    [0, -(2n ** 512n), `got 0, expected ${-(2n ** 512n)}n`],
    [0, 2n ** 512n + 1n, "got 0, expected a huge bigint"],
    [0, -(2n ** 512n) - 1n, "got 0, expected a huge bigint"],
    [1, new Uint8Array(32), `got 1, expected [${zeros(32)}]`],
    [1, new Uint8Array(33), `got 1, expected [${zeros(32)}, … 33 in all]`],
    [1, fields(32), `got 1, expected { ${shownFields(32)} }`],
    [1, fields(33), `got 1, expected { ${shownFields(32)}, … 33 in all }`],
    [1, [[[[2]]]], "got 1, expected [[[…]]]"],
    [1, { a: { b: { c: { d: 2 } } } }, "got 1, expected { a: { b: { c: … } } }"],
    [1, "a".repeat(200), `got 1, expected "${"a".repeat(200)}"`],
    [1, `b${"a".repeat(200)}`, `got 1, expected "b${"a".repeat(199)}"…`],
    [1, () => 2, "got 1, expected a function"],
    [1, Symbol("two"), "got 1, expected Symbol(two)"],
    [true, undefined, "got true, expected undefined"],
    [1, [, 2], "got 1, expected [undefined, 2]"],
    [[new Date(0)], 1, "got [a Date], expected 1"],
  ];

/** The steps of a comparison, its objects, and what each costs beside its elements. */
const STEPS = 2 ** 28;
const OBJECTS = 1_044_494;
const OBJECT_STEPS = 256;

/**
 * Two lists of lists that are the same, of which all but one are empty: comparing them takes `steps`.
 *
 * @param place Where the long one stands: it is counted as a list, what is behind it as an object.
 */
function costly(steps: number, place: "first" | "last"): readonly [unknown, unknown] {
  const length = steps - OBJECTS * OBJECT_STEPS - (OBJECTS - 1);
  const [one, other] = [0, 0].map(() => {
    const list = new Array<unknown>(OBJECTS - 1).fill([]);
    list[place === "first" ? 0 : list.length - 1] = new Uint8Array(length);
    // The last one is no list where the long one is not: each is counted in its own way.
    if (place === "first") list[list.length - 1] = {};
    return list;
  });
  return [one, other];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/differences_are_shown_up_to_their_borders",
    claim:
      "lists, records, strings and bigints are shown whole up to a size, and cut by one more; " +
      "nesting is followed to 64 levels, and elements from 0 to the length",
    subject: ["agrees"],
    spec: "Proof toolkit: laws",
    strength: "bounded",
    domain: domain.map(domain.range(0, PAIRS.length - 1), (place) => ({ place })),
    reaches: ["same", "different"],
    implementation: toolkit,
    mutants: [
      mutant(FILE, "`${path}[${index}]`, depth + 1", "`${path}[${index}]`, depth"),
      mutant(FILE, "let index = 0; index < length", "let index = -1; index < length"),
      mutant(FILE, "index < length; index++", "index <= length; index++"),
      mutant(FILE, "depth > DEPTH_MAX", "depth >= DEPTH_MAX"),
      mutant(SHOW, "2n ** 512n", "2n ** 513n"),
      mutant(SHOW, "value > BIGINT_MAX", "value >= BIGINT_MAX"),
      mutant(SHOW, "value < -BIGINT_MAX", "value <= -BIGINT_MAX"),
      mutant(SHOW, "list.length > ENTRIES_MAX", "list.length >= ENTRIES_MAX"),
      mutant(SHOW, "entries.length > ENTRIES_MAX", "entries.length >= ENTRIES_MAX"),
      mutant(SHOW, "depth >= DEPTH_MAX", "depth > DEPTH_MAX"),
      mutant(SHOW, "value.length > STRING_MAX", "value.length >= STRING_MAX"),
      mutant(SHOW, "value.slice(0, STRING_MAX)", "value.slice(1, STRING_MAX)"),
      mutant(SHOW, 'case "function":', 'case "boolean":'),
      mutant(SHOW, "|| value === null || isList(value)", "|| value === null && isList(value)"),
    ],
    check({ place }, reach, { agrees }) {
      const [actual, expected, said] = PAIRS[place] ?? [];
      reach(said === undefined ? "same" : "different");
      const given = agrees(actual, expected);
      return given === said ? undefined : `says ${given}`;
    },
  }),
  defineProof({
    id: "proof/comparing_takes_so_many_steps_and_no_more",
    claim: "a comparison of 2^28 steps is made, and one of a step more is given up",
    subject: ["agrees"],
    spec: "Proof toolkit: laws",
    strength: "exhaustive",
    domain: domain.product({
      place: domain.of("first" as const, "last" as const),
      more: domain.of(0, 1),
    }),
    reaches: ["compared", "given up"],
    implementation: toolkit,
    mutants: [
      mutant(FILE, "STEPS_MAX = 2 ** 28", "STEPS_MAX = 2 ** 28 + 1"),
      mutant(FILE, "STEPS_MAX = 2 ** 28", "STEPS_MAX = 2 ** 28 - 1"),
    ],
    check({ place, more }, reach, { agrees }) {
      const said = agrees(...costly(STEPS + more, place));
      const expected = more === 0 ? undefined : /^at \[\d+\]: too large to compare$/;
      reach(more === 0 ? "compared" : "given up");
      return said === expected || (said !== undefined && expected?.test(said))
        ? undefined
        : `says ${said}`;
    },
  }),
];

register(proofs);
