/** Hashes of capabilities beside an independent SSZ library. */

import fc from "fast-check";
import type { Cap } from "../model/kernel_caps.ts";
import { at, big } from "../model/kernel_shapes.ts";
import { partsOf } from "../model/kernel_ssz.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import { mutant, realCap, valueOf } from "./_kit/kernel.ts";
import { cap } from "./_kit/kernel_arbitrary.ts";
import { independentHash } from "./_kit/kernel_ssz_types.ts";
import { capV3 } from "./_kit/kernel_v3_arbitrary.ts";
import { register } from "./_kit/register.ts";

const MERKLE = "src/kernel/ssz/merkle.ts";
const SLOTS_MAX = 300n;

/** Whether the library, which wants every slot of a cnode, is done with it soon. */
function isShort([selector, fields]: Cap): boolean {
  return selector !== 3n || big(at(partsOf(at(fields, 1)).at(-1), 0)) < SLOTS_MAX;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/roots_agree_with_an_independent_library",
    claim:
      "the hash of a capability of any kind is the hash tree root that another SSZ library takes",
    subject: ["capHash"],
    spec: "SSZ; capabilities, 2.8; The capability kernel, Images and Instances",
    strength: "sampled",
    domain: sampled(fc.oneof(cap.filter(isShort), capV3), {
      runs: 200,
      describe: "capabilities of every kind, cnodes with slots below 300",
    }),
    reaches: ["0", "1", "2", "3", "4", "5", "6"],
    implementation: kernel,
    mutants: [
      mutant(MERKLE, "zeroHash(level)", "zeroHash(0)"),
      mutant(MERKLE, "BigInt(number), true", "BigInt(number), false"),
      mutant(
        "src/kernel/ssz/container.ts",
        "return mixIn(inner.root(), selector);",
        "return inner.root();",
      ),
      mutant("src/kernel/data_codec.ts", "mixIn(root, count)", "mixIn(root, tree.length)"),
      mutant("src/kernel/ssz/basic.ts", "LIST_LIMIT / HASH_BYTES", "LIST_LIMIT"),
    ],
    check(value, reach, face) {
      reach(`${value[0]}`);
      return agrees(valueOf(face.capHash(realCap(face, value))), independentHash(value));
    },
  }),
];

register(proofs);
