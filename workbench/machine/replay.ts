/** Going back: the moves of a session done again on a fresh one, but for the last. */

import { withoutLast } from "./journal.ts";
import { MOVE_GAS, type Session } from "./session.ts";

/** The gas that is spent at most before the clock is looked at. */
export const PIECE_GAS = 100_000;

/** What is said when the moves of a session were too many to be kept. */
export const WAY_LOST: string = "Too much was done to go back from here; Restart goes to the start";

/** Does one step less than a session did, on a fresh one of the same plan, piece by piece. */
export function stepBack(session: Session, fresh: Session): (() => boolean) | undefined {
  const shorter = withoutLast(session.journal);
  if (shorter === undefined) return undefined;
  const { rest, move } = shorter;
  let [entry, done] = [0, 0];
  return () => {
    for (let left = PIECE_GAS; left > 0;) {
      const current = rest[entry];
      if (current === undefined) {
        if (move === "block") fresh.stepWithinBlock();
        return false;
      }
      left -= fresh.move(current.move) + MOVE_GAS;
      done++;
      if (done === current.count) [entry, done] = [entry + 1, 0];
    }
    return true;
  };
}
