/** Machines whose host changes their pages, and machines that share a program and a memory. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Engine, Machine } from "../src/pvm/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { value } from "./_kit/paged.ts";
import { DIALECTS, GAS_MODELS, realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { mutant } from "./_kit/recompiler.ts";
import { differ, enginesOf } from "./_kit/recompiler_engines.ts";
import {
  type Beginning,
  both,
  machineWith,
  memoryWith,
  programWith,
  runTwins,
  twinsOf,
} from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const STAY = "src/pvm/recompiler/stay.ts";
const LINKED = "src/pvm/recompiler/linked.ts";

/** A round of a loop: stores and loads by the stack and by another pointer, sbrk, a call of the host. */
const CODE = realCode(assemble([
  op("fallthrough"),
  op("add_imm_64", { a: 9, b: 9, x: 3n }),
  op("store_ind_u64", { a: 9, b: 1, x: 8n }),
  op("load_ind_u32", { a: 4, b: 1, x: 10n }),
  op("store_ind_u16", { a: 9, b: 7, x: 2n }),
  op("load_ind_u64", { a: 5, b: 7, x: -4n }),
  op("ecalli", { x: 1n }),
  op("sbrk", { a: 3, d: 6 }),
  op("add_64", { a: 5, b: 6, d: 8 }),
  op("jump", { offset: BigInt(-(1 * 6 + 2 * 6 + 2 * 6 + 5 + 2 + 3)) }),
]));
const LOOP = { ...CODE };
const MAIN = 0x2_0000;
const STACK = 0x4_0000;

/** What a host does between two runs. */
const EDITS: Readonly<Record<string, (machine: Machine) => void>> = {
  "stack read-only": ({ memory }) => memory.protectRegion(STACK, 4096, "read-only"),
  "stack away": ({ memory }) => memory.resetRegion(STACK, 4096, "none"),
  "stack back": ({ memory }) => memory.resetRegion(STACK, 4096, "read-write"),
  "main read-only": ({ memory }) => memory.protectRegion(MAIN + 4096, 4096, "read-only"),
  "main back": ({ memory }) => memory.resetRegion(MAIN, 8192, "read-write"),
  "stack moves": (machine) => machine.setRegister(1, BigInt(MAIN + 4090)),
  "stack at its end": (machine) => machine.setRegister(1, BigInt(STACK + 4096 - 14)),
  "heap asked for": (machine) => machine.setRegister(6, 5_000n),
  "bytes written": ({ memory }) => memory.write(STACK + 4, Uint8Array.of(1, 2, 3, 4, 5, 6, 7)),
  "begun anew": (machine) => machine.setPc(0),
};

function beginning(dialect: Beginning["dialect"], gasModel: Beginning["gasModel"]): Beginning {
  const registers = Array.from({ length: 13 }, (_, index) => BigInt(index));
  registers[1] = BigInt(STACK);
  registers[7] = BigInt(MAIN + 4096);
  registers[6] = 0n;
  return {
    ...{ code: LOOP, dialect, gasModel, gas: 5_000n, registers },
    regions: [[MAIN, 8192, "read-write"], [STACK, 4096, "read-write"]],
    heap: [MAIN, MAIN + 8192, 6],
  };
}

const OUTCOMES = ["host-call", "page-fault", "panic"];

