/** Reading the proof ledger of `docs/`, which is done when the page is built. */

import type { ProofRow } from "./data.ts";

const COLUMNS = ["id", "subject", "claim", "strength", "domain", "size", "cases", "reached"];

/** The cells of a row of a table; a bar behind a backslash is part of a cell. */
function cellsOf(line: string): readonly string[] {
  return line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** The proofs of a ledger; none where its table has other columns. */
export function readLedger(text: string): readonly ProofRow[] {
  const lines = text.split("\n");
  const head = lines.findIndex((line) => cellsOf(line).slice(0, 8).join() === COLUMNS.join());
  if (head < 0) return [];
  const rows: ProofRow[] = [];
  for (let at = head + 2; lines[at]?.startsWith("|") === true; at++) {
    const [id = "", subject = "", claim = "", strength = "", domain = "", , cases = "", ...rest] =
      cellsOf(lines[at] ?? "");
    const [reached = "", mutants = ""] = rest;
    rows.push({ id, subject, claim, strength, domain, cases, reached, mutants });
  }
  return rows;
}
