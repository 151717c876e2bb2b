/** Code of lines that jump to each other by their numbers. */

import { realCode } from "./pvm.ts";
import { assemble } from "./pvm_assemble.ts";
import type { Beginning } from "./recompiler_twins.ts";

/** The bytes of instructions, one after the other. */
export type Lines = readonly (readonly number[])[];

/** Lines with jumps from some of them to others, by their numbers. */
export function linked(lines: Lines, jumps: ReadonlyMap<number, number>): Beginning["code"] {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length;
  }
  const bytes = lines.map((line, index) => {
    const target = jumps.get(index);
    if (target === undefined) return line;
    const offset = (starts[target] ?? 0) - (starts[index] ?? 0);
    const tail = [offset, offset >> 8, offset >> 16, offset >> 24].map((byte) => byte & 255);
    return [...line.slice(0, -4), ...tail];
  });
  return realCode(assemble(bytes));
}

export const REST: Omit<Beginning, "code" | "gasModel" | "gas"> = {
  dialect: "gray-paper",
  registers: Array.from({ length: 13 }, (_, index) => BigInt(index)),
  regions: [[0x2_0000, 8192, "read-write"], [0x4_0000, 4096, "read-write"]],
};
