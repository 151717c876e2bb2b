/**
 * One machine that another made and runs (Gray Paper, appendix B.8).
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import type { U64 } from "../../int/mod.ts";
import { SparseMemory } from "../../paged/mod.ts";
import { decodeBlob } from "../blob.ts";
import { GRAY_PAPER } from "../dialect.ts";
import type { Exit } from "../exit.ts";
import { skipOf } from "../instruction.ts";
import { Machine } from "../machine.ts";
import { Program } from "../program.ts";
import { REGISTERS } from "../record.ts";
import type { InnerSettings } from "./inner_limits.ts";

/** The bytes that an invocation begins and ends with: the gas and the registers. */
export const INVOCATION_BYTES: number = 8 * (1 + REGISTERS);

/** One machine that another made. */
export interface Inner {
  readonly machine: Machine;
  /** Where its instructions start. */
  readonly starts: Uint8Array;
  /** The size of its program blob. */
  readonly codeBytes: number;
  /** The code offset that it goes on at. */
  pc: U64;
}

/** Makes a machine with blank memory; nothing when the bytes are no program blob, or without room. */
export function makeInner(
  blob: Uint8Array,
  pc: U64,
  { mappedBytes, readOnlyStore }: InnerSettings,
): Inner | "no-room" | undefined {
  const code = decodeBlob(blob);
  if (!code.ok) return undefined;
  const program = Program.create(code.value);
  const { reservedBytes } = GRAY_PAPER;
  const memory = SparseMemory.create({ limitBytes: mappedBytes, reservedBytes });
  const machine = program.ok && memory.ok
    ? Machine.create(program.value, { memory: memory.value, gas: 0n, readOnlyStore })
    : undefined;
  return machine?.ok
    ? { machine: machine.value, starts: code.value.starts, codeBytes: blob.length, pc }
    : "no-room";
}

/** The code offset that a machine is to go on at after an exit, as its maker can find it out. */
function nextPc({ machine, starts, pc }: Inner, exit: Exit): U64 {
  switch (exit.kind) {
    case "halt":
    case "panic":
      return asU64(0n);
    case "host-call":
      return asU64(BigInt(machine.pc + 1 + skipOf(starts, machine.pc)));
    default: // it stands where it stood if that is too far out for a number
      return pc > Number.MAX_SAFE_INTEGER ? pc : asU64(BigInt(machine.pc));
  }
}

/** Runs a machine with the gas and the registers that are in the bytes, and puts them back there. */
export function runInner(inner: Inner, invocation: Uint8Array<ArrayBuffer>): Exit {
  const { machine, pc } = inner;
  const view = new DataView(invocation.buffer, invocation.byteOffset, INVOCATION_BYTES);
  // There is no code so far out: any place there does.
  machine.setPc(Math.min(Number(pc), Number.MAX_SAFE_INTEGER));
  machine.setGas(view.getBigUint64(0, true));
  for (let index = 0; index < REGISTERS; index++) {
    machine.setRegister(index, view.getBigUint64(8 + 8 * index, true));
  }
  const exit = machine.run();
  view.setBigUint64(0, machine.gas, true);
  for (let index = 0; index < REGISTERS; index++) {
    view.setBigUint64(8 + 8 * index, machine.register(index), true);
  }
  inner.pc = nextPc(inner, exit);
  return exit;
}
