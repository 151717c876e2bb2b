/** The heap that `sbrk` grows, at the edges of the address space. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { codeOf, mutant, oneAgrees, PLAIN } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

const INTERPRETER = "src/pvm/interpreter.ts";
/** `sbrk r1, r2`. */
const CODE = codeOf([101, 0x21], "first");

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/sbrk_gives_any_top",
    claim: "sbrk gives the old top of the heap as 64 bits, wherever in the address space it is",
    subject: ["Machine.step", "Machine.registers"],
    spec: "Gray Paper, appendix A.5.9",
    strength: "bounded",
    domain: domain.product({
      top: domain.of(2 ** 16, 2 ** 31 - 16, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 32, 2 ** 32),
      amount: domain.of(
        0n,
        1n,
        16n,
        17n,
        2n ** 32n - 1n,
        2n ** 32n + 16n,
        2n ** 64n - 1n,
      ),
      backend: domain.of<"flat" | "sparse">("flat", "sparse"),
    }),
    reaches: ["none"],
    implementation: pvm,
    mutants: [
      mutant(INTERPRETER, "words[at + 1] = top / 2 ** 32;", "words[at + 1] = top / 2 ** 31;"),
      mutant(INTERPRETER, "words[at + 1] = top / 2 ** 32;", "words[at + 1] = top >> 31;"),
      mutant(INTERPRETER, "words[at] = top;", "words[at] = Math.min(top, 2 ** 31 - 1);"),
      mutant(INTERPRETER, "grown.ok ? grown.value : 0", "grown.ok ? grown.value : -1"),
    ],
    check: ({ top, amount, backend }, reach, implementation) => {
      const base = Math.min(top, 2 ** 32 - 16);
      const [outcome, failure] = oneAgrees(implementation, {
        ...PLAIN,
        ...{ code: CODE, backend, registers: [7n, 2n ** 64n - 1n, amount] },
        heap: { base, top, maxPages: 2 ** 28 },
      });
      reach(outcome);
      return failure;
    },
  }),
];

register(proofs);
