/** What memories are like that were told nothing. */

import * as paged from "../src/paged/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof paged>("src/paged/mod.ts");
const OPTIONS = "src/paged/options.ts";

const NOTHING: Readonly<Record<string, paged.PagedOptions | undefined>> = {
  "no options": undefined,
  "empty options": {},
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/options_left_out_have_usual_values",
    claim:
      "a memory that was told nothing has pages of 4096 bytes, up to 512 MiB, nothing reserved, and " +
      "its sparse sort wraps",
    subject: ["create", "pageSize", "limitBytes", "reservedBytes"].flatMap((name) =>
      ["FlatMemory", "SparseMemory"].map((owner) => `${owner}.${name}`)
    ),
    spec: "this library: limits are explicit",
    strength: "exhaustive",
    domain: domain.product({
      owner: domain.of("FlatMemory", "SparseMemory"),
      options: domain.of(...Object.keys(NOTHING)),
    }),
    reaches: ["made"],
    implementation: paged,
    mutants: [
      mutant(OPTIONS, "LIMIT_BYTES_DEFAULT = 536_870_912", "LIMIT_BYTES_DEFAULT = 536_870_911"),
      mutant(OPTIONS, "LIMIT_BYTES_DEFAULT = 536_870_912", "LIMIT_BYTES_DEFAULT = 536_870_913"),
      mutant(OPTIONS, '"wraps", true', '"wraps", false'),
    ],
    check({ owner, options }, reach, face) {
      const given = NOTHING[options];
      const memory: paged.Memory = owner === "FlatMemory"
        ? value(face.FlatMemory.create(given))
        : value(face.SparseMemory.create(given));
      reach("made");
      const told = [memory.pageSize, memory.limitBytes, memory.reservedBytes];
      const failure = agrees(told, [4096, 536_870_912, 0]);
      if (failure !== undefined || owner === "FlatMemory") return failure;
      for (const start of [0, 2 ** 32 - 4096]) value(memory.mapRegion(start, 4096, "read-only"));
      return agrees(memory.readU32(2 ** 32 - 2).ok, true);
    },
  }),
];

register(proofs);
