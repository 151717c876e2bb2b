/** What programs and machines make of hostile callers. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { mutant, stateOf } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

const MACHINE = "src/pvm/machine.ts";

/** What the calls take among the hostile values, by the place of the call. */
const TAKEN: Readonly<Record<number, readonly string[]>> = {
  5: ["undefined", "null"],
  6: ["undefined", "null"],
  10: ["0n", "1n"],
  11: ["undefined", "null", "[]"],
  12: ["0n", "1n"],
  14: ["0n", "1n"],
  16: ["0n", "1n"],
};

/** Whether a call may take a value. Options are read from any object that can be read. */
function isValid(place: number, code: string): boolean {
  return [1, 2, 4].includes(place) || (TAKEN[place] ?? []).includes(code);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/hostile_callers_get_values",
    claim:
      "no value passed as any argument makes a program or machine throw, or changes the machine",
    subject: [
      "Program.create",
      "Machine.create",
      "Machine.setPc",
      "Machine.setGas",
      "Machine.setRegister",
      "Machine.register",
    ],
    spec: "errors are values",
    strength: "bounded",
    domain: domain.product({ hostile: hostileValues, place: domain.range(0, 17) }),
    reaches: ["returns"],
    implementation: pvm,
    mutants: [
      mutant(
        "src/pvm/program.ts",
        "return isWhole(memoryCycles, 1, MEMORY_CYCLES_MAX)",
        'return typeof memoryCycles === "number"',
      ),
      mutant(
        MACHINE,
        `if (!isUsize(pc)) return invalidArgument("pc", EXPECTED.pc, pc);\n    this`,
        "this",
      ),
      mutant(
        MACHINE,
        `if (!u64.is(gas)) return invalidArgument("gas", EXPECTED.gas, gas);\n    this`,
        "this",
      ),
      mutant(
        MACHINE,
        `if (!u64.is(value)) return invalidArgument("value", EXPECTED.gas, value);`,
        "",
      ),
      mutant(MACHINE, "return isUsize(value) && value < REGISTERS;", "return value < REGISTERS;"),
      mutant(MACHINE, "      if (!u64.is(value)) return undefined;\n", ""),
    ],
    check: ({ hostile, place }, reach, implementation) => {
      const { Program, Machine } = implementation;
      const code = {
        bytes: Uint8Array.of(1),
        starts: Uint8Array.of(1),
        jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
      };
      const program = value(Program.create(code));
      const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
      const machine = value(Machine.create(program, { memory, gas: 5n }));
      const given = hostile.make();
      const options = { memory, gas: 5n };
      const calls: readonly (() => unknown)[] = [
        () => Reflect.apply(Program.create, Program, [given]),
        () => Reflect.apply(Program.create, Program, [{ ...code, bytes: given }]),
        () => Reflect.apply(Program.create, Program, [{ ...code, starts: given }]),
        () => Reflect.apply(Program.create, Program, [{ ...code, jumpTable: given }]),
        () => Reflect.apply(Program.create, Program, [code, given]),
        () => Reflect.apply(Program.create, Program, [code, { dialect: given }]),
        () => Reflect.apply(Program.create, Program, [code, { memoryCycles: given }]),
        () => Reflect.apply(Machine.create, Machine, [given, options]),
        () => Reflect.apply(Machine.create, Machine, [program, given]),
        () => Reflect.apply(Machine.create, Machine, [program, { ...options, memory: given }]),
        () => Reflect.apply(Machine.create, Machine, [program, { ...options, gas: given }]),
        () => Reflect.apply(Machine.create, Machine, [program, { ...options, registers: given }]),
        () => Reflect.apply(Machine.create, Machine, [program, { ...options, registers: [given] }]),
        () => Reflect.apply(machine.setPc, machine, [given]),
        () => Reflect.apply(machine.setGas, machine, [given]),
        () => Reflect.apply(machine.setRegister, machine, [given, 1n]),
        () => Reflect.apply(machine.setRegister, machine, [1, given]),
        () => Reflect.apply(machine.register, machine, [given]),
      ];
      const call = calls[place] ?? (() => undefined);
      const before = stateOf(machine);
      const thrown = isTotal(call);
      if (thrown !== undefined) return thrown;
      reach("returns");
      const outcome: unknown = place === 17 ? { ok: false } : call();
      const isOk = typeof outcome === "object" && outcome !== null &&
        Reflect.get(outcome, "ok") === true;
      const state = isTotal(() => stateOf(machine)) ??
        (isOk ? undefined : agrees(stateOf(machine), before));
      const isTaken = isOk && !isValid(place, hostile.code);
      return allOf(
        state,
        isTaken ? `it took ${hostile.code}` : undefined,
        isTotal(() => machine.run()),
      );
    },
  }),
];

register(proofs);
