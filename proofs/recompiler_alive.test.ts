/** Many machines that live at once on generated code, each with a memory of its own. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Engine } from "../src/pvm/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { type Face, machineOf, MAIN, mutant } from "./_kit/recompiler.ts";
import { linked } from "./_kit/recompiler_lines.ts";
import { register } from "./_kit/register.ts";

const MACHINES = 200;
/** How often each of them is called, by turns. */
const TURNS = 3;
const STAY = "src/pvm/recompiler/stay.ts";

/** A loop that adds to a word in memory what register 7 says, then a host call, again and again. */
const CODE = linked(
  [
    op("fallthrough"),
    op("load_imm", { a: 9, x: 40n }),
    op("fallthrough"),
    op("load_u64", { a: 8, x: BigInt(MAIN) }),
    op("add_64", { a: 8, b: 7, d: 8 }),
    op("store_u64", { a: 8, x: BigInt(MAIN) }),
    op("add_imm_64", { a: 9, b: 9, x: -1n }),
    op("branch_ne_imm", { a: 9, x: 0n }),
    op("ecalli", { x: 3n }),
    op("jump"),
  ],
  new Map([[7, 3], [9, 1]]),
);

/** What all machines came to. */
function endsOf(engine: Engine | undefined): readonly (readonly unknown[])[] {
  const machines = Array.from({ length: MACHINES }, (_, index) => {
    const registers = [0n, 0n, 0n, 0n, 0n, 0n, 0n, BigInt(index)];
    const start = {
      code: CODE,
      dialect: "gray-paper",
      gasModel: "instruction",
      gas: 9_000n,
    } as const;
    return machineOf({ ...start, registers }, engine);
  });
  const exits = Array.from({ length: TURNS }, () => machines.map((machine) => machine.run().kind));
  return machines.map(({ registers, gas, pc }, index) => [
    ...exits.map((exit) => exit[index]),
    ...registers,
    gas,
    pc,
  ]);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/two_hundred_machines_live_at_once",
    claim: "two hundred machines of one program run by turns, and each does what it does alone",
    subject: ["recompiler", "auto"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.of("recompiler" as const, "auto" as const),
    reaches: ["host-call"],
    implementation: recompiler,
    mutants: [
      mutant(STAY, "words[from + half] = registers[half] ?? 0;", "words[from + half] = 0;"),
      mutant(STAY, "words[GUEST_LAYOUT.FUEL_AT >> 2] = fuel;", ""),
    ],
    check: (engine, reach, face: Face) => {
      const ends = endsOf(face[engine]());
      const failure = agrees(ends, endsOf(undefined));
      reach(String(ends.at(-1)?.[TURNS - 1]));
      return failure;
    },
  }),
];

register(proofs);
