/** The operations on an empty stack: the original's unit test, on the engine itself. */

import { guardAssist } from "../src/kernel/assist_guard.ts";
import * as compat from "../src/kernel/compat/mod.ts";
import { CacheDirectory, ImageCache, InProcessKernelAssist } from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const COMPAT = "src/kernel/compat/mod.ts";
const mutant = sourceMutants<typeof compat>(COMPAT);

/** What an operation gives: 0 ends, what has no meaning goes on, and the rest traps. */
function expected(number: number): string {
  if (number === 0) return "halt";
  return number > 26 ? "continue" : "trap";
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/mgmt_op_on_empty_stack_traps",
    claim: "on an empty stack every operation that needs a running Instance traps, and no other",
    subject: ["ecall", "compatState", "stackView"],
    spec: "capabilities, 3.6 and 4.3",
    strength: "bounded",
    domain: domain.union(domain.range(0, 70), domain.of(999, 2 ** 32 - 1)),
    reaches: ["halt", "trap", "continue"],
    implementation: compat,
    mutants: [
      mutant(
        "src/kernel/compat/ecall.ts",
        "frame === undefined || operation === undefined ? TRAP",
        "frame === undefined || operation === undefined ? CONTINUE",
      ),
      mutant(
        "src/kernel/compat/ecall.ts",
        "if (number >= FIRST_UNKNOWN) return CONTINUE;",
        "if (number > FIRST_UNKNOWN) return CONTINUE;",
      ),
      mutant("src/kernel/compat/ecall.ts", "if (number === REPLY)", "if (number <= REPLY + 1)"),
    ],
    check(number, reach, { compatState, ecall, Run, stackView }) {
      const state = valueOf(compatState(4));
      const host = {
        directory: new CacheDirectory(),
        assist: valueOf(guardAssist(new InProcessKernelAssist())),
        imageCache: valueOf(ImageCache.create()),
        memoryBytes: 4096,
      };
      reach(expected(number));
      const answer = ecall(new Run(state.stack, host, 0), number);
      return agrees(
        [answer, stackView(state).isEmpty],
        [{ ok: true, value: expected(number) }, true],
      );
    },
  }),
];

register(proofs);
