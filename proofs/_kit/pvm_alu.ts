/** The operations on registers of a machine, many at a time: one program does one with many operands. */

import { onRegisters } from "../../model/pvm_alu.ts";
import { type Form, formOf } from "../../model/pvm_forms.ts";
import { type Opcode, OPCODES } from "../../model/pvm_opcodes.ts";
import { agrees } from "../../src/proof/mod.ts";
import { SparseMemory } from "../../src/paged/mod.ts";
import type { Machine } from "../../src/pvm/mod.ts";
import { value } from "./paged.ts";
import { type Face, realCode } from "./pvm.ts";
import { assemble, encode, op } from "./pvm_assemble.ts";

/** Every opcode that computes on registers, with what it computes. */
export const COMPUTING: readonly { readonly opcode: Opcode; readonly form: Form }[] = OPCODES
  .flatMap((opcode) => {
    const form = formOf(opcode);
    return form === undefined ? [] : [{ opcode, form }];
  });

/** What a destination holds before; only conditional moves leave it there. */
const OLD = 0x0123_4567_89ab_cdefn;
/** Where the results go. */
const RESULTS = 0x2_0000;

/** Results of a machine, one after the other. */
type Compute = (register: bigint) => BigUint64Array;

/** An operation with a register, and each of some second operands: in a register or as immediate. */
function instructions(
  opcode: Opcode,
  second: bigint,
  place: number,
): readonly (readonly number[])[] {
  const { format } = opcode;
  const store = op("store_u64", { a: 1, x: BigInt(RESULTS + 8 * place) });
  const old = op("load_imm_64", { a: 1, x: OLD });
  if (format === "two_reg_one_imm") return [old, encode(opcode, { a: 1, b: 3, x: second }), store];
  const operand = op("load_imm_64", { a: 2, x: second });
  return format === "three_reg"
    ? [operand, old, encode(opcode, { a: 3, b: 2, d: 1 }), store]
    : [old, encode(opcode, { a: 3, d: 1 }), store];
}

/** A machine that computes an operation of register 3 and each of some second operands. */
export function computer(
  { Program, Machine }: Face,
  opcodes: readonly Opcode[],
  seconds: readonly bigint[],
): Compute {
  const all = opcodes.flatMap((opcode) => seconds.map((second) => ({ opcode, second })));
  const code = assemble(
    all.flatMap(({ opcode, second }, place) => instructions(opcode, second, place)),
  );
  const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
  value(memory.mapRegion(RESULTS, Math.ceil(all.length / 512) * 4096, "read-write"));
  const program = value(Program.create(realCode(code)));
  const machine: Machine = value(Machine.create(program, { memory, gas: 0n }));
  return (register) => {
    value(machine.setPc(0));
    value(machine.setGas(2n ** 40n));
    value(machine.setRegister(3, register));
    machine.run();
    return new BigUint64Array(value(memory.read(RESULTS, 8 * all.length)).buffer);
  };
}

/** What the model computes of register 3 and a second operand. */
function expected(
  { opcode, form }: typeof COMPUTING[number],
  register: bigint,
  second: bigint,
): bigint {
  const { operation, width, first } = form;
  return opcode.format === "two_reg_one_imm" && first === "X"
    ? onRegisters(operation, width, second, register, OLD)
    : onRegisters(operation, width, register, second, OLD);
}

/** The second operands of an opcode among some words; a single one where it has none. */
export function secondsOf({ format }: Opcode, words: readonly bigint[]): readonly bigint[] {
  if (format === "two_reg") return [0n];
  return format === "two_reg_one_imm" ? words.map(immediate) : words;
}

/** A 64-bit word that the immediate of an instruction can be. */
function immediate(word: bigint): bigint {
  return BigInt.asUintN(64, BigInt.asIntN(32, word));
}

/** The machines that compute, made once for each implementation: enumerations use them in turn. */
const machines = new WeakMap<Face["Machine"], Map<string, Compute>>();

export function machineFor(implementation: Face, key: string, make: () => Compute): Compute {
  const known = machines.get(implementation.Machine) ?? new Map<string, Compute>();
  machines.set(implementation.Machine, known);
  const compute = known.get(key) ?? make();
  known.set(key, compute);
  return compute;
}

/** Compares what a machine computes of a register and each second operand with the model. */
export function agreesOn(
  operation: typeof COMPUTING[number],
  compute: Compute,
  first: bigint,
  seconds: readonly bigint[],
): string | undefined {
  const results = compute(first);
  for (const [place, second] of seconds.entries()) {
    const wanted = expected(operation, first, second);
    if (results[place] === wanted) continue;
    const { mnemonic } = operation.opcode;
    return `${mnemonic} of ${first} and ${second}: ${agrees(results[place], wanted)}`;
  }
  return undefined;
}
