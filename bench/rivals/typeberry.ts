/** The engine of @typeberry/lib, the one in TypeScript. */

import { type Engine, type Entry, insist, type Loaded } from "./engine.ts";
import type { Guest } from "./guests.ts";

interface Registers {
  getU64(index: number): bigint;
  setU64(index: number, value: bigint): void;
}

interface Interpreter {
  readonly gas: { get(): number | bigint };
  readonly registers: Registers;
  resetJam(
    program: Uint8Array,
    args: Uint8Array,
    pc: number,
    gas: bigint | number,
    hasMetadata: boolean,
  ): void;
  runProgram(): void;
  getStatus(): number;
}

interface Package {
  readonly Interpreter: { readonly new: (options: object) => Interpreter };
}

const HALT = 0;
const HOST = 3;

async function make(): Promise<Engine> {
  const place = "@typeberry/lib/pvm-interpreter";
  const { Interpreter }: Package = await import(place);
  const load = ({ program }: Guest, gas: bigint): Loaded => {
    const machine = Interpreter.new({});
    machine.resetJam(program, new Uint8Array(0), 0, Number(gas), false);
    return {
      run() {
        machine.runProgram();
        while (machine.getStatus() === HOST) {
          machine.registers.setU64(7, machine.registers.getU64(7) + 1n);
          machine.runProgram();
        }
        insist(
          machine.getStatus() === HALT,
          `typeberry stopped: ${machine.getStatus()}`,
        );
        return {
          result: machine.registers.getU64(7),
          gasUsed: gas - BigInt(machine.gas.get()),
        };
      },
    };
  };
  return { runs: 1, load };
}

/** The engine. */
export const TYPEBERRY: Entry = { name: "typeberry", make };
