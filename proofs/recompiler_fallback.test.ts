/** Machines whose memory generated code cannot work on. */

import { FlatMemory } from "../src/paged/mod.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { value } from "./_kit/paged.ts";
import { GAS_MODELS } from "./_kit/pvm.ts";
import { mutant } from "./_kit/recompiler.ts";
import { beginning, CASES } from "./_kit/recompiler_hot.ts";
import {
  type Beginning,
  machineWith,
  memoryWith,
  programWith,
  runTwins,
} from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/pvm/recompiler/run.ts";

/** A flat memory with the regions of a beginning. */
function flatWith({ regions }: Beginning): FlatMemory {
  const memory = value(FlatMemory.create({ reservedBytes: 65_536, limitBytes: 2 ** 20 }));
  for (const [start, size, access] of regions) value(memory.mapRegion(start, size, access));
  return memory;
}

/** Runs something while there is no room for memories of WebAssembly. */
function withoutRoom<T>(run: () => T): T {
  const given = WebAssembly.Memory;
  const refuse = class {
    constructor() {
      throw new RangeError("no room");
    }
  };
  Reflect.set(WebAssembly, "Memory", refuse);
  try {
    return run();
  } finally {
    Reflect.set(WebAssembly, "Memory", given);
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/falls_back_without_a_shared_memory",
    claim:
      "machines whose memory is flat, or finds no room as one of WebAssembly, run as in the interpreter",
    subject: ["recompiler", "auto"],
    spec: "The recompiler's own promise: what it cannot do the interpreter does",
    strength: "bounded",
    domain: domain.product({
      engine: domain.of("recompiler" as const, "auto" as const),
      memory: domain.of("flat" as const, "no room" as const),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["flat", "no room"],
    implementation: recompiler,
    mutants: [
      mutant(
        RUN,
        "if (linked === undefined) return this.#interpret();",
        'if (linked === undefined) return { kind: "panic" };',
      ),
      mutant(RUN, 'return this.#input.interpret("exit")', 'return this.#input.interpret("single")'),
    ],
    check: ({ engine, memory, gasModel }, reach, face) => {
      const one = CASES["runs of much gas"];
      if (one === undefined) return "no case";
      const start = { ...beginning(one.lines, one.jumps), gasModel, gas: 9_000n };
      const made = () => memory === "flat" ? flatWith(start) : memoryWith(start);
      const program = programWith(start);
      const twins = {
        plain: machineWith(start, undefined, program, made()),
        quick: machineWith(start, face[engine](), program, made()),
      };
      const { value: failure, entries } = watchEngine(() =>
        withoutRoom(() => {
          for (let exits = 0; exits < 8; exits++) {
            const { failure } = runTwins(twins);
            if (failure !== undefined) return failure;
          }
          return undefined;
        })
      );
      reach(memory);
      return entries > 0 ? "generated code is entered" : failure;
    },
  }),
];

register(proofs);
