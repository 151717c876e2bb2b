/**
 * The reference model of the PVM: what each instruction does (Gray Paper, appendix A.5; JAVM
 * "Opcodes and operand decoding").
 *
 * @module
 */

import { load, type Memory, type Outcome, store } from "./paged.ts";
import { sbrk } from "./paged_heap.ts";
import type { Exit, Machine, Program } from "./pvm.ts";
import { dynamicTarget, isLanding } from "./pvm_blocks.ts";
import { type Instruction, signed, wrapped } from "./pvm_decode.ts";
import { computed, formOf } from "./pvm_forms.ts";

/** What an instruction does: what it changes, where it jumps to, and the exit that it makes. */
export interface Effect {
  /** The registers. */
  readonly registers?: readonly bigint[];
  /** Its memory. */
  readonly memory?: Memory;
  /** Where it jumps to. */
  readonly jump?: bigint;
  /** Why it stopped; nothing when it goes on. */
  readonly exit?: Exit;
}

const PANIC: Exit = { kind: "panic" };

/** The addresses below this are reserved in the Gray Paper. */
const RESERVED = 2n ** 16n;

/** The bits of an address. */
const address = (value: bigint): bigint => value % 2n ** 32n;

/** The comparisons of branches, by the part of the mnemonic that names them. */
const CONDITIONS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt_u: (a, b) => a < b,
  le_u: (a, b) => a <= b,
  ge_u: (a, b) => a >= b,
  gt_u: (a, b) => a > b,
  lt_s: (a, b) => signed(a, 64n) < signed(b, 64n),
  le_s: (a, b) => signed(a, 64n) <= signed(b, 64n),
  ge_s: (a, b) => signed(a, 64n) >= signed(b, 64n),
  gt_s: (a, b) => signed(a, 64n) > signed(b, 64n),
};

/** The registers with one of them replaced. */
function write(registers: readonly bigint[], index: bigint, value: bigint): readonly bigint[] {
  return registers.map((old, place) => place === Number(index) ? value : old);
}

/** The exit of an access that failed. */
function accessExit({ program, memory }: Machine, outcome: Outcome): Exit {
  const { kind, address: page, start } = "error" in outcome ? outcome.error : { kind: "none" };
  if (typeof page !== "bigint" || typeof start !== "bigint") return PANIC;
  if (program.dialect === "gray-paper" && page < RESERVED) return PANIC;
  if (kind === "write-protected" && program.readOnlyStore === "panic") return PANIC;
  const first = start - start % memory.pageSize;
  return { kind: "page-fault", address: program.dialect === "javm" ? first : page };
}

/** The name of a load or store: whether it is direct, what it stores, and how wide it is. */
const ACCESS = /^(load|load_ind|store|store_ind|store_imm|store_imm_ind)_([ui])(8|16|32|64)$/;

/** A load or a store; nothing for every other instruction. */
function access(machine: Machine, { opcode, a, b, x, y }: Instruction): Effect | undefined {
  const [, how = "", sign = "", digits = ""] = ACCESS.exec(opcode.mnemonic) ?? [];
  if (digits === "") return undefined;
  const { registers, memory } = machine;
  const [A, B] = [registers[Number(a)] ?? 0n, registers[Number(b)] ?? 0n];
  const base = how === "store_imm_ind" ? A : how.endsWith("_ind") ? B : 0n;
  const at = Number(address(base + x));
  const bits = BigInt(digits);
  if (how.startsWith("load")) {
    const outcome = load(memory, bits / 8n, at);
    if (!("ok" in outcome) || typeof outcome.ok !== "bigint") {
      return { exit: accessExit(machine, outcome) };
    }
    const value = sign === "i" ? wrapped(signed(outcome.ok, bits)) : outcome.ok;
    return { registers: write(registers, a, value) };
  }
  const value = how.startsWith("store_imm") ? y : A;
  const stored = store(memory, bits / 8n, at, bits === 64n ? value : Number(address(value)));
  return "ok" in stored.outcome
    ? { memory: stored.state }
    : { exit: accessExit(machine, stored.outcome) };
}

/** A jump to a place in the code. */
function jumpTo({ code, dialect }: Program, target: bigint): Effect {
  return isLanding(code, target, dialect) ? { jump: target } : { exit: PANIC };
}

/** A jump to an address, through the jump table. */
function jumpThrough({ code, dialect }: Program, to: bigint): Effect {
  const target = dynamicTarget(code, to, dialect);
  if (target === "halt") return { exit: { kind: "halt" } };
  return target === "nowhere" ? { exit: PANIC } : { jump: target };
}

/** The growth of the heap: the old end of it, or 0 where it cannot grow. */
function grow({ program, registers, memory }: Machine, { a, d }: Instruction): Effect {
  if (program.dialect === "javm") return { exit: PANIC };
  const { state, outcome } = sbrk(memory, Number(address(registers[Number(a)] ?? 0n)));
  const top = "ok" in outcome && typeof outcome.ok === "bigint" ? outcome.ok : 0n;
  return { memory: state, registers: write(registers, d, top) };
}

/** What an instruction does; its gas is paid. */
export function perform(machine: Machine, instruction: Instruction): Effect {
  const { program, registers } = machine;
  const { opcode, a, b, d, x, y, target } = instruction;
  const [A, B] = [registers[Number(a)] ?? 0n, registers[Number(b)] ?? 0n];
  const set = write(registers, a, x);
  switch (opcode.mnemonic) {
    case "trap":
      return { exit: { kind: program.dialect === "javm" ? "trap" : "panic" } };
    case "fallthrough":
    case "unlikely":
      return {};
    case "ecall":
      return { exit: { kind: "ecall" } };
    case "ecalli":
      return { exit: { kind: "host-call", id: x } };
    case "load_imm":
    case "load_imm_64":
      return { registers: set };
    case "jump":
      return jumpTo(program, target);
    case "load_imm_jump":
      return { registers: set, ...jumpTo(program, target) };
    case "jump_ind":
      return jumpThrough(program, address(A + x));
    case "load_imm_jump_ind": {
      // In the JAVM, the base is read when the destination is written already.
      const base = program.dialect === "javm" ? set[Number(b)] ?? 0n : B;
      return { registers: set, ...jumpThrough(program, address(base + y)) };
    }
    case "sbrk":
      return grow(machine, instruction);
  }
  const condition = CONDITIONS[opcode.mnemonic.replace(/^branch_|_imm$/g, "")];
  if (condition !== undefined && opcode.mnemonic.startsWith("branch_")) {
    return condition(A, opcode.mnemonic.endsWith("_imm") ? x : B) ? jumpTo(program, target) : {};
  }
  const form = formOf(opcode);
  if (form === undefined) return access(machine, instruction) ?? { exit: PANIC };
  const written = opcode.format === "two_reg_one_imm" ? a : d;
  const old = registers[Number(written)] ?? 0n;
  return { registers: write(registers, written, computed(form, instruction, registers, old)) };
}
