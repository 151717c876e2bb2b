/** This library in the comparison. */

import {
  decodeBlob,
  decodeStandardProgram,
  initialState,
  Machine,
  Program,
} from "../../src/pvm/mod.ts";
import { type Engine, insist, type Loaded } from "./engine.ts";

function load(bytes: Uint8Array, gas: bigint): Loaded {
  const standard = decodeStandardProgram(bytes);
  insist(standard.ok, "the program is malformed");
  const code = decodeBlob(standard.value.blob);
  const state = initialState(standard.value, new Uint8Array(0));
  insist(code.ok && state.ok, "the program cannot be loaded");
  const program = Program.create(code.value);
  insist(program.ok, "the code cannot be prepared");
  const made = Machine.create(program.value, { ...state.value, gas });
  insist(made.ok, "the machine cannot be made");
  const machine = made.value;
  return {
    run() {
      let exit = machine.run();
      while (exit.kind === "host-call") {
        machine.setRegister(7, machine.register(7) + 1n);
        exit = machine.run();
      }
      insist(exit.kind === "halt", `ringfence stopped: ${exit.kind}`);
      return { result: machine.register(7), gasUsed: gas - machine.gas };
    },
  };
}

/** The interpreter. */
export const RINGFENCE: Engine = { name: "ringfence", runs: 7, load };
