/** Opcodes by what they are for. */

import { type Opcode, OPCODES } from "../../src/pvm/mod.ts";

const group = (wanted: (opcode: Opcode) => boolean): readonly Opcode[] => OPCODES.filter(wanted);

export const THREE: readonly Opcode[] = group(({ format }) => format === "three_reg");
export const TWO: readonly Opcode[] = group(({ format, mnemonic }) =>
  format === "two_reg" && mnemonic !== "sbrk"
);
export const WITH_IMMEDIATE: readonly Opcode[] = group(({ format, code }) =>
  format === "two_reg_one_imm" && code >= 131
);
export const INDIRECT: readonly Opcode[] = group(({ code }) => code >= 120 && code <= 130);
export const DIRECT: readonly Opcode[] = group(({ code }) => code >= 52 && code <= 62);
export const STORE_IMMEDIATE: readonly Opcode[] = group(({ mnemonic }) =>
  mnemonic.startsWith("store_imm_u")
);
export const STORE_IMMEDIATE_INDIRECT: readonly Opcode[] = group(({ mnemonic }) =>
  mnemonic.startsWith("store_imm_ind")
);
export const BRANCH: readonly Opcode[] = group(({ format }) => format === "two_reg_one_offset");
export const BRANCH_IMMEDIATE: readonly Opcode[] = group(({ code }) => code >= 81 && code <= 90);

export const FALLTHROUGH = 1;
export const ECALLI = 10;
export const LOAD_IMM_64 = 20;
export const JUMP = 40;
export const JUMP_IND = 50;
export const LOAD_IMM = 51;
export const LOAD_IMM_JUMP = 80;
export const SBRK = 101;
export const ADD_IMM = 149;
export const BRANCH_NE_IMM = 82;
export const LOAD_IMM_JUMP_IND = 180;

export const TERMINATORS: ReadonlySet<number> = new Set(
  OPCODES.filter(({ terminates }) => terminates.includes("gray-paper")).map(({ code }) => code),
);
