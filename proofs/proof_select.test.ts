/** Choosing among many proofs: filters, shards, and ids that occur twice. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, specimen } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const SUITE = "src/proof/suite.ts";

/** Proofs p0, p1, … of which those of an even number have an `even` in their id. */
function numbered(face: Face, count: number): Proof[] {
  return Array.from(
    { length: count },
    (_, place) => specimen(face, { id: `p${place}${place % 2 === 0 ? "/even" : ""}`, mutants: [] }),
  );
}

function idsOf(proofs: readonly Proof[]): readonly string[] {
  return proofs.map((proof) => proof.id);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/shards_partition_the_proofs",
    claim: "for every number of shards each chosen proof is in one shard, and the shards are even",
    subject: ["selectProofs"],
    spec: "Proof toolkit: shards",
    strength: "bounded",
    domain: domain.product({
      shards: domain.range(1, 8),
      proofs: domain.range(0, 12),
      filter: domain.of(undefined, "even", "p1", "none"),
    }),
    reaches: ["some", "none"],
    implementation: toolkit,
    mutants: [
      mutant(SUITE, "=== shard.index - 1", "=== shard.index"),
      mutant(SUITE, "place % shard.count ===", "place % (shard.count + 1) ==="),
      mutant(SUITE, "proof.id.includes(filter)", "proof.id.startsWith(filter)"),
      mutant(SUITE, "index <= count", "index < count"),
    ],
    check({ shards, proofs, filter }, reach, face) {
      const all = numbered(face, proofs);
      const choice = filter === undefined ? {} : { filter };
      const chosen = idsOf(all).filter((id) => filter === undefined || id.includes(filter));
      const parts = Array.from(
        { length: shards },
        (_, part) =>
          idsOf(face.selectProofs(all, { ...choice, shard: { index: part + 1, count: shards } })),
      );
      const sizes = parts.map((part) => part.length);
      reach(chosen.length > 0 ? "some" : "none");
      return allOf(
        agrees(idsOf(face.selectProofs(all, choice)), chosen),
        agrees(parts.flat().toSorted(), chosen.toSorted()),
        Math.max(...sizes) - Math.min(...sizes) > 1 ? `uneven: ${sizes}` : undefined,
      );
    },
  }),
  defineProof({
    id: "proof/no_impossible_shard_runs_nothing_unseen",
    claim: "a shard that does not exist, or a filter that is no string, gives one failing report",
    subject: ["selectProofs", "runProofs"],
    spec: "Proof toolkit: shards",
    strength: "bounded",
    domain: domain.product({
      index: domain.of<unknown>(0, -1, 1.5, NaN, 4, "1"),
      count: domain.of(3, 0, -1, NaN),
      filtered: domain.of(true, false),
    }),
    reaches: ["refused"],
    implementation: toolkit,
    mutants: [
      mutant(SUITE, "1 <= index && ", ""),
      mutant(SUITE, "index <= count", "true"),
      mutant(SUITE, "Number.isSafeInteger(index) && ", ""),
      mutant(
        SUITE,
        "if (mistake !== undefined) return [",
        "if (mistake !== undefined) return [];[",
      ),
    ],
    async check({ index, count, filtered }, reach, { runProofs, selectProofs, ...face }) {
      const all = [specimen({ ...face, runProofs, selectProofs })];
      const options = filtered ? { filter: index } : { shard: { index, count } };
      if (filtered && typeof index === "string") return undefined;
      const reports: readonly toolkit.ProofReport[] = await Reflect.apply(runProofs, undefined, [
        all,
        options,
      ]);
      const chosen: readonly Proof[] = Reflect.apply(selectProofs, undefined, [all, options]);
      reach("refused");
      return agrees(
        [reports.map(({ failures }) => failures.length), idsOf(chosen)],
        [[1], ["?"]],
      );
    },
  }),
  defineProof({
    id: "proof/duplicates_are_named_once",
    claim:
      "duplicateIds gives each id that occurs more than once, in the order of first occurrence",
    subject: ["duplicateIds"],
    spec: "Proof toolkit: records",
    strength: "bounded",
    domain: domain.words(domain.of("a", "b", "c"), 5),
    reaches: ["unique", "duplicate"],
    implementation: toolkit,
    mutants: [
      mutant(SUITE, "ids.indexOf(id) !== place", "ids.indexOf(id) === place"),
      mutant(SUITE, "[...new Set(ids.filter(", "[...(ids.filter("),
    ],
    check(ids, reach, face) {
      const proofs = ids.map((id) => specimen(face, { id }));
      const expected = ["a", "b", "c"].filter((id) => ids.filter((i) => i === id).length > 1);
      reach(expected.length > 0 ? "duplicate" : "unique");
      return agrees(face.duplicateIds(proofs).toSorted(), expected);
    },
  }),
];

register(proofs);
