/** This library in the comparison. */

import {
  decodeBlob,
  decodeStandardProgram,
  initialState,
  Machine,
  Program,
} from "../../src/pvm/mod.ts";
import type { Engine as PvmEngine } from "../../src/pvm/mod.ts";
import { auto, recompiler } from "../../src/pvm/recompiler/mod.ts";
import { type Entry, insist, type Loaded } from "./engine.ts";
import type { Guest } from "./guests.ts";

function loaded(bytes: Uint8Array, gas: bigint, engine?: PvmEngine): Loaded {
  const standard = decodeStandardProgram(bytes);
  insist(standard.ok, "the program is malformed");
  const code = decodeBlob(standard.value.blob);
  const state = initialState(standard.value, new Uint8Array(0));
  insist(code.ok && state.ok, "the program cannot be loaded");
  const program = Program.create(code.value);
  insist(program.ok, "the code cannot be prepared");
  const made = Machine.create(program.value, { ...state.value, gas, engine });
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

function entry(
  name: string,
  runs: number,
  make: () => PvmEngine | undefined,
): Entry {
  const load = ({ program }: Guest, gas: bigint) => loaded(program, gas, make());
  return { name, make: () => Promise.resolve({ runs, load }) };
}

/** The interpreter; the recompiler; the interpreter first, generated code once that is worth it. */
export const RINGFENCE: readonly Entry[] = [
  entry("interpreter", 7, () => undefined),
  entry("recompiler", 25, recompiler),
  entry("auto", 25, auto),
];
