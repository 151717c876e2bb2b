/**
 * What a machine does, instruction by instruction.
 *
 * @module
 */

import { disassemble, OPCODES } from "../pvm/mod.ts";
import type { Code, Machine } from "../pvm/mod.ts";

/** The instructions that name a code offset, relative to their own place. */
const JUMPS: ReadonlySet<number> = new Set(
  OPCODES.filter(({ format }) => format.endsWith("_offset")).map(({ code }) => code),
);
const NO_TABLE = { count: 0, width: 0, bytes: new Uint8Array(0) } as const;
/** No instruction is longer. */
const LONGEST = 25;

/** The text of the instruction at a code offset; that of jumps ends with the offset they lead to. */
export function instructionAt({ bytes, starts }: Code, pc: number): string {
  if (starts[pc] !== 1) return "trap ; no instruction starts here";
  const next = starts.indexOf(1, pc + 1);
  const end = Math.min(next < 0 ? bytes.length : next, pc + LONGEST);
  const own = bytes.slice(pc, end);
  const mask = own.map((_, place) => place === 0 ? 1 : 0);
  const text = disassemble({ bytes: own, starts: mask, jumpTable: NO_TABLE });
  const line = text.ok
    ? text.value.split("\n").map((each) => each.trim()).filter((each) => !each.endsWith(":"))[0] ??
      ""
    : "";
  if (!JUMPS.has(bytes[pc] ?? 0)) return line;
  // The only label that there can be is that of the instruction itself, which lies at 0 here.
  return line.replace(
    /(?:L_)?(-?\d+)(?::\d+)?$/,
    (_, offset) => `-> ${pc + Number(offset)}`,
  );
}

/** The registers that changed, as text. */
export function changesOf(before: readonly bigint[], machine: Machine): string {
  return machine.registers.flatMap((value, index) =>
    value === before[index] ? [] : [`r${index}=0x${value.toString(16)}`]
  ).join(" ");
}
