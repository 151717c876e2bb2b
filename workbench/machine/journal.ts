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

/** How many entries are kept. A loop with a breakpoint in it makes two each time that it comes by. */
export const ENTRIES_MAX: number = 2 ** 17;

/** The moves of a machine, as they are noted; when they are too many to keep, they are lost. */
export class Moves {
  readonly #entries: { readonly move: Move; count: number }[] = [];
  #isLost = false;

  /** Whether there were too many: there is no way back then. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** How many entries there are. */
  get length(): number {
    return this.#entries.length;
  }

  /** All of them. */
  get journal(): Journal {
    return this.#entries.map((entry): Entry => ({ ...entry }));
  }

  /** Notes a move that was done so many times. */
  add(move: Move, count: number): void {
    if (count === 0 || this.#isLost) return;
    const last = this.#entries.at(-1);
    if (last?.move === move) last.count += count;
    else if (this.#entries.length < ENTRIES_MAX) this.#entries.push({ move, count });
    else {
      this.#isLost = true;
      this.#entries.length = 0;
    }
  }
}

/** The same without its last move, and which that was; nothing when there is none. */
export function withoutLast(journal: Journal): { rest: Journal; move: Move } | undefined {
  const last = journal.at(-1);
  if (last === undefined) return undefined;
  const before = journal.slice(0, -1);
  const rest = last.count > 1 ? [...before, { ...last, count: last.count - 1 }] : before;
  return { rest, move: last.move };
}
