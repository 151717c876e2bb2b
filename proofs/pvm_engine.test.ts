/** What an engine is handed: an interpreter that goes as far as it is told, and no further. */

import * as model from "../model/pvm.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import {
  DIALECTS,
  GAS_MODELS,
  modelMachine,
  mutant,
  PLAIN,
  realMemory,
  realProgram,
  sameState,
  type Setup,
} from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

const INTERPRETER = "src/pvm/interpreter.ts";

/** Blocks of several instructions, three times round, and then a trap. */
const LOOP = assemble([
  op("load_imm", { a: 9, x: 3n }),
  op("fallthrough"),
  op("add_64", { a: 7, b: 9, d: 7 }),
  op("add_imm_64", { a: 9, b: 9, x: -1n }),
  op("branch_ne_imm", { a: 9, x: 0n, offset: -9n }),
  op("trap"),
]);

/** How far an engine went at a time: what it spent, and whether that was all. */
type Leg = readonly [spent: bigint, ended: boolean];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/interpreter_goes_as_far_as_it_is_told",
    claim:
      "an engine that runs a machine by so much gas at a time, and by single instructions between, " +
      "ends as the model does; no time spends more, and one with all the gas is the last",
    subject: ["Engine.create", "Machine.run"],
    spec: "Gray Paper, appendix A.1",
    strength: "bounded",
    domain: domain.product({
      dialect: domain.of(...DIALECTS),
      gasModel: domain.of(...GAS_MODELS),
      most: domain.of(1, 2, 4, 7, 14, 300),
      gas: domain.of(0n, 1n, 3n, 4n, 8n, 14n, 200n),
    }),
    reaches: ["paused", "went through"],
    implementation: pvm,
    mutants: [
      mutant(INTERPRETER, 'typeof mode === "number" ? mode', 'typeof mode === "bigint" ? mode'),
      mutant(
        INTERPRETER,
        "if (falls && patience < available)",
        "if (falls && patience <= available)",
      ),
      mutant(
        INTERPRETER,
        "return pause(state, prepared, record, paid);\n    if (stretch",
        "if (stretch",
      ),
      mutant(INTERPRETER, "patience -= stretch.fuel - stop.fuel;", ""),
      mutant(INTERPRETER, "patience -= stretch.fuel - stop.fuel;", "patience -= stretch.fuel;"),
    ],
    check({ dialect, gasModel, most, gas }, reach, face) {
      const setup: Setup = { ...PLAIN, code: LOOP, dialect, gasModel, gas };
      const legs: Leg[] = [];
      const engine = face.Engine.create(({ interpret, state }) => () => {
        for (let leg = 0; leg < 40; leg++) {
          const before = state.tank.gas;
          const exit = interpret(most);
          legs.push([before - state.tank.gas, exit !== undefined]);
          const end = exit ?? interpret("single");
          if (end !== undefined) return end;
        }
        return { kind: "halt" };
      });
      const machine = value(
        face.Machine.create(realProgram(face, setup), { memory: realMemory(setup), gas, engine }),
      );
      const exit = machine.run();
      reach(legs.length > 1 ? "paused" : "went through");
      return allOf(
        sameState(exit, machine, model.run(modelMachine(setup))),
        legs.some(([spent]) => spent > BigInt(most)) ? `spent ${legs.join(" ")}` : undefined,
        BigInt(most) >= gas ? agrees(legs.map(([, ended]) => ended), [true]) : undefined,
      );
    },
  }),
];

register(proofs);
