/** Arenas over memories that do not tell how large they are. */

import * as arena from "../src/arena/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { lyingMemory, mutant } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

/** What a memory answers when it is asked for its size, and what is then said of it. */
const ANSWERS: Readonly<
  Record<string, readonly [answer: () => unknown, said: readonly unknown[]]>
> = {
  "64": [() => 64, ["ok"]],
  "63": [() => 63, ["arena-outside-memory", undefined, undefined]],
  "a text": [() => "64", ["memory-failed", "activeSize", "no-answer"]],
  "nothing": [() => undefined, ["memory-failed", "activeSize", "no-answer"]],
  "it throws": [() => {
    throw new Error("hostile");
  }, ["memory-failed", "activeSize", "threw"]],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/no_arena_over_a_memory_of_unknown_size",
    claim: "an arena is made over a memory that tells a size with room for it, and over no other",
    subject: ["Arena.over"],
    spec: "guest arena ABI",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(ANSWERS)),
    reaches: ["ok", "arena-outside-memory", "memory-failed"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/placement.ts",
        'if (typeof sizeBytes !== "number") return err(sizeBytes);',
        'if (typeof sizeBytes !== "number") ;',
      ),
    ],
    check(name, reach, { Arena }) {
      const [activeSize, said] = ANSWERS[name] ?? [];
      const made = Arena.over(lyingMemory({ activeSize: activeSize ?? (() => 0) }), {
        capacityBytes: 64,
      });
      reach(made.ok ? "ok" : made.error.kind);
      if (made.ok) return agrees(["ok"], said);
      const { error } = made;
      const found = [error.kind, Reflect.get(error, "operation"), Reflect.get(error, "reason")];
      return agrees(found, said);
    },
  }),
];

register(proofs);
