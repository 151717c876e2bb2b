/**
 * The operations by their numbers.
 *
 * @module
 */

import { ok } from "../../result.ts";
import { CONTINUE, TRAP } from "./answer.ts";
import type { Answered, Operation } from "./answer.ts";
import { hostOpen, hostSave, mintData, readData, sameType, typeOf } from "./data.ts";
import { hostCall, hostYield, setImage } from "./enter.ts";
import { mgmtCopy, mgmtDrop, mgmtMint, mgmtMove, mgmtSwap } from "./slots.ts";
import { deriveSpawn } from "./spawn.ts";
import type { Run } from "./state.ts";

const REPLY = 0;
/** From this number on nothing has a meaning, and nothing happens. */
const FIRST_UNKNOWN = 27;

/** What has no number here, and is below the first unknown one, traps. */
const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [1, mgmtCopy],
  [2, mgmtMove],
  [3, mgmtDrop],
  [4, mgmtSwap],
  [5, mgmtMint],
  [16, hostYield],
  [17, setImage],
  [18, deriveSpawn],
  [20, sameType],
  [21, typeOf],
  [22, readData],
  [23, mintData],
  [24, hostOpen],
  [25, hostSave],
  [26, hostCall],
]);

/** Does an operation of the program on top. */
export function ecall(run: Run, number: number): Answered {
  if (number === REPLY) return ok("halt");
  if (number >= FIRST_UNKNOWN) return CONTINUE;
  const frame = run.stack.runningInstance();
  const operation = OPERATIONS.get(number);
  return frame === undefined || operation === undefined ? TRAP : operation(run, frame);
}
