/** What a machine did since its start, so that it can be done again. */

/** A way to move on: to the end of a block, or by one instruction. */
export type Move = "block" | "step";

/** The same move, so many times. */
export interface Entry {
  readonly move: Move;
  readonly count: number;
}

/** All moves since the start. */
export type Journal = readonly Entry[];

/** The same without its last move, and which that was; nothing when there is none. */
export function withoutLast(journal: Journal): { rest: Journal; move: Move } | undefined {
  const last = journal.at(-1);
  if (last === undefined) return undefined;
  const before = journal.slice(0, -1);
  const rest = last.count > 1 ? [...before, { ...last, count: last.count - 1 }] : before;
  return { rest, move: last.move };
}
