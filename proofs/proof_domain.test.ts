/** Domains: what they enumerate, and the size that they claim. */

import fc from "fast-check";
import { agrees, allOf, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const FILE = "src/proof/domain.ts";

/** A domain as it is put together. */
type Tree =
  | { readonly kind: "of"; readonly values: readonly string[] }
  | { readonly kind: "range"; readonly lo: number; readonly hi: number }
  | { readonly kind: "bigRange"; readonly lo: number; readonly hi: number }
  | { readonly kind: "product" | "union"; readonly parts: readonly Tree[] }
  | { readonly kind: "map" | "named" | "from"; readonly part: Tree }
  | { readonly kind: "words"; readonly part: Tree; readonly lengthMax: number };

const bounds = { lo: fc.integer({ min: -2, max: 2 }), hi: fc.integer({ min: -2, max: 2 }) };

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.record({ kind: fc.constant("of" as const), values: fc.array(fc.string(), { maxLength: 3 }) }),
  fc.record({ kind: fc.constant("range" as const), ...bounds }),
  fc.record({ kind: fc.constant("bigRange" as const), ...bounds }),
);

function over(part: fc.Arbitrary<Tree>, lengthMax: number): fc.Arbitrary<Tree> {
  return fc.oneof(
    part,
    fc.record({
      kind: fc.constantFrom("product" as const, "union" as const),
      parts: fc.array(part, { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constantFrom("map" as const, "named" as const, "from" as const), part }),
    fc.record({
      kind: fc.constant("words" as const),
      part,
      lengthMax: fc.integer({ min: 0, max: lengthMax }),
    }),
  );
}

const trees = over(over(leaf, 2), 1);

/** The domain that a tree describes. */
function build(face: Face, tree: Tree): toolkit.Domain<unknown> {
  const { domain } = face;
  switch (tree.kind) {
    case "of":
      return domain.of(...tree.values);
    case "range":
      return domain.range(tree.lo, tree.hi);
    case "bigRange":
      return domain.bigRange(BigInt(tree.lo), BigInt(tree.hi));
    case "product":
      return domain.product(
        Object.fromEntries(tree.parts.map((part, place) => [`part${place}`, build(face, part)])),
      );
    case "union":
      return domain.union(...tree.parts.map((part) => build(face, part)));
    case "map":
      return domain.map(build(face, tree.part), (value) => [value]);
    case "named":
      return domain.named("a name", build(face, tree.part));
    case "from":
      return domain.from(build(face, tree.part));
    case "words":
      return domain.words(build(face, tree.part), tree.lengthMax);
  }
}

function integers(lo: number, hi: number): number[] {
  return hi < lo ? [] : [...integers(lo, hi - 1), hi];
}

function wordsOf(letters: readonly unknown[], lengthMax: number): unknown[][] {
  if (lengthMax === 0) return [[]];
  const shorter = wordsOf(letters, lengthMax - 1);
  const longest = shorter.filter((word) => word.length === lengthMax - 1);
  return [...shorter, ...longest.flatMap((word) => letters.map((letter) => [...word, letter]))];
}

/** Its values, by the plainest means. */
function valuesOf(tree: Tree): readonly unknown[] {
  switch (tree.kind) {
    case "of":
      return tree.values;
    case "range":
      return integers(tree.lo, tree.hi);
    case "bigRange":
      return integers(tree.lo, tree.hi).map(BigInt);
    case "product":
      return tree.parts.map(valuesOf).reduce<readonly Record<string, unknown>[]>(
        (records, values, place) =>
          records.flatMap((record) =>
            values.map((value) => ({ ...record, [`part${place}`]: value }))
          ),
        [{}],
      );
    case "union":
      return tree.parts.flatMap(valuesOf);
    case "map":
      return valuesOf(tree.part).map((value) => [value]);
    case "named":
    case "from":
      return valuesOf(tree.part);
    case "words":
      return wordsOf(valuesOf(tree.part), tree.lengthMax);
  }
}

const RANGE = "size: Math.max(0, hi - lo + 1),\n    *values() {\n      for (let value = lo; value";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/domains_enumerate_their_closed_form",
    claim: "every domain yields the values it stands for, in order, and as many as its size says",
    subject: [
      "domain.of",
      "domain.range",
      "domain.bigRange",
      "domain.product",
      "domain.union",
      "domain.map",
      "domain.named",
      "domain.from",
      "domain.words",
    ],
    spec: "Proof toolkit: domains",
    strength: "sampled",
    domain: sampled(trees, { runs: 2_000, describe: "domains put together two levels deep" }),
    reaches: [
      "of",
      "range",
      "bigRange",
      "product",
      "union",
      "map",
      "named",
      "from",
      "words",
      "no value",
      "values",
    ],
    implementation: toolkit,
    mutants: [
      mutant(FILE, RANGE, RANGE.replace("hi - lo + 1", "hi - lo")),
      mutant(FILE, `${RANGE} <= hi`, `${RANGE} < hi`),
      mutant(FILE, "Number(hi - lo + 1n)", "Number(hi - lo)"),
      mutant(
        FILE,
        "(size, [, part]) => size * part.size, 1",
        "(size, [, part]) => size + part.size, 1",
      ),
      mutant(
        FILE,
        "(size, set) => size + set.size, 0",
        "(size, set) => Math.max(size, set.size), 0",
      ),
      mutant(FILE, "yield* set.values();", "yield* (sets[0] ?? set).values();"),
      mutant(FILE, "yield image(value)", "yield value"),
      mutant(FILE, "length <= lengthMax; length++) size", "length < lengthMax; length++) size"),
      mutant(FILE, "length <= lengthMax; length++) yield", "length < lengthMax; length++) yield"),
      mutant(FILE, "[...word, letter]", "[letter, ...word]"),
    ],
    check(tree, reach, face) {
      const actual = build(face, tree);
      const expected = valuesOf(tree);
      reach(tree.kind);
      reach(expected.length === 0 ? "no value" : "values");
      return allOf(
        agrees([...actual.values()], expected),
        agrees([...actual.values()], expected),
        agrees(actual.size, expected.length),
        tree.kind === "named" ? agrees(actual.describe, "a name") : undefined,
      );
    },
  }),
];

register(proofs);
