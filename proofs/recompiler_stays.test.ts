/** How long stays in generated code are, and what is interpreted before there are any. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Machine } from "../src/pvm/mod.ts";
import * as running from "../src/pvm/recompiler/run.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import {
  type Asked,
  type Running,
  runningMutant as mutant,
  watched,
} from "./_kit/recompiler_asked.ts";
import { linked, REST } from "./_kit/recompiler_lines.ts";
import { type Beginning, machineWith, programWith } from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/pvm/recompiler/run.ts";

/** A loop of two instructions that never ends. */
const ENDLESS = linked(
  [op("add_imm_64", { a: 9, b: 9, x: 1n }), op("jump")],
  new Map([[1, 0]]),
);

const start = (code: Beginning["code"], gas: number): Beginning => ({
  ...{ ...REST, code, gasModel: "instruction", gas: BigInt(gas) },
});

/** What an engine asks for while a machine runs with so much gas. */
function askedWith(engine: ReturnType<typeof watched>, machine: Machine): readonly Asked[] {
  engine.asked.length = 0;
  machine.run();
  return [...engine.asked];
}

/** How often generated code is entered on the way through so much gas. */
function entriesFor(gas: number, { runCompiled }: Running): number {
  const { engine } = watched(runCompiled);
  return watchEngine(() => machineWith(start(ENDLESS, gas), engine).run()).entries;
}

/** A program of so many instructions, with the trap at its end. */
const long = (instructions: number): Beginning =>
  start(
    realCode(assemble(Array.from({ length: instructions - 1 }, () => op("fallthrough")))),
    1_000_000,
  );

/** What is asked, and what must be the answer. */
type Fact = readonly [ask: (face: Running) => unknown, answer: unknown];

const FACTS: Readonly<Record<string, readonly [ask: (face: Running) => unknown, answer: unknown]>> =
  {
    "48 stays take 2^18 of gas": [(face) => entriesFor(48 * 2 ** 18, face), 48],
    "and no more of them do": [(face) => entriesFor(49 * 2 ** 18, face), 49],
    "the next takes 2^22": [(face) => entriesFor(48 * 2 ** 18 + 2 ** 22, face), 49],
    "and the one behind it": [(face) => entriesFor(48 * 2 ** 18 + 2 * 2 ** 22, face), 50],
    "a cold program is interpreted by slices": [
      (face) => {
        const engine = watched(face.runHot);
        return askedWith(engine, machineWith(start(ENDLESS, 100), engine.engine));
      },
      // The first slices: 128, and what the generator gives of 256.
      [193],
    ],
    "what is left of a slice is asked for next": [
      (face) => {
        const engine = watched(face.runHot);
        const machine = machineWith(start(ENDLESS, 100), engine.engine);
        askedWith(engine, machine);
        machine.setGas(20n);
        return askedWith(engine, machine);
      },
      [93],
    ],
    "the first machine of a hot program is not": [
      (face) => {
        const engine = watched(face.runHot);
        const all = askedWith(engine, machineWith(start(ENDLESS, 50_000), engine.engine));
        return all.filter((mode) => typeof mode === "number" && (mode < 128 || mode > 384));
      },
      [],
    ],
    "the second machine of a hot program is interpreted for 32,768": [
      (face) => {
        const engine = watched(face.runHot);
        const program = programWith(start(ENDLESS, 0));
        machineWith(start(ENDLESS, 50_000), engine.engine, program).run();
        const other = machineWith(start(ENDLESS, 5_000), engine.engine, program);
        const first = askedWith(engine, other);
        other.setGas(50_000n);
        return [...first, askedWith(engine, other)[0]];
      },
      [32_768, 27_768],
    ],
    "where there is to be no code, 100,000 are asked for": [
      (face) => {
        const engine = watched(face.runCompiled);
        // What goes from chunk to chunk is made once for all programs: here it is.
        machineWith(long(400), engine.engine).run();
        return watchEngine(() => askedWith(engine, machineWith(long(500), engine.engine)), 0).value;
      },
      [100_000],
    ],
    "8,000 instructions are compiled at once": [
      (face) => {
        const engine = watched(face.runCompiled);
        return askedWith(engine, machineWith(long(8_000), engine.engine));
      },
      ["single"],
    ],
    "8,001 are interpreted at first": [
      (face) => {
        const engine = watched(face.runCompiled);
        return askedWith(engine, machineWith(long(8_001), engine.engine))[0] === "single";
      },
      false,
    ],
  };

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/the_interpreter_is_asked_for_what_is_said",
    claim: "stays, slices, and the gas of machines that wait are as long as they are said to be",
    subject: ["runCompiled", "runHot"],
    spec: "The recompiler's own design: heat",
    strength: "bounded",
    domain: domain.of(...Object.keys(FACTS)),
    reaches: ["asked"],
    implementation: running,
    mutants: [
      mutant(RUN, "const SLICE_MAX = 2 ** 22;", "const SLICE_MAX = 2 ** 21;"),
      mutant(RUN, "const SLICE_FIRST = 2 ** 18;", "const SLICE_FIRST = 2 ** 19;"),
      mutant(RUN, "const STAYS_FIRST = 48;", "const STAYS_FIRST = 49;"),
      mutant(RUN, "const STAYS_FIRST = 48;", "const STAYS_FIRST = 47;"),
      mutant(RUN, "const WITHOUT_CODE = 100_000;", "const WITHOUT_CODE = 100_001;"),
      mutant(RUN, "const SMALL = 8_000;", "const SMALL = 7_999;"),
      mutant(RUN, "const SMALL = 8_000;", "const SMALL = 8_001;"),
      mutant(RUN, "const LINK_WORTH = 32_768;", "const LINK_WORTH = 32_767;"),
      mutant(RUN, "heat.left -= before - state.tank.available;", ""),
      mutant(
        RUN,
        "if (this.#owed <= 0) return undefined;",
        "if (this.#owed < 0) return undefined;",
      ),
      mutant(RUN, ": this.#owed - (before - tank.available);", ": this.#owed;"),
    ],
    check: (name, reach, face) => {
      const [ask, answer] = FACTS[name] ?? [];
      reach("asked");
      return agrees(ask?.(face), answer);
    },
  }),
];

register(proofs);
