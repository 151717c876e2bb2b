/** Machines with a host and their model side by side: how to make, to drive and to see them. */

import type * as model from "../../model/pvm_host_state.ts";
import { type Access, type HostMemory, PAGE } from "../../model/pvm_host_memory.ts";
import { blob } from "../../model/pvm_program.ts";
import { U64 } from "../../src/int/mod.ts";
import { type Memory, SparseMemory } from "../../src/paged/mod.ts";
import type {
  HostAnswer,
  InnerMachines,
  InnerMachinesOptions,
  Machine,
} from "../../src/pvm/mod.ts";
import { value } from "./paged.ts";
import type { Face } from "./pvm.ts";
import { assemble, op } from "./pvm_assemble.ts";

export type Host = model.Host;

/** A program blob of instructions in a row. */
export function blobOf(instructions: readonly (readonly number[])[]): readonly bigint[] {
  const { bytes, mask } = assemble(instructions);
  return blob({ code: bytes, starts: mask.map((bit) => (bit ? 1n : 0n)), width: 0n, table: [] });
}

/** The address that a program halts at. */
export const HALT_ADDRESS = 0xffff_0000n;

/**
 * A guest that does all: it counts in r2, stores that where r3 says, calls its host, counts again, and
 * jumps where r0 says. Gas and registers choose how it ends.
 */
export const GUEST: readonly bigint[] = blobOf([
  op("add_imm_64", { a: 2, b: 2, x: 1n }),
  op("store_ind_u8", { a: 2, b: 3 }),
  op("ecalli", { x: 7n }),
  op("add_imm_64", { a: 2, b: 2, x: 1n }),
  op("jump_ind", { a: 0 }),
]);

/** A page with a telling byte near each of its ends. */
function markedBytes(page: bigint, salt: bigint): HostMemory["bytes"] {
  return [0n, 1n, PAGE - 1n].map((offset) => ({
    at: page * PAGE + offset,
    byte: (page * 7n + offset * 5n + salt) % 255n + 1n,
  }));
}

/** A memory with these pages, in which few bytes are not zero. */
export function memoryWith(
  pages: Readonly<Record<number, Access>>,
  salt: bigint,
): HostMemory {
  const list = Object.entries(pages).map(([page, access]) => ({ page: BigInt(page), access }));
  return { pages: list, bytes: list.flatMap(({ page }) => markedBytes(page, salt)) };
}

/** Gives a memory the pages and bytes of a model. */
export function fill(memory: Memory, { pages, bytes }: HostMemory): void {
  for (const { page, access } of pages) {
    const start = Number(page * PAGE);
    const init = new Uint8Array(Number(PAGE));
    for (const { at, byte } of bytes) {
      if (at / PAGE === page) init[Number(at % PAGE)] = Number(byte);
    }
    value(memory.mapRegion(start, Number(PAGE), access, init));
  }
}

/** A memory as the model sees it. */
export function hostMemoryOf(memory: Memory): HostMemory {
  const pages: { page: bigint; access: Access }[] = [];
  const bytes: { at: bigint; byte: bigint }[] = [];
  for (const { address, access, bytes: held } of memory.pages()) {
    pages.push({ page: BigInt(address) / PAGE, access });
    for (let i = 0; i < held.length; i++) {
      const byte = held[i] ?? 0;
      if (byte !== 0) bytes.push({ at: BigInt(address + i), byte: BigInt(byte) });
    }
  }
  return { pages, bytes };
}

/** All 13 registers, those left out being zero. */
export function registersOf(some: Readonly<Record<number, bigint>>): readonly bigint[] {
  return Array.from({ length: 13 }, (_, index) => some[index] ?? 0n);
}

