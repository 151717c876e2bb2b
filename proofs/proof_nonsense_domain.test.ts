/** Domains of nonsense: what the combinators make of arguments that are none. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, specimen } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const FILE = "src/proof/domain.ts";

const NONE = { describe: "no size", values: () => [] };

/** Calls of the combinators that make no sense, by name and arguments. */
const NONSENSE: readonly (readonly [name: string, ...given: unknown[]])[] = [
  ["from"],
  ["from", NONE],
  ["from", { ...NONE, size: "1" }],
  ["range", NaN, 1],
  ["range", 0, 2 ** 53],
  ["range", -(2 ** 53), 0],
  ["range", 0.5, 1],
  ["range", 0n, 1n],
  ["bigRange", 0, 1n],
  ["bigRange", 0n, undefined],
  ["product"],
  ["product", { part: NONE }],
  ["union", domain.of(1), NONE],
  ["map", domain.of(1), "no function"],
  ["map", NONE, () => 1],
  ["named", "a name", NONE],
  ["named", 1, domain.of(1)],
  ["words", NONE, 0],
  ["words", domain.of(1), 257],
  ["words", domain.of(1), -1],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/no_domain_can_be_made_of_nonsense",
    claim: "a domain of bounds or parts that are none has a size of NaN, which no proof accepts",
    subject: [
      "domain.from",
      "domain.range",
      "domain.bigRange",
      "domain.product",
      "domain.union",
      "domain.map",
      "domain.named",
      "domain.words",
    ],
    spec: "Proof toolkit: domains",
    strength: "exhaustive",
    domain: domain.from({
      describe: "calls with nonsense",
      size: 20,
      values: () => NONSENSE.map(([name, ...given]) => ({ name, given })),
    }),
    reaches: ["refused"],
    implementation: toolkit,
    mutants: [
      mutant(FILE, "size: NaN,", "size: 0,"),
      mutant(FILE, "!Number.isSafeInteger(lo) || ", ""),
      mutant(FILE, " || !Number.isSafeInteger(hi)", ""),
      mutant(FILE, "lengthMax > WORD_LENGTH_MAX", "lengthMax > 2 ** 53"),
      mutant(FILE, ' && typeof size === "number"', ""),
    ],
    async check({ name, given }, reach, face) {
      const made: toolkit.Domain<number> = Reflect.apply(
        Reflect.get(face.domain, name),
        undefined,
        given,
      );
      const { failures } = await specimen(face, { domain: made, reaches: [] }).run();
      reach("refused");
      return allOf(
        agrees(made.size, NaN),
        agrees(failures, ["cannot enumerate a domain of NaN"]),
      );
    },
  }),
];

register(proofs);