/** Runs two machines of one program in one memory by turns, each turn in its own way. */
function turns(
  start: Beginning,
  schedule: readonly string[],
  engine: Engine | undefined,
): readonly Machine[] {
  const program = programWith(start);
  const memory = memoryWith(start);
  const pair = [0, 1].map(() => machineWith(start, engine, program, memory));
  value(pair[1]?.setRegister(7, BigInt(MAIN + 64)) ?? { ok: true, value: undefined });
  for (const turn of schedule) {
    const machine = pair[turn.startsWith("first") ? 0 : 1];
    if (turn.endsWith("steps")) machine?.step();
    else machine?.run();
  }
  return pair;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/edits_of_the_host_agree",
    claim: "generated code sees every change of pages, registers and place that a host makes",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.4 and B",
    strength: "bounded",
    domain: domain.product({
      edits: domain.words(domain.of(...Object.keys(EDITS)), 2),
      dialect: domain.of(...DIALECTS),
    }),
    reaches: OUTCOMES,
    implementation: recompiler,
    mutants: [
      mutant(
        LINKED,
        "if (this.#version === space.version && isInside) return;",
        "if (isInside) return;",
      ),
      mutant(LINKED, "= window.limit;", "= window.limit + 8;"),
      mutant(LINKED, "= window.delta;", "= window.delta + 1;"),
      mutant(LINKED, "= window.base;", "= window.base + 8;"),
    ],
    check: ({ edits, dialect }, reach, face) => {
      const twins = twinsOf(beginning(dialect, "block"), enginesOf(face).recompiler);
      for (const edit of ["", ...edits, "", "main back"]) {
        both(twins, EDITS[edit] ?? (() => {}));
        const { kind, failure } = runTwins(twins);
        reach(kind);
        if (failure !== undefined) return `${edit}: ${failure}`;
      }
      return undefined;
    },
  }),
  defineProof({
    id: "recompiler/machines_take_turns",
    claim:
      "two machines that share a program and a memory, run and stepped by turns, do what they do on the interpreter",
    subject: ["recompiler", "auto"],
    spec: "Gray Paper, appendix A.1",
    strength: "bounded",
    domain: domain.product({
      schedule: domain.words(
        domain.of("first runs", "second runs", "first steps", "second steps"),
        4,
      ),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["alike"],
    implementation: recompiler,
    mutants: [
      mutant(
        STAY,
        "words[from + half] = registers[half] ?? 0;",
        "if (half !== 14) words[from + half] = registers[half] ?? 0;",
      ),
      mutant(STAY, "state.paid = paid;", "state.paid = false;"),
    ],
    check: ({ schedule, gasModel }, reach, face) => {
      const start = beginning("gray-paper", gasModel);
      const { recompiler, auto } = enginesOf(face);
      const wanted = turns(start, schedule, undefined);
      for (const engine of schedule.length % 2 === 0 ? [recompiler] : [recompiler, auto]) {
        for (const [index, machine] of turns(start, schedule, engine).entries()) {
          const plain = wanted[index];
          if (plain === undefined) continue;
          const failure = differ({ exit: undefined, machine }, { exit: undefined, machine: plain });
          if (failure !== undefined) return `${index === 0 ? "first" : "second"}: ${failure}`;
        }
      }
      reach("alike");
      return undefined;
    },
  }),
  defineProof({
    id: "recompiler/machines_go_on_without_generated_code",
    claim: "where an engine makes no modules, or no more of them, machines go on alike",
    subject: ["recompiler"],
    spec: "The recompiler's own promise: what it cannot do the interpreter does",
    strength: "bounded",
    domain: domain.product({
      allowed: domain.range(0, 5),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["refused", "allowed"],
    implementation: recompiler,
    mutants: [
      mutant(STAY, "const segment = segmentOf(segments, next);", "const segment = next & 4095;"),
      mutant(
        "src/pvm/recompiler/compiled.ts",
        "return undefined; // not allowed to, or no room",
        "throw new Error();",
      ),
      mutant(
        STAY,
        "const isPaid = ((segments.flags[segment] ?? 0) & PAID) !== 0;",
        "const isPaid = false;",
      ),
    ],
    check: ({ allowed, gasModel }, reach, face) => {
      // Blocks of one chunk, or one over several; another program each time, so that all is made anew.
      const lines = Array.from(
        { length: 2_600 },
        (_, line) =>
          line % (allowed % 2 === 0 ? 1_300 : 2_600) === 0
            ? op("fallthrough")
            : op("add_imm_64", { a: line % 9, b: 3, x: BigInt(allowed * 3 + gasModel.length) }),
      );
      const start: Beginning = {
        ...beginning("gray-paper", gasModel),
        ...{ code: realCode(assemble(lines)), gas: 90_000n },
      };
      const twins = twinsOf(start, face.recompiler());
      const watched = watchEngine(() => runTwins(twins), allowed);
      reach(watched.refused > 0 ? "refused" : "allowed");
      return watched.value.failure;
    },
  }),
];

register(proofs);
