/**
 * The ledger: what is proved, how strongly, and what each public function has to show for itself.
 *
 * @module
 */

import { publicFunctions } from "./audit.ts";
import { isStrings, type ProofReport, readList, readReports } from "./report.ts";
import { isPlain } from "./show.ts";

/** A public function, and the proofs that call it and name it as their subject. */
export interface Coverage {
  /** The function, by the first of its names. */
  readonly name: string;
  /** The ids of the proofs. */
  readonly proofs: readonly string[];
}

/** Figures that sum a run up. */
export interface Summary {
  /** Proofs that stand. */
  readonly passed: number;
  /** Proofs that do not. */
  readonly failed: number;
  /** Inputs checked. */
  readonly cases: number;
  /** Mutants rejected. */
  readonly mutantsKilled: number;
  /** Mutants that had to be rejected. */
  readonly mutants: number;
}

/** Sums a run up. What is no report counts as a proof that failed. */
export function summarize(reports: readonly ProofReport[]): Summary {
  const rows = readReports(reports);
  const failed = rows.filter((report) => report.failures.length > 0).length;
  const mutants = rows.flatMap((report) => report.mutants)
    .filter((mutant) => mutant.equivalent === undefined);
  return {
    passed: rows.length - failed,
    failed,
    cases: rows.reduce((sum, report) => sum + report.cases, 0),
    mutantsKilled: mutants.filter((mutant) => mutant.killed).length,
    mutants: mutants.length,
  };
}

/**
 * The proofs of every public function of some faces.
 *
 * @param faces The faces, by the name to show before a function's own, such as `linear`.
 * @param reports The reports of a run.
 */
export function coverageOf(
  faces: Readonly<Record<string, object>>,
  reports: readonly ProofReport[],
): readonly Coverage[] {
  const rows = readReports(reports);
  return facesOf(faces).flatMap(([face, functions]) =>
    publicFunctions(functions).map((names) => ({
      name: `${face}: ${names[0] ?? ""}`,
      proofs: rows.filter((report) => names.some((name) => report.subject.includes(name)))
        .map((report) => report.id),
    }))
  );
}

/** The faces by name; none when they cannot be read. */
function facesOf(faces: Readonly<Record<string, object>>): readonly [string, object][] {
  try {
    return Object.entries(faces);
  } catch {
    return [];
  }
}

/** A table cell: one line, with the column separator escaped. */
function cell(text: string): string {
  return text.replaceAll("\n", " ").replaceAll("|", "\\|");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
}

function mutantsCell(report: ProofReport): string {
  const counted = report.mutants.filter((mutant) => mutant.equivalent === undefined);
  if (counted.length === 0) return "-";
  return `${counted.filter((mutant) => mutant.killed).length}/${counted.length}`;
}

/** The first table: one row a proof. Times are left out, so that the same run gives the same table. */
export function proofTable(reports: readonly ProofReport[]): string {
  return table(
    ["id", "subject", "claim", "strength", "domain", "size", "cases", "reached", "mutants killed"],
    readReports(reports).map((report) => [
      report.id,
      report.subject.join(", "),
      report.canary ? `(canary: must fail) ${report.claim}` : report.claim,
      report.strength,
      report.domain,
      String(report.size),
      String(report.cases),
      Object.entries(report.reached).filter(([, count]) => count > 0).map(([name]) => name)
        .join(", "),
      mutantsCell(report),
    ]),
  );
}

/** The second table: one row a public function, with *none* where it has no proof. */
export function coverageTable(coverage: readonly Coverage[]): string {
  const rows = readList(coverage, readCoverage, () => ({ name: "?", proofs: [] }));
  return table(
    ["public function", "proofs"],
    rows.map(({ name, proofs }) => [name, proofs.length === 0 ? "*none*" : proofs.join(", ")]),
  );
}

/** A private copy of a row; of anything else, a function without proofs. */
function readCoverage(value: unknown): Coverage {
  const copy: unknown = structuredClone(value);
  return isPlain(copy) && typeof copy["name"] === "string" && isStrings(copy["proofs"])
    ? { name: copy["name"], proofs: copy["proofs"] }
    : { name: "?", proofs: [] };
}

/** The third table: the variants that nothing can tell from the original, with the reason. */
export function equivalentTable(reports: readonly ProofReport[]): string {
  return table(
    ["proof", "variant", "why nothing can tell it apart"],
    readReports(reports).flatMap((report) =>
      report.mutants.flatMap(({ name, equivalent }) =>
        equivalent === undefined ? [] : [[report.id, name, equivalent]]
      )
    ),
  );
}
