/** Engines: values of the library, which interpret where nothing can be compiled. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { memoryOf, mutant as faceMutant, pairOf, staysAlike } from "./_kit/recompiler.ts";
import { register } from "./_kit/register.ts";

/** Runs something while no module can be made. */
function withoutModules<T>(run: () => T): T {
  const given = WebAssembly.Module;
  const refuse = class {
    constructor() {
      throw new Error("compilation is not allowed");
    }
  };
  Reflect.set(WebAssembly, "Module", refuse);
  try {
    return run();
  } finally {
    Reflect.set(WebAssembly, "Module", given);
  }
}

/** A loop of five rounds; each number gives a program that was not compiled before. */
const loop = (mark: number) =>
  realCode(assemble([
    op("load_imm", { a: 1, x: BigInt(mark) }),
    op("load_imm", { a: 9, x: 5n }),
    op("fallthrough"),
    op("add_64", { a: 7, b: 9, d: 7 }),
    op("add_imm_64", { a: 9, b: 9, x: -1n }),
    op("branch_ne_imm", { a: 9, x: 0n, offset: -9n }),
    op("trap"),
  ]));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/falls_back_where_compilation_is_refused",
    claim: "where no module can be made, programs run as in the interpreter",
    subject: ["recompiler", "auto"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.product({
      engine: domain.of("recompiler" as const, "auto" as const),
      gas: domain.range(0, 30),
      refused: domain.of(false, true),
    }),
    reaches: ["panic", "out-of-gas"],
    implementation: recompiler,
    mutants: [
      faceMutant(
        "src/pvm/recompiler/compiled.ts",
        "return undefined; // not allowed to, or no room",
        "return new WebAssembly.Module(new Uint8Array(0));",
      ),
      faceMutant(
        "src/pvm/recompiler/run.ts",
        "const exit = this.#early() ?? this.run();",
        "this.#early();\n    const exit = this.run();",
      ),
    ],
    check: ({ engine, gas, refused }, reach, face) => {
      const start = {
        code: loop((refused ? 300 : 20) + gas),
        dialect: "gray-paper",
        gasModel: "instruction",
        gas: BigInt(gas),
        registers: [],
      } as const;
      const run = () => staysAlike(pairOf(start, face[engine]()), 2, ({ kind }) => reach(kind));
      return refused ? withoutModules(run) : run();
    },
  }),
  defineProof({
    id: "recompiler/engines_are_values_of_the_library",
    claim: "a machine takes an engine of the library, and no other value for one",
    subject: ["Engine.create", "Machine.create"],
    spec: "argument rule of the library",
    strength: "bounded",
    domain: domain.of("engine", "none", "object", "function", "number"),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      sourceMutants<typeof pvm>("src/pvm/mod.ts")(
        "src/pvm/machine.ts",
        "read.engine !== undefined && engine === undefined",
        "false",
      ),
      sourceMutants<typeof pvm>("src/pvm/mod.ts")(
        "src/pvm/machine.ts",
        "      : run();\n",
        '      : { kind: "panic" };\n',
      ),
    ],
    check: (kind, reach, face) => {
      const given: Readonly<Record<string, unknown>> = {
        engine: face.Engine.create(() => () => ({ kind: "ecall" })),
        object: { run: () => ({ kind: "halt" }) },
        function: () => () => ({ kind: "halt" }),
        number: 1,
      };
      const program = value(face.Program.create(loop(60)));
      const options = { memory: memoryOf("gray-paper"), gas: 6n };
      Reflect.set(options, "engine", given[kind]);
      const made = face.Machine.create(program, options);
      const wanted = kind === "engine" || kind === "none";
      reach(made.ok ? "taken" : "refused");
      if (made.ok !== wanted) return `${kind}: ${made.ok}`;
      if (!made.ok) return undefined;
      const exit = made.value.run().kind;
      return exit === (kind === "engine" ? "ecall" : "out-of-gas") ? undefined : exit;
    },
  }),
];

register(proofs);
