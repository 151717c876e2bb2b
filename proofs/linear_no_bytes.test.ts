/** What is told of data that is none, by where it was to be written. */

import * as linear from "../src/linear/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof linear>("src/linear/mod.ts");
const BULK = "src/linear/bulk.ts";
const SIZE = 65_536;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/data_that_is_none_has_no_length",
    claim:
      "data that is no array of bytes is refused as an argument wherever an empty one could be " +
      "written, and out of bounds elsewhere",
    subject: ["IsolatedMemory.initData"],
    spec: "argument rule of the library; Wasm core 2.0, 4.5.4",
    strength: "exhaustive",
    domain: domain.product({
      offset: domain.of(0, SIZE - 1, SIZE, SIZE + 1, SIZE + 2),
      data: domain.of<unknown>(undefined, null, 7, "bytes", [1, 2]),
    }),
    reaches: ["invalid-argument", "out-of-bounds"],
    implementation: linear,
    mutants: [
      mutant(
        BULK,
        "if (!fits(at.size, offset, length ?? 0))",
        "if (!fits(at.size, offset, length ?? -1))",
      ),
      mutant(
        BULK,
        "if (!fits(at.size, offset, length ?? 0))",
        "if (!fits(at.size, offset, length ?? 1))",
      ),
    ],
    check({ offset, data }, reach, { IsolatedMemory }) {
      const memory = IsolatedMemory.create(1, 1);
      if (!memory.ok) return "there is no memory";
      const { value } = memory;
      const given: ReturnType<typeof value.initData> = Reflect.apply(value.initData, value, [
        offset,
        data,
      ]);
      if (given.ok) return "wrote it";
      reach(given.error.kind);
      return agrees(given.error.kind, offset <= SIZE ? "invalid-argument" : "out-of-bounds");
    },
  }),
];

register(proofs);
