/** Which exits an opcode can make by one instruction, told from its form alone; and why not the others. */

import type { GasModel } from "../../model/pvm.ts";
import { type Dialect, type Opcode, OPCODES } from "../../model/pvm_opcodes.ts";

/** How one instruction can end. */
export const EXITS = [
  "running",
  "halt",
  "panic",
  "trap",
  "ecall",
  "host-call",
  "page-fault",
  "out-of-gas",
] as const;

/** How one instruction ends. */
export type ExitName = typeof EXITS[number];

export const DIALECTS: readonly Dialect[] = ["gray-paper", "javm"];
export const GAS_MODELS: readonly GasModel[] = ["instruction", "block", "pipeline"];

/** What an instruction does, as far as its exits go. */
export type Form =
  | "computes"
  | "loads"
  | "stores"
  | "jumps"
  | "branches"
  | "jumps-dynamically"
  | "grows"
  | "traps"
  | "asks"
  | "calls";

/** The form of an opcode. */
export function formOf({ mnemonic }: Opcode): Form {
  if (mnemonic === "trap") return "traps";
  if (mnemonic === "ecall") return "asks";
  if (mnemonic === "ecalli") return "calls";
  if (mnemonic === "sbrk") return "grows";
  if (mnemonic === "jump_ind" || mnemonic === "load_imm_jump_ind") return "jumps-dynamically";
  if (mnemonic === "jump" || mnemonic === "load_imm_jump") return "jumps";
  if (mnemonic.startsWith("branch_")) return "branches";
  if (/^load_(ind_)?[ui]\d/.test(mnemonic)) return "loads";
  return mnemonic.startsWith("store_") ? "stores" : "computes";
}

/** Why an exit is impossible. */
export const REASONS = {
  R1: "it always makes the same exit in this dialect",
  R2: "only a dynamic jump halts, in the Gray Paper dialect",
  R3: "the JAVM has no address that halts",
  R4: "it neither accesses memory nor jumps, so that nothing can go wrong",
  R5: "no address is reserved in the JAVM, so that a load that fails is a page fault",
  R6: "only opcode 0 of the JAVM traps",
  R7: "only opcode 3 of the JAVM is an ecall",
  R8: "only ecalli is a host call",
  R9: "only loads and stores access memory",
  R10: "a request that cannot be met gives 0",
} as const;

/** The number of a reason. */
export type Reason = keyof typeof REASONS;

/** The exits that a form can make, by dialect; those of a panic need what the name says. */
const POSSIBLE: Readonly<Record<Form, Readonly<Record<Dialect, readonly ExitName[]>>>> = {
  computes: { "gray-paper": ["running"], javm: ["running"] },
  loads: { "gray-paper": ["running", "panic", "page-fault"], javm: ["running", "page-fault"] },
  stores: {
    "gray-paper": ["running", "panic", "page-fault"],
    javm: ["running", "panic", "page-fault"],
  },
  jumps: { "gray-paper": ["running", "panic"], javm: ["running", "panic"] },
  branches: { "gray-paper": ["running", "panic"], javm: ["running", "panic"] },
  "jumps-dynamically": {
    "gray-paper": ["running", "halt", "panic"],
    javm: ["running", "panic"],
  },
  grows: { "gray-paper": ["running"], javm: ["panic"] },
  traps: { "gray-paper": ["panic"], javm: ["trap"] },
  asks: { "gray-paper": [], javm: ["ecall"] },
  calls: { "gray-paper": ["host-call"], javm: ["host-call"] },
};

/** The opcodes of a dialect. */
export function opcodesOf(dialect: Dialect): readonly Opcode[] {
  return OPCODES.filter(({ dialects }) => dialects.includes(dialect));
}

/** Whether one instruction can end so. Every instruction can lack gas: each is paid for. */
export function isPossible(opcode: Opcode, dialect: Dialect, exit: ExitName): boolean {
  return exit === "out-of-gas" || POSSIBLE[formOf(opcode)][dialect].includes(exit);
}

/** Why one instruction cannot end so. */
export function whyNot(opcode: Opcode, exit: ExitName): Reason {
  const form = formOf(opcode);
  switch (exit) {
    case "halt":
      return form === "jumps-dynamically" ? "R3" : "R2";
    case "panic":
      if (form === "loads") return "R5";
      if (form === "grows") return "R10";
      return form === "traps" || form === "asks" || form === "calls" ? "R1" : "R4";
    case "trap":
      return "R6";
    case "ecall":
      return "R7";
    case "host-call":
      return "R8";
    case "page-fault":
      return "R9";
    default:
      return "R1";
  }
}
