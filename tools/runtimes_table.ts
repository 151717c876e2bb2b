/** What a run in one runtime came to, and the table of all. */

import { type LeftOut, speaksOf } from "./runtimes_left_out.ts";

/** How one proof did. */
export interface Report {
  readonly id: string;
  readonly failures: readonly string[];
}

/** How the cases of one file of vectors did. */
export interface Verdict {
  readonly path: string;
  readonly cases: number;
  readonly problems: readonly string[];
}

/** What a runtime was to run. */
export interface Wanted {
  /** The ids of all proofs that were asked for. */
  readonly ids: readonly string[];
  /** Those that are left out there. */
  readonly leftOut: readonly LeftOut[];
  /** One of so many proofs is run; all are when it is 1. */
  readonly share: number;
  /** Whether the ids are all there are: only then does each rule have to speak of one. */
  readonly whole: boolean;
}

/** Proofs in one runtime. */
export interface Proofs {
  readonly passed: number;
  readonly leftOut: number;
  readonly problems: readonly string[];
}

/** Judges the reports of a runtime: nothing fails, and nothing is missing without a reason. */
export function judgeProofs(reports: readonly Report[], wanted: Wanted): Proofs {
  const { ids, leftOut, share, whole } = wanted;
  const isLeftOut = (id: string) => leftOut.some((rule) => speaksOf(rule, id));
  const failed = reports.filter(({ failures }) => failures.length > 0);
  const passed = reports.filter(({ failures }) => failures.length === 0);
  const seen = new Set(reports.map(({ id }) => id));
  const due = ids.filter((id) => !isLeftOut(id));
  const missing = due.filter((id) => !seen.has(id));
  const problems = [
    ...failed.filter(({ id }) => !isLeftOut(id))
      .map(({ id, failures }) => `${id} fails: ${failures[0] ?? ""}`),
    ...passed.filter(({ id }) => isLeftOut(id))
      .map(({ id }) => `${id} holds, and is in the list of those that are left out`),
    ...(share === 1 ? missing.map((id) => `${id} was not run`) : []),
  ];
  if (passed.length < Math.floor(due.length / share)) {
    problems.push(`${passed.length} proofs are fewer than one in ${share} of ${due.length}`);
  }
  for (const rule of whole ? leftOut : []) {
    if (!ids.some((id) => speaksOf(rule, id))) problems.push(`there is no proof ${rule.proofs}`);
  }
  return { passed: passed.length, leftOut: ids.length - passed.length, problems };
}

/** Vectors in one runtime. */
export interface Vectors {
  readonly cases: number;
  readonly problems: readonly string[];
}

/** Judges the vectors: no file has a problem, and the cases are as many as were written. */
export function judgeVectors(verdicts: readonly Verdict[], written: number): Vectors {
  const cases = verdicts.reduce((sum, verdict) => sum + verdict.cases, 0);
  const problems = verdicts.flatMap(({ path, problems }) =>
    problems.map((problem) => `${path}: ${problem}`)
  );
  if (cases !== written || cases === 0) {
    problems.push(`${cases} cases of vectors were run, and ${written} were written`);
  }
  return { cases, problems };
}

/** A row of the table. */
export interface Row {
  readonly runtime: string;
  readonly version: string;
  readonly proofs: number;
  readonly leftOut: number;
  readonly vectors: number;
  readonly seconds: number;
  readonly ok: boolean;
}

const HEAD = ["runtime", "version", "proofs", "left out", "vectors", "time", ""];

/** The table, with its columns under each other. */
export function table(rows: readonly Row[]): string {
  const cells = [
    HEAD,
    ...rows.map((row) => [
      row.runtime,
      row.version,
      `${row.proofs}`,
      `${row.leftOut}`,
      `${row.vectors}`,
      `${row.seconds} s`,
      row.ok ? "green" : "FAILED",
    ]),
  ];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row.map((cell, column) =>
      column < 2 || column === HEAD.length - 1
        ? cell.padEnd(widths[column] ?? 0)
        : cell.padStart(widths[column] ?? 0)
    ).join("  ").trimEnd()
  ).join("\n");
}

/** Which proofs were left out where, and why. */
export function reasons(leftOut: Readonly<Record<string, readonly LeftOut[]>>): string[] {
  const places = new Map<string, string[]>();
  for (const [runtime, rules] of Object.entries(leftOut)) {
    for (const { proofs, reason } of rules) {
      const line = `${proofs}: ${reason}`;
      places.set(line, [...places.get(line) ?? [], runtime]);
    }
  }
  return [...places].map(([line, runtimes]) => `left out in ${runtimes.join(", ")}: ${line}`);
}
