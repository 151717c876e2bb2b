/** Many memories: made and dropped in a loop, and alive at once. */

import { agrees, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { implementation, mutant } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm JavaScript interface 2.0, 5.3";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/many_memories_one_after_the_other",
    claim: "100,000 memories of one page can be made, used and dropped one after the other, each " +
      "of them fresh",
    subject: ["IsolatedMemory.create"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.named("100 runs of 1,000 memories", domain.range(1, 100)),
    reaches: ["made"],
    implementation,
    mutants: [
      mutant(
        "backing.ts",
        "const memory = new WebAssembly.Memory({",
        "if (Math.random() < 0.001) return undefined;\n      const memory = new WebAssembly.Memory({",
      ),
    ],
    check(run, reach, { IsolatedMemory }) {
      for (let count = 0; count < 1000; count++) {
        const made = IsolatedMemory.create(1, 4);
        if (!made.ok) return `memory ${count} of run ${run}: ${made.error.kind}`;
        const failure = allOf(
          agrees(made.value.loadI32(65_532), { ok: true, value: 0 }),
          agrees(made.value.storeI32(65_532, run), { ok: true, value: undefined }),
        );
        if (failure !== undefined) return failure;
      }
      reach("made");
      return undefined;
    },
  }),
  defineProof({
    id: "linear/many_memories_alive_at_once",
    claim: "1,000 memories of one page are alive at once, and each keeps what was stored in it",
    subject: ["IsolatedMemory.create", "IsolatedMemory.loadI32", "IsolatedMemory.storeI32"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(1000),
    reaches: ["alive"],
    implementation,
    mutants: [
      mutant(
        "store.ts",
        "at.view.setInt32(offset, value, true)",
        "at.view.setInt16(offset, value, true)",
      ),
    ],
    check(count, reach, { IsolatedMemory }) {
      const memories = Array.from({ length: count }, () => IsolatedMemory.create(1, 4));
      for (const [number, made] of memories.entries()) {
        if (!made.ok) return `memory ${number}: ${made.error.kind}`;
        made.value.storeI32(40_000, number * 1_000_003);
      }
      reach("alive");
      const seen = memories.map((made) => made.ok ? made.value.loadI32(40_000) : made);
      return agrees(
        seen,
        memories.map((_, number) => ({ ok: true, value: number * 1_000_003 })),
      );
    },
  }),
];

register(proofs);
