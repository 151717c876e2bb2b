/**
 * What entering code at a place costs, under each gas model.
 *
 * @module
 */

import type { Layout } from "./layout.ts";
import { COST, FIRST_RECORD, OPERATION, RECORD } from "./record.ts";

/**
 * How gas is charged: 1 for each instruction as it is executed; the same, but for a whole block as
 * it is entered; or what the pipeline model says, for a whole block as it is entered.
 */
export type GasModel = "instruction" | "block" | "pipeline";

/** The cost of a record for which it has not been found out yet: more than any fuel. */
export const COST_UNKNOWN: number = 2 ** 31 - 1;

const JUMP = 40;

/** Sets the cost of each record to the number of instructions from it to the end of its block. */
export function countInstructions(
  { words, pcs }: Layout,
  end: number,
  isTerminator: (operation: number) => boolean,
): void {
  let count = 0;
  for (let place = pcs.length - 1; place >= 0; place--) {
    const record = FIRST_RECORD + RECORD * place;
    const operation = words[record + OPERATION] ?? 0;
    if (isWayToEnd(operation, pcs[place], end)) count = 0;
    else count = isTerminator(operation) ? 1 : count + 1;
    words[record + COST] = count;
  }
}

/**
 * Sets the cost of each record to unknown, but for those that stand for no instruction: what traps
 * because there is none costs 1.
 */
export function forgetCosts(
  { words, pcs }: Layout,
  end: number,
  isInstruction: (pc: number) => boolean,
): void {
  for (const [place, pc] of pcs.entries()) {
    const record = FIRST_RECORD + RECORD * place;
    const isWay = isWayToEnd(words[record + OPERATION] ?? 0, pc, end);
    words[record + COST] = isWay ? 0 : isInstruction(pc) ? COST_UNKNOWN : 1;
  }
}

/** Whether a record is the way of stray execution to the end of the code: no instruction, and free. */
export function isWayToEnd(
  operation: number,
  pc: number | undefined,
  end: number,
): boolean {
  return operation === JUMP && pc === end;
}
