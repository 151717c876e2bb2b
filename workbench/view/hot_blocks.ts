/** The blocks that took the most gas. */

import type { Session } from "../machine/session.ts";
import { grouped } from "./numbers.ts";

/** So many blocks are shown. */
const SHOWN = 100;

/** A block, as the page shows it. */
export interface BlockRow {
  readonly pc: number;
  readonly entries: string;
  readonly gas: string;
  /** What entering it costs. */
  readonly cost: string;
  /** Its part of all gas, in percent. */
  readonly percent: string;
  readonly share: number;
}

/** The blocks that took the most gas, and how many were entered in all. */
export function blockRows(session: Session): { rows: readonly BlockRow[]; count: number } {
  const counts = session.profile.hottest(Infinity);
  const total = counts.reduce((sum, { gas }) => sum + gas, 0);
  const rows = counts.slice(0, SHOWN).map(({ block, entries, gas }) => {
    const pc = session.blocks.starts[block] ?? 0;
    const share = total === 0 ? 0 : gas / total;
    return {
      pc,
      entries: grouped(entries),
      gas: grouped(gas),
      cost: grouped(session.costAt(pc) ?? 0),
      percent: `${(100 * share).toFixed(1)}%`,
      share,
    };
  });
  return { rows, count: counts.length };
}
