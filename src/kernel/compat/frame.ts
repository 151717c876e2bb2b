/**
 * The entries of the stack: Instances at work, and how they are shown.
 *
 * @module
 */

import { asU64, asUsize } from "../../int/mod.ts";
import type { U64 } from "../../int/mod.ts";
import type { MappedPage, Memory } from "../../paged/mod.ts";
import { Machine } from "../../pvm/mod.ts";
import type { Program } from "../../pvm/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import type { SlotIdx } from "../slot.ts";
import type { InvariantBroken, NoRoomForPage } from "../vm_error.ts";

/** An Instance at work. */
export interface FrameState {
  readonly instance: CapTarget;
  readonly imageHashChain: CapHash;
  readonly imageHash: CapHash;
  readonly program: Program;
  readonly rootCnode: CNodeCap;
  readonly yieldMarkerSlot: SlotIdx | undefined;
  readonly pinnedSlots: readonly SlotIdx[];
  /** Its registers, memory and gas. */
  readonly machine: Machine;
}

/** An entry of the stack, and what it is now. */
export interface Frame {
  now: FrameState;
}

/** What a machine begins with. */
export interface MachineStart {
  readonly memory: Memory;
  readonly gas: U64;
  readonly registers: readonly U64[];
  readonly pc: number;
}

/** A machine for a program. */
export function machineFor(
  program: Program,
  start: MachineStart,
): Result<Machine, InvariantBroken> {
  const machine = Machine.create(program, start);
  if (machine.ok) return machine;
  return err({ kind: "invariant", text: `no machine: ${machine.error.expected}` });
}

/** A machine of another program, entered where the first one is. */
export function withProgram(
  machine: Machine,
  program: Program,
): Result<Machine, InvariantBroken> {
  const { memory, gas, registers, pc } = machine;
  return machineFor(program, { memory, gas, registers, pc });
}

/** A machine like one, which shares nothing with it. */
export function cloneMachine(
  machine: Machine,
  program: Program,
): Result<Machine, InvariantBroken | NoRoomForPage> {
  const memory = machine.memory.clone();
  if (!memory.ok) return err({ kind: "no-room" });
  const { gas, registers, pc } = machine;
  return machineFor(program, { memory: memory.value, gas, registers, pc });
}

/** An entry of the stack, to look at. Nothing that is done to it changes the `Vm`. */
export interface FrameView {
  /** What was invoked. */
  readonly instance: CapTarget;
  /** What it is: the hash of its images' history. */
  readonly imageHashChain: CapHash;
  /** The hash of its image. */
  readonly imageHash: CapHash;
  /** Its slots. */
  readonly rootCnode: CNodeCap;
  /** The slot of its catcher. */
  readonly yieldMarkerSlot: SlotIdx | undefined;
  /** The slots that its image pins. */
  readonly pinnedSlots: readonly SlotIdx[];
  /** Its 13 registers. */
  readonly regs: readonly U64[];
  /** The offset in the code at which it goes on. */
  readonly pc: U64;
  /** Its gas: that of a caller is with the one that runs. */
  readonly gas: U64;
  /** A copy of each page that it maps. */
  readonly pages: () => readonly MappedPage[];
}

/** What is shown of an entry. */
export function viewOf({ now }: Frame): FrameView {
  const { machine, program: _program, ...parts } = now;
  return Object.freeze({
    ...parts,
    regs: Object.freeze(machine.registers),
    pc: asU64(BigInt(machine.pc)),
    gas: machine.gas,
    pages: () => [...machine.memory.pages()],
  });
}

/** The pc of a machine for an offset of 64 bits: what is beyond all code stays beyond it. */
export function pcOf(offset: U64): number {
  return asUsize(Number(offset > PC_MAX ? PC_MAX : offset));
}

const PC_MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** Success without a value. */
export const DONE: Result<undefined, never> = ok(undefined);
