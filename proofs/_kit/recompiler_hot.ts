/** Programs that prove hot, and some that do not. */

import { op } from "./pvm_assemble.ts";
import { type Lines, linked, REST } from "./recompiler_lines.ts";
import type { Beginning } from "./recompiler_twins.ts";

const MAIN = 0x2_0000n;

/** A loop of so many rounds: it sums what it stores and loads, and has so many instructions more. */
const loop = (rounds: number, more: number): Lines => [
  op("load_imm", { a: 9, x: BigInt(rounds) }),
  op("fallthrough"),
  op("load_u64", { a: 8, x: MAIN }),
  op("add_64", { a: 8, b: 9, d: 8 }),
  op("store_u64", { a: 8, x: MAIN }),
  ...Array.from({ length: more }, () => op("load_ind_u8", { a: 5, b: 5, x: MAIN })),
  op("add_imm_64", { a: 9, b: 9, x: -1n }),
  op("branch_ne_imm", { a: 9, x: 0n }),
];
/** Its branch leads behind the first two of its lines. */
export function branch(first: number, more: number): readonly [from: number, to: number] {
  return [first + 6 + more, first + 2];
}

/** A program, what it spends at most, and whether it is to be handed over by then. */
export interface Case {
  readonly lines: Lines;
  readonly jumps: readonly (readonly [number, number])[];
  readonly gas: number;
  readonly isHanded: boolean;
}

/** A loop that ends with a host call, for ever. */
const calling = (rounds: number, gas: number, isHanded: boolean): Case => ({
  lines: [op("fallthrough"), ...loop(rounds, 0), op("ecalli", { x: 7n }), op("jump")],
  jumps: [branch(1, 0), [9, 1]],
  gas,
  isHanded,
});
const alone = (more: number, gas: number, isHanded: boolean): Case => ({
  lines: [...loop(1_000_000, more), op("trap")],
  jumps: [branch(0, more)],
  gas,
  isHanded,
});

export const CASES: Readonly<Record<string, Case>> = {
  "short": alone(20, 500, false),
  "a loop": alone(0, 9_000, true),
  "a loop of loads": alone(60, 50_000, true),
  "a loop of many": alone(500, 120_000, true),
  "runs of much gas": calling(80, 30_000, true),
  "runs of little gas": calling(1, 30_000, false),
};

/** Two loops that lie in two chunks, a host call between them. */
export const FAR = 1_700;
export const FAR_LOOP: number = 8 + FAR;
export const TWO_LOOPS: Lines = [
  ...loop(60_000, 0),
  op("ecalli", { x: 8n }),
  ...Array.from(
    { length: FAR },
    (_, line) => line % 50 === 0 ? op("fallthrough") : op("add_64", { a: 3, b: 4, d: 3 }),
  ),
  ...loop(60_000, 0),
  op("trap"),
];

export function beginning(lines: Lines, jumps: readonly (readonly [number, number])[]): Beginning {
  const code = linked(lines, new Map(jumps));
  return { ...REST, code, gasModel: "instruction", gas: 0n };
}
