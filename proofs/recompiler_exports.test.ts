/** Instances that lack one of their functions: the interpreter goes on, and nobody sees it. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { mutant } from "./_kit/recompiler.ts";
import { linked, REST } from "./_kit/recompiler_lines.ts";
import { machineWith, runTwins, twinsOf } from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const LINKED = "src/pvm/recompiler/linked.ts";

/** A loop over two chunks, of so many rounds as register 9 says. */
const LENGTH = 2_500;
const CODE = linked(
  [
    ...Array.from({ length: LENGTH }, () => op("add_imm_64", { a: 8, b: 8, x: 1n })),
    op("add_imm_64", { a: 9, b: 9, x: -1n }),
    op("branch_ne_imm", { a: 9, x: 0n }),
    op("trap"),
  ],
  new Map([[LENGTH + 1, 0]]),
);

/** Runs something while what goes from chunk to chunk lacks a function. */
function without<T>(name: string, run: () => T): T {
  const given = WebAssembly.Instance;
  const construct = (target: object, args: readonly unknown[]): object => {
    const made: object = Reflect.construct(Object(target), [...args]);
    const exports = Object(Reflect.get(made, "exports"));
    return { exports: "u" in exports ? { ...exports, [name]: undefined } : exports };
  };
  Reflect.set(WebAssembly, "Instance", new Proxy(given, { construct }));
  try {
    return run();
  } finally {
    Reflect.set(WebAssembly, "Instance", given);
  }
}

/** A loop that never ends. */
const SHORT = linked([op("add_imm_64", { a: 8, b: 8, x: 1n }), op("jump")], new Map([[1, 0]]));

/** Runs something while instances of chunks are refused: how many were asked for. */
function refusing(run: () => void): number {
  const given = WebAssembly.Instance;
  let asked = 0;
  const construct = (target: object, args: readonly unknown[]): object => {
    const made: object = Reflect.construct(Object(target), [...args]);
    if ("u" in Object(Reflect.get(made, "exports"))) return made;
    asked++;
    throw new RangeError("no room");
  };
  Reflect.set(WebAssembly, "Instance", new Proxy(given, { construct }));
  try {
    run();
  } finally {
    Reflect.set(WebAssembly, "Instance", given);
  }
  return asked;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/instances_without_a_function_are_not_used",
    claim: "where an instance lacks a function that it should export, programs are interpreted",
    subject: ["recompiler"],
    spec: "The recompiler's own promise: what it cannot do the interpreter does",
    strength: "exhaustive",
    domain: domain.of("f", "u", "more"),
    reaches: ["interpreted", "generated"],
    implementation: recompiler,
    mutants: [
      mutant(
        LINKED,
        "step === undefined || unlinked === undefined",
        "step === undefined && unlinked === undefined",
      ),
      mutant(LINKED, "step === undefined || unlinked === undefined", "unlinked === undefined"),
    ],
    check: (name, reach, face) => {
      const start = { ...REST, code: CODE, gasModel: "instruction" as const, gas: 50_000n };
      const twins = twinsOf(start, face.recompiler());
      const { value, entries } = watchEngine(() => without(name, () => runTwins(twins)));
      reach(entries > 0 ? "generated" : "interpreted");
      return value.failure ?? agrees(entries > 0, name === "more");
    },
  }),
  defineProof({
    id: "recompiler/what_is_refused_is_not_asked_for_again",
    claim: "a chunk whose instance is refused is asked for once, however often the machine runs",
    subject: ["recompiler"],
    spec: "The recompiler's own promise: what it cannot do the interpreter does",
    strength: "bounded",
    domain: domain.range(1, 4),
    reaches: ["refused"],
    implementation: recompiler,
    mutants: [mutant(LINKED, "if (this.#missing.has(chunk)) return false;", "")],
    check: (runs, reach, face) => {
      const start = { ...REST, code: SHORT, gasModel: "instruction" as const, gas: 0n };
      const machine = machineWith(start, face.recompiler());
      const asked = refusing(() => {
        for (let run = 0; run < runs; run++) {
          machine.setGas(5_000n);
          machine.run();
        }
      });
      reach("refused");
      return agrees(asked, 1);
    },
  }),
];

register(proofs);