/** A machine in a state, with a program. */
export function machineOf(
  face: Face,
  program: readonly bigint[],
  { gas, registers, memory }: Pick<Host, "gas" | "registers" | "memory">,
): Machine {
  const made = value(SparseMemory.create({ reservedBytes: 65_536 }));
  fill(made, memory);
  const code = value(face.decodeBlob(Uint8Array.from(program, Number)));
  return value(
    face.Machine.create(value(face.Program.create(code)), { memory: made, gas, registers }),
  );
}

/** A caller that is brought into a state, and the machines inside it. */
export interface Real {
  readonly caller: Machine;
  readonly inner: InnerMachines;
}

/** Limits as options. */
export function optionsOf(
  limits: model.Limits,
  readOnlyStore: "panic" | "page-fault",
): InnerMachinesOptions {
  return {
    machines: Number(limits.machines),
    codeBytes: Number(limits.codeBytes),
    mappedBytes: Number(limits.mappedBytes),
    readOnlyStore,
  };
}

/** Limits that are out of reach. */
export const AMPLE: model.Limits = { machines: 9n, codeBytes: 9_999n, mappedBytes: 32n * PAGE };

/** The handler of a call, without the machine. */
function handlerOf({ inner }: Real, id: bigint) {
  const found = Object.entries(inner.handlers).find(([number]) => BigInt(number) === id);
  if (found === undefined) throw new Error(`no handler does the call ${id}`);
  return found[1];
}

/** Has a handler do a call; what it answers. */
export function answerOf(real: Real, id: bigint): HostAnswer["kind"] {
  return handlerOf(real, id)({ kind: "host-call", id: wide(id) }, real.caller).kind;
}

function wide(id: bigint) {
  return value(U64.from(id));
}

/** Puts a caller into a state, the memory excepted. */
export function steer(caller: Machine, { gas, registers }: Pick<Host, "gas" | "registers">): void {
  value(caller.setGas(gas));
  for (const [index, each] of registers.entries()) value(caller.setRegister(index, each));
}

/** A caller and inner machines as in a model. */
export function realOf(
  face: Face,
  host: Host,
  limits: model.Limits,
  readOnlyStore: "panic" | "page-fault" = "panic",
): Real {
  const inner = value(face.InnerMachines.create(optionsOf(limits, readOnlyStore)));
  const caller = machineOf(face, GUEST, host);
  for (const one of host.inner) {
    const at = 0x10_0000;
    const scratch = value(SparseMemory.create({ reservedBytes: 65_536 }));
    const blobBytes = Uint8Array.from(one.blob, Number);
    value(scratch.mapRegion(at, 4096, "read-only", blobBytes));
    const code = value(face.decodeBlob(Uint8Array.from(GUEST, Number)));
    const registers = registersOf({ 7: BigInt(at), 8: BigInt(blobBytes.length), 9: one.pc });
    const maker = value(
      face.Machine.create(value(face.Program.create(code)), {
        memory: scratch,
        gas: 100n,
        registers,
      }),
    );
    answerOf({ caller: maker, inner }, 8n);
    if (maker.register(7) !== one.n) throw new Error("the inner machines are not in order");
    const made = inner.at(Number(one.n));
    if (made !== undefined) fill(made.memory, one.memory);
  }
  return { caller, inner };
}

/** The whole state of a caller and its machines. */
export function stateOf({ caller, inner }: Real): unknown {
  return {
    gas: caller.gas,
    registers: caller.registers,
    memory: hostMemoryOf(caller.memory),
    inner: inner.numbers.map((n) => {
      const one = inner.at(n);
      return {
        n: BigInt(n),
        pc: one?.pc,
        codeBytes: BigInt(one?.codeBytes ?? -1),
        memory: one === undefined ? undefined : hostMemoryOf(one.memory),
      };
    }),
  };
}

/** The whole state of a model, likewise. */
export function stateOfModel({ gas, registers, memory, inner }: Host): unknown {
  return {
    gas,
    registers,
    memory,
    inner: inner.map(({ n, pc, blob, memory }) => ({
      n,
      pc,
      codeBytes: BigInt(blob.length),
      memory,
    })),
  };
}
