/** What takes options, and what it makes of values that are none. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { mutant, realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

const PROGRAM = "src/pvm/program.ts";

/** Some code. */
const CODE = assemble([op("trap")]);

/** What makes something with options; each with the options alone left open. */
const MAKERS: Readonly<Record<string, (face: typeof pvm, options: unknown) => unknown>> = {
  program: ({ Program }, options) =>
    Reflect.apply(Program.create, Program, [realCode(CODE), options]),
  assemble: ({ assemble }, options) => Reflect.apply(assemble, undefined, ["trap", options]),
  log: ({ Log }, options) => Reflect.apply(Log.create, Log, [options]),
  inner: ({ InnerMachines }, options) =>
    Reflect.apply(InnerMachines.create, InnerMachines, [options]),
  calls: ({ hostCalls }, options) => Reflect.apply(hostCalls, undefined, [{}, options]),
  invoke: ({ invoke }, options) => Reflect.apply(invoke, undefined, [new Uint8Array(3), options]),
  machine: ({ Machine, Program }, options) =>
    Reflect.apply(Machine.create, Machine, [value(Program.create(realCode(CODE))), options]),
};

/** What stands for options and is none. */
const NO_OPTIONS: Readonly<Record<string, unknown>> = {
  function: () => {},
  null: null,
  number: 5,
  text: "options",
  symbol: Symbol.iterator,
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/options_are_objects",
    claim:
      "what takes options refuses a function and every value that is no object, and names them",
    subject: [
      "Program.create",
      "Log.create",
      "InnerMachines.create",
      "hostCalls",
      "Machine.create",
      "assemble",
    ],
    spec: "argument rule of the library",
    strength: "exhaustive",
    domain: domain.product({
      maker: domain.of(...Object.keys(MAKERS)),
      options: domain.of(...Object.keys(NO_OPTIONS)),
    }),
    reaches: ["refused"],
    implementation: pvm,
    mutants: [
      mutant(
        PROGRAM,
        '(typeof options !== "object" || options === null)) return undefined;',
        "options === null) return undefined;",
      ),
      mutant(
        "src/pvm/host/dispatch.ts",
        'if (typeof options !== "object" || options === null) return undefined;',
        "",
      ),
      mutant(
        "src/pvm/text/assemble.ts",
        'if (typeof options !== "object" || options === null) return undefined;',
        'if (typeof options !== "object" && options === null) return undefined;',
      ),
      mutant(
        "src/pvm/host/log.ts",
        '(typeof options !== "object" || options === null)) return undefined;',
        "options === null) return undefined;",
      ),
    ],
    check({ maker, options }, reach, face) {
      const made = MAKERS[maker]?.(face, NO_OPTIONS[options]);
      if (typeof made !== "object" || made === null) return "gave no result";
      const told: unknown = Reflect.get(made, "error");
      const error: unknown = Array.isArray(told) ? told[0] : told;
      if (typeof error !== "object" || error === null) return "took them";
      reach("refused");
      return allOf(
        agrees(Reflect.get(error, "kind"), "invalid-argument"),
        agrees(Reflect.get(error, "parameter"), "options"),
      );
    },
  }),
];

register(proofs);
