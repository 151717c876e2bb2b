/**
 * The reference model of the PVM: one step of a machine, and a run (Gray Paper, appendix A; JAVM
 * `Interpreter`).
 *
 * A machine is a value. A step decodes the instruction from the raw bytes, says what it costs, and gives
 * the next machine, with the exit if there was one.
 *
 * @module
 */

import type { Memory } from "./paged.ts";
import { type Code, instructionAt } from "./pvm_decode.ts";
import { type Effect, perform } from "./pvm_effect.ts";
import { type Dialect, terminates } from "./pvm_opcodes.ts";
import { blockCost } from "./pvm_pipeline.ts";

/** How gas is charged: for each instruction, or for a block as it is entered, by count or by time. */
export type GasModel = "instruction" | "block" | "pipeline";

/** What a machine runs. */
export interface Program {
  /** The code. */
  readonly code: Code;
  /** The dialect. */
  readonly dialect: Dialect;
  /** How gas is charged. */
  readonly gasModel: GasModel;
  /** The latency of loads and stores, in cycles. */
  readonly memoryCycles: bigint;
  /** What a store to a read-only page gives. */
  readonly readOnlyStore: "panic" | "page-fault";
}

/** Why a machine stopped. */
export type Exit =
  | { readonly kind: "halt" | "panic" | "trap" | "ecall" | "out-of-gas" }
  | { readonly kind: "page-fault"; readonly address: bigint }
  | { readonly kind: "host-call"; readonly id: bigint };

/** A machine. */
export interface Machine {
  /** The program that it runs. */
  readonly program: Program;
  /** Where its host sees it. */
  readonly pc: bigint;
  /**
   * Where it goes on, and how it comes there: put there by its host, as the first of a block, or within
   * a block that is paid for.
   */
  readonly next: { readonly pc: bigint; readonly as: "start" | "entry" | "inside" };
  /** The gas that is left. */
  readonly gas: bigint;
  /** The registers. */
  readonly registers: readonly bigint[];
  /** Its memory. */
  readonly memory: Memory;
}

/** The next machine, and the exit if there was one. */
export interface Step {
  /** The machine afterwards. */
  readonly machine: Machine;
  /** Why it stopped; nothing when it goes on. */
  readonly exit: Exit | undefined;
}

/** The machine moved to a place by its host. */
export function withPc(machine: Machine, pc: bigint): Machine {
  return { ...machine, pc, next: { pc, as: "start" } };
}

/** A machine that has yet to run. */
export function create(
  program: Program,
  start: Pick<Machine, "pc" | "gas" | "registers" | "memory">,
): Machine {
  return { program, ...start, next: { pc: start.pc, as: "start" } };
}

/** What it costs to enter a block at a place: in instructions, the one that traps included. */
function countedCost({ code, dialect }: Program, entry: bigint): bigint {
  let count = 0n;
  let pc = entry;
  for (;;) {
    const instruction = instructionAt(code, pc, dialect);
    // The JAVM traps at the end of the code, in a block that consists of the trap.
    if (instruction === undefined) return dialect === "javm" && count > 0n ? count : count + 1n;
    count++;
    if (terminates(instruction.opcode, dialect)) return count;
    pc += 1n + instruction.skip;
  }
}

/** What the next step costs. */
function cost({ program, next }: Machine): bigint {
  const { code, dialect, gasModel, memoryCycles } = program;
  if (gasModel === "instruction") return 1n;
  if (next.as === "inside") return 0n;
  return gasModel === "block"
    ? countedCost(program, next.pc)
    : blockCost(code, next.pc, dialect, memoryCycles);
}

/** Where execution goes on after an instruction or a jump. */
function arrival({ code, dialect }: Program, pc: bigint, isEntry: boolean): Machine["next"] {
  // What is no instruction traps: where it is, but in the JAVM at the end of the code.
  if (dialect === "javm" && instructionAt(code, pc, dialect) === undefined) {
    return { pc: BigInt(code.bytes.length), as: "entry" };
  }
  return { pc, as: isEntry ? "entry" : "inside" };
}

/** What becomes of a machine by the effect of the instruction at `pc`. */
function after(machine: Machine, pc: bigint, effect: Effect): Step {
  const { program } = machine;
  const { registers = machine.registers, memory = machine.memory } = effect;
  const instruction = instructionAt(program.code, pc, program.dialect);
  const following = pc + 1n + (instruction?.skip ?? 0n);
  const isEntry = instruction === undefined || terminates(instruction.opcode, program.dialect);
  const changed = { ...machine, registers, memory };
  const { exit, jump } = effect;
  if (exit === undefined) {
    const next = arrival(program, jump ?? following, isEntry);
    return { machine: { ...changed, pc: next.pc, next }, exit };
  }
  if (exit.kind !== "host-call" && exit.kind !== "ecall") {
    return { machine: withPc(changed, pc), exit };
  }
  const shown = program.dialect === "javm" ? following : pc;
  return { machine: { ...changed, pc: shown, next: arrival(program, following, isEntry) }, exit };
}

/** Does the next instruction. */
export function step(machine: Machine): Step {
  const { program: { code, dialect }, next, gas } = machine;
  const instruction = instructionAt(code, next.pc, dialect);
  if (dialect === "javm" && instruction === undefined && next.as === "start") {
    return { machine, exit: { kind: "panic" } };
  }
  const price = cost(machine);
  if (price > gas) {
    return { machine: { ...withPc(machine, next.pc), gas: 0n }, exit: { kind: "out-of-gas" } };
  }
  const paid = { ...machine, gas: gas - price };
  const effect: Effect = instruction === undefined
    ? { exit: { kind: dialect === "javm" ? "trap" : "panic" } }
    : perform(paid, instruction);
  return after(paid, next.pc, effect);
}

/** Runs to the next exit; it comes, since every block costs something. */
export function run(machine: Machine): { readonly machine: Machine; readonly exit: Exit } {
  let state = machine;
  for (;;) {
    const { machine: next, exit } = step(state);
    if (exit !== undefined) return { machine: next, exit };
    state = next;
  }
}
