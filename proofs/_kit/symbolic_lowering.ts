/**
 * What opcodes are lowered to, as rows: an operation on registers, named by the opcode that has it,
 * and where its operands are.
 */

import { OPCODES } from "../../model/pvm_opcodes.ts";

/** Where an operand is: in the register of a field, in the immediate, or nowhere. */
export type Operand = "a" | "b" | "d" | "immediate" | "zero";

/** Opcodes that are lowered alike, each to an operation. */
export interface Lowered {
  readonly id: string;
  readonly mnemonics: readonly string[];
  readonly opcodes: readonly number[];
  readonly operations: readonly number[];
  /** What is written, and what is read first and second. */
  readonly written: Operand;
  readonly first: Operand;
  readonly second: Operand;
  /** Which immediate is the operand of 64 bits, and what the auxiliary word holds. */
  readonly immediate: "x" | "y";
  readonly auxiliary: "x" | "y" | "target";
  /** When `load_imm_jump_ind` reads its base. */
  readonly reads: "before" | "after";
  /** A fault. */
  readonly from: string;
  readonly to: string;
}

/** What is written, and what is read first and second. */
export type Places = readonly [Operand, Operand, Operand];
type Extra = Partial<Pick<Lowered, "immediate" | "auxiliary" | "reads">>;

/** The number of an opcode by its mnemonic, or of a byte that stands for none. */
function numberOf(name: string): number {
  const found = OPCODES.find(({ mnemonic }) => mnemonic === name);
  return Number(found?.number ?? name);
}

/**
 * A row of opcodes with the operations that do them, one after the other, by their mnemonics.
 *
 * @param fault What a twin has in the place of what in the source.
 */
export function row(
  id: string,
  text: string,
  [written, first, second]: Places,
  [from, to]: readonly [string, string],
  extra: Extra = {},
): Lowered {
  const names = text.trim().split(/\s+/);
  const every = (rest: number) => names.filter((_, place) => place % 2 === rest);
  return {
    id,
    mnemonics: every(0),
    opcodes: every(0).map(numberOf),
    operations: every(1).map(numberOf),
    written,
    first,
    second,
    immediate: "x",
    auxiliary: "x",
    reads: "before",
    from,
    to,
    ...extra,
  };
}

/** The opcodes of these numbers, and those between them, each as its own operation. */
export function own(first: number, last: number): string {
  return OPCODES.filter(({ number }) => number >= first && number <= last)
    .map(({ mnemonic }) => `${mnemonic} ${mnemonic}`).join(" ");
}
