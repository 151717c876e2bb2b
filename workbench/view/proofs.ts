/** The proof ledger, filtered. */

import type { ProofRow } from "../data.ts";

/** So many rows are shown at first; more on request. */
export const ROWS_SHOWN = 100;

/** What is looked for. */
export interface Filter {
  readonly text: string;
  /** The room; all when empty. */
  readonly room: string;
  /** The strength; all when empty. */
  readonly strength: string;
}

/** The room of a proof. */
export function roomOf({ id }: ProofRow): string {
  return id.split("/")[0] ?? id;
}

/** The rooms, or the strengths, each with its number of proofs. */
export function countsOf(
  rows: readonly ProofRow[],
  key: (row: ProofRow) => string,
): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The proofs that hold every word of the text somewhere, in the room and of the strength. */
export function filterProofs(
  rows: readonly ProofRow[],
  { text, room, strength }: Filter,
): readonly ProofRow[] {
  const words = text.toLowerCase().split(/\s+/).filter((each) => each !== "");
  return rows.filter((row) => {
    if (room !== "" && roomOf(row) !== room) return false;
    if (strength !== "" && row.strength !== strength) return false;
    const all = `${row.id} ${row.subject} ${row.claim} ${row.domain} ${row.reached}`.toLowerCase();
    return words.every((each) => all.includes(each));
  });
}
